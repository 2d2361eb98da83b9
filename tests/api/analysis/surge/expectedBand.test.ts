import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { expectedBand } from "../../../../api/analysis/surge/expectedBand.ts";
import { fitQuasiPoisson } from "../../../../api/analysis/surge/quasiPoisson.ts";

/** 200 weeks drawn in R 4.2.2 (set.seed(20), rnbinom, mean 4 with season and a slow rise, variance 1.6 × mean), 14 more in weeks 59 to 61, and 19 in the last. */
const weeks = Float64Array.from(
  `4 9 2 0 5 6 2 10 3 7 6 4 6 8 7 5 14 1 5 3 6 1 7 1 6 10 4 1 10 7 3 4 1 3 1 8 9 1 1 0 0 3 1 2 4 3 10 2 6 8 22 7 10 10 6 6 10 12 0 21 22 16 3 4 9 9 12 9 5 3 1 5 0 4 6 3
   8 2 5 5 4 3 5 2 3 4 7 3 2 1 1 7 2 5 2 3 10 5 1 5 6 4 7 2 8 5 6 6 5 4 8 12 6 6 4 6 9 6 7 6 8 4 7 11 3 6 9 9 5 10 2 3 5 4 0 7 2 7 4 2 4 2 4 4 3 2 7 3 4 14 1 10 3 14 4 7 5 8
   10 6 9 7 4 10 9 7 8 5 7 12 19 6 11 4 10 4 7 13 3 5 9 4 10 3 10 13 4 2 7 1 2 8 1 5 5 0 4 5 2 19`
    .trim()
    .split(/\s+/)
    .map(Number),
);
const close = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual / expected - 1), `${actual} and ${expected}`).toBeLessThan(relative);

describe("quasi-Poisson regression", () => {
  // R 4.2.2: glm(z ~ x + I(x > 4), family = quasipoisson, weights = w), epsilon 1e-15.
  const x = [1, 2, 3, 4, 5, 6, 7, 8];
  const z = Float64Array.of(2, 3, 6, 7, 8, 9, 10, 12);
  const w = Float64Array.of(1, 1, 2, 1, 0.5, 1, 1, 1.5);
  const design = Float64Array.from(x.flatMap((value) => [1, value, value > 4 ? 1 : 0]));

  it("coefficients, dispersion, covariance, leverages and fitted counts are those of R", () => {
    const fit = fitQuasiPoisson(design, 3, z, w)!;
    [0.927857326579419, 0.235633404080431, -0.250198706031124].forEach((value, at) => void close(fit.coefficients[at]!, value, 1e-10));
    close(fit.dispersion, 0.295332623802066, 1e-10);
    [
      0.1703764762485376, -0.0454022821780223, 0.1529353811690992, -0.0454022821780223, 0.0160156186515181, -0.0686457164140262,
      0.1529353811690992, -0.0686457164140262, 0.3602843447087314,
    ].forEach((value, at) => void close(fit.covariance[at]!, value, 1e-9));
    [
      0.305984090438575, 0.21404793372536, 0.431830026717621, 0.411571528349836, 0.308468864216506, 0.360448743019636, 0.252358643141637,
      0.715290170390829,
    ].forEach((value, at) => void close(fit.leverage[at]!, value, 1e-9));
    close(fit.fitted[7]!, 12.97112655650096, 1e-10);
  });

  it("fitted counts add up to the counts in every column, and leverages to the number of columns", () => {
    const fit = fitQuasiPoisson(design, 3, z, w)!;
    for (let a = 0; a < 3; a++) {
      const sums = [z, fit.fitted].map((values) => values.reduce((sum, value, i) => sum + w[i]! * value * design[3 * i + a]!, 0));
      close(sums[1]!, sums[0]!, 1e-10);
    }
    close(
      fit.leverage.reduce((sum, value) => sum + value),
      3,
      1e-10,
    );
  });

  it("a level alone is the weighted mean, and zeros among the counts are counts", () => {
    const fit = fitQuasiPoisson(new Float64Array(4).fill(1), 1, Float64Array.of(0, 1, 0, 7), Float64Array.of(1, 1, 1, 2))!;
    close(fit.fitted[2]!, 3, 1e-10);
    close(fit.dispersion, (3 + 4 / 3 + 3 + (2 * 16) / 3) / 3, 1e-9);
    close(fit.covariance[0]!, 1 / 15, 1e-9);
  });

  it("columns that cannot be told apart, and nothing but zeros, have no fit", () => {
    expect(fitQuasiPoisson(Float64Array.from(x.flatMap((value) => [1, value, 2 * value])), 3, z, w)).toBeNull();
    expect(fitQuasiPoisson(Float64Array.of(1, 0, 1, 0), 2, Float64Array.of(1, 2), Float64Array.of(1, 1))).toBeNull();
  });

  it.each([
    ["design", [design.subarray(1), 3, z, w]],
    ["weights", [design, 3, z, w.subarray(1)]],
  ] as const)("a %s of another length is refused", (field, parameters) => {
    expect(() => fitQuasiPoisson(...parameters)).toThrowError(
      expect.objectContaining({ code: "wrong_input", details: expect.objectContaining({ field }) }),
    );
  });
});

describe("the expected band of a week", () => {
  // R 4.2.2: glm(quasipoisson) twice with Anscombe weights, qnbinom and pnbinom; ten seasons by lag modulo 365.2425 / 7. Made for these tests.
  it.each([
    ["level", 100, 5.89864864864865, 4.05743370617108, 22, 0.433806199059698],
    ["season", 150, 4.92857142857142, 1.99459027216244, 15, 0.962907710976673],
    ["season and trend", 199, 3.775212454145, 1.94566556847038, 12, 0.000436108754846574],
  ])("%s: as R computes it", (model, week, expected, dispersion, upper, p) => {
    const band = expectedBand(weeks, week, 0.01)!;
    expect([band.model, band.upper]).toEqual([model, upper]);
    close(band.expected, expected, 1e-9);
    close(band.dispersion, dispersion, 1e-9);
    close(band.p, p, 1e-8);
    close(band.exceedance, (weeks[week]! - expected) / (upper + 1 - expected), 1e-8);
  });

  it("a past week that was itself unusual weighs less in the level, as R computes it", () => {
    const series = weeks.slice();
    series[30] = 25;
    const band = expectedBand(series, 100, 0.01)!;
    expect([band.model, band.upper]).toEqual(["level", 23]);
    close(band.expected, 5.97455281974294, 1e-9);
    close(band.dispersion, 4.15060222100645, 1e-9);
    close(band.p, 0.438579203079498, 1e-8);
  });

  it("where even the first unusual count is below the expectation there is no exceedance", () => {
    const skewed = Float64Array.from({ length: 79 }, (_, i) => (i === 3 ? 400 : 0));
    const band = expectedBand(skewed, 78, 0.45)!;
    expect(band.upper + 1).toBeLessThan(band.expected);
    expect(band.exceedance).toBeNaN();
  });

  it("a week is unusual, with p at most alpha and exceedance at least 1, from the count above upper on", () => {
    const made = (count: number) => {
      const series = weeks.slice();
      series[199] = count;
      return expectedBand(series, 199, 0.01)!;
    };
    const { upper } = made(0);
    expect(made(upper).p).toBeGreaterThan(0.01);
    expect(made(upper).exceedance).toBeLessThan(1);
    expect(made(upper + 1).p).toBeLessThanOrEqual(0.01);
    expect(made(upper + 1).exceedance).toBe(1);
  });

  it("neither the week itself, nor the half year before it, nor weeks after it change its expectation; the week before those does", () => {
    const expectedWith = (index: number) => {
      const series = weeks.slice();
      series[index] = 60;
      return expectedBand(series, 170, 0.01)!.expected;
    };
    const { expected } = expectedBand(weeks, 170, 0.01)!;
    for (const index of [144, 160, 169, 170, 171, 199]) expect(expectedWith(index)).toBe(expected);
    expect(expectedWith(143)).not.toBe(expected);
  });

  it("only the five years before count: 261 weeks that end half a year before", () => {
    const long = Float64Array.from({ length: 320 }, (_, i) => weeks[i % 190]!);
    const expectedWith = (index: number) => {
      const series = long.slice();
      series[index] = 50;
      return expectedBand(series, 319, 0.01)!.expected;
    };
    const { expected } = expectedBand(long, 319, 0.01)!;
    expect(expectedWith(31)).toBe(expected);
    expect(expectedWith(32)).not.toBe(expected);
  });

  it("a past surge weighs little: the band stays within a tenth of what it was without", () => {
    const calm = Float64Array.from({ length: 105 }, (_, i) => [3, 5, 4, 6, 4, 2][i % 6]!);
    const surged = calm.slice();
    surged.fill(40, 50, 53);
    const [before, after] = [expectedBand(calm, 104, 0.01)!, expectedBand(surged, 104, 0.01)!];
    expect(Math.abs(after.expected / before.expected - 1)).toBeLessThan(0.1);
    // The plain mean would be 4 + 3 × 36 / 78 = 5.4.
    expect(after.expected).toBeLessThan(4.4);
  });

  it("after long silence the expectation is half an incident over the weeks, not 0", () => {
    const band = expectedBand(new Float64Array(105), 104, 0.01)!;
    expect(band).toMatchObject({ expected: 0.5 / 78, dispersion: 1, upper: 0, p: 1, model: "level" });
    // P(at least one) of a negative binomial of size 1/2 and that mean: 1 − (1 + 2 × mean)^−½.
    const one = expectedBand(
      Float64Array.from({ length: 105 }, (_, i) => (i === 104 ? 1 : 0)),
      104,
      0.01,
    )!;
    close(one.p, 1 - (1 + 1 / 78) ** -0.5, 1e-9);
  });

  it("constant counts have dispersion 1 and their own level", () => {
    const band = expectedBand(new Float64Array(105).fill(4), 104, 0.01)!;
    close(band.expected, 4 + 0.5 / 78, 1e-12);
    expect(band.dispersion).toBe(1);
  });

  it.each([
    [129, "level"],
    [130, "season"],
    [181, "season"],
    [182, "season and trend"],
  ])("after %d weeks, half a year of them left out, the model is %s", (week, model) => {
    const series = Float64Array.from({ length: week + 1 }, (_, i) => [6, 4, 5, 7, 3][i % 5]!);
    expect(expectedBand(series, week, 0.01)!.model).toBe(model);
  });

  it("too few incidents for ten seasons, or a season without any, take the level; a trend beyond all that was seen is dropped", () => {
    const every = (step: number) => Float64Array.from({ length: 151 }, (_, i) => (i % step === 0 ? 1 : 0));
    // 125 weeks: 63 incidents are enough for 10 parameters, 42 are not.
    expect(expectedBand(every(2), 150, 0.01)!.model).toBe("season");
    expect(expectedBand(every(3), 150, 0.01)!.model).toBe("level");
    const summerless = Float64Array.from({ length: 151 }, (_, i) => ((150 - i) % 52.1775 > 23 && (150 - i) % 52.1775 < 29 ? 0 : 3));
    expect(expectedBand(summerless, 150, 0.01)!.model).toBe("level");
    const growing = Float64Array.from({ length: 200 }, (_, i) => Math.round(3 * 1.02 ** i));
    expect(expectedBand(growing, 199, 0.01)!.model).toBe("season");
  });

  it("below a year there is no band", () => {
    expect(expectedBand(weeks, 51, 0.01)).toBeNull();
    expect(expectedBand(weeks, 52, 0.01)).not.toBeNull();
  });

  it.each([
    ["Poisson", 104, 0.6, 1],
    ["over-dispersed", 104, 3, 3],
    ["over-dispersed, with season,", 150, 3, 3],
  ])("%s weeks of which nothing happens raise an alarm in about alpha of the cases, never in much more", (_, history, mean, largest) => {
    const random = createRandom(3, history);
    const runs = 300;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      // Batches of 1 or of `largest` events, equally often; of 1 and 3 the variance is 2.5 times the mean. Their number is Poisson, by multiplying uniform numbers.
      const series = Float64Array.from({ length: history + 1 }, (_each, i) => {
        const level = history > 110 ? mean * Math.exp(0.4 * Math.sin(i / 8.304)) : mean;
        const end = Math.exp((-2 * level) / (1 + largest));
        let events = 0;
        for (let product = random.unit(); product > end; product *= random.unit()) events += random.unit() < 0.5 ? 1 : largest;
        return events;
      });
      if (series[history]! > expectedBand(series, history, 0.05)!.upper) alarms++;
    }
    // Three standard deviations of a binomial share of 300 at 0.05 are 0.038.
    expect(alarms / runs).toBeLessThan(0.05 + 0.038);
    expect(alarms / runs).toBeGreaterThan(0.003);
  });
});
