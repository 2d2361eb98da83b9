import type { PermutationCounts } from "./conditionalPermutation.ts";
import { type Correction, rejectionLimit } from "./corrections.ts";
import { AnalysisRefusal } from "./refusal.ts";
import type { Tail } from "./tails.ts";

/** Final counts and how far the permutations had to go. */
export interface FloorOutcome {
  readonly counts: PermutationCounts;
  /** Permutations of each area, in the order of the areas. */
  readonly draws: Float64Array;
  /** Places, in the order of the areas, of those that were permuted on. */
  readonly extended: number[];
  /** Areas at their floor in the end: no permuted sum was as extreme. */
  readonly atFloor: number;
}

/**
 * The floor rule: sees to it that permutations are many enough for the correction to be able to reject anything.
 *
 * Why: P permutations cannot give a p below 2 / (P + 1) (one-sided 1 / (P + 1)). If m areas sit at that floor and it is above what the correction can reject
 * (alpha × m / areas for the false discovery rate, alpha / areas for Bonferroni), the map would say "nothing" whatever the data. Then the areas at the floor are
 * permuted on, their counts added up, until the rule holds or none is left at the floor. Going on only at the floor keeps p-values valid: the areas
 * concerned already had the smallest p there is.
 * Refuses (`permutations_too_few`, naming the needed number) when that takes more than `cap` permutations.
 */
export function keepFloorRule(input: {
  readonly counts: PermutationCounts;
  readonly tail: Tail;
  readonly correction: Correction;
  readonly alpha: number;
  readonly cap: number;
  /** Counts for the areas at the places given, `draws` more permutations of a random stream of their own. */
  readonly permuteOn: (places: number[], draws: number, round: number) => PermutationCounts;
}): FloorOutcome {
  const { tail, correction, alpha, cap } = input;
  const tests = input.counts.above.length;
  const counts = {
    draws: input.counts.draws,
    above: input.counts.above.slice(),
    equal: input.counts.equal.slice(),
    below: input.counts.below.slice(),
  };
  const draws = new Float64Array(tests).fill(counts.draws);
  const extended = new Set<number>();
  const sides = tail === "high" ? 1 : 2;
  const isAtFloor = (a: number): boolean => {
    const high = counts.above[a]! + counts.equal[a]!;
    return tail === "high" ? high === 0 : Math.min(high, counts.below[a]! + counts.equal[a]!) === 0;
  };
  for (let round = 0; ; round++) {
    const places: number[] = [];
    for (let a = 0; a < tests; a++) if (isAtFloor(a)) places.push(a);
    if (places.length === 0) return { counts, draws, extended: [...extended].sort((a, b) => a - b), atFloor: 0 };
    const limit = rejectionLimit(correction, alpha, places.length, tests);
    const needed = Math.ceil(sides / limit - 1 - 1e-9);
    const behind = places.filter((a) => draws[a]! < needed);
    if (behind.length === 0) return { counts, draws, extended: [...extended].sort((a, b) => a - b), atFloor: places.length };
    if (needed > cap) {
      throw new AnalysisRefusal("permutations_too_few", { permutations: counts.draws, needed, atFloor: places.length, areas: tests, cap });
    }
    const more = needed - Math.min(...behind.map((a) => draws[a]!));
    const further = input.permuteOn(behind, more, round);
    behind.forEach((a, at) => {
      counts.above[a]! += further.above[at]!;
      counts.equal[a]! += further.equal[at]!;
      counts.below[a]! += further.below[at]!;
      draws[a]! += more;
      extended.add(a);
    });
  }
}
