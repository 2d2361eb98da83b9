import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { globalEmpiricalBayes, localEmpiricalBayes, rateMoments } from "../../../../api/analysis/rates/empiricalBayes.ts";
import { gammaPoissonPosterior, gammaPrior } from "../../../../api/analysis/rates/gammaPoisson.ts";
import { analyseRates, type Smoothing } from "../../../../api/analysis/rates/rates.ts";
import { weightsOfLists } from "../reference.ts";

const counts = Float64Array.of(3, 0, 12, 1, 5);
const population = Float64Array.of(1000, 500, 2000, 800, 1500);
const ring = weightsOfLists([
  [1, 4],
  [0, 2],
  [1, 3],
  [2, 4],
  [3, 0],
]);
const analysed = (smoothing: Smoothing, more = {}) =>
  analyseRates({
    counts,
    population,
    reported: new Uint8Array(5).fill(1),
    weights: ring,
    per: 1,
    years: 1,
    smoothing,
    credible: 0.9,
    ...more,
  });

/** What shrinkage says: the smoothed rate lies between the crude one (0) and the reference (1). */
const between = (crude: number, reference: number, shrinkage: number): number => crude + shrinkage * (reference - crude);

describe("shrinkage", () => {
  it("global: the part of the way to the overall rate, mean / people over variance + mean / people", () => {
    const { smoothed, shrinkage } = globalEmpiricalBayes(counts, population);
    const { mean, variance } = rateMoments(counts, population);
    expect(variance).toBeGreaterThan(0);
    for (let i = 0; i < 5; i++) {
      expect(shrinkage[i]).toBeCloseTo(mean / population[i]! / (variance + mean / population[i]!), 14);
      expect(smoothed[i]).toBeCloseTo(between(counts[i]! / population[i]!, mean, shrinkage[i]!), 14);
    }
  });

  it("local: the part of the way to the rate of the area and its neighbours together", () => {
    const { smoothed, shrinkage } = localEmpiricalBayes(counts, population, ring);
    for (let i = 0; i < 5; i++) {
      const near = [i, (i + 1) % 5, (i + 4) % 5];
      const reference = near.reduce((sum, j) => sum + counts[j]!, 0) / near.reduce((sum, j) => sum + population[j]!, 0);
      expect(smoothed[i]).toBeCloseTo(between(counts[i]! / population[i]!, reference, shrinkage[i]!), 14);
    }
    expect(shrinkage[1]).toBeGreaterThan(0.2);
    expect(shrinkage[1]).toBeLessThan(1);
  });

  it("Gamma–Poisson: the part of the way to the prior's mean", () => {
    const prior = gammaPrior(counts, population);
    const { mean, shrinkage } = gammaPoissonPosterior(counts, population, prior, 0.9);
    for (let i = 0; i < 5; i++)
      expect(mean[i]).toBeCloseTo(between(counts[i]! / population[i]!, prior.shape / prior.rate, shrinkage[i]!), 14);
  });

  it("none: nothing moved; with no event anywhere all are their reference", () => {
    expect([...analysed("none").columns.shrinkage]).toEqual([0, 0, 0, 0, 0]);
    for (const smoothing of ["global", "local"] as const)
      expect([...analysed(smoothing, { counts: new Float64Array(5) }).columns.shrinkage]).toEqual([1, 1, 1, 1, 1]);
  });

  it("lies in [0, 1] whatever the counts and people, is null exactly where the smoothed rate is, and depends on no unit", () => {
    const area = fc.record({
      count: fc.nat(40),
      people: fc.oneof(fc.constant(0), fc.constant(Number.NaN), fc.integer({ min: 1, max: 20_000 })),
    });
    fc.assert(
      fc.property(
        fc.array(area, { minLength: 5, maxLength: 5 }),
        fc.constantFrom("none", "global", "local", "gamma"),
        (areas, smoothing) => {
          fc.pre(areas.some(({ people }) => people > 0));
          const some = {
            counts: Float64Array.from(areas, ({ count }) => count),
            population: Float64Array.from(areas, ({ people }) => people),
          };
          const one = analysed(smoothing, some).columns;
          const other = analysed(smoothing, { ...some, per: 1000, years: 3 }).columns;
          for (let i = 0; i < 5; i++) {
            expect(Number.isNaN(one.shrinkage[i])).toBe(Number.isNaN(one.smoothed[i]));
            if (Number.isNaN(one.shrinkage[i])) continue;
            expect(one.shrinkage[i]).toBeGreaterThanOrEqual(0);
            expect(one.shrinkage[i]).toBeLessThanOrEqual(1);
            expect(other.shrinkage[i]).toBe(one.shrinkage[i]);
            expect(other.smoothed[i]! * 3).toBeCloseTo(one.smoothed[i]! * 1000, 8);
          }
        },
      ),
      { seed: 3517, numRuns: 100 },
    );
  });

  it("an island is not smoothed locally: neither a rate nor a way", () => {
    const { columns } = analysed("local", { weights: weightsOfLists([[1], [0], [], [4], [3]]) });
    expect([columns.smoothed[2], columns.shrinkage[2]]).toEqual([Number.NaN, Number.NaN]);
    expect(columns.shrinkage[0]).not.toBeNaN();
  });

  it("local smoothing names its variant, the others have none", () => {
    expect(analysed("local").summary.variant).toBe("neighbourhood includes the area (geoda=TRUE)");
    expect(analysed("global").summary.variant).toBeUndefined();
  });
});
