import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Clusters, type DbscanInput, dbscan } from "../../../../api/analysis/clusters/dbscan.ts";
import { hasOutside, outside } from "../../../fixtures/outside.ts";
import { seededRandom } from "../../../fixtures/random.ts";

/** DBSCAN as its definition reads, every pair looked at. */
function byDefinition({ x, y, epsilonMetres, minPoints, days, epsilonDays }: DbscanInput): Clusters {
  const n = x.length;
  const squared = (i: number, j: number): number => (x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2;
  const near = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_point, j) => j).filter(
      (j) => squared(i, j) <= epsilonMetres ** 2 && (!days || Math.abs(days[i]! - days[j]!) <= epsilonDays!),
    ),
  );
  const core = Uint8Array.from(near, (list) => (list.length >= minPoints ? 1 : 0));
  const label = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    if (!core[i] || label[i]! >= 0) continue;
    const stack = [i];
    label[i] = i;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      for (const j of near[at]!) {
        if (!core[j] || label[j]! >= 0) continue;
        label[j] = i;
        stack.push(j);
      }
    }
  }
  const settled = label.map((own, i) => {
    if (core[i]) return own;
    const cores = near[i]!.filter((j) => core[j]).sort((a, b) => squared(i, a) - squared(i, b) || a - b);
    return cores.length > 0 ? label[cores[0]!]! : -1;
  });
  const numbers = [...new Set(settled)].filter((root) => root >= 0);
  return { cluster: settled.map((root) => numbers.indexOf(root)), core, count: numbers.length };
}

const random = seededRandom(17);
const lumps = Array.from({ length: 600 }, (_, i) => {
  const centre = i % 7;
  const spread = centre === 6 ? 5000 : 150 * centre + 20;
  return [(random() - 0.5) * spread + 900 * centre, (random() - 0.5) * spread, Math.floor(200 * random())] as const;
});
const input = (more: Partial<DbscanInput> = {}): DbscanInput => ({
  x: Float64Array.from(lumps, ([x]) => x),
  y: Float64Array.from(lumps, ([, y]) => y),
  epsilonMetres: 60,
  minPoints: 5,
  ...more,
});
const days = Float64Array.from(lumps, ([, , day]) => day);

describe("DBSCAN", () => {
  it.each([
    [10, 1],
    [60, 5],
    [61.7, 4],
    [200, 12],
    [5000, 3],
    [100, 601],
  ])("with epsilon %f m and %i points it is what the definition says", (epsilonMetres, minPoints) => {
    expect(dbscan(input({ epsilonMetres, minPoints }))).toEqual(byDefinition(input({ epsilonMetres, minPoints })));
  });

  it.each([
    [60, 30, 4],
    [300, 3, 3],
    [100, 0, 2],
  ])("with %f m and %f days it is what the definition of ST-DBSCAN says", (epsilonMetres, epsilonDays, minPoints) => {
    const both = input({ epsilonMetres, epsilonDays, minPoints, days });
    expect(dbscan(both)).toEqual(byDefinition(both));
  });

  it("points on a lattice, where distances equal epsilon exactly, are near", () => {
    const lattice = {
      x: Float64Array.from({ length: 100 }, (_, i) => 10 * (i % 10)),
      y: Float64Array.from({ length: 100 }, (_, i) => 10 * Math.floor(i / 10)),
    };
    const { count, core } = dbscan({ ...lattice, epsilonMetres: 10, minPoints: 5 });
    expect(count).toBe(1);
    expect(core.reduce((sum, one) => sum + one, 0)).toBe(64);
  });

  it("relabelled points have the same clusters up to their numbers", () => {
    const order = Array.from({ length: 600 }, (_, i) => (i * 77 + 13) % 600);
    const there = dbscan(input());
    const back = dbscan(input({ x: Float64Array.from(order, (i) => input().x[i]!), y: Float64Array.from(order, (i) => input().y[i]!) }));
    const pairs = new Set(order.map((old, now) => `${there.cluster[old]} ${back.cluster[now]}`));
    expect(pairs.size).toBe(there.count + (there.cluster.includes(-1) ? 1 : 0));
    expect(order.map((old) => there.core[old])).toEqual([...back.core]);
  });

  it("scaled points and epsilon give the same clusters", () => {
    const scaled = input({ x: input().x.map((x) => 8 * x), y: input().y.map((y) => 8 * y), epsilonMetres: 480 });
    expect(dbscan(scaled)).toEqual(dbscan(input()));
  });

  it("no point, one point, and points all on one spot", () => {
    const at = (n: number): DbscanInput => ({ x: new Float64Array(n).fill(7), y: new Float64Array(n), epsilonMetres: 1, minPoints: 2 });
    expect(dbscan(at(0))).toEqual({ cluster: new Int32Array(0), core: new Uint8Array(0), count: 0 });
    expect(dbscan(at(1))).toEqual({ cluster: Int32Array.of(-1), core: Uint8Array.of(0), count: 0 });
    expect(dbscan(at(3))).toEqual({ cluster: Int32Array.of(0, 0, 0), core: Uint8Array.of(1, 1, 1), count: 1 });
  });

  it.each([
    ["epsilon 0", { epsilonMetres: 0 }],
    ["no points needed", { minPoints: 0 }],
    ["epsilonDays without days", { epsilonDays: 3 }],
    ["a point nowhere", { x: new Float64Array(600).fill(Number.NaN) }],
  ])("%s: refused", (_, more) => {
    expect(() => dbscan(input(more))).toThrowError(expect.objectContaining({ code: "wrong_input" }));
  });

  it.skipIf(!hasOutside)("core points, their partition and noise on Jombang equal scikit-learn 1.9.1's", () => {
    const peer = JSON.parse(readFileSync(outside("reference/jombang_dbscan_sklearn.json"), "utf8")) as { labels: number[]; core: number[] };
    const rows = readFileSync(outside("reference/jombang_incidents.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => row.split(","));
    const x = Float64Array.from(rows, (row) => (Number(row[5]) - 112.5) * 111_320 * Math.cos((-7.7 * Math.PI) / 180));
    const y = Float64Array.from(rows, (row) => (Number(row[6]) + 7.7) * 110_574);
    const { cluster, core } = dbscan({ x, y, epsilonMetres: 500, minPoints: 5 });
    expect([...core].flatMap((one, i) => (one ? [i] : []))).toEqual([...peer.core].sort((a, b) => a - b));
    expect([...cluster].map((label) => label < 0)).toEqual(peer.labels.map((label) => label < 0));
    const pairs = new Set(peer.core.map((i) => `${peer.labels[i]} ${cluster[i]}`));
    expect(pairs.size).toBe(new Set(peer.core.map((i) => peer.labels[i])).size);
    expect(pairs.size).toBe(new Set(peer.core.map((i) => cluster[i])).size);
  });
});
