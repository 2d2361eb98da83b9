import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type HdbscanInput, hdbscan } from "../../../../api/analysis/clusters/hdbscan.ts";
import { partition } from "./byDefinition.ts";
import { hierarchyByDefinition } from "./hierarchyByDefinition.ts";
import { lattice, lumps, shuffled } from "./lumps.ts";

const input = (more: Partial<HdbscanInput> = {}): HdbscanInput => ({
  x: lumps.x.slice(0, 150),
  y: lumps.y.slice(0, 150),
  minPoints: 5,
  resolutionMetres: 1,
  ...more,
});
const alongX = (...x: number[]): HdbscanInput => input({ x: Float64Array.from(x), y: new Float64Array(x.length), minPoints: 3 });

interface Peer {
  readonly madeBy: string;
  readonly runs: readonly { readonly minPoints: number; readonly cluster: number[]; readonly probability?: number[] }[];
}
const recorded = JSON.parse(readFileSync(new URL("../../../fixtures/hdbscan.json", import.meta.url), "utf8")) as {
  readonly x: number[];
  readonly y: number[];
  readonly r: Peer;
  readonly scikitLearn: Peer;
};
const places = { x: Float64Array.from(recorded.x), y: Float64Array.from(recorded.y), resolutionMetres: 1e-6 };
const all = [...recorded.x.keys()];

describe("HDBSCAN", () => {
  it("by hand: two threes 8 m apart, each ending at 2 m, and one that leaves at 4 m", () => {
    const { cluster, probability, count } = hdbscan(alongX(0, 1, 2, 10, 11, 12, 15));
    expect([...cluster]).toEqual([0, 0, 0, 1, 1, 1, 1]);
    expect(count).toBe(2);
    // Core distances 2 1 2 2 1 2 4: the last point is 4 m from all others, the threes hold together down to 2 m.
    expect([...probability].map((value) => Number(value.toFixed(12)))).toEqual([1, 1, 1, 1, 1, 1, 0.5]);
  });

  it.each(recorded.r.runs.map((run) => [run.minPoints, run] as const))(
    "with %i points the clusters equal those of R's dbscan 1.1.11",
    (minPoints, run) => {
      expect(partition(hdbscan({ ...places, minPoints }).cluster, all)).toBe(partition(run.cluster, all));
    },
  );

  it.each(recorded.scikitLearn.runs.map((run) => [run.minPoints, run] as const))(
    "with %i points the clusters equal scikit-learn 1.9.1's, but for points that leave at the very length at which a cluster splits, which it gives to one side",
    (minPoints, run) => {
      const { cluster, count } = hdbscan({ ...places, minPoints });
      const others = all.filter((i) => cluster[i]! >= 0 || run.cluster[i]! < 0);
      expect(partition(cluster, others)).toBe(partition(run.cluster, others));
      expect(count).toBe(Math.max(...run.cluster) + 1);
      expect(all.length - others.length).toBeLessThanOrEqual(2);
    },
  );

  it("with 2 points, where there are no ties, clusters and probabilities equal scikit-learn 1.9.1's to its last digit kept", () => {
    const run = recorded.scikitLearn.runs.find(({ minPoints }) => minPoints === 2)!;
    const { cluster, probability } = hdbscan({ ...places, minPoints: 2 });
    expect(partition(cluster, all)).toBe(partition(run.cluster, all));
    expect(Math.max(...all.map((i) => Math.abs(probability[i]! - run.probability![i]!)))).toBeLessThan(1e-8);
  });

  it.each([2, 3, 5, 9])("with %i points on 60 places it is what the definition says", (minPoints) => {
    const some = input({ x: lumps.x.slice(100, 160), y: lumps.y.slice(100, 160), minPoints });
    const found = hdbscan(some);
    const expected = hierarchyByDefinition(some);
    expect(partition(found.cluster, [...some.x.keys()])).toBe(partition(expected.cluster, [...some.x.keys()]));
    found.probability.forEach((value, i) => void expect(value).toBeCloseTo(expected.probability[i]!, 12));
  });

  it.each([
    [2, 1, 1],
    [3, 2, 1],
    [4, 3, 15],
    [3, 4, 10],
    [5, 5, 1],
  ])(
    "with %i points on a lattice, where lengths tie, it is what the definition says (%i, resolution %i m)",
    (minPoints, seed, resolutionMetres) => {
      const { x, y } = lattice(60, seed);
      const some = { x, y, minPoints, resolutionMetres };
      const found = hdbscan(some);
      const expected = hierarchyByDefinition(some);
      expect(partition(found.cluster, [...x.keys()])).toBe(partition(expected.cluster, [...x.keys()]));
      found.probability.forEach((value, i) => void expect(value).toBeCloseTo(expected.probability[i]!, 12));
    },
  );

  it.each([1, 2, 3])("relabelled points have the same clusters and probabilities, ties included (%i)", (seed) => {
    const points = { ...lattice(150, seed), minPoints: 4, resolutionMetres: 1 };
    const order = shuffled(150, seed + 50);
    const arrange = (values: Float64Array): Float64Array => Float64Array.from(order, (i) => values[i]!);
    const there = hdbscan(points);
    const back = hdbscan({ ...points, x: arrange(points.x), y: arrange(points.y) });
    expect(partition(back.cluster, [...order.keys()])).toBe(partition(there.cluster, order));
    expect(back.probability).toEqual(arrange(there.probability));
  });

  it("scaled units give the same clusters and probabilities", () => {
    const scaled = hdbscan(input({ x: input().x.map((x) => 8 * x), y: input().y.map((y) => 8 * y), resolutionMetres: 8 }));
    expect(scaled).toEqual(hdbscan(input()));
    expect(scaled.count).toBeGreaterThan(2);
  });

  it("many on each of two spots are two clusters; below the resolution spots are one", () => {
    const spots = alongX(...Array.from({ length: 20 }, (_, i) => (i % 2) * 30));
    expect([...hdbscan(spots).cluster]).toEqual(Array.from({ length: 20 }, (_, i) => i % 2));
    expect([...hdbscan(spots).probability]).toEqual(new Array(20).fill(1));
    expect(hdbscan({ ...spots, resolutionMetres: 30 }).count).toBe(0);
  });

  it.each([
    ["no point", []],
    ["one point", [3]],
    ["too few points", [3, 4]],
    ["points all on one spot", [3, 3, 3, 3, 3, 3, 3]],
    ["one gathering", [0, 1, 2, 3, 4, 5]],
  ])("%s: everything is noise, of probability 0", (_, x) => {
    const none = x.map(() => -1);
    expect(hdbscan(alongX(...x))).toEqual({ cluster: Int32Array.from(none), probability: new Float64Array(x.length), count: 0 });
  });

  it.each([
    ["minPoints", { minPoints: 1 }],
    ["minPoints", { minPoints: 2.5 }],
    ["minPoints", { minPoints: 1001 }],
    ["resolutionMetres", { resolutionMetres: 0 }],
    ["resolutionMetres", { resolutionMetres: Number.POSITIVE_INFINITY }],
    ["y", { y: new Float64Array(3) }],
    ["point", { x: new Float64Array(150).fill(Number.NaN) }],
    ["point", { y: new Float64Array(150).fill(Number.NEGATIVE_INFINITY) }],
  ])("a wrong %s is refused", (field, more) => {
    expect(() => hdbscan(input(more))).toThrowError(
      expect.objectContaining({ code: "wrong_input", details: expect.objectContaining({ field }) }),
    );
  });

  it("more points than it can join in time are refused, naming the limit", () => {
    const many = { x: new Float64Array(50_001), y: new Float64Array(50_001) };
    expect(() => hdbscan(input(many))).toThrowError(
      expect.objectContaining({ code: "too_many_points", details: { points: 50_001, limit: 50_000 } }),
    );
  });
});
