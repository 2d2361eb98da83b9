import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dbscan } from "../../../../api/analysis/clusters/dbscan.ts";
import { hdbscan } from "../../../../api/analysis/clusters/hdbscan.ts";
import { convexHull } from "../../../../api/analysis/clusters/hull.ts";
import { spaceTimeDbscan } from "../../../../api/analysis/clusters/spaceTimeDbscan.ts";
import { byDefinition, partition } from "./byDefinition.ts";
import { hierarchyByDefinition } from "./hierarchyByDefinition.ts";

/** Stacks of points around a few spots, at distances where squares and doubles of a distance fall on both sides of epsilon 1. */
const stacks = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: 60 }),
      y: fc.integer({ min: 0, max: 60 }),
      size: fc.integer({ min: 1, max: 14 }),
      spread: fc.integer({ min: 0, max: 5 }),
    }),
    { minLength: 2, maxLength: 7 },
  )
  .map((spots) => {
    const points = spots.flatMap(({ x, y, size, spread }) =>
      Array.from({ length: size }, (_, k) => [(x + ((k * spread) % 6)) / 20, (y + ((k * k * spread) % 7)) / 20] as const),
    );
    return { x: Float64Array.from(points, ([x]) => x), y: Float64Array.from(points, ([, y]) => y) };
  });

describe("stacks of points a step apart", () => {
  it("DBSCAN is what the definition says", () => {
    fc.assert(
      fc.property(stacks, fc.integer({ min: 1, max: 20 }), fc.constantFrom(0.3, 0.5, 1, 1.5, 2), (points, minPoints, epsilonMetres) => {
        const input = { ...points, minPoints, epsilonMetres };
        expect(dbscan(input)).toEqual(byDefinition(input));
      }),
      { seed: 41, numRuns: 200 },
    );
  });

  it("ST-DBSCAN is what the definition says, its days in any order", () => {
    fc.assert(
      fc.property(stacks, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 6 }), (points, minPoints, epsilonDays) => {
        const days = points.x.map((_, i) => (i * 7) % 11);
        const input = { ...points, days, minPoints, epsilonMetres: 0.7, epsilonDays };
        expect(spaceTimeDbscan(input)).toEqual(byDefinition(input));
      }),
      { seed: 42, numRuns: 120 },
    );
  });

  it("HDBSCAN is what the definition says, under a resolution below one metre too", () => {
    fc.assert(
      fc.property(stacks, fc.integer({ min: 2, max: 7 }), fc.constantFrom(0.01, 0.15, 0.5), (points, minPoints, resolutionMetres) => {
        const input = { ...points, minPoints, resolutionMetres };
        const found = hdbscan(input);
        const expected = hierarchyByDefinition(input);
        const all = [...points.x.keys()];
        expect(partition(found.cluster, all)).toBe(partition(expected.cluster, all));
        for (const i of all) expect(found.probability[i]).toBeCloseTo(expected.probability[i]!, 10);
      }),
      { seed: 43, numRuns: 60 },
    );
  });

  it("a hull far smaller than one square metre still turns left at every corner and holds all points", () => {
    fc.assert(
      fc.property(stacks, ({ x, y }) => {
        const [small, up] = [x.map((value) => value / 64), y.map((value) => value / 64)];
        const hull = convexHull(small, up, [...small.keys()]);
        if (hull.length < 3) return;
        hull.forEach((a, at) => {
          const b = hull[(at + 1) % hull.length]!;
          const turn = (c: number): number => (small[b]! - small[a]!) * (up[c]! - up[a]!) - (up[b]! - up[a]!) * (small[c]! - small[a]!);
          for (const c of small.keys()) expect(turn(c)).toBeGreaterThan(-1e-12);
          expect(turn(hull[(at + 2) % hull.length]!)).toBeGreaterThan(0);
        });
      }),
      { seed: 44, numRuns: 100 },
    );
  });
});
