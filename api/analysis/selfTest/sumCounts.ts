import type { Weights } from "../neighbours/weights.ts";
import type { ObservedSums } from "../significance/conditionalPermutation.ts";
import type { DealtBlock } from "./dealtOrders.ts";

/** How the permuted neighbour sums of one area fell against the observed one. */
export interface SumCounts {
  readonly below: number;
  readonly equal: number;
  readonly above: number;
}

/** The values of a map, the areas that have neighbours, and their observed sums. */
export interface PermutedMap {
  readonly values: Float64Array;
  readonly weights: Weights;
  readonly areas: Int32Array;
  readonly observed: ObservedSums;
}

/**
 * Counts, for a few areas, the draws [from, upTo) of a block as permuteNeighbourSums counts them: the sums of the first k values of each order, and where the order holds the area
 * itself among them, that value out and the next one in. which: places in `areas` and in `observed`. Cost: O(draws × (largest k + areas asked for)).
 */
export function countSums(block: DealtBlock, from: number, upTo: number, map: PermutedMap, which: readonly number[]): SumCounts[] {
  const { values, weights, areas, observed } = map;
  const { size, orders } = block;
  const draws = upTo - from;
  const neighbours = (a: number): number => weights.offsets[areas[a]! + 1]! - weights.offsets[areas[a]!]!;
  const counts = new Array<SumCounts>(which.length);
  const byNeighbours = which.map((_, at) => at).sort((one, other) => neighbours(which[one]!) - neighbours(which[other]!));
  const sums = new Float64Array(draws);
  let summed = 0;
  for (const at of byNeighbours) {
    const a = which[at]!;
    const i = areas[a]!;
    const k = neighbours(a);
    for (; summed < k; summed++) {
      const row = summed * size + from;
      for (let draw = 0; draw < draws; draw++) sums[draw]! += values[orders[row + draw]!]!;
    }
    const low = observed.low[a]!;
    const high = observed.high[a]!;
    let above = 0;
    let below = 0;
    for (let draw = 0; draw < draws; draw++) {
      // Added as numbers: sums fall to either side without a pattern that a branch could be foretold from.
      above += Number(sums[draw]! > high);
      below += Number(sums[draw]! < low);
    }
    for (let p = firstFrom(block, i, from); p < block.from[i + 1]! && block.draws[p]! < upTo; p++) {
      if (block.positions[p]! >= k) continue;
      const draw = block.draws[p]! - from;
      const before = sums[draw]!;
      const after = before - values[i]! + values[orders[k * size + from + draw]!]!;
      if (before > high) above--;
      else if (before < low) below--;
      if (after > high) above++;
      else if (after < low) below++;
    }
    counts[at] = { below, equal: draws - above - below, above };
  }
  return counts;
}

/** The same where the weights of a row differ: each sum is made anew from the first k of an order, the area itself passed over. Cost: O(draws × neighbours of the areas asked for). */
export function countWeightedSums(block: DealtBlock, from: number, upTo: number, map: PermutedMap, which: readonly number[]): SumCounts[] {
  const { values, weights, areas, observed } = map;
  const { size, orders } = block;
  return which.map((a) => {
    const i = areas[a]!;
    const start = weights.offsets[i]!;
    const end = weights.offsets[i + 1]!;
    let above = 0;
    let below = 0;
    for (let draw = from; draw < upTo; draw++) {
      let sum = 0;
      let at = draw;
      for (let e = start; e < end; e++, at += size) {
        if (orders[at] === i) at += size;
        sum += weights.values[e]! * values[orders[at]!]!;
      }
      above += Number(sum > observed.high[a]!);
      below += Number(sum < observed.low[a]!);
    }
    return { below, equal: upTo - from - above - below, above };
  });
}

/** The first appearance of area i in the draw `from` or later. */
function firstFrom(block: DealtBlock, i: number, from: number): number {
  let low = block.from[i]!;
  let high = block.from[i + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (block.draws[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
