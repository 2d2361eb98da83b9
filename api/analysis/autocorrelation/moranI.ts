import { deviations } from "../hotspots/deviations.ts";
import type { Weights } from "../neighbours/weights.ts";
import { beyondRounding, type GlobalMoments, type IslandsPolicy, standardScore } from "./globalMoments.ts";
import { weightSums } from "./weightSums.ts";

export interface MoranI extends GlobalMoments {
  readonly moranI: number;
  /** Areas with neighbours. */
  readonly withNeighbours: number;
}

/**
 * Global Moran's I: do areas resemble their neighbours?
 *
 * Why: one number for "is there any pattern at all", before looking where. In words: n / sum of weights × sum of weight × deviation × neighbour's deviation
 * / sum of squared deviations; expectation −1 / (n − 1); variance with the kurtosis of the values (randomisation) and without (normality).
 * values: finite, one an area; weights as they are to be used (row-standardised or binary). About −1 to 1, no unit; NaN where nothing varies or nobody has a neighbour.
 * Islands always count in the mean, the squares and the kurtosis; `left_out_of_n` leaves them out of n as spdep does by default (adjust.n), `counted_in_n` is exact
 * for all deals of the values over all areas. Source: Moran 1950, doi:10.1093/biomet/37.1-2.17; moments Cliff & Ord 1981, chapter 2.
 * Equal to spdep moran.test and PySAL Moran to 1e-12. Cost: O(n + edges × log neighbours).
 * Fails to say where; and on rates of unequal populations without standardising them.
 */
export function moranI(values: Float64Array, weights: Weights, policy: IslandsPolicy = "left_out_of_n"): MoranI {
  const { s0, s1, s2, withNeighbours } = weightSums(weights);
  const { d, squares, floor, n } = deviations(values);
  const m = policy === "counted_in_n" ? n : withNeighbours;
  const expected = -1 / (m - 1);
  if (withNeighbours < 2 || squares / n <= floor) {
    const none = Number.NaN;
    return { moranI: none, expected, variance: none, z: none, varianceNormality: none, zNormality: none, withNeighbours };
  }
  let fourth = 0;
  for (let i = 0; i < n; i++) fourth += d[i]! ** 4;
  const kurtosis = (n * fourth) / (squares * squares);
  const value = ((m / s0) * crossProducts(d, weights)) / squares;
  const square = s0 * s0;
  const variance = beyondRounding(
    (m * ((m * m - 3 * m + 3) * s1 - m * s2 + 3 * square) - kurtosis * ((m * m - m) * s1 - 2 * m * s2 + 6 * square)) /
      ((m - 1) * (m - 2) * (m - 3) * square) -
      expected * expected,
    expected,
  );
  const varianceNormality = beyondRounding((m * m * s1 - m * s2 + 3 * square) / ((m * m - 1) * square) - expected * expected, expected);
  return {
    moranI: value,
    expected,
    variance,
    z: standardScore(value, expected, variance),
    varianceNormality,
    zNormality: standardScore(value, expected, varianceNormality),
    withNeighbours,
  };
}

/** Sum of weight × own value × neighbour's value: what of Moran's I changes when the values are dealt anew. Cost: O(n + edges). */
export function crossProducts(values: Float64Array, { n, offsets, targets, values: w }: Weights): number {
  let cross = 0;
  for (let i = 0; i < n; i++) {
    let lag = 0;
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) lag += w[e]! * values[targets[e]!]!;
    cross += values[i]! * lag;
  }
  return cross;
}
