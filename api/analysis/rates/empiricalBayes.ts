import type { Weights } from "../neighbours/weights.ts";

/** The two moments that empirical Bayes shrinks by: overall rate and variance between areas, as estimated and held at zero or more. */
export interface RateMoments {
  /** Events over people of all areas with known people. */
  readonly mean: number;
  /** Variance of the true rates between areas; may come out below zero in the sample. */
  readonly rawVariance: number;
  readonly variance: number;
  readonly areas: number;
}

/**
 * Population-weighted moments of rates (Marshall's method of moments).
 * In words: mean = events / people; variance = people-weighted mean square of rate − mean, minus mean over the mean number of people an area,
 * which is what chance alone would add; held at zero or more in `variance`.
 * Source: Marshall 1991, doi:10.2307/2347593. Areas with NaN or no people are left out. Cost: O(n).
 */
export function rateMoments(counts: Float64Array, population: Float64Array): RateMoments {
  let events = 0;
  let people = 0;
  let areas = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(population[i]! > 0)) continue;
    events += counts[i]!;
    people += population[i]!;
    areas++;
  }
  const mean = events / people;
  let square = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(population[i]! > 0)) continue;
    square += population[i]! * (counts[i]! / population[i]! - mean) ** 2;
  }
  const rawVariance = square / people - mean / (people / areas);
  return { mean, rawVariance, variance: Math.max(0, rawVariance), areas };
}

/** Rates drawn towards a reference, and how far: 0 is the crude rate as it was, 1 the reference itself; NaN where the people are unknown. */
export interface SmoothedRates {
  readonly smoothed: Float64Array;
  readonly shrinkage: Float64Array;
}

function shrink(into: SmoothedRates, i: number, rate: number, people: number, mean: number, variance: number): void {
  const spread = variance + mean / people;
  const kept = spread > 0 ? variance / spread : 0;
  into.smoothed[i] = mean + kept * (rate - mean);
  into.shrinkage[i] = 1 - kept;
}

const unsmoothed = (n: number): SmoothedRates => ({
  smoothed: new Float64Array(n).fill(Number.NaN),
  shrinkage: new Float64Array(n).fill(Number.NaN),
});

/**
 * Global empirical Bayes rates: each crude rate is drawn towards the overall rate, the more the fewer people stand behind it.
 * In words: mean + variance / (variance + mean / people) × (rate − mean), moments over all areas. Events a person.
 * counts ≥ 0, population > 0 or NaN (then NaN). Source: Marshall 1991, doi:10.2307/2347593. Equal to PySAL Empirical_Bayes and spdep EBest to 1e-14. Cost: O(n).
 * Fails when rates differ by region for a reason: then shrink locally.
 */
export function globalEmpiricalBayes(counts: Float64Array, population: Float64Array): SmoothedRates {
  const { mean, variance } = rateMoments(counts, population);
  const result = unsmoothed(counts.length);
  for (let i = 0; i < counts.length; i++) {
    const people = population[i]!;
    if (people > 0) shrink(result, i, counts[i]! / people, people, mean, variance);
  }
  return result;
}

/**
 * Local empirical Bayes rates: the same with the moments of the neighbourhood, which includes the area itself (GeoDa's variant, spdep geoda = TRUE).
 * In words: mean = events / people of the area and its neighbours; variance = people-weighted mean square of their rates around it minus mean over their mean people.
 * weights: neighbours without self; their values do not matter. An area without known people is NaN and in nobody's neighbourhood. An island's neighbourhood is itself,
 * so it keeps its crude rate: nothing to borrow from. Source: Marshall 1991, doi:10.2307/2347593. Cost: O(n + edges).
 */
export function localEmpiricalBayes(counts: Float64Array, population: Float64Array, weights: Weights): SmoothedRates {
  const result = unsmoothed(counts.length);
  for (let i = 0; i < counts.length; i++) {
    if (!(population[i]! > 0)) continue;
    let events = counts[i]!;
    let people = population[i]!;
    let areas = 1;
    const end = weights.offsets[i + 1]!;
    for (let e = weights.offsets[i]!; e < end; e++) {
      const j = weights.targets[e]!;
      if (!(population[j]! > 0)) continue;
      events += counts[j]!;
      people += population[j]!;
      areas++;
    }
    const mean = events / people;
    let square = population[i]! * (counts[i]! / population[i]! - mean) ** 2;
    for (let e = weights.offsets[i]!; e < end; e++) {
      const j = weights.targets[e]!;
      if (population[j]! > 0) square += population[j]! * (counts[j]! / population[j]! - mean) ** 2;
    }
    const variance = Math.max(0, square / people - mean / (people / areas));
    shrink(result, i, counts[i]! / population[i]!, population[i]!, mean, variance);
  }
  return result;
}
