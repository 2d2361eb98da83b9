import { describe, expect, it } from "vitest";
import { crudeRates } from "../../../../api/analysis/rates/crude.ts";
import { globalEmpiricalBayes, localEmpiricalBayes, rateMoments } from "../../../../api/analysis/rates/empiricalBayes.ts";
import { gammaPrior } from "../../../../api/analysis/rates/gammaPoisson.ts";
import { measured } from "../../../../api/analysis/rates/measure.ts";
import { analyseRates, type RatesInput } from "../../../../api/analysis/rates/rates.ts";
import { standardisedRates } from "../../../../api/analysis/rates/standardisedRate.ts";
import { disagreement, weightsOfLists } from "../reference.ts";

// Two areas with people, 10 of 100 and 10 of 300; a third without. Overall rate 20 / 400 = 0.05.
// Spread of the rates: (100 × 0.05² + 300 × (1/60)²) / 400 = 1/1200; less 0.05 / 200 of chance leaves 7/12000.
const counts = Float64Array.of(10, 10, 4);
const population = Float64Array.of(100, 300, 0);
const raw = 7 / 12_000;
const near = (actual: ArrayLike<number>, expected: readonly (number | null)[]): void =>
  expect(disagreement(actual, expected, 1e-12)).toBeLessThan(1);
/** 0.05 and what is kept of the way to the crude rate. */
const shrunk = (rate: number, people: number): number => 0.05 + (raw / (raw + 0.05 / people)) * (rate - 0.05);

describe("rates by hand arithmetic", () => {
  it("crude: events over people, none where nobody lives", () => {
    near(crudeRates(counts, population), [0.1, 1 / 30, null]);
  });

  it("moments: the overall rate, and the spread that chance does not explain", () => {
    const { mean, rawVariance, variance, areas } = rateMoments(counts, population);
    near([mean, rawVariance, variance, areas], [0.05, raw, raw, 2]);
    const even = rateMoments(Float64Array.of(1, 1), Float64Array.of(100, 100));
    near([even.mean, even.rawVariance, even.variance, even.areas], [0.01, -0.0001, 0, 2]);
  });

  it("global empirical Bayes", () => {
    near(globalEmpiricalBayes(counts, population).smoothed, [shrunk(0.1, 100), shrunk(1 / 30, 300), null]);
  });

  it("local empirical Bayes: neighbours that know each other are their own whole, a lone one keeps its rate", () => {
    const people = Float64Array.of(100, 300, 0, 200);
    const weights = weightsOfLists([[1, 2], [0, 2], [0, 1], []]);
    const { smoothed, shrinkage } = localEmpiricalBayes(Float64Array.of(10, 10, 4, 8), people, weights);
    near(smoothed, [shrunk(0.1, 100), shrunk(1 / 30, 300), null, 0.04]);
    expect(shrinkage[2]).toBeNaN();
  });

  it("standardised: the deviation over its standard deviation; where that is negative, over chance alone", () => {
    near(standardisedRates(counts, population), [0.05 / Math.sqrt(raw + 0.0005), -1 / 60 / Math.sqrt(raw + 0.05 / 300), null]);
    // Rates 1/100 and 3/200 of 4/300 overall: raw spread (100 × (1/300)² + 200 × (1/600)²) / 300 − (4/300) / 150 is below zero.
    const mean = 4 / 300;
    const spread = (100 / 300 ** 2 + 200 / 600 ** 2) / 300 - mean / 150;
    expect(spread + mean / 200).toBeLessThan(0);
    near(standardisedRates(Float64Array.of(1, 3), Float64Array.of(100, 200)), [
      (0.01 - mean) / Math.sqrt(spread + mean / 100),
      (0.015 - mean) / Math.sqrt(mean / 200),
    ]);
    near(standardisedRates(new Float64Array(2), Float64Array.of(100, 0)), [0, null]);
  });

  it("each measure is its column: counts as they are, events a person, standardised", () => {
    near(measured("count", counts, population), [10, 10, 4]);
    expect(measured("count", counts, population)).not.toBe(counts);
    near(measured("rate", counts, population), [0.1, 1 / 30, null]);
    near(measured("eb", counts, population), [...standardisedRates(counts, population).slice(0, 2), null]);
  });

  it("the prior has the moments; no wider than shape 1,000 when chance explains all, half an event in all people when there is none", () => {
    const prior = gammaPrior(counts, population);
    near([prior.shape, prior.rate], [0.05 ** 2 / raw, 0.05 / raw]);
    expect(gammaPrior(Float64Array.of(1, 1), Float64Array.of(100, 100))).toEqual({ shape: 1000, rate: 100_000 });
    expect(gammaPrior(new Float64Array(3), Float64Array.of(100, -5, 300))).toEqual({ shape: 0.5, rate: 400 });
    expect(gammaPrior(new Float64Array(1), Float64Array.of(0))).toEqual({ shape: Number.NaN, rate: Number.NaN });
  });
});

describe("what goes with the rates", () => {
  const analysed = (more: Partial<RatesInput> = {}) =>
    analyseRates({
      counts,
      population,
      reported: new Uint8Array(3).fill(1),
      weights: weightsOfLists([
        [1, 2],
        [0, 2],
        [0, 1],
      ]),
      per: 1000,
      years: 2,
      smoothing: "none",
      credible: 0.9,
      ...more,
    });
  const codes = (more: Partial<RatesInput>): string[] => analysed(more).warnings.map(({ code }) => code);

  it("totals of the areas with people, in the unit of the columns", () => {
    const { summary, columns, warnings } = analysed();
    expect(summary).toMatchObject({ n: 2, events: 20, population: 400, withoutPopulation: [2], islands: [] });
    near([summary.rate, summary.variance, summary.priorShape], [25, raw * 250_000, 0.05 ** 2 / raw]);
    near(columns.crude, [50, 50 / 3, null]);
    near(columns.population, [100, 300, null]);
    near(columns.count, [10, 10, 4]);
    expect(warnings).toEqual([{ code: "without_population", details: { areas: 1, events: 4 } }]);
  });

  it.each([
    ["everybody has people", { population: Float64Array.of(100, 300, 50) }, []],
    ["areas alike", { counts: Float64Array.of(1, 3, 0), population: Float64Array.of(100, 300, 1) }, ["no_variance_between_areas"]],
    ["no event, no variance to miss", { counts: new Float64Array(3), population: Float64Array.of(100, 300, 1) }, []],
    [
      "an island matters to local smoothing",
      { population: Float64Array.of(100, 300, 50), smoothing: "local", weights: weightsOfLists([[1], [0], []]) },
      ["islands"],
    ],
    ["and to no other", { population: Float64Array.of(100, 300, 50), smoothing: "global", weights: weightsOfLists([[1], [0], []]) }, []],
    ["local smoothing without islands", { population: Float64Array.of(100, 300, 50), smoothing: "local" }, []],
  ] as [string, Partial<RatesInput>, string[]][])("%s: warnings %j", (_, more, expected) => {
    expect(codes(more)).toEqual(expected);
  });

  it("warnings carry how many areas", () => {
    const { warnings } = analysed({
      counts: Float64Array.of(1, 3, 0.5),
      population: Float64Array.of(100, 300, 50),
      smoothing: "local",
      weights: weightsOfLists([[1], [0], []]),
    });
    expect(warnings).toEqual([
      { code: "islands", details: { areas: 1 } },
      { code: "no_variance_between_areas", details: { areas: 3 } },
    ]);
  });

  it.each([
    ["population of another length", { population: Float64Array.of(1, 2) }, "population", "2"],
    ["reported of another length", { reported: new Uint8Array(2) }, "reported", "2"],
    ["per infinite", { per: Number.POSITIVE_INFINITY }, "per", "Infinity"],
    ["per 0", { per: 0 }, "per", "0"],
    ["years 0", { years: 0 }, "years", "0"],
    ["years infinite", { years: Number.POSITIVE_INFINITY }, "years", "Infinity"],
    ["credible 0", { credible: 0 }, "credible", "0"],
    ["credible 1", { credible: 1 }, "credible", "1"],
    ["local without neighbours", { smoothing: "local", weights: undefined }, "weights", "none"],
  ] as [string, Partial<RatesInput>, string, string][])("%s is refused by name", (_, more, field, value) => {
    expect(() => analysed(more)).toThrowError(expect.objectContaining({ code: "wrong_input", details: { field, value } }));
  });

  it("without anybody the refusal says of how many areas", () => {
    expect(() => analysed({ population: new Float64Array(3) })).toThrowError(
      expect.objectContaining({ code: "no_population", details: { areas: 3 } }),
    );
  });
});
