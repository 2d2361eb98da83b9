import { deviations } from "../hotspots/deviations.ts";
import { areasWithNeighbours, bySignOf, firstStream } from "../hotspots/judge.ts";
import { hasEqualWeights, type Weights } from "../neighbours/weights.ts";
import { measured } from "../rates/measure.ts";
import { drawsInBlock, observeSums, type PermutationCounts, permuteNeighbourSums } from "../significance/conditionalPermutation.ts";
import { rejectionLimit } from "../significance/corrections.ts";
import { keepFloorRule } from "../significance/floorRule.ts";
import { AnalysisRefusal } from "../significance/refusal.ts";
import { chanceBound } from "./chanceBound.ts";
import { dealtOrders } from "./dealtOrders.ts";
import { countSums, countWeightedSums, type SumCounts } from "./sumCounts.ts";
import { isSurelyAbove, isSurelyBelow } from "./sureness.ts";
import { type HotspotMethod, isReported, type TestedMethod } from "./testedMethod.ts";

/** Permutations at which every area is looked at; each further look is at four times as many, of the areas that may still matter. */
const firstLook = 128;
/** From here on a bound of the chance is tried for watched areas that are still at their floor. */
const firstBound = 512;
/** From here on a few watched areas that are still at their floor are counted to the end before the others. */
const firstTrial = 2048;
const triedAlone = 4;
/** How far the floor rule goes, as in judge. */
const floorCap = 9_999_999;

/**
 * Gi, Gi* or Local Moran by permutation as a tested method: the verdict of analyseHotspots from the same permutations, but no more of them than it takes.
 *
 * Why: a map needs all 99,999 permutations only for its few extreme areas, and the question here is only whether a watched area is reported.
 * In words: after 128 permutations, 512 and so on, areas are left out whose p is surely above what the correction could reject of those that remain, and areas are taken as
 * reported whose p is surely below what it rejects of those taken alone ("surely": sureness.ts; wrong less than once in ten million). It ends when no watched area
 * remains or one is taken; what is still open after all permutations is decided by the floor rule and the correction themselves.
 * Cost: about 1 ms a map of 306 areas, against 110 ms for all p-values at 99,999.
 */
export function permutationMethod(method: HotspotMethod, population: Float64Array, weights: Weights): TestedMethod {
  const { tail, correction, alpha, permutations, seed } = method;
  const areas = areasWithNeighbours(weights);
  const tests = areas.length;
  const sides = tail === "high" ? 1 : 2;
  const isMoran = method.statistic === "local_moran";
  // As in judge: Getis–Ord is binary whatever the weights' values.
  const isEqual = !isMoran || hasEqualWeights(weights);
  const count = isEqual ? countSums : countWeightedSums;
  const longest = areas.reduce((most, i) => Math.max(most, weights.offsets[i + 1]! - weights.offsets[i]!), 0);
  const blockOf = dealtOrders(weights.n, longest + 1, permutations, seed, firstStream);

  return (counts, watched, side) => {
    const values = measured(method.measure, counts, population);
    const own = isMoran ? deviations(values).d : undefined;
    const map = { values, weights, areas, observed: observeSums(values, weights, areas, isEqual) };
    /** How many of the permutations [from, upTo) were as low and as high as observed, ties in both, added to those before. */
    const countOn = (which: readonly number[], from: number, upTo: number, low: Float64Array, high: Float64Array): void => {
      for (let at = from; at < upTo; ) {
        const block = Math.floor(at / drawsInBlock);
        const start = block * drawsInBlock;
        const end = Math.min(upTo, start + drawsInBlock);
        count(blockOf(block), at - start, end - start, map, which).forEach((found, place) => {
          const a = which[place]!;
          const { below, equal, above } = own ? signed(found, own[areas[a]!]!) : found;
          low[a]! += below + equal;
          high[a]! += above + equal;
        });
        at = end;
      }
    };
    const low = new Float64Array(tests);
    const high = new Float64Array(tests);
    const extreme = (a: number): number => (tail === "high" ? high[a]! : Math.min(low[a]!, high[a]!));
    const isRaised = (a: number): boolean => (own ? own[areas[a]!]! > 0 : high[a]! <= low[a]!);
    const isAnswer = (a: number): boolean => watched[areas[a]!] === 1 && (side === "either" || isRaised(a));
    const limitOf = (together: number): number => rejectionLimit(correction, alpha, together, tests) / sides;

    let draws = Math.min(firstLook, permutations);
    let open = Array.from(areas, (_, a) => a);
    countOn(open, 0, draws, low, high);
    let chanceOf: ReturnType<typeof chanceBound> | undefined;
    /** A bound from above of the chance of sums as high as observed, 1 where low sums are what is asked about. */
    const highChance = (a: number): number => {
      const i = areas[a]!;
      if (high[a]! > 0 || (own && own[i]! <= 0)) return 1;
      return chanceOf!(i, weights.offsets[i + 1]! - weights.offsets[i]!, map.observed.low[a]!);
    };
    for (let hasTried = false; ; ) {
      open = settled(open, (a, together) => {
        // At the floor nothing is settled, since the floor rule goes on there.
        if (extreme(a) === 0) return true;
        const limit = limitOf(together);
        return (extreme(a) + 1) / (permutations + 1) <= limit * (1 + 1e-12) && !isSurelyAbove(extreme(a), draws, limit);
      });
      if (!open.some(isAnswer)) return false;
      if (draws === permutations) break;
      const taken = settled(open, (a, together) =>
        isSurelyBelow(extreme(a), draws, (limitOf(together) * (permutations + 1) - 1) / permutations),
      );
      if (taken.some(isAnswer)) return true;
      // Whoever is below the limit of a single rejection is reported, whatever the others are.
      const atFloor = open.filter((a) => isAnswer(a) && extreme(a) === 0);
      const most = Math.floor(limitOf(1) * (permutations + 1) * (1 - 1e-12)) - 1;
      if (draws >= firstBound && atFloor.length > 0 && most >= 0) {
        chanceOf ??= chanceBound(values);
        const isOut = (a: number): boolean => isSurelyAbove(most + 1, permutations, highChance(a));
        if (isEqual && atFloor.some(isOut)) return true;
        if (draws >= firstTrial && !hasTried) {
          hasTried = true;
          const best = atFloor.slice(0, triedAlone);
          const [lowest, highest] = [low.slice(), high.slice()];
          countOn(best, draws, permutations, lowest, highest);
          if (best.some((a) => (tail === "high" ? highest[a]! : Math.min(lowest[a]!, highest[a]!)) <= most)) return true;
        }
      }
      const upTo = Math.min(permutations, draws * 4);
      countOn(open, draws, upTo, low, high);
      draws = upTo;
    }
    const permute = (which: Int32Array, more: number, stream: number): PermutationCounts => {
      const found = permuteNeighbourSums({ values, weights, hasEqualWeights: isEqual, areas: which, draws: more, seed, stream });
      return own ? bySignOf(own, which, found) : found;
    };
    const outcome = refusedAsNull(() =>
      keepFloorRule({
        counts: { draws, above: high, equal: new Float64Array(tests), below: low },
        tail,
        correction,
        alpha,
        cap: Math.max(permutations, floorCap),
        permuteOn: (places, more, round) =>
          permute(
            Int32Array.from(places, (a) => areas[a]!),
            more,
            firstStream + 1 + round,
          ),
      }),
    );
    if (!outcome) return false;
    const candidates = open.map((a) => {
      const equal = outcome.counts.equal[a]! + 1;
      const above = (outcome.counts.above[a]! + equal) / (outcome.draws[a]! + 1);
      const below = (outcome.counts.below[a]! + equal) / (outcome.draws[a]! + 1);
      return {
        area: areas[a]!,
        p: tail === "high" ? above : Math.min(1, 2 * Math.min(below, above)),
        isRaised: own ? isRaised(a) : above <= below,
      };
    });
    return isReported(candidates, tests, method, watched, side);
  };
}

/** Those that keep their place when judged together with all who do: leaves out who does not, until nobody falls. */
function settled(those: readonly number[], keeps: (a: number, together: number) => boolean): number[] {
  for (let kept: readonly number[] = those; ; ) {
    const still = kept.filter((a) => keeps(a, kept.length));
    if (still.length === kept.length) return still;
    kept = still;
  }
}

/** As bySignOf for one area: Local Moran falls with the neighbours' sum where the area is below the mean, and ties where it is at it. */
function signed(counts: SumCounts, deviation: number): SumCounts {
  if (deviation > 0) return counts;
  if (deviation < 0) return { below: counts.above, equal: counts.equal, above: counts.below };
  return { below: 0, equal: counts.below + counts.equal + counts.above, above: 0 };
}

/** The permutations would be too few for this map: the method reports nothing on it. */
function refusedAsNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof AnalysisRefusal) return null;
    throw error;
  }
}
