import { describe, expect, it } from "vitest";
import { type Weights, weightsFromEdges } from "../../../../api/analysis/neighbours/weights.ts";
import { dealEvents, runningShares } from "../../../../api/analysis/selfTest/dealtEvents.ts";
import { growCluster } from "../../../../api/analysis/selfTest/plantedCluster.ts";
import { testedMethod } from "../../../../api/analysis/selfTest/selfTest.ts";
import type { HotspotMethod } from "../../../../api/analysis/selfTest/testedMethod.ts";
import { wholeMethod } from "../../../../api/analysis/selfTest/wholeMethod.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { lists, method, n, population, weights } from "./worlds.ts";

const unequal = weightsFromEdges(
  n,
  Int32Array.from(lists.flatMap((list, i) => list.map(() => i))),
  Int32Array.from(lists.flat()),
  Float64Array.from(lists.flat(), (j, e) => 1 + ((j + e) % 3)),
);

/** On how many of some planted and empty maps the quick way and analyseHotspots itself disagree, and how often the latter says yes. */
function compare(asked: HotspotMethod, neighbours: Weights, maps: number): { wrong: number; yes: number } {
  const outcome = { wrong: 0, yes: 0 };
  for (const [events, risk] of [
    [60, 1],
    [60, 8],
    [300, 1],
    [300, 3],
    [300, 5],
    [300, 12],
  ] as const) {
    const quick = testedMethod(asked, population, neighbours, events);
    const whole = wholeMethod(asked, population, neighbours);
    for (let map = 0; map < maps; map++) {
      const random = createRandom(9, events, risk, map);
      const cluster = growCluster(weights, random.below(n - 1), 6, random);
      const counts = dealEvents(runningShares(population, cluster, risk), events, 1, random);
      const watched = new Uint8Array(n).fill(risk === 1 ? 1 : 0);
      for (const i of cluster) watched[i] = 1;
      const side = risk === 1 ? "either" : "raised";
      const expected = whole(counts, watched, side);
      if (expected) outcome.yes++;
      if (quick(counts, watched, side) !== expected) outcome.wrong++;
    }
  }
  return outcome;
}

const cases: [string, Partial<HotspotMethod>, Weights?][] = [
  ["Gi*", {}],
  ["Gi* of counts, high, Bonferroni", { measure: "count", tail: "high", correction: "bonferroni" }],
  ["Gi, EB, no correction", { statistic: "gi", measure: "eb", correction: "none", permutations: 999 }],
  ["Gi* with permutations too few for the correction, which the floor rule extends", { permutations: 199 }],
  ["Gi*, high, where the floor rule extends", { permutations: 199, tail: "high" }],
  ["Gi* with more permutations than a block", { permutations: 20_000 }],
  ["Local Moran", { statistic: "local_moran" }],
  ["Local Moran, high, no correction", { statistic: "local_moran", tail: "high", correction: "none", permutations: 999 }],
  ["Local Moran of unequal weights", { statistic: "local_moran", permutations: 999, alpha: 0.2 }, unequal],
  ["exact", { statistic: "exact" }],
  ["exact, high, Bonferroni", { statistic: "exact", tail: "high", correction: "bonferroni" }],
  ["exact, no correction", { statistic: "exact", correction: "none", alpha: 0.01 }],
];

describe("a tested method decides as analyseHotspots", () => {
  it.each(cases)("%s", (_, asked, neighbours = weights) => {
    const { wrong, yes } = compare(method(asked), neighbours, asked.permutations === 20_000 ? 2 : 5);
    expect(wrong).toBe(0);
    expect(yes).toBeGreaterThan(2);
  });

  it("an analytic one is analyseHotspots", () => {
    const counts = Float64Array.from({ length: n }, (_, i) => ([0, 1, 17, 18].includes(i) ? 9 : 1));
    const watched = Uint8Array.from({ length: n }, (_, i) => Number(i === 0));
    const analytic = testedMethod(method({ significance: "analytic", measure: "count" }), population, weights, 160);
    expect(analytic(counts, watched, "raised")).toBe(true);
    expect(analytic(counts, new Uint8Array(n), "either")).toBe(false);
  });

  it("a cold spot is a report, but not of a raised risk", () => {
    const corner = [0, 1, 2, 3, 17, 18, 19, 20, 34, 35, 36, 37];
    const counts = Float64Array.from({ length: n }, (_, i) => (corner.includes(i) ? 0 : 20));
    const watched = Uint8Array.from({ length: n }, (_, i) => Number(corner.includes(i)));
    for (const statistic of ["gi_star", "exact"] as const) {
      const tested = testedMethod(method({ statistic, measure: "count" }), new Float64Array(n).fill(1000), weights, 20 * (n - 12));
      expect([tested(counts, watched, "either"), tested(counts, watched, "raised")]).toEqual([true, false]);
    }
  });

  it("a map that the method is refused on reports nothing", () => {
    const counts = Float64Array.from({ length: n }, (_, i) => (i < 3 ? 40 : 0));
    const all = new Uint8Array(n).fill(1);
    const tooMany = method({ alpha: 1e-9, correction: "bonferroni", measure: "count", permutations: 99 });
    for (const tested of [testedMethod(tooMany, population, weights, 120), wholeMethod(tooMany, population, weights)])
      expect(tested(counts, all, "either")).toBe(false);
  });
});
