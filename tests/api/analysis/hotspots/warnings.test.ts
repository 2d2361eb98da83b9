import { describe, expect, it } from "vitest";
import { analyseHotspots, type HotspotsInput } from "../../../../api/analysis/hotspots/hotspots.ts";
import { weightsOfLists } from "../reference.ts";
import { counts, input, lists, n, population } from "./question.ts";

describe("what goes with a map of hotspots", () => {
  const codes = (more: Partial<HotspotsInput>): string[] => analyseHotspots(input(more)).warnings.map(({ code }) => code);
  const cut = weightsOfLists(lists.map((list, i) => (i === 20 ? [] : list.filter((j) => j !== 20))));

  it.each([
    ["nothing", {}, []],
    ["areas without people", { population: population.with(3, Number.NaN) }, ["without_population"]],
    ["an island", { weights: cut }, ["islands"]],
    ["no event", { counts: new Float64Array(n) }, ["too_few_events", "no_events"]],
    ["the normal approximation", { significance: "analytic" }, ["normal_approximation"]],
    ["constant rates", { counts: new Float64Array(n).fill(3), measure: "count" }, ["no_variation"]],
    [
      "the exact statistic, which has no z",
      { statistic: "exact", counts: new Float64Array(n).fill(20), population: new Float64Array(n).fill(900) },
      [],
    ],
    ["maps whose places were dealt out", { statistic: "exact", counts, imputed: [counts, counts, counts] }, ["places_imputed"]],
  ] as [string, Partial<HotspotsInput>, string[]][])("%s: warnings %j", (_, more, expected) => {
    const found = codes(more).filter((code) => code !== "over_dispersed" || expected.includes(code));
    expect(found).toEqual(expected);
  });

  it("carries how many areas and events", () => {
    const { warnings, summary } = analyseHotspots(input({ population: population.with(3, 0), weights: cut }));
    expect(warnings).toEqual([
      { code: "without_population", details: { areas: 1, events: counts[3] } },
      { code: "islands", details: { areas: 1 } },
    ]);
    expect(summary.population).toBe(population.reduce((sum, people, i) => sum + (i === 3 ? 0 : people), 0));
    expect(summary.events).toBe(counts.reduce((sum, count, i) => sum + (i === 3 ? 0 : count), 0));
    expect(summary.n).toBe(n - 1);
  });

  it("counts of areas without people are analysed, and their people are not counted", () => {
    const { summary } = analyseHotspots(
      input({ measure: "count", population: population.with(3, Number.NaN).with(4, -5), permutations: 99 }),
    );
    expect(summary.population).toBe(population.reduce((sum, people, i) => sum + (i === 3 || i === 4 ? 0 : people), 0));
    expect(summary.n).toBe(n);
  });
});
