import type { HotspotsInput } from "../../../../api/analysis/hotspots/hotspots.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

export const lists = gridLists(8, 6);
export const random = seededRandom(11);
export const n = lists.length;
export const population = Float64Array.from({ length: n }, () => 500 + Math.floor(9000 * random()));
export const counts = Float64Array.from(
  { length: n },
  (_, i) => (random() < 0.5 ? 0 : Math.floor(4 * random())) + ([0, 1, 8, 9].includes(i) ? 12 : 0),
);
export const input = (more: Partial<HotspotsInput> = {}): HotspotsInput => ({
  counts,
  population,
  reported: new Uint8Array(counts.length).fill(1),
  weights: weightsOfLists(lists),
  statistic: "gi_star",
  measure: "rate",
  significance: "permutation",
  tail: "two_sided",
  permutations: 9999,
  correction: "none",
  alpha: 0.05,
  seed: 1,
  ...more,
});
export const statistics = ["gi_star", "gi", "local_moran"] as const;
