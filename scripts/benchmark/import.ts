import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { ImportReport } from "../../api/contract/importReport.ts";
import { clusterUrl, createCluster, type PrivateCluster, stopCluster } from "../privateCluster.ts";
import { peakMemoryMb, processorSeconds } from "./processFigures.ts";
import { type BenchmarkRow, leftOut } from "./row.ts";

const nation = resolve(import.meta.dirname, "../../../shared/data/boundaries/desa_nasional_tanpa_35.12_62_94.ndjson.gz");
const token = "benchmark-token-0123456789";
const pollMs = 200;
const healthMs = 100;

const sleep = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

interface Running {
  readonly pid: number;
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The service as a process of its own, so that its memory is its own. */
async function startProcess(environment: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ["--import", "tsx", resolve(import.meta.dirname, "../start.ts")], {
    env: {
      ...process.env,
      PORT: "0",
      DEMO: "off",
      ADMIN_TOKEN: token,
      RATE_LIMIT: "off",
      LOG_LEVEL: "info",
      LOG_FORMAT: "json",
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise<void>((done) => child.once("close", () => done()));
  let log = "";
  const url = await new Promise<string>((found, fail) => {
    child.stdout.on("data", (text: Buffer) => {
      log = (log + text.toString()).slice(-10_000);
      const address = /"url":"(http:[^"]+)"/.exec(log)?.[1];
      if (address) found(address);
    });
    void gone.then(() => fail(new Error(`the service ended\n${log}`)));
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await gone;
  };
  return { pid: child.pid!, url, stop };
}

interface Loaded {
  readonly report: ImportReport;
  readonly ms: number;
  /** Milliseconds of each step that the job told, in their order. */
  readonly steps: ReadonlyMap<string, number>;
  /** The longest that /api/health took meanwhile. */
  readonly slowestHealthMs: number;
}

async function load({ url }: Running, file: string): Promise<Loaded> {
  const headers = { Authorization: `Bearer ${token}`, "Accept-Language": "en" };
  let slowestHealthMs = 0;
  let isDone = false;
  const watching = (async () => {
    while (!isDone) {
      const asked = performance.now();
      await fetch(`${url}/api/health`).then(
        (answer) => answer.arrayBuffer(),
        () => undefined,
      );
      slowestHealthMs = Math.max(slowestHealthMs, performance.now() - asked);
      await sleep(healthMs);
    }
  })();
  const steps = new Map<string, number>();
  const start = performance.now();
  try {
    const sent = await fetch(`${url}/api/imports/boundaries?partial=true&name=${encodeURIComponent(basename(file))}`, {
      method: "POST",
      headers,
      body: readFileSync(file),
    });
    if (sent.status !== 201) throw new Error(await sent.text());
    await sent.arrayBuffer();
    const job = new URL(sent.headers.get("location")!, url).href;
    for (let last = start; ; await sleep(pollMs)) {
      const { status, message } = (await (await fetch(job, { headers })).json()) as { status: string; message: string };
      const now = performance.now();
      steps.set(message, (steps.get(message) ?? 0) + now - last);
      last = now;
      if (status === "successful") {
        const report = (await (await fetch(`${job}/results`, { headers })).json()) as ImportReport;
        return { report, ms: now - start, steps, slowestHealthMs };
      }
      if (status === "failed" || status === "dismissed") throw new Error(`${basename(file)}: ${status} ${message}`);
    }
  } finally {
    isDone = true;
    await watching;
  }
}

/** ogr2ogr loads the file into a table of its own of the same database; null where it is not installed. */
async function loadWithOgr(cluster: PrivateCluster, file: string): Promise<{ ms: number; cpuMs: number } | null> {
  const name = /\.(ndjson|geojsonl|geojsons|jsonl)(\.gz)?$/i.test(file) ? "GeoJSONSeq:" : "";
  const source = `${name}${file.endsWith(".gz") ? "/vsigzip/" : ""}${file}`;
  const target = `PG:host=127.0.0.1 port=${cluster.port} user=waspada password=${cluster.password} dbname=waspada`;
  const before = serverSeconds(cluster);
  const start = performance.now();
  const child = spawn("ogr2ogr", ["-f", "PostgreSQL", target, source, "-nln", "loaded_by_ogr", "-nlt", "PROMOTE_TO_MULTI", "-overwrite"], {
    stdio: "ignore",
  });
  let own = 0;
  const watching = setInterval(() => {
    const seconds = child.pid ? processorSeconds(child.pid) : Number.NaN;
    if (seconds > own) own = seconds;
  }, 50);
  const status = await new Promise<number | null>((done) => child.once("error", () => done(null)).once("exit", done));
  clearInterval(watching);
  if (status !== 0) return null;
  return { ms: performance.now() - start, cpuMs: 1000 * (own + serverSeconds(cluster) - before) };
}

function serverSeconds({ folder }: PrivateCluster): number {
  return processorSeconds(Number.parseInt(readFileSync(join(folder, "postmaster.pid"), "utf8"), 10));
}

const row = (name: string, ms: number, more: Partial<BenchmarkRow> = {}): BenchmarkRow => ({
  name,
  runs: 1,
  minMs: ms,
  medianMs: ms,
  maxMs: ms,
  memoryMb: Number.NaN,
  ...more,
});

async function importInto(environment: Record<string, string>, file: string, cluster: PrivateCluster | null): Promise<BenchmarkRow[]> {
  const service = await startProcess(environment);
  const seconds = (): number => processorSeconds(service.pid) + (cluster ? serverSeconds(cluster) : 0);
  try {
    const ogr = cluster ? [await loadWithOgr(cluster, file)] : [];
    const before = seconds();
    const first = await load(service, file);
    const cpuMs = 1000 * (seconds() - before);
    const memoryMb = peakMemoryMb(service.pid);
    if (cluster) ogr.push(await loadWithOgr(cluster, file));
    const again = await load(service, file);
    const peers = ogr.filter((run) => run !== null);
    const peerMs = Math.min(...peers.map((run) => run.ms));
    const peerCpuMs = Math.min(...peers.map((run) => run.cpuMs));
    const { accepted, rejected, queued, unchanged } = first.report;
    const ratio =
      peers.length > 0 ? `; ${(first.ms / peerMs).toFixed(1)} × ogr2ogr, ${(cpuMs / peerCpuMs).toFixed(1)} × its processor time` : "";
    return [
      ...(peers.length > 0
        ? [
            row("ogr2ogr, the same file and server", peerMs, {
              runs: peers.length,
              maxMs: Math.max(...peers.map((run) => run.ms)),
              cpuMs: peerCpuMs,
            }),
          ]
        : []),
      row("whole import, all checks", first.ms, {
        cpuMs,
        memoryMb,
        ...(file === nation && cluster ? { limitMs: 600_000 } : {}),
        note: `${accepted} accepted, ${unchanged} unchanged, ${rejected} rejected, ${queued} queued; health at most ${first.slowestHealthMs.toFixed(0)} ms${ratio}`,
      }),
      ...[...first.steps].map(([step, ms]) => row(`  ${step || "waiting"}`, ms)),
      row("the same file again", again.ms, {
        memoryMb: peakMemoryMb(service.pid),
        note: `${again.report.accepted} accepted, ${again.report.unchanged} unchanged; health at most ${again.slowestHealthMs.toFixed(0)} ms`,
      }),
    ];
  } finally {
    await service.stop();
  }
}

/**
 * One file of boundaries through the whole service, in a process of its own, against `ogr2ogr` loading it into the same PostgreSQL before and after.
 * `--file F` for another than the nation's, `--embedded` for the embedded engine (then without ogr2ogr). Memory is the most the service ever had.
 */
export async function benchmark(): Promise<BenchmarkRow[]> {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    strict: false,
    options: { file: { type: "string" }, embedded: { type: "boolean" } },
  });
  const file = typeof values.file === "string" ? resolve(values.file) : nation;
  if (!existsSync(file)) return [leftOut("import", `there is no file ${file}`)];
  const folder = await mkdtemp(join(tmpdir(), "waspada-benchmark-"));
  const place = process.getuid?.() === 0 ? `/var/lib/postgresql/${basename(folder)}` : join(folder, "postgres");
  const cluster = values.embedded ? null : await createCluster(place);
  try {
    return await importInto({ DATA_DIR: join(folder, "data"), ...(cluster ? { DATABASE_URL: clusterUrl(cluster) } : {}) }, file, cluster);
  } finally {
    if (cluster) await stopCluster(cluster);
    await rm(place, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}
