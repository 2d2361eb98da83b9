/** Tried in the bound, as multiples of one over the largest deviation. */
const steepness = [1, 1.5, 2, 3, 4, 6, 8, 11, 15, 20];

/**
 * An upper bound of the chance that the sum of `k` others, drawn without replacement, is at least `sum`.
 *
 * Why: where that is one in a million, 99,999 permutations need not be made to know that hardly any of them is as high.
 * In words: Chernoff's bound, the mean of exp(steepness × value) over the others to the power k, over exp(steepness × sum), the least of ten steepnesses; draws with replacement,
 * for which the power stands, have the larger mean of any convex function. values: finite, one an area; `own`: the area itself, which is not among the others. In [0, 1].
 * Source: Hoeffding 1963, doi:10.1080/01621459.1963.10500830, theorem 4. Cost: O(10 n) once, then O(10).
 */
export function chanceBound(values: Float64Array): (own: number, k: number, sum: number) => number {
  const n = values.length;
  let mean = 0;
  for (const value of values) mean += value / n;
  let largest = 0;
  for (const value of values) largest = Math.max(largest, value - mean);
  if (largest === 0) return () => 1;
  const totals = steepness.map((t) => values.reduce((total, value) => total + Math.exp((t * (value - mean)) / largest), 0));
  return (own, k, sum) => {
    let least = 0;
    steepness.forEach((t, at) => {
      const others = (totals[at]! - Math.exp((t * (values[own]! - mean)) / largest)) / (n - 1);
      least = Math.min(least, k * Math.log(others) - (t * (sum - k * mean)) / largest);
    });
    return Math.exp(least);
  };
}
