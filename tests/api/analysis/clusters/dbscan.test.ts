import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type DbscanInput, dbscan } from "../../../../api/analysis/clusters/dbscan.ts";
import { hasOutside, outside } from "../../../fixtures/outside.ts";
import { byDefinition, partition } from "./byDefinition.ts";
import { lattice, lumps, shuffled } from "./lumps.ts";

const input = (more: Partial<DbscanInput> = {}): DbscanInput => ({ x: lumps.x, y: lumps.y, epsilonMetres: 60, minPoints: 5, ...more });

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
    [10, 3, 1],
    [10, 4, 2],
    [20, 7, 3],
    [30, 9, 4],
    [14.2, 6, 5],
  ])("with epsilon %f m and %i points on a lattice, where distances tie and equal epsilon, too", (epsilonMetres, minPoints, seed) => {
    const points = { ...lattice(150, seed), epsilonMetres, minPoints };
    expect(dbscan(points)).toEqual(byDefinition(points));
  });

  it("a lattice of points: only its rim is not core", () => {
    const full = {
      x: Float64Array.from({ length: 100 }, (_, i) => 10 * (i % 10)),
      y: Float64Array.from({ length: 100 }, (_, i) => 10 * Math.floor(i / 10)),
    };
    const { count, core } = dbscan({ ...full, epsilonMetres: 10, minPoints: 5 });
    expect(count).toBe(1);
    expect(core.reduce((sum, one) => sum + one, 0)).toBe(64);
  });

  it("a border point between two clusters goes to the nearer one; between equally near ones to the one with the smaller x, then y", () => {
    const arms = (middle: [number, number]): DbscanInput => ({
      x: Float64Array.of(-12, -11, -10, middle[0], 10, 11, 12),
      y: Float64Array.of(0, 0, 0, middle[1], 0, 0, 0),
      epsilonMetres: 10.5,
      minPoints: 4,
    });
    expect([...dbscan(arms([0, 0])).cluster]).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect([...dbscan(arms([0.25, 0])).cluster]).toEqual([0, 0, 0, 1, 1, 1, 1]);
    const turned = (sign: number): DbscanInput => {
      const { x, y, ...rest } = arms([0, 0]);
      return { x: y, y: x.map((value) => sign * value), ...rest };
    };
    expect([...dbscan(turned(1)).cluster]).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect([...dbscan(turned(-1)).cluster]).toEqual([0, 0, 0, 1, 1, 1, 1]);
  });

  it.each([1, 2, 3, 4])("relabelled points have the same clusters, border points between two of them included (%i)", (seed) => {
    const points = { ...lattice(120, seed), epsilonMetres: 20, minPoints: 8 };
    const order = shuffled(120, seed + 50);
    const there = dbscan(points);
    const arranged = { ...points, x: Float64Array.from(order, (i) => points.x[i]!), y: Float64Array.from(order, (i) => points.y[i]!) };
    const back = dbscan(arranged);
    expect(partition(back.cluster, [...order.keys()])).toBe(partition(there.cluster, order));
    expect([...back.core]).toEqual(order.map((old) => there.core[old]));
    expect(there.count).toBeGreaterThan(1);
  });

  it("scaled points and epsilon, or all points moved, give the same clusters", () => {
    const scaled = input({ x: lumps.x.map((x) => 8 * x), y: lumps.y.map((y) => 8 * y), epsilonMetres: 480 });
    expect(dbscan(scaled)).toEqual(dbscan(input()));
    const [there, here] = [lattice(150, 3), lattice(150, 3)].map((points) => ({ ...points, epsilonMetres: 20, minPoints: 7 }));
    expect(dbscan({ ...here!, x: here!.x.map((x) => x - 4096), y: here!.y.map((y) => y + 8192) })).toEqual(dbscan(there!));
  });

  it("many points on each of two spots are one cluster up to epsilon, and two beyond it", () => {
    const spots = (distance: number, n = 40): DbscanInput => ({
      x: Float64Array.from({ length: n }, (_, i) => (i % 2) * distance * 0.6),
      y: Float64Array.from({ length: n }, (_, i) => (i % 2) * distance * -0.8),
      epsilonMetres: 100,
      minPoints: 5,
    });
    expect(dbscan(spots(100)).count).toBe(1);
    expect(dbscan(spots(101)).count).toBe(2);
    expect(dbscan(spots(-101)).count).toBe(2);
  });

  it("no point, one point, and points all on one spot", () => {
    const at = (n: number): DbscanInput => ({ x: new Float64Array(n).fill(7), y: new Float64Array(n), epsilonMetres: 1, minPoints: 2 });
    expect(dbscan(at(0))).toEqual({ cluster: new Int32Array(0), core: new Uint8Array(0), count: 0 });
    expect(dbscan(at(1))).toEqual({ cluster: Int32Array.of(-1), core: Uint8Array.of(0), count: 0 });
    expect(dbscan(at(3))).toEqual({ cluster: Int32Array.of(0, 0, 0), core: Uint8Array.of(1, 1, 1), count: 1 });
  });

  it.each([
    ["epsilon 0", "epsilonMetres", { epsilonMetres: 0 }],
    ["epsilon without end", "epsilonMetres", { epsilonMetres: Number.POSITIVE_INFINITY }],
    ["no points needed", "minPoints", { minPoints: 0 }],
    ["half a point", "minPoints", { minPoints: 2.5 }],
    ["fewer y than x", "y", { y: new Float64Array(599) }],
    ["a point nowhere", "point", { x: new Float64Array(600).fill(Number.NaN) }],
    ["a point nowhere", "point", { y: lumps.y.map((y, i) => (i === 599 ? Number.POSITIVE_INFINITY : y)) }],
    ["an epsilon too small for the extent", "cellMetres", { epsilonMetres: 1e-5 }],
  ])("%s: refused, naming %s", (_, field, more) => {
    expect(() => dbscan(input(more))).toThrowError(
      expect.objectContaining({ code: "wrong_input", details: expect.objectContaining({ field }) }),
    );
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
    const cores = [...peer.core].sort((a, b) => a - b);
    expect([...core].flatMap((one, i) => (one ? [i] : []))).toEqual(cores);
    expect([...cluster].map((label) => label < 0)).toEqual(peer.labels.map((label) => label < 0));
    expect(partition(cluster, cores)).toBe(partition(peer.labels, cores));
  });
});
