import { describe, expect, it } from "vitest";
import { betaBinomialAt, betaBinomialAtLeast, betaBinomialAtMost } from "../../../../api/analysis/distributions/betaBinomial.ts";
import { binomialAtLeast } from "../../../../api/analysis/distributions/binomial.ts";

const relative = (actual: number, expected: number): number => Math.abs(actual - expected) / expected;

describe("beta-binomial", () => {
  // scipy.stats.betabinom 1.10: pmf, sf(x − 1), cdf.
  it.each([
    [0, 10, 2, 3, 0.06593406593406595, 1, 0.06593406593406595],
    [4, 10, 2, 3, 0.13986013986013976, 0.5454545454545454, 0.5944055944055944],
    [10, 10, 2, 3, 0.010989010989010992, 0.01098901098901095, 1],
    [7, 400, 1.5, 60.25, 0.05650698495661733, 0.5613110056336572, 0.4951959793229601],
    [30, 1249, 3.25, 170.5, 0.020367904802883082, 0.2763487624343077, 0.7440191423685754],
  ])("%d of %d with beta(%d, %d) equals scipy to 1e-11", (x, trials, a, b, at, atLeast, atMost) => {
    expect(relative(betaBinomialAt(x, trials, a, b), at)).toBeLessThan(1e-11);
    expect(relative(betaBinomialAtLeast(x, trials, a, b), atLeast)).toBeLessThan(1e-11);
    expect(relative(betaBinomialAtMost(x, trials, a, b), atMost)).toBeLessThan(1e-11);
  });

  it("far tails keep their digits: exact fractions by hand arithmetic to 1e-11", () => {
    expect(relative(betaBinomialAtLeast(30, 60, 2, 50), 2.0516223130683344e-9)).toBeLessThan(1e-11);
    expect(relative(betaBinomialAtMost(30, 60, 50, 2), 2.0516223130683344e-9)).toBeLessThan(1e-11);
  });

  it("a beta as sharp as a hair keeps its digits too: exact fraction to 1e-11, where gamma functions would cancel to 1e-6", () => {
    expect(relative(betaBinomialAt(3, 50, 1_000_000, 49_000_000), 0.060669701702225715)).toBeLessThan(1e-11);
  });

  it("beta(1, 1) makes every number of successes equally likely", () => {
    for (let x = 0; x <= 8; x++) {
      expect(betaBinomialAt(x, 8, 1, 1)).toBeCloseTo(1 / 9, 13);
      expect(betaBinomialAtLeast(x, 8, 1, 1)).toBeCloseTo((9 - x) / 9, 13);
    }
  });

  it("the two tails share exactly what was observed, and a sharp beta is binomial", () => {
    for (let x = 0; x <= 20; x++) {
      const both = betaBinomialAtLeast(x, 20, 0.7, 4) + betaBinomialAtMost(x, 20, 0.7, 4);
      expect(both).toBeCloseTo(1 + betaBinomialAt(x, 20, 0.7, 4), 12);
    }
    expect(relative(betaBinomialAtLeast(5, 20, 1e7, 9e7), binomialAtLeast(5, 20, 0.1))).toBeLessThan(1e-5);
  });

  it("outside of what can be observed there is nothing, and without a beta no answer", () => {
    expect([betaBinomialAt(-1, 5, 1, 2), betaBinomialAt(6, 5, 1, 2)]).toEqual([0, 0]);
    expect([betaBinomialAtLeast(0, 5, 1, 2), betaBinomialAtLeast(6, 5, 1, 2), betaBinomialAtMost(5, 5, 1, 2)]).toEqual([1, 0, 1]);
    expect(betaBinomialAt(1, 5, 0, 2)).toBeNaN();
    expect(betaBinomialAt(1, 5, 2, 0)).toBeNaN();
  });
});
