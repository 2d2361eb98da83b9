import type { HotspotMethod } from "../../../../api/analysis/selfTest/testedMethod.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

/** 120 areas with unequal people and an island at the end. */
export const lists = [...gridLists(17, 7), []];
export const n = lists.length;
export const weights = weightsOfLists(lists);
const { unit } = createRandom(35);
export const population = Float64Array.from({ length: n }, () => Math.round(900 + 8000 * unit() ** 2));
export const reported = new Uint8Array(n).fill(1);
export const method = (more: Partial<HotspotMethod> = {}): HotspotMethod => ({
  statistic: "gi_star",
  measure: "rate",
  significance: "permutation",
  tail: "two_sided",
  permutations: 4999,
  correction: "fdr",
  alpha: 0.05,
  seed: 3,
  ...more,
});
