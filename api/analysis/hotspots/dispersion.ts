import { gammaAbove } from "../distributions/gamma.ts";

export interface Dispersion {
  /** Chi-square over its expectation: 1 for events that come singly and everywhere at the same risk, above 1 for bunches. */
  readonly ratio: number;
  /** Chance of a ratio at least as high when they do. */
  readonly p: number;
}

/**
 * Over-dispersion: do events vary more between areas than their people explain?
 *
 * Why: the exact local risk takes events as independent; where one quarrel makes five reports, its p-values are too small, and the reader must know.
 * In words: chi-square = sum over areas of (events − expected)² / expected, expected by share of the people; p from the gamma distribution with chi-square's exact mean
 * and variance for this many events, which holds where expected numbers are far below one. counts ≥ 0; population > 0. NaN for fewer than two areas or events.
 * Source: moments of Haldane 1937, doi:10.1093/biomet/29.1-2.133. Cost: O(n). Does not tell bunching from real differences of risk.
 */
export function eventDispersion(counts: Float64Array, population: Float64Array): Dispersion {
  const areas = counts.length;
  let events = 0;
  let people = 0;
  for (let i = 0; i < areas; i++) {
    events += counts[i]!;
    people += population[i]!;
  }
  if (areas < 2 || events < 2) return { ratio: Number.NaN, p: Number.NaN };
  let chiSquare = 0;
  let inverseShares = 0;
  for (let i = 0; i < areas; i++) {
    const share = population[i]! / people;
    chiSquare += (counts[i]! - events * share) ** 2 / (events * share);
    inverseShares += 1 / share;
  }
  const mean = areas - 1;
  const variance = 2 * mean + (inverseShares - areas * areas - 2 * areas + 2) / events;
  return { ratio: chiSquare / mean, p: gammaAbove((mean * mean) / variance, (chiSquare * mean) / variance) };
}
