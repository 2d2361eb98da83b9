import { describe, expect, it } from "vitest";
import { negativeBinomialAtLeast, negativeBinomialUpper } from "../../../../api/analysis/distributions/negativeBinomial.ts";

describe("negative binomial", () => {
  // R 4.2.2: pnbinom(count − 1, size = 2.5, mu = 3, lower.tail = FALSE), so variance 3 + 9 / 2.5; and ppois.
  it.each([
    [1, 6.6, 0.860702507755528],
    [5, 6.6, 0.229821444317358],
    [30, 6.6, 5.40353660926261e-7],
    [1, 3, 0.950212931632136],
    [5, 3, 0.184736755476228],
    [20, 3, 8.3144235881917e-11],
  ])("P(at least %d) of mean 3 and variance %d is R's", (count, variance, expected) => {
    expect(Math.abs(negativeBinomialAtLeast(count, 3, variance) / expected - 1)).toBeLessThan(1e-11);
  });

  it("a variance at or below the mean is Poisson, just above it nearly so", () => {
    expect(negativeBinomialAtLeast(5, 3, 1)).toBe(negativeBinomialAtLeast(5, 3, 3));
    expect(negativeBinomialAtLeast(5, 3, 3 * (1 + 1e-6))).toBeCloseTo(negativeBinomialAtLeast(5, 3, 3), 6);
  });

  it("at least none is certain, and of a mean of 0 nothing comes", () => {
    expect([negativeBinomialAtLeast(0, 3, 6), negativeBinomialAtLeast(-2, 3, 6), negativeBinomialAtLeast(1, 0, 0)]).toEqual([1, 1, 0]);
    expect(negativeBinomialUpper(0.01, 0, 0)).toBe(0);
  });

  // R 4.2.2: qnbinom and qpois of 1 − above.
  it.each([
    [0.01, 6.6, 11],
    [0.05, 6.6, 8],
    [0.5, 6.6, 2],
    [0.01, 3, 8],
    [0.05, 3, 6],
    [0.5, 3, 3],
  ])("the count exceeded with at most %d for mean 3 and variance %d is %d, R's quantile", (above, variance, expected) => {
    expect(negativeBinomialUpper(above, 3, variance)).toBe(expected);
  });

  it("the upper count is whole where the mean is not", () => {
    // Poisson of mean 2.5: P(more than 2) = 0.456, P(more than 3) = 0.242.
    expect([0.46, 0.4, 0.24].map((above) => negativeBinomialUpper(above, 2.5, 2.5))).toEqual([2, 3, 4]);
  });

  it("the upper count is the smallest that will do, for means small and large", () => {
    for (const [mean, variance] of [
      [0.01, 0.01],
      [0.2, 0.5],
      [40, 90],
      [3000, 9000],
      [1, 60],
    ] as const) {
      const upper = negativeBinomialUpper(0.01, mean, variance);
      expect(negativeBinomialAtLeast(upper + 1, mean, variance)).toBeLessThanOrEqual(0.01);
      expect(upper === 0 || negativeBinomialAtLeast(upper, mean, variance) > 0.01).toBe(true);
    }
  });
});
