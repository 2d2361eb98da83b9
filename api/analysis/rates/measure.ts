import { crudeRates } from "./crude.ts";
import { standardisedRates } from "./standardisedRate.ts";

export type Measure = "count" | "rate" | "eb";

/**
 * The values that a spatial statistic looks at: plain counts, events a person, or Assunção–Reis standardised rates.
 * NaN where the people are unknown and the measure needs them.
 */
export function measured(measure: Measure, counts: Float64Array, population: Float64Array): Float64Array {
  if (measure === "count") return counts.slice();
  return measure === "rate" ? crudeRates(counts, population) : standardisedRates(counts, population);
}
