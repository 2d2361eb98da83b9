import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { clusterUrl, createCluster, isClusterRunning, startCluster, stopCluster } from "../privateCluster.ts";
import { bundleService } from "./bundle.ts";
import { badClients, listener } from "./faults/clients.ts";
import { type Fault, Subject } from "./faults/subject.ts";
import { seededRandom } from "./random.ts";
import { driveToken } from "./service/life.ts";

// `npm run drive:faults [-- --seed 1 --engine embedded|postgres]`: a full disk, failing writes, threads and connections that are ended, clients that hang: what the service
// answers meanwhile, what it has kept, and whether it recovers by itself.
const { values } = parseArgs({ options: { seed: { type: "string", default: "1" }, engine: { type: "string" } } });
const seed = Number(values.seed);
if (!Number.isInteger(seed) || !["embedded", "postgres", undefined].includes(values.engine)) {
  console.error("--seed takes a whole number, --engine embedded or postgres.");
  process.exit(2);
}

const isRoot = process.getuid?.() === 0;
const sleep = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));
const found: Fault[] = [];

function tell(fault: Fault): void {
  found.push(fault);
  console.log(`${fault.name.padEnd(52)} ${fault.told}${fault.faults.length > 0 ? `  FAULT: ${fault.faults.join("; ")}` : ""}`);
}

/** A calculation under which something is broken: it must end with a result, or say why there is none; and the next must succeed. */
async function calculation(subject: Subject, name: string, damage: () => Promise<void> | void, mend: () => void): Promise<Fault> {
  const ask = (permutations: number): Promise<Response> =>
    subject.trials.life.ask("/api/processes/hotspots/execution", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ inputs: { areas: ["99.01"], measure: "count", permutations, seed, statistic: "local_moran" } }),
    });
  const asked = ask(999_999);
  await damage();
  const answer = await asked;
  const text = await answer.text();
  const told = `${answer.status} ${(/"refusal":"(\w+)"/.exec(text) ?? /"code":"(\w+)"/.exec(text))?.[1] ?? text.slice(0, 40)}`;
  mend();
  const after = await ask(999);
  const faults: string[] = [];
  if (after.status >= 500) faults.push(`afterwards ${after.status}: ${(await after.text()).slice(0, 200)}`);
  if (answer.status >= 500 && (answer.status !== 503 || answer.headers.get("retry-after") === null))
    faults.push(`no honest answer: ${told}`);
  return { name, faults, told };
}

async function onEmbedded(folder: string, program: string): Promise<void> {
  const subject = await Subject.start(folder, {}, seededRandom(seed), program);
  const mended = (): void => subject.break("");
  tell(await subject.under("embedded: disk full", () => subject.break("full"), mended, { patienceMs: 60_000 }));
  tell(await subject.under("embedded: fsync fails", () => subject.break("sync"), mended, { readsGoOn: false, patienceMs: 60_000 }));
  const once = async (): Promise<void> => {
    subject.break("engine");
    await sleep(100);
    mended();
  };
  tell(await subject.under("embedded: engine's thread ended", once, mended, { readsGoOn: false, patienceMs: 60_000 }));
  tell({
    name: "embedded: everything compared in the end",
    faults: await subject.stop(),
    told: `${subject.trials.ledger.acknowledged} acknowledged`,
  });
}

/** A folder for the cluster on a small disk of its own, where that can be had. */
function smallDisk(place: string): boolean {
  if (!isRoot) return false;
  mkdirSync(place, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=400m,mode=711", "tmpfs", place]);
    return true;
  } catch {
    return false;
  }
}

async function onPostgres(folder: string, program: string): Promise<void> {
  const place = isRoot ? `/var/lib/postgresql/${folder.split("/").at(-2)}` : join(folder, "postgres");
  const isSmall = smallDisk(place);
  const cluster = await createCluster(join(place, "cluster"));
  const url = clusterUrl(cluster);
  try {
    const subject = await Subject.start(folder, { DATABASE_URL: url, FAULT_KERNEL_MB: "48" }, seededRandom(seed), program);
    const ballast = join(place, "ballast");
    // Again and again, for the server makes files shorter and longer meanwhile.
    const fill = (): void => {
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(2 ** 20));
      } catch {
        // The disk is full.
      }
    };
    // PostgreSQL ends by itself when its log finds no room, and is started again as a service manager would.
    const empty = async (): Promise<void> => {
      rmSync(ballast, { force: true });
      if (!(await isClusterRunning(cluster))) await startCluster(cluster);
    };
    if (isSmall) tell(await subject.under("postgres: disk full", fill, empty, { forMs: 10_000, readsGoOn: false, patienceMs: 60_000 }));
    else console.log("postgres: disk full: left out, a small disk of its own can only be had as root");
    const cut = async (): Promise<void> => {
      const client = new pg.Client(url);
      await client.connect();
      await client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'waspada'");
      await client.end();
    };
    const hearing = await listener(subject.trials.life);
    let before = 0;
    const fault = await subject.under(
      "postgres: every connection cut, the one that listens too",
      cut,
      () => {
        before = hearing.heard();
      },
      { readsGoOn: false },
    );
    await sleep(2000);
    hearing.stop();
    if (hearing.heard() <= before) (fault.faults as string[]).push("nothing was announced any more");
    tell(fault);
    const mended = (): void => subject.break("");
    tell(
      await calculation(
        subject,
        "postgres: kernel threads ended",
        async () => {
          await sleep(300);
          subject.break("threads");
          await sleep(1000);
          // No calculation can end for as long as every new thread is ended too.
          mended();
        },
        mended,
      ),
    );
    let end = (): void => undefined;
    tell(
      await subject.under(
        "postgres: 200 half-open and slow clients",
        async () => {
          end = await badClients(subject.trials.life, 200, `Bearer ${driveToken}`);
        },
        () => end(),
        { patienceMs: 30_000 },
      ),
    );
    const still = await badClients(subject.trials.life, 50, `Bearer ${driveToken}`);
    const began = performance.now();
    const faults = await subject.stop();
    const tookMs = Math.round(performance.now() - began);
    still();
    tell({ name: "postgres: compared in the end, and stopped", faults, told: `with 50 such clients within ${tookMs} ms` });
  } finally {
    if (await isClusterRunning(cluster)) await stopCluster(cluster);
    if (isSmall) execFileSync("umount", [place]);
    rmSync(place, { recursive: true, force: true });
  }
}

const folder = await mkdtemp(join(tmpdir(), "waspada-faults-"));
try {
  const program = await bundleService("drive-faults");
  for (const engine of values.engine ? [values.engine] : ["postgres", "embedded"]) {
    const own = join(folder, engine);
    mkdirSync(own);
    await (engine === "embedded" ? onEmbedded : onPostgres)(own, program);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
const faulty = found.filter(({ faults }) => faults.length > 0).length;
console.log(
  faulty === 0
    ? "Every fault was told honestly, nothing acknowledged was lost, and all went on by itself."
    : `${faulty} faults, told above.`,
);
process.exitCode = faulty === 0 ? 0 : 1;
