/**
 * Coefficients of a weighted linear regression, drawn a little to 0 so that columns that say the same, or nothing, do no harm.
 *
 * In words: the normal equations with a ridge of 1e-6 of each diagonal entry, by Cholesky's factors. rows × columns values, row by row; weights > 0.
 * A column of zeros gets the coefficient 0. Cost: O(rows × columns²).
 */
export function leastSquares(values: Float64Array, columns: number, outcome: Float64Array, weights: Float64Array): Float64Array {
  const square = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  for (let row = 0; row < outcome.length; row++) {
    const at = row * columns;
    for (let a = 0; a < columns; a++) {
      const weighted = weights[row]! * values[at + a]!;
      right[a]! += weighted * outcome[row]!;
      for (let b = 0; b <= a; b++) square[a * columns + b]! += weighted * values[at + b]!;
    }
  }
  for (let a = 0; a < columns; a++) square[a * columns + a]! *= 1 + 1e-6;
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = square[a * columns + b]!;
      for (let k = 0; k < b; k++) sum -= square[a * columns + k]! * square[b * columns + k]!;
      if (a === b) square[a * columns + a] = sum > 1e-12 ? Math.sqrt(sum) : 0;
      else square[a * columns + b] = square[b * columns + b]! > 0 ? sum / square[b * columns + b]! : 0;
    }
  }
  const found = new Float64Array(columns);
  for (let a = 0; a < columns; a++) {
    let sum = right[a]!;
    for (let k = 0; k < a; k++) sum -= square[a * columns + k]! * found[k]!;
    found[a] = square[a * columns + a]! > 0 ? sum / square[a * columns + a]! : 0;
  }
  for (let a = columns - 1; a >= 0; a--) {
    let sum = found[a]!;
    for (let k = a + 1; k < columns; k++) sum -= square[k * columns + a]! * found[k]!;
    found[a] = square[a * columns + a]! > 0 ? sum / square[a * columns + a]! : 0;
  }
  return found;
}
