import { gammaQuantile } from "../distributions/gamma.ts";
import { rateMoments } from "./empiricalBayes.ts";

/** A gamma distribution of rates: mean shape / rate, variance shape / rate². */
export interface GammaPrior {
  readonly shape: number;
  /** In the unit of exposure, people: events a person have the mean shape / rate. */
  readonly rate: number;
}

/**
 * The gamma prior whose mean and variance equal Marshall's moments of the rates.
 * Where the areas differ by no more than chance (variance at zero) the prior is as narrow as shape 1,000: all areas nearly alike.
 * With no event at all there is nothing to learn a scale from: the prior of half an event in all of the people (shape 0.5). Source: Clayton & Kaldor 1987, doi:10.2307/2532003.
 */
export function gammaPrior(counts: Float64Array, population: Float64Array): GammaPrior {
  const { mean, variance, areas } = rateMoments(counts, population);
  if (areas === 0) return { shape: Number.NaN, rate: Number.NaN };
  if (mean === 0) {
    let people = 0;
    for (const number of population) if (number > 0) people += number;
    return { shape: 0.5, rate: people };
  }
  const shape = Math.min(1000, (mean * mean) / variance);
  return { shape, rate: shape / mean };
}

/**
 * Gamma–Poisson posterior of every area's rate: mean and equal-tailed credible interval.
 *
 * Why: says how much a rate can be trusted, and gives a village without events a rate above zero with an honest upper bound.
 * In words: prior gamma(shape, rate); after `count` events among `people` it is gamma(shape + count, rate + people); mean (shape + count) / (rate + people).
 * The mean is the crude rate drawn towards the prior's mean by shrinkage = prior rate / (prior rate + people), in [0, 1].
 * counts ≥ 0 (fractions allowed), population > 0 or NaN (then all four NaN), credible in (0, 1). Events a person. Source: Clayton & Kaldor 1987, doi:10.2307/2532003.
 * The interval does not carry the uncertainty of the prior itself. Cost: O(n), about 5 µs an area.
 */
export function gammaPoissonPosterior(
  counts: Float64Array,
  population: Float64Array,
  prior: GammaPrior,
  credible: number,
): { mean: Float64Array; shrinkage: Float64Array; lower: Float64Array; upper: Float64Array } {
  const n = counts.length;
  const mean = new Float64Array(n).fill(Number.NaN);
  const shrinkage = new Float64Array(n).fill(Number.NaN);
  const lower = new Float64Array(n).fill(Number.NaN);
  const upper = new Float64Array(n).fill(Number.NaN);
  const tail = (1 - credible) / 2;
  for (let i = 0; i < n; i++) {
    if (!(population[i]! > 0)) continue;
    const shape = prior.shape + counts[i]!;
    const rate = prior.rate + population[i]!;
    mean[i] = shape / rate;
    shrinkage[i] = prior.rate / rate;
    lower[i] = gammaQuantile(shape, tail) / rate;
    upper[i] = gammaQuantile(shape, 1 - tail) / rate;
  }
  return { mean, shrinkage, lower, upper };
}
