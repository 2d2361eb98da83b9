import { describe, expect, it } from "vitest";
import { normalAbove } from "../../../../api/analysis/distributions/normal.ts";
import { getisOrdGiStar } from "../../../../api/analysis/hotspots/getisOrd.ts";
import { analyseHotspots, type HotspotsInput, type HotspotsResult } from "../../../../api/analysis/hotspots/hotspots.ts";
import { islandsOf, type Weights } from "../../../../api/analysis/neighbours/weights.ts";
import { permuteNeighbourSums } from "../../../../api/analysis/significance/conditionalPermutation.ts";
import { benjaminiHochberg } from "../../../../api/analysis/significance/corrections.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

// Three ways in which the field's tools see hotspots where there are none, each done as the textbooks do it, beside what is done here.
const lists = gridLists(15, 12);
const n = lists.length;
const weights = weightsOfLists(lists);
const maps = 60;
const permutations = 4999;
const alpha = 0.05;
const population = new Float64Array(n).fill(1000);

/** Sixty incidents, each in any of 180 villages: most have none, and nowhere is anything the matter. */
function sparseMap(map: number): Float64Array {
  const { below } = createRandom(map, 60);
  const counts = new Float64Array(n);
  for (let event = 0; event < 60; event++) counts[below(n)]! += 1;
  return counts;
}

const here = (map: number, more: Partial<HotspotsInput> = {}): HotspotsResult =>
  analyseHotspots({
    counts: sparseMap(map),
    population,
    reported: new Uint8Array(n).fill(1),
    weights,
    statistic: "gi_star",
    measure: "count",
    significance: "permutation",
    tail: "two_sided",
    permutations,
    correction: "fdr",
    alpha,
    seed: map,
    ...more,
  });

const isFalse = (p: Float64Array): boolean => benjaminiHochberg(p).some((q) => q <= alpha);
const numbers = Array.from({ length: maps }, (_, map) => map);
const chance = alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / maps);

/** Pseudo-p as it is commonly folded: sums at least as large as the observed one, or, where those are the greater part, all the others. */
function foldedP(values: Float64Array, of: Weights, seed: number): Float64Array {
  const areas = Int32Array.from({ length: n }, (_, i) => i);
  const { above, equal } = permuteNeighbourSums({
    values,
    weights: of,
    hasEqualWeights: true,
    areas,
    draws: permutations,
    seed,
    stream: 1,
  });
  return Float64Array.from(above, (larger, i) => {
    const atLeast = larger + equal[i]!;
    return (Math.min(atLeast, permutations - atLeast) + 1) / (permutations + 1);
  });
}

describe("false hotspots of the textbook", () => {
  it("folded p with ties: every neighbourhood without an event looks extreme; here none does", () => {
    const textbook = numbers.filter((map) => isFalse(foldedP(sparseMap(map), weights, map)));
    expect(textbook.length / maps).toBeGreaterThan(0.9);
    expect(numbers.filter((map) => here(map).summary.significant > 0).length / maps).toBeLessThanOrEqual(chance);
    // The reason, on one map: all permuted sums are at least 0, so the fold leaves none beside the observed one.
    const counts = sparseMap(0);
    const empty = lists.findIndex((list, i) => [i, ...list].every((j) => counts[j] === 0));
    expect(foldedP(counts, weights, 0)[empty]).toBe(1 / (permutations + 1));
    const { columns } = here(0);
    expect(columns.pHigh[empty]).toBe(1);
    expect(columns.pLow[empty]!).toBeGreaterThan(0.05);
    expect(columns.class[empty]).toBe("not significant");
  });

  it("normal approximation: two incidents side by side are a hotspot; here they are chance", () => {
    const normalP = (map: number): Float64Array =>
      getisOrdGiStar(sparseMap(map), weights).z.map((z) => Math.min(1, 2 * normalAbove(Math.abs(z))));
    const textbook = numbers.filter((map) => isFalse(normalP(map)));
    expect(textbook.length / maps).toBeGreaterThan(chance);
    // Even with far fewer incidents: the rarer, the worse.
    const pair = new Float64Array(n);
    pair[40] = 1;
    pair[41] = 1;
    pair[100] = 1;
    expect(isFalse(getisOrdGiStar(pair, weights).z.map((z) => Math.min(1, 2 * normalAbove(Math.abs(z)))))).toBe(true);
    for (const statistic of ["gi_star", "gi", "exact"] as const) expect(here(1, { counts: pair, statistic }).summary.significant).toBe(0);
    expect(numbers.filter((map) => here(map).summary.significant > 0).length / maps).toBeLessThanOrEqual(chance);
  });

  it("islands: with nothing to permute none of the sums is as extreme, p is 0 and they top the map; here they have no p", () => {
    const cut = new Set([17, 90]);
    const islanded = weightsOfLists(lists.map((list, i) => (cut.has(i) ? [] : list.filter((j) => !cut.has(j)))));
    for (const map of numbers.slice(0, 10)) {
      const textbook = foldedP(sparseMap(map), islanded, map).map((p, i) => (cut.has(i) ? 0 : p));
      expect(benjaminiHochberg(textbook)[17]).toBe(0);
      for (const statistic of ["gi_star", "gi", "local_moran", "exact"] as const) {
        const { columns, summary } = here(map, { weights: islanded, statistic });
        for (const island of cut) {
          expect([columns.p[island], columns.q[island], columns.value[island]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
          expect(columns.class[island]).toBeNull();
        }
        expect(summary.islands).toEqual(islandsOf(islanded));
        expect(summary.tested).toBe(n - 2);
      }
    }
  });
});
