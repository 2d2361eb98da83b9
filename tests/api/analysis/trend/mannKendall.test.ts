import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mannKendall, scoreVariance } from "../../../../api/analysis/trend/mannKendall.ts";
import { senSlope } from "../../../../api/analysis/trend/senSlope.ts";

/** The flow of the Nile at Aswan, 1896 to 1905, from R's data set Nile. */
const nile = Float64Array.of(1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701);
const eight = Float64Array.of(4.1, 3.9, 5.2, 6, 5.1, 7.3, 6.8, 8.8);
const tied = Float64Array.of(0, 0, 1, 0, 2, 1, 1, 3, 2, 2, 5, 4);

describe("Mann–Kendall", () => {
  // R 4.2.2: cor.test(seq_along(x), x, method = "kendall"); the statistic T counts the rising pairs.
  it.each([
    ["eight steps that rise", eight, 2 * 24 - 28, 0.01413690476190466],
    ["nine steps that fall", Float64Array.of(9, 7, 8, 6, 4, 5, 3, 2, 1), 2 * 2 - 36, 0.0002425044091710758],
    ["the Nile", nile, 2 * 11 - 45, 0.04662257495590829],
    ["49 steps of no direction", Float64Array.from({ length: 49 }, (_, i) => ((i + 1) * 37) % 101), 2 * 615 - 1176, 0.6494630825142886],
  ])("without ties p is exact, as in R: %s", (_, values, score, p) => {
    const result = mannKendall(values);
    expect(result).toMatchObject({ steps: values.length, score, isExact: true });
    expect(Math.abs(result.p / p - 1)).toBeLessThan(1e-12);
  });

  // R 4.2.2: the same with exact = FALSE, continuity = TRUE.
  it.each([
    ["ties in most values", tied, 3.0983866769659336, 0.001945773693739152],
    ["a falling series with ties", Float64Array.of(5, 4, 4, 3, 3, 3, 1, 0, 0, 2), -3.0208770786018997, 0.002520436579289282],
    [
      "20 years of the Nile",
      Float64Array.of(1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140),
      -1.463592003080421,
      0.1433054588641963,
    ],
  ])("with ties z is corrected for them and for continuity, as in R: %s", (_, values, z, p) => {
    const result = mannKendall(values);
    expect(result.isExact).toBe(false);
    expect(result.z).toBeCloseTo(z, 12);
    expect(result.p).toBeCloseTo(p, 12);
  });

  it("z of an exact test is still the normal one: 12 rising steps have S = 66 and variance 212.67", () => {
    const result = mannKendall(Float64Array.from({ length: 12 }, (_, i) => i));
    expect(result.z).toBeCloseTo(65 / Math.sqrt((12 * 11 * 29) / 18), 12);
    expect(result.p * 479001600).toBeCloseTo(2, 6);
  });

  it("up to 50 steps are counted out, 51 are not", () => {
    const rising = (steps: number) => mannKendall(Float64Array.from({ length: steps }, (_, i) => i)).isExact;
    expect([rising(50), rising(51)]).toEqual([true, false]);
  });

  it.each([
    ["no step", []],
    ["one step", [3]],
    ["a constant series", [2, 2, 2, 2]],
    ["nothing known", [Number.NaN, Number.NaN]],
  ])("%s has neither z nor p", (_, values) => {
    expect(mannKendall(Float64Array.from(values))).toMatchObject({ score: 0, z: Number.NaN, p: Number.NaN, isExact: false });
  });

  it("a score of 0 has z 0 and p 1, exact or not", () => {
    expect(mannKendall(Float64Array.of(1, 4, 3, 2, 2.5, 0.5, 3.5, 2.2))).toMatchObject({ score: -2 });
    expect(mannKendall(Float64Array.of(2, 4, 1, 3))).toMatchObject({ score: 0, z: 0, p: 1, isExact: true });
    expect(mannKendall(Float64Array.of(1, 2, 1))).toMatchObject({ score: 0, z: 0, p: 1, isExact: false });
  });

  it("an unknown step is left out, and the series is not changed", () => {
    const holes = Float64Array.of(Number.NaN, ...eight.subarray(0, 3), Number.NaN, ...eight.subarray(3));
    const before = [...holes];
    expect(mannKendall(holes)).toEqual(mannKendall(eight));
    expect([...holes]).toEqual(before);
  });

  it("variance in hand arithmetic: 4 different values 4·3·13 / 18, with a pair less 2·1·9 / 18, with a triple less 3·2·11 / 18", () => {
    expect(scoreVariance(Float64Array.of(3, 1, 2, 4))).toBeCloseTo(156 / 18, 12);
    expect(scoreVariance(Float64Array.of(3, 1, 3, 4))).toBeCloseTo((156 - 18) / 18, 12);
    expect(scoreVariance(Float64Array.of(3, 3, 1, 3))).toBeCloseTo((156 - 66) / 18, 12);
    expect(scoreVariance(Float64Array.of(3, 3, 1, 1))).toBeCloseTo((156 - 36) / 18, 12);
    expect(scoreVariance(Float64Array.of(3, 3, 3, 3))).toBe(0);
  });

  it("time turned round or values turned over turn the sign and nothing else; any rising scale changes nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -4, max: 9 }), { minLength: 2, maxLength: 12 }), (list) => {
        const series = Float64Array.from(list);
        const { score, z, p, isExact } = mannKendall(series);
        for (const turned of [series.slice().reverse(), series.map((value) => -value)])
          expect(mannKendall(turned)).toEqual({ steps: list.length, score: -score + 0, z: -z + 0, p, isExact });
        expect(mannKendall(series.map((value) => Math.exp(value)))).toEqual(mannKendall(series));
      }),
      { numRuns: 60 },
    );
  });
});

describe("Sen's slope", () => {
  // R 4.2.2: sort((x[j] − x[i]) / (j − i)), median, and the ranks floor((N − qnorm(.975) × sqrt(var S)) / 2) from either end.
  it.each([
    ["eight steps", eight, 0.6607142857142858, 0.2666666666666666, 0.85],
    ["ties", tied, 1 / 3, 0.2, 0.5],
    ["the Nile", nile, -43.25, -95, 7 / 3],
  ])("is the median of all slopes, its interval by rank, as in R: %s", (_, values, slope, lower, upper) => {
    const result = senSlope(values, 0.95);
    expect(result.slope).toBeCloseTo(slope, 12);
    expect(result.lower).toBeCloseTo(lower, 12);
    expect(result.upper).toBeCloseTo(upper, 12);
  });

  it("one wild step does not move the slope of a line, and an unknown one keeps its time", () => {
    const line = Float64Array.from({ length: 12 }, (_, i) => 2 * i + 1);
    line[6] = 1000;
    line[3] = Number.NaN;
    expect(senSlope(line, 0.9)).toEqual({ slope: 2, lower: 2, upper: 2 });
  });

  it("three steps have a slope without bounds; the least rank that bounds is 1", () => {
    expect(senSlope(Float64Array.of(1, 2, 4), 0.95)).toEqual({
      slope: 1.5,
      lower: Number.NEGATIVE_INFINITY,
      upper: Number.POSITIVE_INFINITY,
    });
    // Hand: 10 pairs of 5 steps, variance 16.67: C = 7.68 at 94%, so rank 1 of each end; at 95% C = 8.002, so none.
    const five = Float64Array.of(1, 3, 2, 5, 9);
    expect(senSlope(five, 0.94)).toEqual({ slope: 2, lower: -1, upper: 4 });
    expect(senSlope(five, 0.95).lower).toBe(Number.NEGATIVE_INFINITY);
  });

  it.each([[[]], [[5]], [[Number.NaN, 3, Number.NaN]]])("%j has no slope", (values) => {
    expect(senSlope(Float64Array.from(values), 0.9)).toEqual({ slope: Number.NaN, lower: Number.NaN, upper: Number.NaN });
  });

  it("values in other units have the slope in those units, and an even number of pairs the middle of the two middle slopes", () => {
    const scaled = senSlope(
      nile.map((value) => 1000 + value * 3),
      0.95,
    );
    expect(scaled.slope).toBeCloseTo(3 * -43.25, 10);
    expect(scaled.lower).toBeCloseTo(3 * -95, 10);
    expect(senSlope(Float64Array.of(0, 1, 4, 9), 0.5).slope).toBe(3);
  });

  it.each([0, 1, Number.NaN])("a confidence of %d is refused", (confidence) => {
    expect(() => senSlope(nile, confidence)).toThrowError(expect.objectContaining({ code: "wrong_input" }));
  });
});
