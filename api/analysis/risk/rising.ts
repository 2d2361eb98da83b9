import { binomialAt, binomialAtLeast } from "../distributions/binomial.ts";

const recentShare = 90 / 455;
const fewest = 3;

/**
 * Trend (kecenderungan): do the last 90 days hold more than their share of the last 455 days' incidents?
 * In words: of N incidents x were recent; max(0, 1 − 2 × mid-p) with the one-sided mid-p = P(X > x) + P(X = x) / 2, X ~ Binomial(N, 90/455).
 * In [0, 1]: 0 when no more than expected, near 1 when surely rising. Below 3 incidents it is 0, and marked `tooFew`, so silence never reads as rising.
 * Source: mid-p of Lancaster 1961, doi:10.1080/01621459.1961.10482105. Cost: constant, about 1 µs.
 */
export function risingShare(recent: number, all: number): { component: number; tooFew: boolean } {
  if (all < fewest) return { component: 0, tooFew: true };
  const midP = binomialAtLeast(recent + 1, all, recentShare) + binomialAt(recent, all, recentShare) / 2;
  return { component: Math.max(0, 1 - 2 * midP), tooFew: false };
}
