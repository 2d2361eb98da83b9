import { describe, expect, it } from "vitest";
import { gammaQuantile } from "../../../../api/analysis/distributions/gamma.ts";
import { drawGammas } from "../../../../api/analysis/risk/gammaDraw.ts";
import { contentValueWeight, severityWeight, sourceValueWeight } from "../../../../api/analysis/risk/incidentWeights.ts";
import { extendOfficialVersion, freezeOfficialVersion, type RiskIndicator } from "../../../../api/analysis/risk/officialVersion.ts";
import { percentileRank, percentileTable } from "../../../../api/analysis/risk/percentiles.ts";
import { rankDescending } from "../../../../api/analysis/risk/ranks.ts";
import { risingShare } from "../../../../api/analysis/risk/rising.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { entries, idm, incidentsOf, n, population, poverty, version } from "./invented.ts";

describe("parts of the risk score", () => {
  it("weights of severity, source and content are those of the method", () => {
    expect([1, 2, 3, 4, 5].map(severityWeight)).toEqual([0.25, 0.5, 1, 2, 4]);
    expect([..."ABCDEF"].map(sourceValueWeight)).toEqual([1, 0.8, 0.6, 0.4, 0.2, 0.5]);
    expect([1, 2, 3, 4, 5, 6].map(contentValueWeight)).toEqual([1, 0.8, 0.6, 0.4, 0.2, 0.5]);
    expect([sourceValueWeight("?"), contentValueWeight(9)]).toEqual([0.5, 0.5]);
  });

  it("rising is 1 − 2 × mid-p of the recent share: all of 3 recent by hand", () => {
    const share = 90 / 455;
    expect(risingShare(3, 3).component).toBeCloseTo(1 - share ** 3, 12);
    expect(risingShare(0, 30).component).toBe(0);
    expect(risingShare(2, 2)).toEqual({ component: 0, tooFew: true });
  });

  it("percentile ranks: 0 below, 1 above, middle of ties, straight between", () => {
    const table = percentileTable(Float64Array.of(Number.NaN, ...Array.from({ length: 101 }, (_, i) => i)));
    expect([-1, 0, 25, 25.5, 100, 101, Number.NaN].map((value) => percentileRank(table, value))).toEqual([
      0,
      0,
      0.25,
      0.255,
      1,
      1,
      Number.NaN,
    ]);
    expect(percentileRank(percentileTable(Float64Array.of(5, 5, 5)), 5)).toBe(0.5);
    expect(percentileRank(percentileTable(Float64Array.of(Number.NaN)), 5)).toBeNaN();
  });

  it("ranks: 1 is the highest, ties share the better, unknown has none", () => {
    expect([...rankDescending(Float64Array.of(5, 9, Number.NaN, 5, 1))]).toEqual([2, 1, Number.NaN, 2, 4]);
  });

  it("an official version from under 30 incidents is provisional, with the built-in rates", () => {
    const few = freezeOfficialVersion({ name: "awal", population, incidents: incidentsOf(entries.slice(0, 29)), indicators: [idm] });
    expect(few).toMatchObject({ provisional: true, priorShape: 1, priorRate: 0.5, meanWeight: 0.25, reference: 1.5 });
    expect(version.provisional).toBe(false);
    expect(version.reference).toBeCloseTo((3 * version.priorShape * version.meanWeight) / version.priorRate, 12);
    expect(JSON.parse(JSON.stringify(version))).toEqual(version);
  });

  it("a version learns new indicators and keeps those it knows", () => {
    const extra: RiskIndicator = { id: "iks", values: Float64Array.of(...idm.values), orientation: "low" };
    const extended = extendOfficialVersion(version, [{ ...idm, values: new Float64Array(n) }, extra]);
    expect(extended.indicators.idm).toBe(version.indicators.idm);
    expect(extended.indicators.iks!.percentiles).toEqual(version.indicators.idm!.percentiles);
    expect(extendOfficialVersion(version, [idm, poverty])).toBe(version);
  });

  it.each([1, 2.5, 30])("gamma draws of shape %f have its quantiles", (shape) => {
    const drawn = new Float64Array(60_000);
    drawGammas(shape, createRandom(5, shape * 10), drawn, new Uint32Array(1000));
    for (const p of [0.01, 0.05, 0.3, 0.5, 0.9, 0.99]) {
      const bound = gammaQuantile(shape, p);
      const share = drawn.filter((value) => value < bound).length / drawn.length;
      expect(Math.abs(share - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / drawn.length));
    }
  });
});
