import { featureNames, pairFeatures } from "../../api/analysis/duplicates/sameIncident.ts";
import { madePairs } from "./madePairs.ts";

/** Fits the coefficients of `api/analysis/duplicates/sameIncident.ts` by Newton's method for logistic regression with a slight ridge, and prints them. */

const pairs = madePairs(20250701, 40_000);
const rows = pairs.map(({ a, b, metres }) => pairFeatures(a, b, metres));
const size = featureNames.length;
const ridge = 1;

/** Solves a symmetric positive definite system by elimination. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  for (let pivot = 0; pivot < size; pivot++) {
    for (let row = pivot + 1; row < size; row++) {
      const factor = matrix[row]![pivot]! / matrix[pivot]![pivot]!;
      for (let column = pivot; column < size; column++) matrix[row]![column]! -= factor * matrix[pivot]![column]!;
      right[row]! -= factor * right[pivot]!;
    }
  }
  const solution = new Float64Array(size);
  for (let row = size - 1; row >= 0; row--) {
    let left = right[row]!;
    for (let column = row + 1; column < size; column++) left -= matrix[row]![column]! * solution[column]!;
    solution[row] = left / matrix[row]![row]!;
  }
  return solution;
}

const coefficients = new Float64Array(size);
for (let step = 0; step < 30; step++) {
  const gradient = coefficients.map((value, index) => (index === 0 ? 0 : -ridge * value));
  const information = Array.from({ length: size }, (_, index) => {
    const row = new Float64Array(size);
    row[index] = index === 0 ? 0 : ridge;
    return row;
  });
  rows.forEach((row, index) => {
    const logit = row.reduce((sum, value, at) => sum + value * coefficients[at]!, 0);
    const probability = 1 / (1 + Math.exp(-logit));
    const weight = probability * (1 - probability);
    for (let i = 0; i < size; i++) {
      gradient[i]! += row[i]! * ((pairs[index]!.isSame ? 1 : 0) - probability);
      for (let j = 0; j < size; j++) information[i]![j]! += weight * row[i]! * row[j]!;
    }
  });
  const change = solve(information, gradient);
  change.forEach((value, index) => {
    coefficients[index]! += value;
  });
}
for (const [index, name] of featureNames.entries()) process.stdout.write(`${name} ${coefficients[index]!.toFixed(4)}\n`);
