import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dbscan } from "../../api/analysis/clusters/dbscan.ts";
import { hdbscan } from "../../api/analysis/clusters/hdbscan.ts";
import type { Clusters } from "../../api/analysis/clusters/numbering.ts";
import { spaceTimeDbscan } from "../../api/analysis/clusters/spaceTimeDbscan.ts";
import { permuteNearRepeat } from "../../api/analysis/nearRepeat/knoxCounts.ts";
import { countNearRepeat } from "../../api/analysis/nearRepeat/nearRepeat.ts";
import { createRandom } from "../../api/analysis/significance/random.ts";
import { python, runPeer } from "./peers.ts";
import { type BenchmarkRow, timed } from "./row.ts";

interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly days: Float64Array;
}

const million = 1_000_000;
const epsilonMetres = 100;
const minPoints = 5;
const peers = [
  { name: "scikit-learn", command: python, program: ["points.py"], install: "apt install python3-sklearn" },
  { name: "R dbscan", command: "Rscript", program: ["points.R"], install: "apt install r-base-core r-cran-dbscan" },
];

/** Points over a square of 100 km and two years; with `gathered`, every second one in one of 500 gatherings of 1 km. */
function makePoints(n: number, gathered: boolean): Points {
  const { unit, below } = createRandom(7, n, gathered ? 1 : 0);
  const side = 100_000;
  const centres = Array.from({ length: 500 }, () => [side * unit(), side * unit()] as const);
  const points = { x: new Float64Array(n), y: new Float64Array(n), days: new Float64Array(n) };
  for (let i = 0; i < n; i++) {
    const [x, y] = centres[below(500)]!;
    const [far, angle] = [1000 * Math.sqrt(-2 * Math.log(1 - unit())), 2 * Math.PI * unit()];
    const isGathered = gathered && i % 2 === 1;
    points.x[i] = isGathered ? x + far * Math.cos(angle) : side * unit();
    points.y[i] = isGathered ? y + far * Math.sin(angle) : side * unit();
    points.days[i] = below(730);
  }
  return points;
}

const sum = (values: Uint8Array): number => values.reduce((total, value) => total + value, 0);
const found = ({ cluster, core, count }: Clusters): string =>
  `${count} clusters, ${sum(core)} core, ${cluster.filter((number) => number < 0).length} noise`;

/** Times the kernels on single incidents on seeded points, and DBSCAN of scikit-learn and R on the same points (not with `--alone`). All on one thread. */
export async function benchmark(): Promise<BenchmarkRow[]> {
  const rows: BenchmarkRow[] = [];
  const gathered = makePoints(million, true);
  const limit = { limitMs: 800, note: found };
  const label = `DBSCAN, 1,000,000 points, ${epsilonMetres} m, ${minPoints}`;
  const ours = await timed(`${label}: half of them gathered`, 7, () => dbscan({ ...gathered, epsilonMetres, minPoints }), limit);
  rows.push(ours);
  if (!process.argv.includes("--alone")) {
    const folder = await mkdtemp(join(tmpdir(), "waspada-points-"));
    try {
      await writeFile(
        join(folder, "points.f64"),
        Buffer.concat([gathered.x, gathered.y].map(({ buffer }) => Buffer.from(buffer as ArrayBuffer))),
      );
      const given = [folder, String(epsilonMetres), String(minPoints)];
      for (const peer of peers) rows.push(...(await runPeer(peer, "the same points:", given, new Map([["dbscan", ours]]))));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const even = makePoints(million, false);
  rows.push(await timed(`${label}: evenly spread`, 7, () => dbscan({ ...even, epsilonMetres, minPoints }), limit));
  const some = makePoints(100_000, true);
  const inTime = { ...some, epsilonMetres: 500, epsilonDays: 30, minPoints };
  rows.push(await timed("ST-DBSCAN, 100,000 points, 500 m, 30 days, 5", 5, () => spaceTimeDbscan(inTime), { note: found }));
  const few = makePoints(20_000, true);
  const clusters = ({ count }: { count: number }): string => `${count} clusters`;
  rows.push(await timed("HDBSCAN, 20,000 points, 5", 3, () => hdbscan({ ...few, minPoints, resolutionMetres: 1 }), { note: clusters }));
  const { x, y, days } = makePoints(10_000, true);
  const knox = { x, y, days, distanceEdgesMetres: [250, 500, 1000, 2000], dayEdges: [7, 14, 28, 56], seed: 1 };
  const near = `${countNearRepeat(knox, 999, 0.05).near} near pairs`;
  rows.push(
    await timed("near repeat, 10,000 incidents, 16 cells, 999 simulations", 3, () => permuteNearRepeat(knox, 0, 999), { note: () => near }),
  );
  return rows;
}
