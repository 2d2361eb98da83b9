import { describe, expect, it } from "vitest";
import { leastSquares } from "../../../../api/analysis/visitEffect/leastSquares.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const ones = (n: number): Float64Array => new Float64Array(n).fill(1);

describe("weighted least squares", () => {
  const random = seededRandom(77);
  const rows = 40;
  const values = Float64Array.from({ length: rows * 3 }, () => 4 * random() - 1);
  const truth = [2, -0.5, 7];
  const exact = Float64Array.from({ length: rows }, (_, row) => truth.reduce((sum, c, a) => sum + c * values[row * 3 + a]!, 0));

  it("finds the coefficients of what is linear, whatever the weights", () => {
    const weights = Float64Array.from({ length: rows }, () => 0.1 + random());
    for (const given of [ones(rows), weights])
      leastSquares(values, 3, exact, given).forEach((found, a) => {
        expect(found).toBeCloseTo(truth[a]!, 4);
      });
  });

  it("leaves residuals that are orthogonal to every column, weighted", () => {
    const outcome = exact.map((value) => value + random() - 0.5);
    const weights = Float64Array.from({ length: rows }, () => 0.1 + random());
    const found = leastSquares(values, 3, outcome, weights);
    for (let a = 0; a < 3; a++) {
      let [left, size] = [0, 0];
      for (let row = 0; row < rows; row++) {
        const fitted = found.reduce((sum, c, b) => sum + c * values[row * 3 + b]!, 0);
        left += weights[row]! * values[row * 3 + a]! * (outcome[row]! - fitted);
        size += weights[row]! * values[row * 3 + a]! ** 2;
      }
      // What is left is the ridge's: 1e-6 of the diagonal times the coefficient.
      expect(left).toBeCloseTo(1e-6 * size * found[a]!, 9);
    }
  });

  it("counts a row of weight two as two rows", () => {
    const outcome = exact.map((value) => value + random());
    const twice = leastSquares(Float64Array.of(...values, ...values.subarray(0, 3)), 3, Float64Array.of(...outcome, outcome[0]!), ones(41));
    const weighted = leastSquares(values, 3, outcome, ones(rows).fill(2, 0, 1));
    weighted.forEach((found, a) => {
      expect(found).toBeCloseTo(twice[a]!, 12);
    });
  });

  it.each([
    ["one column is the weighted mean of the ratios", [1, 2], 1, [3, 4], [1, 1], [(3 + 8) / (5 * (1 + 1e-6))]],
    ["a column of zeros gets nothing", [0, 1, 0, 2], 2, [3, 6], [1, 1], [0, 3]],
    ["columns that say the same share it", [1, 1, 2, 2], 2, [4, 8], [1, 1], [2, 2]],
    ["with nothing to learn from all are 0", [], 2, [], [], [0, 0]],
  ])("%s", (_, matrix, columns, outcome, weights, wanted) => {
    const found = leastSquares(Float64Array.from(matrix), columns, Float64Array.from(outcome), Float64Array.from(weights));
    wanted.forEach((value, a) => {
      expect(found[a]).toBeCloseTo(value, 4);
    });
  });
});
