import { normalAbove, normalBelow } from "../distributions/normal.ts";
import { hasEqualWeights, type Weights } from "../neighbours/weights.ts";
import { type PermutationCounts, permuteNeighbourSums } from "../significance/conditionalPermutation.ts";
import type { Correction } from "../significance/corrections.ts";
import { keepFloorRule } from "../significance/floorRule.ts";
import { emptyTails, setTails, type Tail, type TailProbabilities } from "../significance/tails.ts";
import { type ExactLocalRisk, exactLocalRisk } from "./exactLocalRisk.ts";
import { getisOrdGi, getisOrdGiStar } from "./getisOrd.ts";
import { imputedLocalRisk } from "./imputedLocalRisk.ts";
import { localMoran } from "./localMoran.ts";

export type Statistic = "gi_star" | "gi" | "local_moran" | "exact";
export type Significance = "analytic" | "permutation";

/** A local statistic of every area of a complete sample (no unknown values) with its p-values, before any correction. */
export interface Judgement extends TailProbabilities {
  readonly value: Float64Array;
  readonly z: Float64Array;
  /** Own and neighbours' deviation, for Local Moran's quadrants. */
  readonly deviation?: Float64Array;
  readonly lag?: Float64Array;
  readonly exact?: ExactLocalRisk;
  readonly atFloor: number;
  readonly permutationsUsed: number;
  /** Areas that the floor rule permuted on. */
  readonly extended: number[];
}

/** Streams of the seed: the first belongs to the permutations asked for, those after it to each round of extending them. */
export const firstStream = 1;

/** Computes the statistic asked for and its tail probabilities. Values must be finite. Cost: see the statistic and permuteNeighbourSums. */
export function judge(input: {
  readonly values: Float64Array;
  readonly counts: Float64Array;
  /** Whole counts of several maps for the exact statistic, where the place of some events is not certain. */
  readonly imputed?: readonly Float64Array[];
  readonly population: Float64Array;
  readonly weights: Weights;
  readonly statistic: Statistic;
  readonly significance: Significance;
  readonly tail: Tail;
  readonly permutations: number;
  readonly correction: Correction;
  readonly alpha: number;
  readonly seed: number;
  readonly permutationCap?: number;
}): Judgement {
  const { values, weights, statistic, tail } = input;
  const n = values.length;
  if (statistic === "exact") {
    const exact = input.imputed
      ? imputedLocalRisk(input.imputed, input.population, weights, tail)
      : exactLocalRisk(input.counts, input.population, weights, tail);
    const z = new Float64Array(n).fill(Number.NaN);
    return { ...pick(exact), value: exact.relativeRisk, z, exact, atFloor: 0, permutationsUsed: 0, extended: [] };
  }
  const moran = statistic === "local_moran" ? localMoran(values, weights) : undefined;
  const local = moran ?? (statistic === "gi" ? getisOrdGi(values, weights) : getisOrdGiStar(values, weights));
  const tails = emptyTails(n);
  const statisticOf = { value: local.value, z: local.z, ...(moran ? { deviation: moran.deviation, lag: moran.lag } : {}) };
  if (input.significance === "analytic") {
    for (let i = 0; i < n; i++) {
      const z = local.z[i]!;
      if (!Number.isNaN(z)) setTails(tails, i, normalBelow(z), normalAbove(z), 0, tail);
    }
    return { ...tails, ...statisticOf, atFloor: 0, permutationsUsed: 0, extended: [] };
  }

  const areas = areasWithNeighbours(weights);
  // Getis–Ord is binary whatever the weights' values; Local Moran's lag is a sum as soon as the row's weights are equal.
  const isEqual = !moran || hasEqualWeights(weights);
  const permute = (which: Int32Array, draws: number, stream: number): PermutationCounts => {
    const counts = permuteNeighbourSums({ values, weights, hasEqualWeights: isEqual, areas: which, draws, seed: input.seed, stream });
    return moran ? bySignOf(moran.deviation, which, counts) : counts;
  };
  const outcome = keepFloorRule({
    counts: permute(areas, input.permutations, firstStream),
    tail,
    correction: input.correction,
    alpha: input.alpha,
    cap: Math.max(input.permutations, input.permutationCap ?? 9_999_999),
    permuteOn: (places, draws, round) =>
      permute(
        Int32Array.from(places, (a) => areas[a]!),
        draws,
        firstStream + 1 + round,
      ),
  });
  areas.forEach((i, a) => {
    const draws = outcome.draws[a]! + 1;
    const tie = outcome.counts.equal[a]! + 1;
    setTails(tails, i, (outcome.counts.below[a]! + tie) / draws, (outcome.counts.above[a]! + tie) / draws, tie / draws, tail);
  });
  return {
    ...tails,
    ...statisticOf,
    atFloor: outcome.atFloor,
    permutationsUsed: outcome.draws.reduce((most, draws) => Math.max(most, draws), 0),
    extended: outcome.extended.map((a) => areas[a]!),
  };
}

/** Areas that can be permuted, ascending. */
export function areasWithNeighbours(weights: Weights): Int32Array {
  const areas = new Int32Array(weights.n);
  let count = 0;
  for (let i = 0; i < weights.n; i++) if (weights.offsets[i] !== weights.offsets[i + 1]) areas[count++] = i;
  return areas.slice(0, count);
}

function pick(tails: TailProbabilities): TailProbabilities {
  return { p: tails.p, pLow: tails.pLow, pHigh: tails.pHigh, pMid: tails.pMid };
}

/** Local Moran grows with the neighbours' sum only where the area itself is above the mean; below it, it falls; at it, all draws tie. */
export function bySignOf(deviation: Float64Array, areas: Int32Array, counts: PermutationCounts): PermutationCounts {
  const turned = { draws: counts.draws, above: counts.above.slice(), equal: counts.equal.slice(), below: counts.below.slice() };
  areas.forEach((i, a) => {
    const sign = Math.sign(deviation[i]!);
    if (sign > 0) return;
    turned.above[a] = sign < 0 ? counts.below[a]! : 0;
    turned.below[a] = sign < 0 ? counts.above[a]! : 0;
    if (sign === 0) turned.equal[a] = counts.draws;
  });
  return turned;
}
