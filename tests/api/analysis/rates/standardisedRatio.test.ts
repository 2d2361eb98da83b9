import { describe, expect, it } from "vitest";
import { analyseRates } from "../../../../api/analysis/rates/rates.ts";
import { standardisedRatios } from "../../../../api/analysis/rates/standardisedRatio.ts";
import { disagreement } from "../reference.ts";

const counts = Float64Array.of(3, 0, 12, 1, 4);
const population = Float64Array.of(1000, 500, 2000, 800, 700);

describe("standardised ratio", () => {
  it("expected is the overall rate times people, and the expected add up to the events", () => {
    const { expected, ratio } = standardisedRatios(counts, population, 0.9);
    expect(disagreement(expected, [4, 2, 8, 3.2, 2.8], 1e-14)).toBeLessThan(1);
    expect(disagreement(ratio, [0.75, 0, 1.5, 0.3125, 4 / 2.8], 1e-14)).toBeLessThan(1);
  });

  it("the interval is that of R 4.2.2 poisson.test(x, conf.level = 0.9), over expected", () => {
    const { lower, upper } = standardisedRatios(counts, population, 0.9);
    expect(disagreement(lower.slice(0, 3), [0.817691447164 / 4, 0, 6.92421251359 / 8], 1e-11)).toBeLessThan(1);
    expect(disagreement(upper.slice(0, 3), [7.75365652793 / 4, 2.99573227355 / 2, 19.4425693299 / 8], 1e-11)).toBeLessThan(1);
  });

  it("areas of equal count have intervals in inverse proportion to their expected", () => {
    const { lower, upper } = standardisedRatios(Float64Array.of(2, 2, 0), Float64Array.of(100, 400, 500), 0.95);
    expect(lower[0]! / lower[1]!).toBeCloseTo(4, 12);
    expect(upper[0]! / upper[1]!).toBeCloseTo(4, 12);
    expect(lower[2]).toBe(0);
  });

  it("an area without known people has no ratio and lends no events", () => {
    for (const people of [0, Number.NaN, -5]) {
      const { expected, ratio, lower, upper } = standardisedRatios(counts, population.with(2, people), 0.9);
      for (const column of [expected, ratio, lower, upper]) expect(column[2]).toBeNaN();
      expect(expected[0]! + expected[1]! + expected[3]! + expected[4]!).toBeCloseTo(8, 12);
    }
  });

  it("with no event at all nothing is expected and there is no ratio", () => {
    const { expected, ratio, lower, upper } = standardisedRatios(new Float64Array(2), Float64Array.of(100, 300), 0.9);
    expect([...expected]).toEqual([0, 0]);
    for (const column of [ratio, lower, upper]) expect([...column]).toEqual([Number.NaN, Number.NaN]);
  });

  it("one area alone, and areas of one rate, are as elsewhere: ratio 1 inside its interval", () => {
    expect(standardisedRatios(Float64Array.of(7), Float64Array.of(300), 0.9).ratio[0]).toBe(1);
    const even = standardisedRatios(Float64Array.of(1, 2, 4), Float64Array.of(100, 200, 400), 0.9);
    for (const i of [0, 1, 2]) {
      expect(even.ratio[i]).toBeCloseTo(1, 14);
      expect(even.lower[i]).toBeLessThan(1);
      expect(even.upper[i]).toBeGreaterThan(1);
    }
  });

  it("counting people in thousands changes nothing; a narrower confidence narrows the interval", () => {
    const one = standardisedRatios(counts, population, 0.9);
    const thousands = standardisedRatios(
      counts,
      population.map((people) => people / 1000),
      0.9,
    );
    for (const name of ["expected", "ratio", "lower", "upper"] as const)
      expect(disagreement(thousands[name], [...one[name]], 1e-13)).toBeLessThan(1);
    const narrow = standardisedRatios(counts, population, 0.5);
    expect(narrow.lower[0]).toBeGreaterThan(one.lower[0]!);
    expect(narrow.upper[0]).toBeLessThan(one.upper[0]!);
  });

  it("stands in the rates whatever per, years and smoothing are", () => {
    const { columns } = analyseRates({
      counts,
      population,
      reported: new Uint8Array(5).fill(1),
      per: 10_000,
      years: 2,
      smoothing: "none",
      credible: 0.9,
    });
    const { expected, ratio, lower, upper } = standardisedRatios(counts, population, 0.9);
    expect(columns).toMatchObject({ expected, ratio, ratioLower: lower, ratioUpper: upper });
  });
});
