import { deviations } from "../hotspots/deviations.ts";
import type { Weights } from "../neighbours/weights.ts";
import { squaredDifferences } from "./gearyC.ts";
import { joinsOf } from "./joinCounts.ts";
import { crossProducts } from "./moranI.ts";
import { forEachShuffle, type ShufflePart, type TailCounts, tailCounter } from "./shuffles.ts";
import { weightSums } from "./weightSums.ts";

/** A map as a global statistic sees it: finite values and the weights between them. */
export interface ObservedMap {
  readonly values: Float64Array;
  readonly weights: Weights;
}

/**
 * Permutation test of a global statistic: how often randomly dealt values give more, the same and less than the map as it is.
 * Why: counts of rare events are skewed, and then the normal approximation is wrong in the tails. Compares what of the statistic changes with the deal:
 * cross products (moran), squared differences (geary), joins of each kind (join_count, three entries: black–black, black–white, white–white).
 * Differences within 1e-9 of the size of the sums are rounding. Source: Cliff & Ord 1981, chapter 2. Cost: O(permutations × (n + edges)).
 */
export function permuteMap(
  statistic: "moran" | "geary" | "join_count",
  { values, weights }: ObservedMap,
  part: ShufflePart,
  seed: number,
): TailCounts[] {
  const numbers = numbersOf(statistic, weights);
  const { d, squares } = deviations(values);
  const dealt = statistic === "join_count" ? values : d;
  const observed = numbers(dealt);
  const counters = observed.map((value) => tailCounter(value, statistic === "join_count" ? 1e-9 * Math.abs(value) : 1e-9 * squares));
  forEachShuffle(dealt, part, seed, (shuffled) => {
    const found = numbers(shuffled);
    for (let which = 0; which < counters.length; which++) counters[which]!.add(found[which]!);
  });
  return counters.map((counter) => counter.counts());
}

function numbersOf(statistic: "moran" | "geary" | "join_count", weights: Weights): (values: Float64Array) => readonly number[] {
  if (statistic === "moran") return (values) => [crossProducts(values, weights)];
  if (statistic === "geary") return (values) => [squaredDifferences(values, weights)];
  const sums = weightSums(weights);
  return (values) => joinsOf(values, weights, sums);
}
