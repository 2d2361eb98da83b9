export interface Deviations {
  readonly n: number;
  readonly total: number;
  readonly mean: number;
  /** Each value less the mean. */
  readonly d: Float64Array;
  /** Sum of squared deviations. */
  readonly squares: number;
  /** A variance at or below this is rounding, not variation. */
  readonly floor: number;
}

/** Deviations from the mean, which keep their digits when values are large and nearly equal. Cost: O(n). */
export function deviations(values: Float64Array): Deviations {
  const n = values.length;
  let total = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    total += values[i]!;
    largest = Math.max(largest, Math.abs(values[i]!));
  }
  const mean = total / n;
  const d = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    d[i] = values[i]! - mean;
    squares += d[i]! * d[i]!;
  }
  return { n, total, mean, d, squares, floor: (1e-13 * largest) ** 2 };
}
