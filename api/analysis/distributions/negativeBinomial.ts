import { betaBelow } from "./beta.ts";
import { gammaBelow } from "./gamma.ts";

/**
 * Probability of at least `count` events where they are negative binomial with the mean and variance given, in [0, 1]; accurate in the far tail. With a variance no larger than
 * the mean they are Poisson.
 * In words: with size = mean² / (variance − mean), the share up to which a beta(count, size) variable stays below mean / variance's complement, 1 − mean / variance.
 * count: whole, any; mean ≥ 0. Source: Abramowitz & Stegun 1964, 26.5.26. Cost: about 1 µs.
 */
export function negativeBinomialAtLeast(count: number, mean: number, variance: number): number {
  if (count <= 0) return 1;
  if (mean === 0) return 0;
  if (variance <= mean * (1 + 1e-9)) return gammaBelow(count, mean);
  return betaBelow(count, (mean * mean) / (variance - mean), 1 - mean / variance);
}

/** The smallest count that is exceeded with at most the probability given, in (0, 1). Cost: about 20 tail probabilities. */
export function negativeBinomialUpper(above: number, mean: number, variance: number): number {
  const isEnough = (count: number): boolean => negativeBinomialAtLeast(count + 1, mean, variance) <= above;
  let high = Math.max(1, Math.ceil(mean));
  while (!isEnough(high)) high *= 2;
  let low = -1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
