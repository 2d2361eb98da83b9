import { describe, expect, it } from "vitest";
import { exactLocalRisk } from "../../../../api/analysis/hotspots/exactLocalRisk.ts";
import { analyseHotspots } from "../../../../api/analysis/hotspots/hotspots.ts";
import { imputedLocalRisk } from "../../../../api/analysis/hotspots/imputedLocalRisk.ts";
import { expectedCounts, imputePlaces, type UncertainEvents } from "../../../../api/analysis/hotspots/imputePlaces.ts";
import { weightsOfLists } from "../reference.ts";
import { counts, input, lists, n, population } from "./question.ts";

/** One event in area 0 (0.5), 2 (0.3) or off the map (0.1), else nowhere; one in area 1 for certain, told as such. */
const uncertain: UncertainEvents = {
  offsets: Int32Array.of(0, 3, 4),
  areas: Int32Array.of(0, 2, -1, 1),
  probabilities: Float64Array.of(0.5, 0.3, 0.1, 1),
};
const certain = Float64Array.of(4, 0, 0, 7);

describe("events of uncertain place", () => {
  it("expected counts add each probability where it belongs; what lies off the map is not counted", () => {
    expect([...expectedCounts(certain, uncertain)]).toEqual([4.5, 1, 0.3, 7]);
  });

  it("imputed maps hold whole events, each place as often as it is likely, within four standard errors", () => {
    const maps = imputePlaces(certain, uncertain, 4000, 7);
    const share = (i: number): number => maps.reduce((sum, map) => sum + map[i]! - certain[i]!, 0) / 4000;
    for (const map of maps) {
      expect(map[1]).toBe(1);
      expect(map[3]).toBe(7);
      expect(map[0]! + map[2]!).toBeLessThanOrEqual(5);
      expect(Number.isInteger(map[0])).toBe(true);
    }
    expect(Math.abs(share(0) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 4000));
    expect(Math.abs(share(2) - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / 4000));
  });

  it("same seed, same maps, and the first maps stay when more are asked for; another seed, other maps; inputs stay", () => {
    const before = [...certain, ...uncertain.probabilities];
    const ten = imputePlaces(certain, uncertain, 10, 7);
    expect(imputePlaces(certain, uncertain, 20, 7).slice(0, 10)).toEqual(ten);
    expect(imputePlaces(certain, uncertain, 10, 8)).not.toEqual(ten);
    expect([...certain, ...uncertain.probabilities]).toEqual(before);
  });

  it("without uncertain events every map is the certain one", () => {
    const none = { offsets: Int32Array.of(0), areas: new Int32Array(0), probabilities: new Float64Array(0) };
    expect(imputePlaces(certain, none, 3, 1)).toEqual([certain, certain, certain]);
    expect(expectedCounts(certain, none)).toEqual(certain);
  });
});

describe("exact local risk of imputed maps", () => {
  // Hand arithmetic: 4 equal areas in a row, the neighbourhood of the first is half the people.
  const row = weightsOfLists([[1], [0, 2], [1, 3], [2]]);
  const people = new Float64Array(4).fill(100);
  const maps = [Float64Array.of(3, 0, 0, 0), Float64Array.of(2, 0, 0, 1)];

  it("tails, observed and p are made of the means: P(3 of 3) = 1/8 and P(2 of 3) = 1/2 make 5/16", () => {
    const { pHigh, pLow, p, pMid, pTie, observed, expected, pBinomial } = imputedLocalRisk(maps, people, row, "two_sided");
    expect(pHigh[0]).toBeCloseTo(5 / 16, 12);
    expect(pLow[0]).toBeCloseTo((1 + 7 / 8) / 2, 12);
    expect(p[0]).toBeCloseTo(5 / 8, 12);
    expect(pTie[0]).toBeCloseTo((1 / 8 + 3 / 8) / 2, 12);
    expect(pMid[0]).toBeCloseTo(5 / 8 - 1 / 4, 12);
    expect(observed[0]).toBeCloseTo(2.5, 12);
    expect(expected[0]).toBeCloseTo(1.5, 12);
    expect(pBinomial[0]).toBeCloseTo((1 / 4 + 1) / 2, 12);
    expect(imputedLocalRisk(maps, people, row, "high").p[0]).toBeCloseTo(5 / 16, 12);
  });

  it("the interval reaches over those of all maps", () => {
    const both = imputedLocalRisk(maps, people, row, "two_sided");
    const [one, other] = maps.map((map) => exactLocalRisk(map, people, row, "two_sided"));
    expect(both.lower[0]).toBe(Math.min(one!.lower[0]!, other!.lower[0]!));
    expect(both.upper[0]).toBe(Number.POSITIVE_INFINITY);
    expect(both.lower[3]).toBe(0);
  });

  it("twenty maps that are the same are that map", () => {
    const alone = exactLocalRisk(counts, population, weightsOfLists(lists), "two_sided");
    const many = imputedLocalRisk(new Array(20).fill(counts), population, weightsOfLists(lists), "two_sided");
    expect(many.isBunched).toBe(alone.isBunched);
    expect(many.dispersion.ratio).toBeCloseTo(alone.dispersion.ratio, 12);
    expect(many.dispersion.p).toBeCloseTo(alone.dispersion.p, 12);
    for (let i = 0; i < n; i++) {
      for (const name of ["p", "pLow", "pHigh", "pMid", "pTie", "pBinomial", "observed", "relativeRisk", "upper"] as const)
        expect(many[name][i]).toBeCloseTo(alone[name][i]!, 12);
    }
  });

  it("one map with bunches among single ones is told", () => {
    const bunched = counts.map((count) => count * 9);
    const single = new Float64Array(n).fill(1);
    expect(imputedLocalRisk([single, bunched], population, weightsOfLists(lists), "high").isBunched).toBe(true);
  });

  it("an island stays without a result, and the process says that places were imputed", () => {
    const cut = lists.map((list, i) => (i === 20 ? [] : list.filter((j) => j !== 20)));
    const imputed = [counts, counts.map((count, i) => count + (i === 3 ? 1 : 0))];
    const expected = counts.map((count, i) => count + (i === 3 ? 0.5 : 0));
    const asked = { ...input({ statistic: "exact", weights: weightsOfLists(cut) }), counts: expected, imputed };
    const { columns, warnings, summary } = analyseHotspots(asked);
    expect(columns.p[20]).toBeNaN();
    expect(columns.observed![3]).toBeCloseTo(analyseHotspots({ ...asked, imputed: [counts] }).columns.observed![3]! + 0.5, 12);
    expect(warnings).toContainEqual({ code: "places_imputed", details: { maps: 2 } });
    expect(summary.events).toBeCloseTo(
      expected.reduce((sum, count) => sum + count, 0),
      12,
    );
  });
});
