import { gammaQuantile } from "../distributions/gamma.ts";

export interface StandardisedRatios {
  /** Events that an area would have at the overall rate. */
  readonly expected: Float64Array;
  /** Observed over expected events; 1 is as many as elsewhere. */
  readonly ratio: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Standardised ratio (excess risk): observed events over those that the people of an area would have at the overall rate, with its exact Poisson interval.
 *
 * Why: a plain factor that readers understand, "twice as many as elsewhere"; the interval says whether so few events can carry it.
 * In words: expected = all events / all people × people; ratio = events / expected; lower and upper are the Poisson means of which the events observed are the upper
 * and lower (1 − confidence) / 2 tail, over expected: gamma quantiles of shape events and events + 1.
 * counts ≥ 0, population > 0 or NaN (then all four NaN), confidence in (0, 1). Ratios ≥ 0, no unit, NaN where no event is known at all; lower 0 where an area has none.
 * Source: Garwood 1936, doi:10.1093/biomet/28.3-4.437; indirect standardisation with one stratum. Equal to GeoDa's excess risk to 1e-13 and R poisson.test to 1e-11.
 * The interval takes the expected events as known, and is wider than it says it is, never narrower. Cost: O(n) and two quantiles for each different count.
 * Fails as a comparison of two areas with each other, and on a map of ratios: the extremes are the least populated.
 */
export function standardisedRatios(counts: Float64Array, population: Float64Array, confidence: number): StandardisedRatios {
  const n = counts.length;
  const tail = (1 - confidence) / 2;
  let events = 0;
  let people = 0;
  for (let i = 0; i < n; i++) {
    if (!(population[i]! > 0)) continue;
    events += counts[i]!;
    people += population[i]!;
  }
  const none = (): Float64Array => new Float64Array(n).fill(Number.NaN);
  const result = { expected: none(), ratio: none(), lower: none(), upper: none() };
  const limits = new Map<number, { lower: number; upper: number }>();
  for (let i = 0; i < n; i++) {
    if (!(population[i]! > 0)) continue;
    const count = counts[i]!;
    const expected = (events / people) * population[i]!;
    result.expected[i] = expected;
    if (expected === 0) continue;
    let limit = limits.get(count);
    if (!limit) {
      limit = { lower: count === 0 ? 0 : gammaQuantile(count, tail), upper: gammaQuantile(count + 1, 1 - tail) };
      limits.set(count, limit);
    }
    result.ratio[i] = count / expected;
    result.lower[i] = limit.lower / expected;
    result.upper[i] = limit.upper / expected;
  }
  return result;
}
