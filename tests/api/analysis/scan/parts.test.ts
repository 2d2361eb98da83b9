import { describe, expect, it } from "vitest";
import { createAlias } from "../../../../api/analysis/scan/alias.ts";
import { createBounds, observedReaching } from "../../../../api/analysis/scan/bounds.ts";
import { circularZones } from "../../../../api/analysis/scan/circles.ts";
import { gumbelTail } from "../../../../api/analysis/scan/gumbel.ts";
import { logLikelihoodRatio, relativeRisk } from "../../../../api/analysis/scan/likelihood.ts";
import { anyEvenRunAbove, anyRunAbove } from "../../../../api/analysis/scan/runs.ts";
import { isAtLeast, sequentialStop } from "../../../../api/analysis/scan/sequential.ts";
import { arcMetres, chordMetres, unitVectors } from "../../../../api/analysis/scan/sphere.ts";
import { stepOfDays, stepsOf } from "../../../../api/analysis/scan/steps.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { seededRandom } from "../../../fixtures/random.ts";

describe("the likelihood ratio", () => {
  it.each([
    // SaTScan 10.3.2, jombang_sp: 244 of 1249 where 1249 × 104229 / 1335152 are expected.
    [244, (1249 * 104_229) / 1_335_152, 1249, 87.06104],
    [6, 2.5, 10, 6 * Math.log(2.4) + 4 * Math.log(4 / 7.5)],
    [10, 4, 10, 10 * Math.log(2.5)],
    [4, 4, 10, 0],
    [3, 4, 10, 0],
  ])("of %i where %f of %i are expected is %f", (observed, expected, cases, ratio) => {
    expect(logLikelihoodRatio(observed, expected, cases)).toBeCloseTo(ratio, 6);
  });
  it("stands beside the risk inside over the risk outside", () => {
    expect(relativeRisk(6, 2.5, 10)).toBeCloseTo(2.4 / (4 / 7.5), 12);
    expect(relativeRisk(10, 4, 10)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("bounds", () => {
  it("give the observed number at which a level is reached, from below", () => {
    for (const cases of [10, 1249, 90_000]) {
      for (const expected of [0.0004 * cases, 0.01 * cases, 0.3 * cases]) {
        for (const level of [0.25, 3, 9.5, 40]) {
          const observed = observedReaching(level, expected, cases);
          if (logLikelihoodRatio(cases, expected, cases) <= level) expect(observed).toBe(cases);
          else {
            expect(logLikelihoodRatio(observed, expected, cases)).toBeLessThanOrEqual(level);
            expect(logLikelihoodRatio(observed * (1 + 3e-9), expected, cases)).toBeGreaterThan(level);
          }
        }
        expect(observedReaching(0, expected, cases) / expected).toBeCloseTo(1, 8);
      }
    }
  });
  it("never rule out what reaches the level, and rule out nearly all that does not", () => {
    const cases = 1249;
    const bounds = createBounds(cases, 0.02, 300);
    const random = seededRandom(3);
    let loose = 0;
    for (let i = 0; i < 4000; i++) {
      const expected = 0.02 * 15_000 ** random();
      const ratio = 12 * random();
      const lines = bounds.linesFor(ratio);
      const line = bounds.lineAt(expected);
      expect(bounds.vertices[line]! <= expected || line === 0).toBe(true);
      const allowed = lines.intercept[line]! + lines.slope[line]! * expected;
      expect(logLikelihoodRatio(Math.min(allowed, cases), expected, cases)).toBeLessThanOrEqual(ratio);
      if (logLikelihoodRatio(1.25 * allowed + 0.5, expected, cases) < ratio - 0.25) loose++;
    }
    expect(loose).toBeLessThan(80);
  });
});

describe("runs of steps", () => {
  it("are above a line where the largest sum of any run is", () => {
    const random = seededRandom(8);
    for (let round = 0; round < 300; round++) {
      const row = Int32Array.from({ length: 1 + (round % 9) }, () => Math.floor(20 * random() ** 2));
      const off = row.map((_, step) => (step === 0 ? 3 : 5));
      let most = 0;
      for (let from = 0; from < row.length; from++) {
        for (let to = from + 1; to <= row.length; to++) {
          let sum = 0;
          for (let step = from; step < to; step++) sum += row[step]! - off[step]!;
          most = Math.max(most, sum);
        }
      }
      for (const limit of [most - 1, most, most + 1]) {
        expect(anyRunAbove(row, limit, off)).toBe(most > limit);
        expect(anyEvenRunAbove(row, limit, 3, 5, 1000, 0, 0)).toBe(most > limit);
        expect(anyEvenRunAbove(row, 1000, 0, 0, limit, 3, 5)).toBe(most > limit);
      }
    }
  });
});

describe("steps", () => {
  it.each([
    [730, 14, 365, 53, [0, 2, 16], 26],
    [10, 3, 6, 4, [0, 1, 4], 2],
    [9, 3, 9, 3, [0, 3, 6], 3],
    [5, 7, 5, 1, [0, 5], 1],
    [4, 1, 1, 4, [0, 1, 2], 1],
  ])("%i days in steps of %i count back from the end", (days, stepDays, maxDays, count, starts, longest) => {
    const { startDay, longestEnd } = stepsOf(days, stepDays, maxDays);
    expect(longestEnd).toHaveLength(count);
    expect(Array.from(startDay).slice(0, starts.length)).toEqual(starts);
    expect(startDay[count]).toBe(days);
    longestEnd.forEach((end, step) => {
      expect(startDay[end]! - startDay[step]!).toBeLessThanOrEqual(maxDays);
      if (end < count) expect(startDay[end + 1]! - startDay[step]!).toBeGreaterThan(maxDays);
    });
    expect(longestEnd[0]! - 0).toBe(longest);
    const stepOfDay = stepOfDays({ startDay, longestEnd });
    expect(stepOfDay).toHaveLength(days);
    stepOfDay.forEach((step, day) => {
      expect(startDay[step]! <= day && day < startDay[step + 1]!).toBe(true);
    });
  });
});

describe("distances", () => {
  it("are along the sphere: a degree at the equator is 111,195 m, the poles are 20,015 km apart", () => {
    const points = unitVectors(Float64Array.of(112, 113, 0, 90), Float64Array.of(0, 0, 90, -90));
    expect(arcMetres(chordMetres(points, 0, 1))).toBeCloseTo(111_195.08, 1);
    expect(arcMetres(chordMetres(points, 2, 3)) / 1000).toBeCloseTo(20_015.1, 0);
    expect(arcMetres(chordMetres(points, 0, 2)) / 1000).toBeCloseTo(10_007.5, 0);
  });
  it("give circles of the nearest areas, for all sizes of a country", () => {
    const random = seededRandom(2);
    const longitude = Float64Array.from({ length: 60 }, () => 95 + 45 * random());
    const latitude = Float64Array.from({ length: 60 }, () => -11 + 17 * random());
    const { offsets, areas, zones, least, most } = circularZones(longitude, latitude, new Float64Array(60).fill(2), 24, 1);
    const points = unitVectors(longitude, latitude);
    expect([zones, least, most]).toEqual([60 * 12, 2, 24]);
    for (let centre = 0; centre < 60; centre++) {
      const order = Array.from({ length: 60 }, (_, i) => i).sort((a, b) => chordMetres(points, centre, a) - chordMetres(points, centre, b));
      expect(Array.from(areas.subarray(offsets[centre], offsets[centre + 1]))).toEqual(order.slice(0, 12));
    }
  });
});

describe("tails and stops", () => {
  it("the Gumbel tail is that of the distribution with the same mean and standard deviation", () => {
    // Quantiles of a Gumbel distribution with location 8 and scale 1.5 at (i − 0.5) / n.
    const maxima = Float64Array.from({ length: 20_000 }, (_, i) => 8 - 1.5 * Math.log(-Math.log((i + 0.5) / 20_000)));
    for (const value of [6, 8, 12, 20]) {
      const exact = 1 - Math.exp(-Math.exp(-(value - 8) / 1.5));
      expect(Math.abs(Math.log(gumbelTail(value, maxima) / exact))).toBeLessThan(0.01);
    }
    expect(gumbelTail(90, maxima)).toBeGreaterThan(0);
    expect(gumbelTail(3, Float64Array.of(2, 2, 2))).toBeNaN();
    expect(gumbelTail(3, Float64Array.of(2))).toBeNaN();
  });
  it("a simulation is at least as strong where only rounding tells them apart", () => {
    expect([isAtLeast(5, 5 + 1e-10), isAtLeast(5, 5.000001), isAtLeast(6, 5), isAtLeast(500, 500 + 1e-8)]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
  it("the count stops with the simulation that is the last needed", () => {
    const maxima = Float64Array.of(1, 5, 2, 5, 9, 1);
    expect(Array.from(sequentialStop(maxima, 5, 2))).toEqual([1, 5, 2, 5]);
    expect(Array.from(sequentialStop(maxima, 5, 3))).toEqual([1, 5, 2, 5, 9]);
    expect(sequentialStop(maxima, 5, 4)).toEqual(maxima);
  });
  it("places are drawn in proportion to their weights, those without weight never", () => {
    const draw = createAlias(Float64Array.of(5, 0, 1, 2));
    const random = createRandom(4);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 80_000; i++) counts[draw(random)]! += 1;
    [50_000, 0, 10_000, 20_000].forEach((expected, i) => {
      expect(Math.abs(counts[i]! - expected)).toBeLessThanOrEqual(4 * Math.sqrt(expected));
    });
  });
});
