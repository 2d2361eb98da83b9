import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const built = join(root, "web/dist/.built");
const sources = [
  "web",
  "api/contract",
  "api/analysis",
  "data/taxonomy.json",
  "data/indicators.json",
  "vite.config.ts",
  "package-lock.json",
];

/**
 * Builds the dashboard into web/dist unless it is there and made from these very sources (their hash is kept beside it). Takes 10–30 s.
 * @param report receives a line now and then, for people who wait
 * @returns whether anything had to be built; throws with the builder's last words when that failed
 */
export async function buildWebIfNeeded(report: (line: string) => void): Promise<boolean> {
  const hash = hashOfSources();
  if (existsSync(built) && readFileSync(built, "utf8") === hash) return false;
  const startedAt = Date.now();
  report("building the dashboard (only when its sources changed) …");
  const progress = setInterval(() => report(`building the dashboard … ${Math.round((Date.now() - startedAt) / 1000)} s`), 5_000);
  try {
    await runBuilder();
  } finally {
    clearInterval(progress);
  }
  writeFileSync(built, hash);
  report(`the dashboard was built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return true;
}

async function runBuilder(): Promise<void> {
  const builder = spawn(process.execPath, [join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  let output = "";
  for (const stream of [builder.stdout, builder.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
  const stop = (): void => void builder.kill();
  process.once("exit", stop);
  const status = await new Promise<number | null>((done, failed) => builder.on("error", failed).on("close", done));
  process.off("exit", stop);
  if (status !== 0) throw new Error(`building the dashboard failed:\n${output.slice(-4000)}`);
}

function hashOfSources(): string {
  const hash = createHash("sha256");
  for (const source of sources)
    for (const file of filesOf(join(root, source))) hash.update(relative(root, file)).update("\0").update(readFileSync(file));
  return hash.digest("hex");
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  if (/\.(ts|json)$/.test(path)) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(root, "web/dist")))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
