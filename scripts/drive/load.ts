import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  clusterUrl,
  createCluster,
  isClusterRunning,
  type PrivateCluster,
  readCluster,
  startCluster,
  stopCluster,
} from "../privateCluster.ts";
import type { Bare, BareOrder } from "./load/bare.ts";
import { countOf, prepareRegion, type RegionName, regions } from "./load/prepare.ts";
import { processorSeconds } from "./load/processorTime.ts";
import { untilAtRest } from "./load/rest.ts";
import type { Measured } from "./load/schedule.ts";
import type { SenderOrder } from "./load/sender.ts";
import { type WorkName, wantedRates, workNames } from "./load/works.ts";
import { driveToken, startLife } from "./service/life.ts";

const usage = `npm run drive:load [-- --seconds 60 --warm 10 --connections 50 --region east-java|jombang --works items,columns,tiles,reports
                    --processes 1 --seed 1 --folder FOLDER --keep]

Fixed rates against the service on a private PostgreSQL, the sender in another process, latencies from the moment each request was due; before each work
--warm seconds of it that are not counted, since the first second after a start is no measure of an hour;
then the statements behind the same requests by pg alone, as fast as they go. --keep leaves the filled cluster in --folder for the next run.`;

const limitMs = 250;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    warm: { type: "string", default: "10" },
    connections: { type: "string", default: "50" },
    region: { type: "string", default: "east-java" },
    works: { type: "string", default: workNames.join(",") },
    processes: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    folder: { type: "string" },
    keep: { type: "boolean", default: false },
  },
});
const works = values.works.split(",") as WorkName[];
const [seconds, connections, processes, seed] = [values.seconds, values.connections, values.processes, values.seed].map(Number) as [
  number,
  number,
  number,
  number,
];
const isWrong =
  works.some((work) => !workNames.includes(work)) ||
  !(values.region in regions) ||
  [seconds, connections, processes, seed].some((number) => !Number.isInteger(number) || number < 1) ||
  !/^\d{1,3}$/.test(values.warm);
if (isWrong) {
  console.error(usage);
  process.exit(2);
}

const scratch = await mkdtemp(join(tmpdir(), "waspada-load-"));
const folder = resolve(
  values.folder ?? (process.getuid?.() === 0 ? `/var/lib/postgresql/${basename(scratch)}` : join(scratch, "postgres")),
);

async function openCluster(): Promise<PrivateCluster> {
  const kept = await Promise.resolve()
    .then(() => readCluster(folder))
    .catch(() => null);
  if (kept === null) return createCluster(folder);
  if (!(await isClusterRunning(kept))) await startCluster(kept);
  return kept;
}

/** Runs a process of this drive to its end and gives all that it said. */
function ordered<T>(file: string, order: unknown): Promise<T[]> {
  const child: ChildProcess = fork(join(import.meta.dirname, "load", file), { execArgv: ["--import", "tsx"] });
  const said: T[] = [];
  return new Promise((done, fail) => {
    child.on("message", (message) => said.push(message as T));
    child.on("exit", (status) => (status === 0 ? done(said) : fail(new Error(`${file} ended with status ${status}`))));
    child.send(order as object);
  });
}

interface Line {
  readonly work: WorkName;
  readonly measured: Measured;
  readonly cpuSeconds: { readonly service: number; readonly database: number; readonly client: number };
}

const milliseconds = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

function print(lines: readonly Line[], bare: readonly Bare[]): boolean {
  const rows = [
    [
      "",
      "asked/s",
      "reached/s",
      "p50 ms",
      "p99 ms",
      "p99.9 ms",
      "max ms",
      "errors",
      "CPU s service/database/client",
      "MB/s",
      "bare pg/s",
      "p50 ms",
      "p99 ms",
      "statements",
      "",
    ],
  ];
  let isHeld = true;
  for (const { work, measured: m, cpuSeconds: cpu } of lines) {
    const errors = Object.values(m.errors).reduce((sum, count) => sum + count, 0);
    const holds = errors === 0 && m.p99Ms <= limitMs && m.answered === m.planned;
    isHeld &&= holds;
    const alone = bare.find((entry) => entry.work === work);
    const told = Object.entries(m.errors).map(([what, count]) => `${count} × ${what}`);
    rows.push([
      work,
      String(wantedRates[work]),
      m.ratePerSecond.toFixed(1),
      ...[m.p50Ms, m.p99Ms, m.p999Ms, m.maxMs].map(milliseconds),
      String(errors),
      [cpu.service, cpu.database, cpu.client].map((value) => value.toFixed(1)).join(" / "),
      (m.megabytes / seconds).toFixed(1),
      ...(alone
        ? [alone.ratePerSecond.toFixed(0), milliseconds(alone.p50Ms), milliseconds(alone.p99Ms), alone.statements.toFixed(1)]
        : ["–", "–", "–", "–"]),
      [holds ? "holds" : "MISSED", ...told, ...(m.senderLateMs > 50 ? [`sender up to ${milliseconds(m.senderLateMs)} ms late`] : [])].join(
        ", ",
      ),
    ]);
  }
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, at) => (at === 0 || at === row.length - 1 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
        .join("  ")
        .trimEnd(),
    );
  return isHeld;
}

let cluster: PrivateCluster | null = null;
try {
  cluster = await openCluster();
  const databaseUrl = clusterUrl(cluster);
  const life = await startLife({
    DATABASE_URL: databaseUrl,
    DATA_DIR: join(scratch, "data"),
    LOG_LEVEL: "info",
    PROCESSES: String(processes),
  });
  const postmaster = Number((await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n")[0]);
  const region = await prepareRegion(life, values.region as RegionName);
  const isAtRest = await untilAtRest(life.pid);
  console.log(
    `${region.villages.length} villages, ${processes} process(es), ${connections} connections, ${seconds} s each after ${values.warm} s that do not count, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load average ${loadavg()[0]!.toFixed(1)}${isAtRest ? "" : ", the service was not at rest before"}`,
  );
  const lines: Line[] = [];
  for (const work of works) {
    const order: SenderOrder = {
      url: life.url,
      token: driveToken,
      work,
      region,
      ratePerSecond: wantedRates[work],
      seconds,
      connections,
      seed,
    };
    // Of another seed, so that a report is new both times.
    if (Number(values.warm) > 0) await ordered("sender.ts", { ...order, seconds: Number(values.warm), seed: seed + 1 });
    const incidentsBefore = work === "reports" ? await countOf(life, "incidents") : 0;
    const before = { service: processorSeconds(life.pid), database: processorSeconds(postmaster) };
    const [said] = await ordered<{ measured: Measured; cpuSeconds: number }>("sender.ts", order);
    if (!said) throw new Error("the sender said nothing");
    lines.push({
      work,
      measured: said.measured,
      cpuSeconds: {
        service: processorSeconds(life.pid) - before.service,
        database: processorSeconds(postmaster) - before.database,
        client: said.cpuSeconds,
      },
    });
    if (work !== "reports") continue;
    const stored = (await countOf(life, "incidents")) - incidentsBefore;
    console.log(`${said.measured.answered} reports acknowledged, ${stored} incidents more in the database`);
    if (stored !== said.measured.answered) process.exitCode = 1;
  }
  await life.stop();
  const bareOrder: BareOrder = { databaseUrl, region, works, samples: 40, seconds: Math.min(10, seconds), connections: 10, seed };
  const isHeld = print(lines, await ordered<Bare>("bare.ts", bareOrder));
  if (!isHeld) process.exitCode = 1;
} finally {
  if (cluster && !values.keep) await stopCluster(cluster);
  await rm(scratch, { recursive: true, force: true });
  if (cluster && !values.keep) await rm(folder, { recursive: true, force: true });
}
