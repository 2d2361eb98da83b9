import { describe, expect, it } from "vitest";
import { type AttainableQuestion, eventsNeeded, hindrance } from "../../../../api/analysis/hotspots/attainable.ts";
import { analyseHotspots } from "../../../../api/analysis/hotspots/hotspots.ts";
import { weightsOfLists } from "../reference.ts";
import { input, lists, n } from "./question.ts";

/** A ring of areas, each with two neighbours and equally many people. */
const ring = (areas: number, more: Partial<AttainableQuestion> = {}): AttainableQuestion => ({
  population: new Float64Array(areas).fill(100),
  weights: weightsOfLists(Array.from({ length: areas }, (_, i) => [(i + areas - 1) % areas, (i + 1) % areas])),
  statistic: "exact",
  measure: "rate",
  significance: "permutation",
  tail: "high",
  correction: "none",
  alpha: 0.05,
  ...more,
});

describe("events needed for anything to be significant", () => {
  // Exact on a ring of 30: a neighbourhood is a tenth of the people, so N events all inside have p = 10^-N.
  it.each([
    ["one test at 0.05: 10^-2", {}, 2],
    ["at 0.1, which is reached", { alpha: 0.1 + 1e-12 }, 1],
    ["at 0.001", { alpha: 0.001 + 1e-12 }, 3],
    ["two-sided at 0.001: twice 10^-4", { alpha: 0.001, tail: "two_sided" }, 4],
    ["Bonferroni of 30: 0.05 / 30", { correction: "bonferroni" }, 3],
    // 2 events have at most 6 areas around them at 0.01, below 0.05 × 6 / 30 = 0.01.
    ["false discovery rate of 30, six areas around two events", { correction: "fdr", alpha: 0.05 + 1e-12 }, 2],
    ["the same just below", { correction: "fdr", alpha: 0.0499 }, 3],
    // Permutation: both neighbours the only ones above zero, 1 / C(29, 2) = 1/406 = 0.00246; one event: 2/29.
    ["Gi* by permutation", { statistic: "gi_star" }, 2],
    ["Gi* by permutation where one event is enough", { statistic: "gi_star", alpha: 0.07 }, 1],
    ["Gi* by permutation at 1/406", { statistic: "gi_star", alpha: 1 / 406 + 1e-12 }, 2],
    ["Gi* at less than two neighbours can show, in the upper tail", { statistic: "gi_star", alpha: 1 / 407 }, Number.POSITIVE_INFINITY],
    [
      "Local Moran, whose upper tail is either of the sum's: likewise",
      { statistic: "local_moran", alpha: 1 / 407 },
      Number.POSITIVE_INFINITY,
    ],
    // Both neighbours the only ones at zero, 27 of 29 above it: the lower tail, needed where the upper one does not count so many.
    ["standardised rates have no ties", { statistic: "gi_star", measure: "eb" }, 1],
    ["analytic p have no bound", { statistic: "gi", significance: "analytic", alpha: 1e-9 }, 0],
    ["exact has one whatever the significance says", { significance: "analytic" }, 2],
  ] as [string, Partial<AttainableQuestion>, number][])("%s", (_, more, expected) => {
    expect(eventsNeeded(ring(30, more))).toBe(expected);
  });

  it("an empty neighbourhood can be the rare one: (1 − 3/4)^N where three of four areas are one", () => {
    // N events elsewhere: 4^-N for an empty one, two-sided 2 × 4^-N ≤ 0.05 from N = 3; all inside would need (3/4)^N, N = 13 and one-sided 11.
    expect(eventsNeeded(ring(4, { tail: "two_sided" }))).toBe(3);
    expect(eventsNeeded(ring(4))).toBe(11);
  });

  it("neighbours that are all but one: events everywhere but there, or there alone", () => {
    // Ten areas, eight neighbours each: the upper tail needs all eight above zero, 1/9; the lower one the other alone, 1/9 too, with one event.
    const most = weightsOfLists(Array.from({ length: 10 }, (_, i) => [1, 2, 3, 4, 6, 7, 8, 9].map((step) => (i + step) % 10)));
    const question = { ...ring(10), weights: most, alpha: 1 / 9 + 1e-12 };
    expect(eventsNeeded({ ...question, statistic: "gi" })).toBe(8);
    expect(eventsNeeded({ ...question, statistic: "local_moran" })).toBe(1);
    expect(eventsNeeded({ ...question, statistic: "gi", tail: "two_sided", alpha: 2 / 9 + 1e-12 })).toBe(1);
  });

  it("where a neighbourhood is everything there is nothing to find, and islands have no say", () => {
    expect(eventsNeeded(ring(3))).toBe(Number.POSITIVE_INFINITY);
    const cut = weightsOfLists([[1], [0], []]);
    const question = { ...ring(3), weights: cut, population: Float64Array.of(1, 1, 98) };
    expect(eventsNeeded(question)).toBe(1);
  });

  it("from a thousand of both on nothing is worked out; with fewer it is said what is missing", () => {
    expect(hindrance(ring(30, { alpha: 0.001 + 1e-12 }), 3)).toBeNull();
    expect(hindrance(ring(30, { alpha: 0.001 + 1e-12 }), 2)).toEqual({ code: "too_few_events", needed: 3 });
    expect(hindrance(ring(30, { alpha: 0.001 + 1e-12 }), 2.3)).toBeNull();
    expect(hindrance(ring(30, { statistic: "gi", alpha: 1 / 407 }), 999)).toEqual({ code: "nothing_attainable" });
    expect(hindrance(ring(1000, { statistic: "gi", alpha: 1e-9 }), 1000)).toBeNull();
    expect(hindrance(ring(1000, { statistic: "gi", alpha: 1e-9 }), 999)).toEqual({ code: "nothing_attainable" });
  });

  it("a map with fewer events has no significant area, whatever its arrangement: two events on every pair of a ring", () => {
    const { population, weights } = ring(30);
    const base = input({ population, weights, reported: new Uint8Array(30).fill(1), statistic: "exact", tail: "high", alpha: 0.0009 });
    for (let other = 0; other < 30; other++) {
      const counts = new Float64Array(30);
      counts[0]! += 1;
      counts[other]! += 1;
      const { summary, warnings } = analyseHotspots({ ...base, counts });
      expect(summary.significant).toBe(0);
      expect(warnings).toContainEqual({
        code: "too_few_events",
        details: { events: 2, areas: 30, alpha: 0.0009, correction: "none", needed: 4 },
      });
    }
    const enough = new Float64Array(30);
    enough.set([2, 1]);
    enough[29] = 1;
    expect(analyseHotspots({ ...base, counts: enough }).columns.class.indexOf("hot")).toBe(0);
  });
});

describe("refusals of hotspots", () => {
  it("too few events are refused where that is asked for, naming the number needed", () => {
    const counts = new Float64Array(n);
    expect(() => analyseHotspots(input({ counts, refusesHopeless: true, correction: "fdr" }))).toThrowError(
      expect.objectContaining({ code: "too_few_events", details: { events: 0, areas: n, alpha: 0.05, correction: "fdr", needed: 2 } }),
    );
    expect(analyseHotspots(input({ refusesHopeless: true })).summary.tested).toBe(n);
  });

  it("areas that nothing could make significant are refused as such", () => {
    const { population, weights } = ring(5);
    const five = { counts: Float64Array.of(9, 9, 0, 0, 0), population, weights, reported: new Uint8Array(5).fill(1) };
    expect(() => analyseHotspots(input({ ...five, refusesHopeless: true }))).toThrowError(
      expect.objectContaining({ code: "nothing_attainable", details: { events: 18, areas: 5, alpha: 0.05, correction: "none" } }),
    );
    expect(analyseHotspots(input(five)).warnings.map(({ code }) => code)).toContain("nothing_attainable");
  });

  it("without any neighbour there is nothing to compare: refused by every statistic", () => {
    const none = weightsOfLists(lists.map(() => []));
    for (const statistic of ["gi_star", "gi", "local_moran", "exact"] as const)
      expect(() => analyseHotspots(input({ statistic, weights: none }))).toThrowError(
        expect.objectContaining({ code: "no_neighbours", details: { areas: n } }),
      );
  });

  it("the normal approximation says that it is one", () => {
    expect(analyseHotspots(input({ significance: "analytic" })).warnings).toContainEqual({
      code: "normal_approximation",
      details: { areas: n },
    });
    expect(analyseHotspots(input()).warnings.map(({ code }) => code)).not.toContain("normal_approximation");
  });
});
