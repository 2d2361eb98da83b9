import { describe, expect, it } from "vitest";
import { globalEmpiricalBayes, localEmpiricalBayes, rateMoments } from "../../../../api/analysis/rates/empiricalBayes.ts";
import { gammaPoissonPosterior, gammaPrior } from "../../../../api/analysis/rates/gammaPoisson.ts";
import { analyseRates, type RatesInput } from "../../../../api/analysis/rates/rates.ts";
import { standardisedRates } from "../../../../api/analysis/rates/standardisedRate.ts";
import { hasOutside } from "../../../fixtures/outside.ts";
import { disagreement, published, readReference, weightsOfLists } from "../reference.ts";

const counts = Float64Array.of(3, 0, 12, 1, 5);
const population = Float64Array.of(1000, 500, 2000, 800, 1500);
const ring = weightsOfLists([
  [1, 4],
  [0, 2],
  [1, 3],
  [2, 4],
  [3, 0],
]);
const asked = (n: number): Uint8Array => new Uint8Array(n).fill(1);
const input = (more: Partial<RatesInput> = {}): RatesInput => ({
  counts,
  population,
  reported: asked(counts.length),
  weights: ring,
  per: 10_000,
  years: 1,
  smoothing: "none",
  credible: 0.9,
  ...more,
});

describe.skipIf(!hasOutside)("rates against outside results", () => {
  const reference = hasOutside ? readReference() : null!;

  it("global empirical Bayes equals PySAL 2.10 to 1e-10", () => {
    expect(
      disagreement(globalEmpiricalBayes(reference.counts, reference.population).smoothed, reference.pysal.EB_global, 1e-10),
    ).toBeLessThan(1);
  });

  it("local empirical Bayes, self included, equals PySAL 2.10 to 1e-10", () => {
    expect(
      disagreement(
        localEmpiricalBayes(reference.counts, reference.population, reference.weights).smoothed,
        reference.pysal.EB_local,
        1e-10,
      ),
    ).toBeLessThan(1);
  });

  it("standardised rates equal GeoDa's to 1e-10", () => {
    expect(disagreement(standardisedRates(reference.counts, reference.population), reference.geoda.EB_standardised, 1e-10)).toBeLessThan(1);
  });

  it("standardised rates equal the first four that PySAL's tests publish, whose variance is below zero, to 1e-7", () => {
    const { events, population: people, standardised } = published().assuncao_reis;
    const first = standardisedRates(Float64Array.from(events), Float64Array.from(people)).slice(0, 4);
    expect(disagreement(first, standardised, 1e-7)).toBeLessThan(1);
  });
});

describe("rates", () => {
  it("a rate is events over people, times per, over years", () => {
    expect(analyseRates(input()).columns.crude[0]).toBeCloseTo(30, 12);
    expect(analyseRates(input({ years: 2, per: 1000 })).columns.crude[0]).toBeCloseTo(1.5, 12);
  });

  it.each([
    ["NaN", Number.NaN],
    ["zero", 0],
  ])("an area with %s people has no rate and is in no total, pool or neighbourhood", (_, people) => {
    const known = population.slice();
    known[2] = people;
    const without = (column: Float64Array): Float64Array => column.filter((_value, i) => i !== 2);
    const line = weightsOfLists([[1, 3], [0], [3], [2, 0]]);
    for (const smoothing of ["none", "global", "local", "gamma"] as const) {
      const { columns, summary } = analyseRates(input({ population: known, smoothing }));
      const alone = analyseRates({
        ...input({ counts: without(counts), population: without(known), reported: asked(4), weights: line, smoothing }),
      });
      for (const name of ["crude", "smoothed", "shrinkage", "lower", "upper", "expected", "ratio", "ratioLower", "ratioUpper"] as const) {
        expect(columns[name][2]).toBeNaN();
        expect([...without(columns[name])]).toEqual([...alone.columns[name]]);
      }
      expect(summary.events).toBe(9);
      expect(summary.withoutPopulation).toEqual([2]);
    }
  });

  it("an island has no locally smoothed rate and keeps its crude one", () => {
    const { columns, summary } = analyseRates(input({ smoothing: "local", weights: weightsOfLists([[1], [0], [], [4], [3]]) }));
    expect(columns.smoothed[2]).toBeNaN();
    expect(columns.crude[2]).toBeCloseTo(60, 12);
    expect(summary.islands).toEqual([2]);
  });

  it("smoothing draws towards the overall rate, the more the fewer people", () => {
    const { columns, summary } = analyseRates(input({ smoothing: "global" }));
    const pull = (i: number): number => (columns.smoothed[i]! - columns.crude[i]!) / (summary.rate - columns.crude[i]!);
    for (const i of [0, 1, 2, 3, 4]) expect(pull(i)).toBeGreaterThan(0);
    expect(pull(1)).toBeGreaterThan(pull(0));
    expect(pull(0)).toBeGreaterThan(pull(2));
  });

  it("areas that differ by chance only are all smoothed to the overall rate, not beyond", () => {
    const even = Float64Array.of(1, 1, 1);
    const people = Float64Array.of(100, 100, 100);
    expect(rateMoments(even, people).rawVariance).toBeLessThan(0);
    for (const rate of globalEmpiricalBayes(even, people).smoothed) expect(rate).toBeCloseTo(0.01, 15);
  });

  it("with no event anywhere every rate is 0 and its upper bound is not", () => {
    const { columns } = analyseRates(input({ counts: new Float64Array(5), smoothing: "global" }));
    expect([...columns.smoothed]).toEqual([0, 0, 0, 0, 0]);
    for (const upper of columns.upper) expect(upper).toBeGreaterThan(0);
  });

  it("counting people in thousands changes no smoothed rate but by that factor", () => {
    const thousands = population.map((people) => people / 1000);
    for (const smoothing of ["global", "local", "gamma"] as const) {
      const plain = analyseRates(input({ smoothing, per: 1 })).columns;
      const scaled = analyseRates(input({ smoothing, per: 1, population: thousands })).columns;
      for (const name of ["smoothed", "lower", "upper"] as const) {
        for (let i = 0; i < 5; i++) expect(scaled[name][i]! / 1000).toBeCloseTo(plain[name][i]!, 12);
      }
    }
  });

  it("the posterior interval holds the posterior mean and narrows with people", () => {
    const prior = gammaPrior(counts, population);
    const { mean, lower, upper } = gammaPoissonPosterior(Float64Array.of(2, 200), Float64Array.of(1000, 100_000), prior, 0.9);
    for (const i of [0, 1]) {
      expect(lower[i]!).toBeLessThan(mean[i]!);
      expect(upper[i]!).toBeGreaterThan(mean[i]!);
    }
    expect(upper[1]! - lower[1]!).toBeLessThan((upper[0]! - lower[0]!) / 3);
  });

  it("the posterior of 3 events in 1 unit with prior gamma(1, 1) is gamma(4, 2): bounds from its closed form", () => {
    // P(gamma(4) < x) = 1 − e^(−x)(1 + x + x²/2 + x³/6).
    const { lower, upper } = gammaPoissonPosterior(Float64Array.of(3), Float64Array.of(1), { shape: 1, rate: 1 }, 0.9);
    const below = (x: number): number => 1 - Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6);
    expect(below(lower[0]! * 2)).toBeCloseTo(0.05, 12);
    expect(below(upper[0]! * 2)).toBeCloseTo(0.95, 12);
  });

  it("one area alone gets its own rate", () => {
    const { columns } = analyseRates(
      input({
        counts: Float64Array.of(4),
        population: Float64Array.of(2000),
        reported: asked(1),
        weights: weightsOfLists([[]]),
        smoothing: "global",
      }),
    );
    expect(columns.smoothed[0]).toBeCloseTo(20, 12);
  });

  it.each([
    ["no people at all", { population: new Float64Array(5).fill(Number.NaN) }, "no_population"],
    ["people of another length", { population: Float64Array.of(1) }, "wrong_input"],
    ["per 0", { per: 0 }, "wrong_input"],
    ["an interval of everything", { credible: 1 }, "wrong_input"],
    ["local smoothing without neighbours", { smoothing: "local", weights: undefined }, "wrong_input"],
  ] as const)("%s is refused", (_, more, code) => {
    expect(() => analyseRates(input(more))).toThrowError(expect.objectContaining({ code }));
  });
});
