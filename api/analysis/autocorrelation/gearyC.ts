import { deviations } from "../hotspots/deviations.ts";
import type { Weights } from "../neighbours/weights.ts";
import { beyondRounding, type GlobalMoments, standardScore } from "./globalMoments.ts";
import { weightSums } from "./weightSums.ts";

export interface GearyC extends GlobalMoments {
  readonly gearyC: number;
}

/**
 * Global Geary's C: how unlike are neighbours, compared with any two areas?
 *
 * Why: looks at differences between neighbours, so it sees steps and single odd villages that Moran's I averages away.
 * In words: (n − 1) / (2 × sum of weights) × sum of weight × squared difference to the neighbour / sum of squared deviations; expectation 1;
 * variance with the kurtosis of the values (randomisation) and without (normality).
 * values: finite, one an area; weights as they are to be used (row-standardised or binary). From 0 (neighbours alike) over 1 (chance) to above 1 (neighbours unlike),
 * no unit; NaN where nothing varies or nobody has a neighbour. z has the sign of C − 1, so resemblance is below zero, as in PySAL; spdep turns it round.
 * All areas count, islands too: leave them out before, if they are not to. Source: Geary 1954, doi:10.2307/2986645; moments Cliff & Ord 1981, chapter 2.
 * Equal to spdep geary.test (adjust.n = FALSE) to 1e-12. Cost: O(n + edges × log neighbours). Fails as Moran's I does.
 */
export function gearyC(values: Float64Array, weights: Weights): GearyC {
  const { s0, s1, s2, withNeighbours } = weightSums(weights);
  const { d, squares, floor, n } = deviations(values);
  const expected = 1;
  if (withNeighbours < 2 || squares / n <= floor) {
    const none = Number.NaN;
    return { gearyC: none, expected, variance: none, z: none, varianceNormality: none, zNormality: none };
  }
  let fourth = 0;
  for (let i = 0; i < n; i++) fourth += d[i]! ** 4;
  const kurtosis = (n * fourth) / (squares * squares);
  const square = s0 * s0;
  const value = (((n - 1) / (2 * s0)) * squaredDifferences(d, weights)) / squares;
  const variance = beyondRounding(
    ((n - 1) * s1 * (n * n - 3 * n + 3 - (n - 1) * kurtosis) -
      ((n - 1) * s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * kurtosis)) / 4 +
      square * (n * n - 3 - (n - 1) ** 2 * kurtosis)) /
      (n * (n - 2) * (n - 3) * square),
    expected,
  );
  const varianceNormality = beyondRounding(((2 * s1 + s2) * (n - 1) - 4 * square) / (2 * (n + 1) * square), expected);
  return {
    gearyC: value,
    expected,
    variance,
    z: standardScore(value, expected, variance),
    varianceNormality,
    zNormality: standardScore(value, expected, varianceNormality),
  };
}

/** Sum of weight × squared difference to the neighbour: what of Geary's C changes when the values are dealt anew. Cost: O(n + edges). */
export function squaredDifferences(values: Float64Array, { n, offsets, targets, values: w }: Weights): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const own = values[i]!;
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) sum += w[e]! * (own - values[targets[e]!]!) ** 2;
  }
  return sum;
}
