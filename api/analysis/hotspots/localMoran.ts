import { rowStandardised, type Weights } from "../neighbours/weights.ts";
import { deviations } from "./deviations.ts";
import type { LocalStatistic } from "./getisOrd.ts";

export interface LocalMoran extends LocalStatistic {
  /** Deviation of the area itself from the mean: its sign is the first word of the class. */
  readonly deviation: Float64Array;
  /** Weighted mean of the neighbours' deviations: its sign is the second word. */
  readonly lag: Float64Array;
}

/**
 * Local Moran's I: how much an area and its neighbours deviate from the mean together; row-standardised weights.
 *
 * Why: tells high among high and low among low (I > 0) from the odd one out (I < 0). In words: I = (n − 1) × own deviation × weighted mean of
 * the neighbours' deviations / sum of squared deviations. z = that mean of the neighbours, less its conditional expectation, over its conditional
 * standard deviation (own value held, the others placed at random), with the sign of the own deviation.
 * values: finite, one an area. I has no unit and no bounds; NaN for islands and constant values; z NaN also where the own deviation is 0.
 * Source: Anselin 1995, doi:10.1111/j.1538-4632.1995.tb00338.x; moments of Sokal, Oden & Thomson 1998, doi:10.1111/j.1538-4632.1998.tb00406.x.
 * Divides by n − 1 as PySAL and GeoDa (spdep divides by n); z equals spdep's conditional one. Cost: O(n + edges).
 */
export function localMoran(values: Float64Array, weights: Weights): LocalMoran {
  const { n, d, squares, floor } = deviations(values);
  const standardised = rowStandardised(weights);
  const value = new Float64Array(n).fill(Number.NaN);
  const z = new Float64Array(n).fill(Number.NaN);
  const lag = new Float64Array(n).fill(Number.NaN);
  const others = n - 1;
  const varies = squares / n > floor;
  for (let i = 0; i < n; i++) {
    const start = weights.offsets[i]!;
    const end = weights.offsets[i + 1]!;
    if (start === end) continue;
    let mean = 0;
    let weightSquares = 0;
    for (let e = start; e < end; e++) {
      const weight = standardised.values[e]!;
      mean += weight * d[standardised.targets[e]!]!;
      weightSquares += weight * weight;
    }
    lag[i] = mean;
    if (!varies) continue;
    value[i] = ((n - 1) * d[i]! * mean) / squares;
    const expected = -d[i]! / others;
    const variance = ((squares - d[i]! * d[i]!) / others - expected * expected) * ((others * weightSquares - 1) / (others - 1));
    if (variance > floor && d[i] !== 0) z[i] = (Math.sign(d[i]!) * (mean - expected)) / Math.sqrt(variance);
  }
  return { value, z, deviation: d, lag };
}
