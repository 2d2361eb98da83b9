import { deviations } from "../hotspots/deviations.ts";
import { rowStandardised, type Weights } from "../neighbours/weights.ts";
import { createRandom } from "../significance/random.ts";

export interface MoranI {
  readonly moranI: number;
  /** Expectation and variance when the values lie about at random (randomisation assumption). */
  readonly expected: number;
  readonly variance: number;
  readonly z: number;
  /** Areas with neighbours. */
  readonly areas: number;
}

/**
 * Global Moran's I: do areas resemble their neighbours? Row-standardised weights.
 *
 * Why: one number for "is there any pattern at all", before looking where. In words: areas / sum of weights × sum of weight × deviation × neighbour's deviation
 * / sum of squared deviations; expectation −1 / (areas − 1); variance with the kurtosis of the values (randomisation).
 * values: finite, one an area. About −1 to 1, no unit; NaN where nothing varies or nobody has a neighbour. Areas without neighbours count in mean and squares but
 * not in `areas`, as in spdep. Source: Moran 1950, doi:10.1093/biomet/37.1-2.17; moments Cliff & Ord 1981. Equal to spdep moran.test and PySAL Moran to 1e-12. Cost: O(n + edges × log neighbours).
 * Fails to say where; and on rates of unequal populations without standardising them.
 */
export function moranI(values: Float64Array, weights: Weights): MoranI {
  const standardised = rowStandardised(weights);
  const { d, squares, floor, n } = deviations(values);
  const { offsets, targets, values: w } = standardised;
  const columnSums = new Float64Array(n);
  let areas = 0;
  let cross = 0;
  let s1 = 0;
  for (let i = 0; i < n; i++) {
    if (offsets[i] !== offsets[i + 1]) areas++;
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      const j = targets[e]!;
      cross += w[e]! * d[i]! * d[j]!;
      columnSums[j]! += w[e]!;
      s1 += w[e]! * (w[e]! + weightOf(standardised, j, i));
    }
  }
  let s2 = 0;
  let fourth = 0;
  for (let i = 0; i < n; i++) {
    s2 += ((offsets[i] === offsets[i + 1] ? 0 : 1) + columnSums[i]!) ** 2;
    fourth += d[i]! ** 4;
  }
  const expected = -1 / (areas - 1);
  if (areas < 2 || squares / n <= floor) return { moranI: Number.NaN, expected, variance: Number.NaN, z: Number.NaN, areas };
  // Rows sum to 1, so the sum of weights is the number of areas with neighbours and cancels.
  const value = cross / squares;
  const m = areas;
  const s0 = areas * areas;
  const kurtosis = (m * fourth) / (squares * squares);
  const variance =
    (m * ((m * m - 3 * m + 3) * s1 - m * s2 + 3 * s0) - kurtosis * ((m * m - m) * s1 - 2 * m * s2 + 6 * s0)) /
      ((m - 1) * (m - 2) * (m - 3) * s0) -
    expected * expected;
  return { moranI: value, expected, variance, z: variance > 0 ? (value - expected) / Math.sqrt(variance) : Number.NaN, areas };
}

function weightOf(weights: Weights, i: number, j: number): number {
  let low = weights.offsets[i]!;
  let high = weights.offsets[i + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const target = weights.targets[middle]!;
    if (target === j) return weights.values[middle]!;
    if (target < j) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

const shufflesInBlock = 256;

/**
 * Permutation counts of global Moran's I: how often randomly dealt values give an I above, equal to (within 1e-9 × its standard deviation) and below the observed one.
 * Blocks of shuffles have random streams of their own. Cost: O(permutations × edges).
 */
export function permuteMoranI(
  values: Float64Array,
  weights: Weights,
  observed: MoranI,
  permutations: number,
  seed: number,
): { above: number; equal: number; below: number } {
  const { offsets, targets, values: w } = rowStandardised(weights);
  const { d, squares, n } = deviations(values);
  const tolerance = 1e-9 * Math.max(Math.abs(observed.moranI), Math.sqrt(Math.max(0, observed.variance)));
  const shuffled = new Float64Array(n);
  let above = 0;
  let below = 0;
  for (let done = 0, block = 0; done < permutations; block++) {
    const random = createRandom(seed, 1, block);
    shuffled.set(d);
    for (let shuffle = 0; shuffle < shufflesInBlock && done < permutations; shuffle++, done++) {
      for (let i = n - 1; i > 0; i--) {
        const j = random.below(i + 1);
        const kept = shuffled[i]!;
        shuffled[i] = shuffled[j]!;
        shuffled[j] = kept;
      }
      let cross = 0;
      for (let i = 0; i < n; i++) {
        let lag = 0;
        for (let e = offsets[i]!; e < offsets[i + 1]!; e++) lag += w[e]! * shuffled[targets[e]!]!;
        cross += shuffled[i]! * lag;
      }
      const value = cross / squares;
      if (value > observed.moranI + tolerance) above++;
      else if (value < observed.moranI - tolerance) below++;
    }
  }
  return { above, below, equal: permutations - above - below };
}
