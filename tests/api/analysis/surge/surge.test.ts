import { describe, expect, it } from "vitest";
import { expectedBand } from "../../../../api/analysis/surge/expectedBand.ts";
import { analyseSurge, surgeWarnings } from "../../../../api/analysis/surge/surge.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const made = (seed: number, level: number): Float64Array => {
  const random = seededRandom(seed);
  return Float64Array.from({ length: 80 }, () => Math.floor(2 * level * random() + 0.5));
};
const counts = [made(1, 4), made(2, 1), new Float64Array(80)];
counts[0]!.fill(30, 78);
counts[2]![79] = 1;
counts[1]![79] = 0;

describe("surges of weekly counts", () => {
  const result = analyseSurge(counts, 30, 0.01);

  it("every shown week is held against its own band, oldest first", () => {
    result.forEach((area, at) => {
      expect([...area.observed]).toEqual([...counts[at]!.subarray(50)]);
      for (const week of [52, 60, 79]) {
        const band = expectedBand(counts[at]!, week, 0.01)!;
        const shown = week - 50;
        for (const name of ["expected", "upper", "p", "exceedance", "dispersion"] as const) expect(area[name][shown]).toBe(band[name]);
        expect(area.model[shown]).toBe(band.model);
      }
    });
  });

  it("weeks with less than a year before them have no band and no verdict", () => {
    for (const area of result) {
      for (const name of ["expected", "upper", "p", "exceedance", "dispersion"] as const)
        expect([...area[name].subarray(0, 2)]).toEqual([Number.NaN, Number.NaN]);
      expect([area.isAlarm.slice(0, 2), area.model.slice(0, 2)]).toEqual([
        [null, null],
        [null, null],
      ]);
      expect(area.isAlarm.slice(2).every((alarm) => typeof alarm === "boolean")).toBe(true);
    }
  });

  it("two weeks of many raise an alarm; one incident in a silent area does not, though chance hardly gives it; two do", () => {
    expect(result[0]!.isAlarm.slice(-2)).toEqual([true, true]);
    expect(result[2]!.isAlarm.at(-1)).toBe(false);
    expect(result[2]!.p.at(-1)!).toBeLessThan(0.01);
    const twice = counts[2]!.slice();
    twice[79] = 2;
    expect(analyseSurge([twice], 1, 0.01)[0]!.isAlarm).toEqual([true]);
    expect(result[1]!.isAlarm.at(-1)).toBe(false);
  });

  it("a count at the upper end of the band is no alarm", () => {
    const series = counts[0]!.slice();
    series[79] = expectedBand(series, 79, 0.01)!.upper;
    expect(analyseSurge([series], 1, 0.01)[0]!.isAlarm).toEqual([false]);
  });

  it("areas do not touch each other: in another order, or alone, each has the same bits", () => {
    const turned = analyseSurge([...counts].reverse(), 30, 0.01).reverse();
    expect(turned).toEqual(result);
    expect(analyseSurge([counts[1]!], 30, 0.01)).toEqual([result[1]]);
  });

  it("more weeks than there are show them all; no area is no result", () => {
    expect(analyseSurge(counts, 104, 0.01)[0]!.observed.length).toBe(80);
    expect(analyseSurge([], 10, 0.01)).toEqual([]);
  });

  it("52 weeks and the one to be judged are enough, one fewer is refused", () => {
    expect(analyseSurge([counts[0]!.subarray(0, 53)], 1, 0.01)[0]!.isAlarm).toEqual([false]);
    expect(() => analyseSurge([counts[0]!.subarray(0, 52)], 1, 0.01)).toThrowError(
      expect.objectContaining({ code: "too_little_history", details: { weeks: 51, needed: 52 } }),
    );
    expect(() => analyseSurge([new Float64Array(0)], 1, 0.01)).toThrowError(expect.objectContaining({ details: { weeks: 0, needed: 52 } }));
  });

  it.each([
    ["alpha 0", counts, 5, 0],
    ["alpha a half", counts, 5, 0.5],
    ["no week", counts, 0, 0.01],
    ["half a week", counts, 1.5, 0.01],
    ["areas of different length", [counts[0]!, counts[1]!.subarray(1)], 5, 0.01],
    ["half an incident", [counts[0]!.map((count) => count + 0.5)], 5, 0.01],
    ["a negative count", [counts[0]!.map((count) => -count)], 5, 0.01],
  ])("%s is refused", (_, series, shown, alpha) => {
    expect(() => analyseSurge(series, shown, alpha)).toThrowError(expect.objectContaining({ code: "wrong_input" }));
  });

  // Weeks in all, the one judged and the half year left out included.
  it.each([
    [53, ["level"], [{ code: "no_season", details: { baselineWeeks: 26, needed: 104 } }]],
    [130, ["level"], [{ code: "no_season", details: { baselineWeeks: 103, needed: 104 } }]],
    [
      131,
      ["season", "level", null],
      [
        { code: "no_trend", details: { baselineWeeks: 104, needed: 156 } },
        { code: "simpler_model", details: { areas: 1 } },
      ],
    ],
    [182, ["season"], [{ code: "no_trend", details: { baselineWeeks: 155, needed: 156 } }]],
    [183, ["season and trend"], []],
    [183, ["season", "level"], [{ code: "simpler_model", details: { areas: 2 } }]],
  ] as const)("%d weeks and the models %j: what they cannot hold is said", (weeks, models, warnings) => {
    expect(surgeWarnings(weeks, models)).toEqual(warnings);
  });
});
