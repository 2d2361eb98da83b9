import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findInstallation } from "./privateCluster.ts";
import { buildWebIfNeeded } from "./webBuild.ts";

const root = resolve(import.meta.dirname, "..");
const bin = (name: string): string => join(root, "node_modules/.bin", name);

/** What one stage found. */
interface Count {
  passed: number;
  failed: number;
  leftOut: number;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly Assertion[] }[];
}

interface Assertion {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/** Programs the tests run beside our own, with the Debian package of each. */
function missingPackages(): string[] {
  const missing: string[] = [];
  if (findInstallation() === null) missing.push(...postgresPackages());
  if (!isInstalled("chromium")) missing.push("chromium");
  if (!isInstalled("ogrinfo")) missing.push("gdal-bin");
  if (!isInstalled("khal")) missing.push("khal");
  return missing;
}

// The distribution's own major version: 15 on Debian 12.
function postgresPackages(): string[] {
  const depends = spawnSync("apt-cache", ["depends", "postgresql"], { encoding: "utf8" }).stdout ?? "";
  const version = /Depends: postgresql-(\d+)/.exec(depends)?.[1] ?? "15";
  return [`postgresql-${version}`, `postgresql-${version}-postgis-3`];
}

const isInstalled = (program: string): boolean => (process.env.PATH ?? "").split(":").some((folder) => existsSync(join(folder, program)));

function install(): void {
  if (missingPackages().length === 0) return;
  const canInstall = process.getuid?.() === 0 && isInstalled("apt-get");
  if (canInstall) {
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    console.log(`installing what the tests need: ${missingPackages().join(" ")}`);
    spawnSync("apt-get", ["update", "-qq"], { stdio: "inherit", env: environment });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missingPackages()], { stdio: "inherit", env: environment });
  }
  const still = missingPackages();
  if (still.length === 0) return;
  console.error(
    `The tests need programs that are not here. On Debian 12, as root:\n\n  apt-get update && apt-get install -y ${still.join(" ")}\n`,
  );
  process.exit(1);
}

// The service's own settings in this shell must not reach the tests.
function cleanEnvironment(): NodeJS.ProcessEnv {
  const own =
    /^(PORT|HOST|DATABASE_URL|DATABASE_OWNER_URL|REPLICA_URL|DATA_DIR|ADMIN_TOKEN|DEMO|TIME_ZONE|ALLOWED_HOSTS|IDENTITY_KEY_FILE|LOG_.*|RATE_LIMIT|WASPADA_.*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

async function runCheck(name: string, command: readonly string[]): Promise<Count> {
  const startedAt = Date.now();
  const [file = "", ...parameters] = command;
  const child = spawn(file, parameters, { cwd: root, env: cleanEnvironment(), stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
  const status = await new Promise<number | null>((done) => child.on("error", () => done(1)).on("close", done));
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(status === 0 ? `✓ ${name} (${seconds} s)` : `✗ ${name} (${seconds} s)\n${output}`);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, leftOut: 0 };
}

async function runChecks(): Promise<Count[]> {
  // svelte-check reads every TypeScript file too, so tsc would only do its work twice.
  const typesAndComponents = runCheck("svelte-check", [bin("svelte-check"), "--tsconfig", "tsconfig.json"]);
  const style = await runCheck("biome", [bin("biome"), "ci", "--colors=off", "--max-diagnostics=50", "."]);
  const unused = await runCheck("knip", [bin("knip"), "--no-config-hints"]);
  return [style, unused, await typesAndComponents];
}

// What a browser test only passed at its second try must not go unseen: the page or the test raced.
function tellSecondTries({ testResults }: VitestReport): void {
  for (const { fullName, status, failureMessages } of testResults.flatMap((file) => file.assertionResults))
    if (status === "passed" && failureMessages.length > 0) console.log(`passed at the second try: ${fullName}\n${failureMessages[0]}`);
}

async function runTests(): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), "waspada-report-"));
  const report = join(folder, "report.json");
  const parameters = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)];
  const child = spawn(bin("vitest"), parameters, { cwd: root, env: cleanEnvironment(), stdio: "inherit" });
  const status = await new Promise<number | null>((done) => child.on("error", () => done(1)).on("close", done));
  const told = existsSync(report) ? (JSON.parse(readFileSync(report, "utf8")) as VitestReport) : null;
  if (told) tellSecondTries(told);
  const count = told ? countOf(told) : { passed: 0, failed: 1, leftOut: 0 };
  rmSync(folder, { recursive: true });
  return status === 0 || count.failed > 0 ? count : { ...count, failed: 1 };
}

// A file that could not even be loaded has no failed test of its own, and counts as one.
function countOf({ numPassedTests, numFailedTests, numPendingTests, testResults }: VitestReport): Count {
  const failedFiles = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return { passed: numPassedTests, failed: numFailedTests + failedFiles.length, leftOut: numPendingTests };
}

install();
const counts: Count[] = [];
try {
  await buildWebIfNeeded((line) => console.log(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  counts.push({ passed: 0, failed: 1, leftOut: 0 });
}
counts.push(...(await runChecks()), await runTests());
const total = (field: keyof Count): number => counts.reduce((sum, count) => sum + count[field], 0);
if (total("leftOut") > 0)
  console.log(`left out: ${total("leftOut")} (${existsSync(join(root, "../shared")) ? "skipped" : "no ../shared"})`);
console.log(`${total("passed")} passed, ${total("failed")} failed`);
process.exitCode = total("failed") > 0 || total("passed") === 0 ? 1 : 0;
