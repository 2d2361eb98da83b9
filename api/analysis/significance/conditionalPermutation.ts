import type { Weights } from "../neighbours/weights.ts";
import { createRandom } from "./random.ts";

/** Draws are made in blocks, each from a random stream of its own, so any thread may compute any block. */
export const drawsInBlock = 16_384;

/** How the permuted neighbour sums of each area fell against the observed one. One entry an area asked for. */
export interface PermutationCounts {
  readonly draws: number;
  readonly above: Float64Array;
  readonly equal: Float64Array;
  readonly below: Float64Array;
}

/**
 * Conditional permutation of neighbour sums: the area keeps its value, the values of all others are dealt out anew among all others.
 *
 * Why: Gi, Gi* and Local Moran of an area are all increasing (or decreasing) in the sum over its neighbours, so one count of how permuted sums fall
 * serves them all, without the normal approximation that fails for sparse counts. Ties are counted apart: sums within 1e-9 × max(|observed|,
 * standard deviation of the null sums) of the observed one are equal to it.
 *
 * In words: random orders of all areas are shared by everybody. With k neighbours the null sum of an area is the sum of the first k values of an order in
 * which the area itself is struck out, which is an exact draw of k others without replacement. Orders without the area need no looking at: their prefix sums are
 * sorted once per k and searched; orders with the area among the first k are recounted one by one. With unequal weights every order is summed for every area.
 *
 * values: finite, one an area; weights: neighbours without self; areas: those to count for (must have neighbours); `draws` permutations of the stream `stream` of `seed`.
 * Source: Anselin 1995, doi:10.1111/j.1538-4632.1995.tb00338.x; ties after Phipson & Smyth 2010, doi:10.2202/1544-6115.1585.
 * Cost: O(draws × largest k × log) + O(areas × log) a block; with unequal weights O(draws × edges). Errors are shared between areas of equal k: use 9,999 or more.
 */
export function permuteNeighbourSums(input: {
  readonly values: Float64Array;
  readonly weights: Weights;
  readonly hasEqualWeights: boolean;
  readonly areas: Int32Array;
  readonly draws: number;
  readonly seed: number;
  readonly stream: number;
}): PermutationCounts {
  const { values, weights, areas, draws } = input;
  const counts = {
    draws,
    above: new Float64Array(areas.length),
    equal: new Float64Array(areas.length),
    below: new Float64Array(areas.length),
  };
  const observed = observeSums(values, weights, areas, input.hasEqualWeights);
  let longest = 0;
  for (const i of areas) longest = Math.max(longest, weights.offsets[i + 1]! - weights.offsets[i]!);
  // One more than the longest list, for the orders in which the area itself has to be struck out.
  const length = longest + 1;
  const orders = new Int32Array(length * Math.min(draws, drawsInBlock));
  for (let block = 0; block * drawsInBlock < draws; block++) {
    const size = Math.min(drawsInBlock, draws - block * drawsInBlock);
    dealOrders(orders, size, length, values.length, createRandom(input.seed, input.stream, block).below);
    if (input.hasEqualWeights) countShared(values, weights, areas, observed, orders, size, counts);
    else countWeighted(values, weights, areas, observed, orders, size, counts);
  }
  return counts;
}

/** The observed sum of each area as bounds that leave room for rounding. */
export interface ObservedSums {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** The observed sums as bounds: below `low` is below, above `high` is above, between is equal. */
export function observeSums(values: Float64Array, weights: Weights, areas: Int32Array, isEqual: boolean): ObservedSums {
  const n = values.length;
  let mean = 0;
  for (const value of values) mean += value / n;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const low = new Float64Array(areas.length);
  const high = new Float64Array(areas.length);
  areas.forEach((i, a) => {
    let sum = 0;
    let weightSum = 0;
    let weightSquares = 0;
    for (let e = weights.offsets[i]!; e < weights.offsets[i + 1]!; e++) {
      const weight = isEqual ? 1 : weights.values[e]!;
      sum += weight * values[weights.targets[e]!]!;
      weightSum += weight;
      weightSquares += weight * weight;
    }
    const others = n - 1;
    const own = values[i]! - mean;
    const variance = (squares - own * own) / others - (own / others) ** 2;
    const spread = others > 1 ? Math.sqrt(Math.max(0, (variance * (others * weightSquares - weightSum * weightSum)) / (others - 1))) : 0;
    const tolerance = 1e-9 * Math.max(Math.abs(sum), spread);
    low[a] = sum - tolerance;
    high[a] = sum + tolerance;
  });
  return { low, high };
}

/** Fills orders[position × size + draw] with the first `length` areas of random orders of n areas. */
export function dealOrders(orders: Int32Array, size: number, length: number, n: number, below: (limit: number) => number): void {
  const deck = new Int32Array(n);
  for (let i = 0; i < n; i++) deck[i] = i;
  for (let draw = 0; draw < size; draw++) {
    // Shuffling on from the last order is as good as starting anew: every order stays equally likely.
    for (let position = 0; position < length; position++) {
      const other = position + below(n - position);
      const dealt = deck[other]!;
      deck[other] = deck[position]!;
      deck[position] = dealt;
      orders[position * size + draw] = dealt;
    }
  }
}

function countShared(
  values: Float64Array,
  weights: Weights,
  areas: Int32Array,
  observed: ObservedSums,
  orders: Int32Array,
  size: number,
  counts: PermutationCounts,
): void {
  const place = new Int32Array(weights.n).fill(-1);
  const byDegree = new Map<number, number[]>();
  areas.forEach((i, a) => {
    place[i] = a;
    const k = weights.offsets[i + 1]! - weights.offsets[i]!;
    const group = byDegree.get(k);
    if (group) group.push(a);
    else byDegree.set(k, [a]);
  });
  const inGroup = new Uint8Array(weights.n);
  const sums = new Float64Array(size);
  let summed = 0;
  for (const k of [...byDegree.keys()].sort((one, other) => one - other)) {
    const group = byDegree.get(k)!;
    for (; summed < k; summed++) {
      const row = summed * size;
      for (let draw = 0; draw < size; draw++) sums[draw]! += values[orders[row + draw]!]!;
    }
    if (group.length * 2 < Math.log2(size)) for (const a of group) tally(sums, observed.low[a]!, observed.high[a]!, a, counts);
    else {
      const sorted = sums.slice().sort();
      for (const a of group) {
        const below = firstAtLeast(sorted, observed.low[a]!);
        // Mostly nothing is equal, and the first that is not below is above already.
        const upTo = below === size || sorted[below]! > observed.high[a]! ? below : firstAbove(sorted, observed.high[a]!);
        counts.below[a]! += below;
        counts.equal[a]! += upTo - below;
        counts.above[a]! += size - upTo;
      }
    }
    // Orders that hold the area itself among the first k: take its own value out, the next one in.
    for (const a of group) inGroup[areas[a]!] = 1;
    const next = k * size;
    for (let position = 0; position < k; position++) {
      const row = position * size;
      for (let draw = 0; draw < size; draw++) {
        const i = orders[row + draw]!;
        if (inGroup[i] === 0) continue;
        const a = place[i]!;
        const low = observed.low[a]!;
        const high = observed.high[a]!;
        const before = sums[draw]!;
        const after = before - values[i]! + values[orders[next + draw]!]!;
        if (before > high) counts.above[a]! -= 1;
        else if (before < low) counts.below[a]! -= 1;
        else counts.equal[a]! -= 1;
        if (after > high) counts.above[a]! += 1;
        else if (after < low) counts.below[a]! += 1;
        else counts.equal[a]! += 1;
      }
    }
    for (const a of group) inGroup[areas[a]!] = 0;
  }
}

function tally(sums: Float64Array, low: number, high: number, a: number, counts: PermutationCounts): void {
  let above = 0;
  let below = 0;
  for (let draw = 0; draw < sums.length; draw++) {
    if (sums[draw]! > high) above++;
    else if (sums[draw]! < low) below++;
  }
  counts.above[a]! += above;
  counts.below[a]! += below;
  counts.equal[a]! += sums.length - above - below;
}

function countWeighted(
  values: Float64Array,
  weights: Weights,
  areas: Int32Array,
  observed: ObservedSums,
  orders: Int32Array,
  size: number,
  counts: PermutationCounts,
): void {
  areas.forEach((i, a) => {
    const start = weights.offsets[i]!;
    const k = weights.offsets[i + 1]! - start;
    let above = 0;
    let below = 0;
    for (let draw = 0; draw < size; draw++) {
      let sum = 0;
      let at = draw;
      for (let position = 0; position < k; position++, at += size) {
        if (orders[at] === i) at += size;
        sum += weights.values[start + position]! * values[orders[at]!]!;
      }
      if (sum > observed.high[a]!) above++;
      else if (sum < observed.low[a]!) below++;
    }
    counts.above[a]! += above;
    counts.below[a]! += below;
    counts.equal[a]! += size - above - below;
  });
}

function firstAtLeast(sorted: Float64Array, bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(sorted: Float64Array, bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
