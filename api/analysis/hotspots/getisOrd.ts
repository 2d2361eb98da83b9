import type { Weights } from "../neighbours/weights.ts";
import { deviations } from "./deviations.ts";

/** The two columns of a Getis–Ord statistic, NaN for islands and where nothing varies. */
export interface LocalStatistic {
  /** The statistic in its own unit. */
  readonly value: Float64Array;
  /** The statistic less its expectation, over its standard deviation under random placement. */
  readonly z: Float64Array;
}

/**
 * Getis–Ord Gi: the share of everybody else's values that lies among the neighbours; binary weights.
 *
 * Why: shows where high (z > 0) or low (z < 0) values gather around an area, its own value aside.
 * In words: value = sum over neighbours / sum over all others; z = (sum over k neighbours − k × mean of the others) /
 * (standard deviation of the others × √((N·k − k²) / (N − 1))), N = n − 1 others, standard deviation with divisor N.
 * values: any finite numbers, one an area; weights' own values are not used. value in [0, 1] for values ≥ 0, NaN where the others sum to 0.
 * Source: Getis & Ord 1992, doi:10.1111/j.1538-4632.1992.tb00261.x; Ord & Getis 1995, doi:10.1111/j.1538-4632.1995.tb00912.x. Equal to spdep localG and PySAL G_Local (B) to 1e-12.
 * Fails as a test with few neighbours and skewed values: decide by permutation. Cost: O(n + edges).
 */
export function getisOrdGi(values: Float64Array, weights: Weights): LocalStatistic {
  const { n, total, d, squares, floor } = deviations(values);
  const value = new Float64Array(n).fill(Number.NaN);
  const z = new Float64Array(n).fill(Number.NaN);
  const others = n - 1;
  for (let i = 0; i < n; i++) {
    const start = weights.offsets[i]!;
    const end = weights.offsets[i + 1]!;
    const k = end - start;
    if (k === 0) continue;
    let sum = 0;
    let deviation = 0;
    for (let e = start; e < end; e++) {
      const j = weights.targets[e]!;
      sum += values[j]!;
      deviation += d[j]!;
    }
    const rest = total - values[i]!;
    if (rest !== 0) value[i] = sum / rest;
    const mean = -d[i]! / others;
    const variance = ((squares - d[i]! * d[i]!) / others - mean * mean) * ((others * k - k * k) / (others - 1));
    if (variance > floor) z[i] = (deviation - k * mean) / Math.sqrt(variance);
  }
  return { value, z };
}

/**
 * Getis–Ord Gi*: the share of all values that lies in the area and its neighbours; binary weights, the area itself added.
 *
 * Why: shows hotspots (z > 0) and cold spots (z < 0) including the area's own value. In words: value = (own + neighbours' sum) / total;
 * z = (that sum − (k + 1) × mean) / (standard deviation × √((n·(k + 1) − (k + 1)²) / (n − 1))), divisor n.
 * Shapes, range, sources and failure as getisOrdGi. Equal to spdep localG of include.self weights and PySAL G_Local (star) to 1e-12. Cost: O(n + edges).
 */
export function getisOrdGiStar(values: Float64Array, weights: Weights): LocalStatistic {
  const { n, total, d, squares, floor } = deviations(values);
  const value = new Float64Array(n).fill(Number.NaN);
  const z = new Float64Array(n).fill(Number.NaN);
  for (let i = 0; i < n; i++) {
    const start = weights.offsets[i]!;
    const end = weights.offsets[i + 1]!;
    if (end === start) continue;
    const size = end - start + 1;
    let sum = values[i]!;
    let deviation = d[i]!;
    for (let e = start; e < end; e++) {
      const j = weights.targets[e]!;
      sum += values[j]!;
      deviation += d[j]!;
    }
    if (total !== 0) value[i] = sum / total;
    const variance = (squares / n) * ((n * size - size * size) / (n - 1));
    if (variance > floor) z[i] = deviation / Math.sqrt(variance);
  }
  return { value, z };
}
