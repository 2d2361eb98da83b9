import { gammaAbove } from "../distributions/gamma.ts";
import type { Weights } from "../neighbours/weights.ts";

export interface Dispersion {
  /** Squared differences between neighbours over what single events would give: 1 for events that come singly, above 1 for bunches. */
  readonly ratio: number;
  /** Chance of a ratio at least as high when they do, everywhere at the same risk. */
  readonly p: number;
}

/**
 * Over-dispersion: do events vary more between neighbours than their people explain?
 *
 * Why: the exact local risk takes events as independent; where one quarrel makes five reports, its p-values are too small. Looking at neighbours only, a raised risk that
 * several areas share is not mistaken for bunches: a hotspot must not be the reason why it is not believed.
 * In words: an area and its neighbour have m events together and the area s of their people; the area's count is off m·s by d. Ratio = sum of d² over all links / sum of
 * m·s·(1 − s), whose expectations are equal for single events. p from the gamma distribution with the mean and variance of sum(d²) − sum(m·s·(1 − s)), which is a
 * quadratic form of Poisson counts with known second and fourth cumulants. counts ≥ 0; population > 0. NaN for fewer than two events among areas with neighbours.
 * Source: Haldane 1937, doi:10.1093/biomet/29.1-2.133 (chi-square by exact moments), on the conditional test of Przyborowski & Wilenski 1940, doi:10.1093/biomet/31.3-4.313, link by link.
 * Cost: O(n + edges). Fails to tell a bunch from a risk that a single area has alone: both count as bunches.
 */
export function eventDispersion(counts: Float64Array, population: Float64Array, weights: Weights): Dispersion {
  const n = counts.length;
  let events = 0;
  let people = 0;
  let linked = 0;
  for (let i = 0; i < n; i++) {
    events += counts[i]!;
    people += population[i]!;
    if (weights.offsets[i] !== weights.offsets[i + 1]) linked += counts[i]!;
  }
  if (linked < 2) return { ratio: Number.NaN, p: Number.NaN };
  // Coefficients of each area's squared and plain deviation, summed over its links in both directions.
  const squared = new Float64Array(n);
  const plain = new Float64Array(n);
  const rate = events / people;
  let found = 0;
  let usual = 0;
  let expected = 0;
  let variance = 0;
  for (let i = 0; i < n; i++) {
    for (let e = weights.offsets[i]!; e < weights.offsets[i + 1]!; e++) {
      const j = weights.targets[e]!;
      const both = population[i]! + population[j]!;
      const share = population[i]! / both;
      const product = share * (1 - share);
      const together = counts[i]! + counts[j]!;
      found += (counts[i]! - together * share) ** 2;
      usual += together * product;
      expected += rate * both * product;
      squared[i]! += (1 - share) ** 2;
      squared[j]! += share ** 2;
      plain[i]! += product;
      plain[j]! += product;
      // A link that is given in both directions is one product with twice the coefficient.
      const isBoth = hasLink(weights, j, i);
      variance += (isBoth ? 8 : 4) * product ** 2 * rate ** 2 * population[i]! * population[j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    const mean = rate * population[i]!;
    const [a, b] = [squared[i]!, plain[i]!];
    variance += a * a * (mean + 2 * mean * mean) - 2 * a * b * mean + b * b * mean;
  }
  if (!(usual > 0 && variance > 0)) return { ratio: Number.NaN, p: Number.NaN };
  const value = Math.max(0, expected + found - usual);
  return { ratio: found / usual, p: gammaAbove((expected * expected) / variance, (value * expected) / variance) };
}

/** Whether `to` is among the neighbours of `from`, which are in ascending order. */
function hasLink(weights: Weights, from: number, to: number): boolean {
  let low = weights.offsets[from]!;
  let high = weights.offsets[from + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (weights.targets[middle]! < to) low = middle + 1;
    else high = middle;
  }
  return low < weights.offsets[from + 1]! && weights.targets[low] === to;
}
