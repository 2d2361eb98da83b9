import { normalTwoSided } from "../distributions/normal.ts";

export interface MannKendall {
  /** Steps with a known value. */
  readonly steps: number;
  /** Pairs that rise less pairs that fall, Kendall's S. */
  readonly score: number;
  /** The score with continuity correction over its standard deviation; 0 where the score is, NaN where all values are equal or fewer than two are known. */
  readonly z: number;
  /** Two-sided, in (0, 1]; NaN where z is. */
  readonly p: number;
  /** Whether p was counted out over all orders (no ties, at most 50 steps) rather than taken from the normal distribution. */
  readonly isExact: boolean;
}

const mostExactSteps = 50;
const exactTails = new Map<number, Float64Array>();

/**
 * Mann–Kendall test: does a series rise or fall over time, in whatever shape?
 *
 * Why: it looks only at which of two values is larger, so neither outliers nor skewness nor the scale matter. In words: score = pairs that rise − pairs that fall; its variance in
 * random order = (n(n − 1)(2n + 5) − sum over groups of t equal values of t(t − 1)(2t + 5)) / 18; z = (score ∓ 1, towards 0) / standard deviation. Without ties and with at
 * most 50 steps p is the exact share of orders at least as far from 0, which for 12 steps in one direction is 4e-9 where the normal distribution says 8e-6.
 * values: one a step, in order of time; NaN is an unknown step and left out. Source: Mann 1945, doi:10.2307/1907187; Kendall 1975, Rank Correlation Methods.
 * p equals R 4.2.2 cor.test(method = "kendall"). Cost: O(n²). Fails where steps depend on each other (a step that runs on into the next makes p too small) and where seasons are cut unevenly.
 */
export function mannKendall(values: Float64Array): MannKendall {
  const known = values.filter((value) => !Number.isNaN(value));
  const n = known.length;
  let score = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) score += Math.sign(known[j]! - known[i]!);
  const variance = scoreVariance(known);
  if (!(variance > 0)) return { steps: n, score, z: Number.NaN, p: Number.NaN, isExact: false };
  const z = (score - Math.sign(score)) / Math.sqrt(variance);
  const isExact = n <= mostExactSteps && new Set(known).size === n;
  return { steps: n, score, z, p: isExact ? exactTwoSided(score, n) : normalTwoSided(z), isExact };
}

/** Variance of Kendall's score of a series in random order, ties taken into account; 0 where nothing varies. Cost: O(n log n). */
export function scoreVariance(known: Float64Array): number {
  const term = (t: number): number => t * (t - 1) * (2 * t + 5);
  const sorted = known.slice().sort();
  let sum = term(sorted.length);
  let start = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue;
    sum -= term(i - start);
    start = i;
  }
  return sum / 18;
}

/** Probability that the score of n different values in random order is at least as far from 0. */
function exactTwoSided(score: number, n: number): number {
  let tail = exactTails.get(n);
  if (!tail) {
    tail = fallingPairsAtMost(n);
    exactTails.set(n, tail);
  }
  const pairs = (n * (n - 1)) / 2;
  return Math.min(1, 2 * tail[(pairs - Math.abs(score)) / 2]!);
}

/** Probability of at most k falling pairs among n different values in random order, for every k: one more value adds 0 to n − 1 of them, each equally likely. Cost: O(n³). */
function fallingPairsAtMost(n: number): Float64Array {
  let share = Float64Array.of(1);
  for (let size = 2; size <= n; size++) {
    const next = new Float64Array(share.length + size - 1);
    for (let k = 0; k < share.length; k++) for (let more = 0; more < size; more++) next[k + more]! += share[k]! / size;
    share = next;
  }
  for (let k = 1; k < share.length; k++) share[k]! += share[k - 1]!;
  return share;
}
