import { betaQuantile } from "./beta.ts";

/**
 * Exact (Clopper–Pearson) interval of a share of which `successes` of `trials` were seen, in [0, 1].
 * In words: all shares under which what was seen is not in the outer (1 − confidence) / 2 of the binomial on either side, so it covers at least as often as it says.
 * Source: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404. Cost: two beta quantiles, about 10 µs.
 */
export function binomialInterval(successes: number, trials: number, confidence = 0.95): { readonly lower: number; readonly upper: number } {
  const outside = (1 - confidence) / 2;
  return {
    lower: successes === 0 ? 0 : betaQuantile(successes, trials - successes + 1, outside),
    upper: successes === trials ? 1 : betaQuantile(successes + 1, trials - successes, 1 - outside),
  };
}
