import { describe, expect, it } from "vitest";
import { betaAbove, betaBelow, betaQuantile } from "../../../../api/analysis/distributions/beta.ts";
import { binomialAt, binomialAtLeast, binomialAtMost } from "../../../../api/analysis/distributions/binomial.ts";
import { gammaAbove, gammaBelow, gammaQuantile, logGamma } from "../../../../api/analysis/distributions/gamma.ts";
import {
  complementaryError,
  normalAbove,
  normalBelow,
  normalQuantile,
  normalTwoSided,
} from "../../../../api/analysis/distributions/normal.ts";

const relative = (actual: number, expected: number): number => Math.abs(actual / expected - 1);

describe("distributions", () => {
  // Values from Abramowitz & Stegun 1964, tables 26.1, 26.2 and 7.1, and R 4.2 pnorm, qnorm to 15 digits.
  it.each([
    [0, 0.5],
    [1, 0.158655253931457],
    [1.959963984540054, 0.025],
    [3, 0.00134989803163009],
    [6, 9.86587645037698e-10],
    [10, 7.61985302416053e-24],
  ])("a normal variable is above %f with probability %f", (z, probability) => {
    expect(relative(normalAbove(z), probability)).toBeLessThan(1e-13);
    expect(relative(normalBelow(-z), probability)).toBeLessThan(1e-13);
    expect(relative(normalTwoSided(z), 2 * probability)).toBeLessThan(1e-13);
    expect(normalTwoSided(-z)).toBe(normalTwoSided(z));
  });

  it("the complementary error function equals the incomplete gamma function of one half on both sides of every seam", () => {
    for (let x = 0.005; x < 12; x += 0.0173) expect(relative(complementaryError(x), gammaAbove(0.5, x * x))).toBeLessThan(2e-12);
  });

  it("a normal quantile undoes the probability, out to 1e-300", () => {
    for (const p of [1e-300, 1e-20, 1e-5, 0.025, 0.3, 0.5, 0.7]) expect(relative(normalBelow(normalQuantile(p)), p)).toBeLessThan(1e-11);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(normalQuantile(1.1)).toBeNaN();
  });

  it("the gamma function of whole numbers is a factorial, of one half the root of pi", () => {
    let factorial = 1;
    for (let n = 1; n < 20; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11);
      factorial *= n;
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(logGamma(0)).toBeNaN();
  });

  it.each([0.01, 0.3, 1, 2.5, 17, 400])("gamma quantiles of shape %f undo the probability", (shape) => {
    for (const p of [0.001, 0.05, 0.5, 0.95, 0.999]) {
      const x = gammaQuantile(shape, p);
      if (x > 1e-300) expect(relative(gammaBelow(shape, x), p)).toBeLessThan(1e-11);
      expect(gammaBelow(shape, x) + gammaAbove(shape, x)).toBeCloseTo(1, 13);
    }
  });

  it("shape 1 is exponential", () => {
    expect(gammaQuantile(1, 0.9)).toBeCloseTo(Math.LN10, 12);
  });

  it("the beta distribution of two halves is the arc sine", () => {
    for (const x of [0.01, 0.3, 0.9]) expect(relative(betaBelow(0.5, 0.5, x), (2 / Math.PI) * Math.asin(Math.sqrt(x)))).toBeLessThan(1e-12);
    expect(relative(betaQuantile(0.5, 0.5, 0.1), Math.sin(0.05 * Math.PI) ** 2)).toBeLessThan(1e-12);
    expect(betaBelow(2, 3, 0.4) + betaAbove(2, 3, 0.4)).toBeCloseTo(1, 14);
  });

  it.each([
    [10, 0.2],
    [455, 90 / 455],
    [1249, 0.003],
  ])("binomial tails of %d trials at %f are the sums of their terms", (trials, share) => {
    let below = 0;
    for (let x = 0; x <= Math.min(trials, 60); x++) {
      below += binomialAt(x, trials, share);
      if (below < 1e-200) continue;
      expect(relative(binomialAtMost(x, trials, share), below)).toBeLessThan(1e-9);
      expect(binomialAtLeast(x + 1, trials, share)).toBeCloseTo(1 - below, 10);
    }
    expect(binomialAtLeast(0, trials, share)).toBe(1);
    expect(binomialAtLeast(trials + 1, trials, share)).toBe(0);
    expect(binomialAtMost(-1, trials, share)).toBe(0);
  });
});
