/** What a bandwidth of the quartic kernel in the plane is of the standard deviation of one axis, for a single point: 460.8^(1/6) = 2.779 (Silverman 1986, table 4.1: 2.78). */
const quarticConstant = 460.8 ** (1 / 6);

/**
 * A bandwidth from the points themselves, in metres: the normal reference rule, made robust.
 *
 * Why: somebody has to choose, and the choice should not be the map maker's taste. In words: 2.779 × spread × points^(−1/6), which is best for points from one normal hump; spread is the smaller
 * of two estimates of the standard deviation of an axis: root mean square distance from the mean centre / √2, and median distance from it / √(2 ln 2), so that few far points do not widen it.
 * x, y: metres in one plane, at least one point. Returns 0 where all points coincide. The same for points turned or moved; scaled with them.
 * Source: Silverman 1986, Density Estimation, sections 3.4.2 and 4.3.2. Cost: O(n log n).
 * Fails towards smoothing too much where points gather in several towns: then give a bandwidth.
 */
export function referenceBandwidth(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / n;
  const [middleX, middleY] = [mean(x), mean(y)];
  const distances = x.map((value, i) => Math.hypot(value - middleX, y[i]! - middleY)).sort();
  const squares = distances.reduce((sum, distance) => sum + distance * distance, 0);
  const median = (distances[(n - 1) >> 1]! + distances[n >> 1]!) / 2;
  const spread = Math.min(Math.sqrt(squares / n / 2), median / Math.sqrt(2 * Math.LN2));
  return quarticConstant * spread * n ** (-1 / 6);
}
