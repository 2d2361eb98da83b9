import { describe, expect, it } from "vitest";
import { createBounds, observedReaching } from "../../../../api/analysis/scan/bounds.ts";
import { gumbelTail } from "../../../../api/analysis/scan/gumbel.ts";
import { isTied } from "../../../../api/analysis/scan/judge.ts";
import { logLikelihoodRatio } from "../../../../api/analysis/scan/likelihood.ts";
import { isAtLeast } from "../../../../api/analysis/scan/sequential.ts";
import { stepsOf } from "../../../../api/analysis/scan/steps.ts";
import { seededRandom } from "../../../fixtures/random.ts";

/** The number at which the ratio reaches a level, by halving. */
function byHalving(level: number, expected: number, cases: number): number {
  let [low, high] = [expected, cases];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (logLikelihoodRatio(middle, expected, cases) < level) low = middle;
    else high = middle;
  }
  return low;
}

describe("bounds", () => {
  it("begin a line at every threefold of the least number expected, and the last ends at the most", () => {
    expect([...createBounds(500, 0.5, 200).vertices]).toEqual([0.5, 1.5, 4.5, 13.5, 40.5, 121.5, 200]);
    expect([...createBounds(500, 2, 5).vertices]).toEqual([2, 5]);
    const { lineAt } = createBounds(500, 2, 50);
    expect([1, 2, 6, 6.001, 18, 18.001, 50, 90].map(lineAt)).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  });

  it("are of the next quarter below a ratio, of none below it", () => {
    const { linesFor } = createBounds(500, 2, 50);
    expect(linesFor(0.5)).toBe(linesFor(0.7499));
    expect(linesFor(0.75)).not.toBe(linesFor(0.7499));
    expect(linesFor(-0.3)).toBe(linesFor(0));
    // Of level 0 the line is what is expected itself, but for the billionth.
    expect(linesFor(0).slope[1]).toBeCloseTo(1, 8);
    expect(linesFor(0).intercept[1]! / 1e-6).toBeCloseTo(0, 6);
  });

  it("reach a level where halving finds it, but for the billionth", () => {
    const random = seededRandom(2);
    for (let round = 0; round < 400; round++) {
      const cases = Math.ceil(10 ** (1 + 2 * random()));
      const expected = cases * 10 ** (-0.05 - 5 * random());
      const level = 0.1 + 20 * random() ** 3;
      const observed = observedReaching(level, expected, cases);
      if (logLikelihoodRatio(cases, expected, cases) <= level) expect(observed).toBe(cases);
      else expect(Math.abs(observed / byHalving(level, expected, cases) - (1 - 1e-9))).toBeLessThan(1e-11);
    }
    expect(observedReaching(0, 4, 10)).toBe(4 * (1 - 1e-9));
    expect(observedReaching(10 * Math.log(2.5), 4, 10)).toBe(10);
    expect(observedReaching(10 * Math.log(2.5) - 1e-6, 4, 10)).toBeLessThan(10);
  });
});

describe("numbers by hand", () => {
  it("the Gumbel tail of three maxima", () => {
    // Mean 3, variance (4 + 1 + 9) / 2 = 7.
    const scale = Math.sqrt(42) / Math.PI;
    const tail = (value: number): number => 1 - Math.exp(-Math.exp(-(value - 3 + 0.5772156649015329 * scale) / scale));
    for (const value of [1, 3, 5]) expect(gumbelTail(value, Float64Array.of(1, 2, 6)) / tail(value)).toBeCloseTo(1, 12);
  });

  it("ratios are equal that differ by less than a billionth, of themselves or of 1", () => {
    for (const isEqual of [isTied, isAtLeast]) {
      expect([isEqual(0.5 - 0.9e-9, 0.5), isEqual(0.5 - 1.1e-9, 0.5)]).toEqual([true, false]);
      expect([isEqual(500 - 4.9e-7, 500), isEqual(500 - 5.1e-7, 500)]).toEqual([true, false]);
    }
    expect(isAtLeast(0.25, 0.25 + 1e-9)).toBe(0.25 >= 0.25 + 1e-9 - 1e-9);
  });

  it("steps are of one whole day at least, and one of them must fit", () => {
    const refused = (...given: [number, number, number]): unknown => {
      try {
        stepsOf(...given);
        return null;
      } catch (error) {
        return (error as { details: { field: string } }).details.field;
      }
    };
    expect(refused(0, 1, 1)).toBe("days");
    expect(refused(1.5, 1, 1)).toBe("days");
    expect(refused(4, 0, 4)).toBe("stepDays");
    expect(refused(4, 1.5, 4)).toBe("stepDays");
    expect(refused(4, 2, 1)).toBe("maxDays");
    expect(refused(2, 5, 1)).toBe("maxDays");
    expect([refused(1, 1, 1), refused(4, 2, 2), refused(2, 5, 2)]).toEqual([null, null, null]);
  });
});
