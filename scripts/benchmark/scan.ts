import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { planScan, type ScanInput, type ScanPlan } from "../../api/analysis/scan/plan.ts";
import { findClusters, type ScanResult } from "../../api/analysis/scan/scan.ts";
import { createRandom } from "../../api/analysis/significance/random.ts";
import { featuresOf } from "./geography.ts";
import { type BenchmarkRow, leftOut, timed } from "./row.ts";

const simulations = 999;
const perPart = 64;
const threads = 2;
const recorded = resolve(import.meta.dirname, "../../../shared/reference/satscan");

/** Times whole scans with 999 full simulations on two threads: zones, simulations, clusters. SaTScan is not installed; its recorded times are in the notes. */
export async function benchmark(): Promise<BenchmarkRow[]> {
  const pool = openThreads();
  const rows: BenchmarkRow[] = [];
  try {
    const jombang = readJombang();
    if (jombang) {
      for (const [name, more, limitMs, peer] of [
        ["space-time, 53 steps of 14 days, 25%", {}, 8000, "SaTScan 10.3.2 recorded 28 s"],
        ["space only, 25%", { temporal: false }, undefined, "SaTScan 10.3.2 recorded 3 s"],
        ["space-time permutation, 25%", { model: "permutation" }, undefined, ""],
        ["prospective, 25%", { prospective: true }, undefined, ""],
      ] as const) {
        const note = (result: ScanResult): string => `${described(result)}${peer && `; ${peer}`}`;
        rows.push(
          await timed(`Jombang (306): ${name}`, 2, () => scan(pool, { ...jombang, ...more }), {
            note,
            warm: false,
            ...(limitMs ? { limitMs } : {}),
          }),
        );
      }
    } else rows.push(leftOut("Jombang", "no ../shared"));
    const eastJava = await readEastJava();
    if (eastJava) {
      rows.push(
        await timed(`East Java (${eastJava.longitude.length}): space only, 10%`, 2, () => scan(pool, eastJava), {
          limitMs: 6000,
          warm: false,
          note: (result) => `${described(result)}; SaTScan took 17 s on such a machine`,
        }),
      );
    } else rows.push(leftOut("East Java", "no ../shared"));
    rows.push(leftOut("SaTScan", "not installed: its licence does not let it travel; its own times are in the notes"));
  } finally {
    await pool.close();
  }
  return rows;
}

const described = ({ summary, clusters }: ScanResult): string =>
  `${summary.zones} zones, ${summary.events} events, ${summary.simulations} simulations, strongest ${clusters[0]?.ratio.toFixed(6)}`;

interface Threads {
  readonly simulate: (plan: ScanPlan) => Promise<Float64Array>;
  readonly close: () => Promise<unknown>;
}

/** Two threads that take parts of simulations in turn. */
function openThreads(): Threads {
  const program = `
    const { parentPort, workerData } = require("node:worker_threads");
    import("tsx/esm/api").then(async ({ register }) => {
      register();
      const { simulateMaxima } = await import(workerData);
      parentPort.on("message", ([plan, first, last]) => parentPort.postMessage(simulateMaxima(plan, 1, first, last)));
    });`;
  const workerData = new URL("../../api/analysis/scan/simulate.ts", import.meta.url).href;
  const workers = Array.from({ length: threads }, () => new Worker(program, { eval: true, workerData }));
  const part = (worker: Worker, plan: ScanPlan, first: number): Promise<Float64Array> =>
    new Promise((done, failed) => {
      worker.removeAllListeners("error");
      worker.once("error", failed);
      worker.once("message", (found: Float64Array) => done(found));
      worker.postMessage([plan, first, Math.min(simulations, first + perPart)]);
    });
  return {
    async simulate(plan) {
      const maxima = new Float64Array(simulations);
      let next = 0;
      await Promise.all(
        workers.map(async (worker) => {
          for (let first = next; first < simulations; first = next) {
            next += perPart;
            maxima.set(await part(worker, plan, first), first);
          }
        }),
      );
      return maxima;
    },
    close: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}

async function scan(pool: Threads, input: ScanInput): Promise<ScanResult> {
  const plan = planScan(input);
  return findClusters(plan, input.longitude.length, await pool.simulate(plan), { alpha: 0.05, stepDays: input.stepDays });
}

const common = { model: "poisson", stepDays: 14, minimumCases: 2, zones: "circular", prospective: false } as const;

/** The recorded question that SaTScan answered. */
function readJombang(): ScanInput | null {
  if (!existsSync(recorded)) return null;
  const rows = (name: string): string[][] =>
    readFileSync(resolve(recorded, `jombang.${name}`), "utf8")
      .trim()
      .split(/\r?\n/)
      .map((line) => line.trim().split(/\s+/));
  const places = rows("geo");
  const index = new Map(places.map(([code], i) => [code, i]));
  const people = new Map(rows("pop").map(([code, , n]) => [code, Number(n)]));
  const cases = rows("cas");
  const dayNumber = (day = ""): number => Math.round((Date.parse(day.replaceAll("/", "-")) - Date.parse("2024-01-01")) / 86_400_000);
  return {
    ...common,
    longitude: Float64Array.from(places, ([, , longitude]) => Number(longitude)),
    latitude: Float64Array.from(places, ([, latitude]) => Number(latitude)),
    population: Float64Array.from(places, ([code]) => people.get(code) ?? Number.NaN),
    eventArea: Int32Array.from(cases, ([code]) => index.get(code) ?? -1),
    eventDay: Int32Array.from(cases, ([, , day]) => dayNumber(day)),
    days: 730,
    temporal: true,
    maxPopulation: 0.25,
  };
}

/** All villages of East Java at the mean of their first ring, with seeded people and four events a village. */
async function readEastJava(): Promise<ScanInput | null> {
  if (!existsSync(recorded)) return null;
  const longitude: number[] = [];
  const latitude: number[] = [];
  for await (const { geometry } of featuresOf("East Java")) {
    if (!geometry) continue;
    const ring = (geometry.type === "Polygon" ? geometry.coordinates[0] : geometry.coordinates[0]?.[0]) ?? [];
    longitude.push(ring.reduce((sum, [x]) => sum + x!, 0) / ring.length);
    latitude.push(ring.reduce((sum, [, y]) => sum + y!, 0) / ring.length);
  }
  const n = longitude.length;
  const { unit } = createRandom(3517);
  const population = Float64Array.from({ length: n }, () => Math.round(600 + 9000 * unit() ** 2));
  return {
    ...common,
    longitude: Float64Array.from(longitude),
    latitude: Float64Array.from(latitude),
    population,
    eventArea: Int32Array.from({ length: 4 * n }, () => Math.floor(n * unit())),
    eventDay: new Int32Array(4 * n),
    days: 365,
    temporal: false,
    maxPopulation: 0.1,
  };
}
