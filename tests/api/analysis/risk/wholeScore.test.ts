import { describe, expect, it } from "vitest";
import { type Band, bandOf, spansAllBands } from "../../../../api/analysis/risk/bands.ts";
import { type ComponentWeights, normalisedWeights } from "../../../../api/analysis/risk/componentWeights.ts";
import { risingShare } from "../../../../api/analysis/risk/rising.ts";
import { assessRisk } from "../../../../api/analysis/risk/risk.ts";
import { assessRiskTrend } from "../../../../api/analysis/risk/trend.ts";
import { disagreement, weightsOfLists } from "../reference.ts";
import { type Entry, entries, idm, incidentsOf, input, n, version, withPeople } from "./invented.ts";

const near = (actual: ArrayLike<number>, expected: readonly (number | null)[]): void =>
  expect(disagreement(actual, expected, 1e-12)).toBeLessThan(1);

describe("bands, weights and rising", () => {
  it.each([
    [33.9, null, "AMAN"],
    [34, null, "RAWAN"],
    [66.9, null, "RAWAN"],
    [67, null, "SANGAT RAWAN"],
    [31, "RAWAN", "RAWAN"],
    [30.9, "RAWAN", "AMAN"],
    [64, "SANGAT RAWAN", "SANGAT RAWAN"],
    [63.9, "SANGAT RAWAN", "RAWAN"],
    [31, "SANGAT RAWAN", "RAWAN"],
    [30.9, "SANGAT RAWAN", "AMAN"],
    [65, "RAWAN", "RAWAN"],
    [33, "AMAN", "AMAN"],
    [33, "DATA KURANG", "AMAN"],
  ] as [number, Band | null, Band][])("%f after %s is %s", (score, previous, expected) => {
    expect(bandOf(score, previous)).toBe(expected);
  });

  it("an interval says nothing when it reaches from under 34 to 67", () => {
    expect([spansAllBands(33.9, 67), spansAllBands(34, 67), spansAllBands(33.9, 66.9)]).toEqual([true, false, false]);
  });

  it("weights are equal unless given, add up to 1, and those of what is missing are shared out", () => {
    near(Object.values(normalisedWeights(undefined, ["agenda", "potensi"])), [0.25, 0.25, 0.25, 0.25, 0, 0]);
    near(Object.values(normalisedWeights({ kejadian: 3, agenda: 5, potensi: 1 }, ["agenda"])), [0.75, 0, 0, 0, 0, 0.25]);
  });

  it.each([
    ["an unknown component", { cuaca: 1 } as ComponentWeights, "components"],
    ["a negative weight", { kejadian: -1, imbasan: 2 }, "components.kejadian"],
    ["an infinite weight", { kejadian: Number.POSITIVE_INFINITY }, "components.kejadian"],
    ["all weights 0", { kejadian: 0 }, "components"],
  ] as [string, ComponentWeights, string][])("%s is refused by name", (_, given, field) => {
    expect(() => normalisedWeights(given, [])).toThrowError(
      expect.objectContaining({ code: "wrong_input", details: expect.objectContaining({ field }) }),
    );
  });

  it("rising is 1 − 2 × the one-sided mid-p of the binomial, term by term", () => {
    const share = 90 / 455;
    const choose = (all: number, x: number): number => (x === 0 ? 1 : (choose(all, x - 1) * (all - x + 1)) / x);
    for (const all of [3, 7, 20]) {
      for (let recent = 0; recent <= all; recent++) {
        const at = (x: number): number => choose(all, x) * share ** x * (1 - share) ** (all - x);
        let midP = at(recent) / 2;
        for (let x = recent + 1; x <= all; x++) midP += at(x);
        const { component, tooFew } = risingShare(recent, all);
        expect(component).toBeCloseTo(Math.max(0, 1 - 2 * midP), 12);
        expect(tooFew).toBe(false);
      }
    }
  });
});

describe("the whole score", () => {
  const three = (more: Partial<Parameters<typeof assessRisk>[0]> = {}) =>
    assessRisk({
      ...input(),
      population: Float64Array.of(2000, 3000, 4000),
      reported: Uint8Array.of(1, 1, 1),
      incidents: incidentsOf([
        [0, 0, 5],
        [0, 10],
        [0, 400],
        [1, 300],
      ]),
      weights: weightsOfLists([[1], [0], []]),
      indicators: [],
      agenda: Float64Array.of(0.2, Number.NaN, 1),
      potensi: null,
      ...more,
    });

  it("points are 100 × weight × component over the weights known, and add up to the score", () => {
    const { columns, summary } = three({ componentWeights: { kecenderungan: 1, agenda: 3 } });
    const rising = risingShare(2, 3).component;
    near(columns.kecenderungan, [25 * rising, 0, 0]);
    near(columns.agenda, [15, null, 75]);
    near(columns.score, [25 * rising + 15, 0, 75]);
    near(columns.count, [2, 1, 0]);
    expect([...columns.trendTooFew]).toEqual([0, 1, 1]);
    expect([...columns.rank]).toEqual([2, 3, 1]);
    expect(columns.band).toEqual(["RAWAN", "AMAN", "SANGAT RAWAN"]);
    expect(summary).toMatchObject({ n: 3, reported: 3, scored: 3, ranked: 3, incidents: 4, draws: 400, provisional: false, islands: [2] });
    expect(summary.bands).toEqual({ AMAN: 1, RAWAN: 1, "SANGAT RAWAN": 1, "DATA KURANG": 0 });
    expect(summary.missing).toEqual(["kerentanan", "potensi"]);
    near(Object.values(summary.componentWeights), [0, 0, 0.25, 0, 0.75, 0]);
  });

  it("1,000 draws unless said otherwise", () => {
    expect(three({ draws: undefined }).summary.draws).toBe(1000);
  });

  it("an area without people has neighbours itself, and is in nobody's neighbourhood", () => {
    const known = assessRisk(input()).columns.imbasan;
    const { imbasan } = assessRisk(input({ population: withPeople(14, 0) })).columns;
    // 14 has three components now, the others four; 14 is left out of the sums around 13, but not 13 of those around 14.
    expect(imbasan[14]! * 3).toBeCloseTo(known[14]! * 4, 10);
    expect(imbasan[13]).not.toBeCloseTo(known[13]!, 3);
    expect(imbasan[0]).toBe(known[0]);
  });

  it("the previous band holds on to its area alone", () => {
    const held: (Band | null)[] = [null, null, "SANGAT RAWAN"];
    const settings = { agenda: Float64Array.of(0.65, 0.65, 0.65), componentWeights: { agenda: 1 } };
    expect(three(settings).columns.band).toEqual(["RAWAN", "RAWAN", "RAWAN"]);
    expect(three({ ...settings, previousBands: held }).columns.band).toEqual(["RAWAN", "RAWAN", "SANGAT RAWAN"]);
  });

  it.each([
    ["nothing to warn of", {}, []],
    ["components that no area has", { agenda: null }, [{ code: "components_missing", details: { components: "agenda" } }]],
    [
      "an indicator without a table",
      { indicators: [idm, { id: "luas", values: new Float64Array(n), orientation: null }] },
      [{ code: "indicators_unused", details: { indicators: "luas" } }],
    ],
    ["areas without people", { population: withPeople(3, 0) }, [{ code: "without_population", details: { areas: 1 } }]],
    [
      "areas too quiet for a trend",
      { incidents: incidentsOf(busy()), reported: marks([0, 1, 2, 30, 31]) },
      [{ code: "trend_too_few", details: { areas: 2 } }],
    ],
    [
      "a provisional version",
      { version: { ...version, provisional: true } },
      [{ code: "official_version_provisional", details: { version: "uji" } }],
    ],
  ] as [string, Partial<Parameters<typeof assessRisk>[0]>, unknown[]][])("warns of %s", (_, more, expected) => {
    const full = { agenda: new Float64Array(n).fill(0.5), potensi: new Float64Array(n).fill(0.5), incidents: incidentsOf(busy(n)) };
    expect(assessRisk(input({ ...full, ...more })).warnings).toEqual(expected);
  });

  it.each([
    ["reported", { reported: new Uint8Array(2) }, "2"],
    ["weights", { weights: weightsOfLists([[1], [0]]) }, "2"],
    ["draws", { draws: 19 }, "19"],
    ["draws", { draws: 100_001 }, "100001"],
    ["draws", { draws: 20.5 }, "20.5"],
    ["indicators.idm", { indicators: [{ ...idm, values: new Float64Array(2) }] }, "2"],
    ["agenda", { agenda: new Float64Array(2) }, "2"],
    ["potensi", { potensi: new Float64Array(2) }, "2"],
    ["coverage", { coverage: new Float64Array(2) }, "2"],
    ["previousBands", { previousBands: [null] }, "1"],
  ])("a wrong %s is refused by name", (field, more, value) => {
    expect(() => assessRisk(input(more))).toThrowError(expect.objectContaining({ code: "wrong_input", details: { field, value } }));
  });

  it("nobody asked for: refused", () => {
    expect(() => assessRisk(input({ reported: new Uint8Array(n) }))).toThrowError(
      expect.objectContaining({ code: "too_few_areas", details: { areas: 0, needed: 1 } }),
    );
    expect(assessRisk(input({ draws: 20 })).summary.draws).toBe(20);
  });
});

describe("the trend of one village", () => {
  it("each day is the assessment of what was known then, from its own neighbourhood alone", () => {
    const settings = {
      agenda: Float64Array.from({ length: n }, (_, i) => i / n),
      potensi: Float64Array.from({ length: n }, (_, i) => 1 - i / n),
      coverage: Float64Array.from({ length: n }, (_, i) => (i === 21 ? 0.3 : 1)),
    };
    for (const area of [0, 14, 21, 35]) {
      const trend = assessRiskTrend(input({ ...settings, draws: 200 }), [0, 50], area);
      for (const [at, shift] of [0, 50].entries()) {
        const then = incidentsOf(entries.map(([i, days, ...rest]): Entry => [i, days - shift, ...rest]));
        const { columns } = assessRisk(input({ ...settings, incidents: then, draws: 200 }));
        for (const name of ["score", "kejadian", "imbasan", "kerentanan", "agenda", "potensi", "count"] as const)
          expect(trend[name][at]).toBeCloseTo(columns[name][area]!, 12);
        expect(Math.abs(trend.scoreLower[at]! - columns.scoreLower[area]!)).toBeLessThan(6);
        expect(Math.abs(trend.scoreUpper[at]! - columns.scoreUpper[area]!)).toBeLessThan(6);
        if (area === 21) expect(trend.band[at]).toBe("DATA KURANG");
      }
    }
  });

  it.each([-1, n, 0.5])("of area %f: refused", (area) => {
    expect(() => assessRiskTrend(input(), [0], area)).toThrowError(
      expect.objectContaining({ code: "wrong_input", details: { field: "area", value: String(area) } }),
    );
  });
});

/** Three incidents in each of the first areas. */
function busy(areas = 3): Entry[] {
  return Array.from({ length: 3 * areas }, (_, k): Entry => [Math.floor(k / 3), 5]);
}

function marks(areas: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: n }, (_, i) => (areas.includes(i) ? 1 : 0));
}
