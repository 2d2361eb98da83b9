import { rateMoments } from "./empiricalBayes.ts";

/**
 * Empirical Bayes standardised rates (Assunção and Reis): deviation of each rate from the overall one in units of its own standard deviation.
 *
 * Why: a plain rate varies more where few people live, which looks like spatial pattern; standardised rates vary alike everywhere.
 * In words: (rate − mean) / √(variance + mean / people), moments as in rateMoments but the variance may be below zero as in the paper;
 * where the sum is then below zero, mean / people alone. counts ≥ 0, population > 0 or NaN (then NaN). No unit, centred near 0.
 * Source: Assunção & Reis 1999, doi:10.1002/(SICI)1097-0258(19990830)18:16<2147::AID-SIM179>3.0.CO;2-I. Cost: O(n). With no events at all every value is 0.
 */
export function standardisedRates(counts: Float64Array, population: Float64Array): Float64Array {
  const { mean, rawVariance } = rateMoments(counts, population);
  return counts.map((count, i) => {
    const people = population[i]!;
    if (!(people > 0)) return Number.NaN;
    if (mean === 0) return 0;
    const spread = rawVariance + mean / people;
    return (count / people - mean) / Math.sqrt(spread < 0 ? mean / people : spread);
  });
}
