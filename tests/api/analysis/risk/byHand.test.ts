import { describe, expect, it } from "vitest";
import { decayIncidents } from "../../../../api/analysis/risk/incidents.ts";
import { contentValueWeight, sourceValueWeight } from "../../../../api/analysis/risk/incidentWeights.ts";
import { decayedYears, freezeOfficialVersion, type OfficialVersion } from "../../../../api/analysis/risk/officialVersion.ts";
import { percentileRank, percentileTable } from "../../../../api/analysis/risk/percentiles.ts";
import { aroundPosterior, ownPosterior, posteriorComponent } from "../../../../api/analysis/risk/posteriors.ts";
import { vulnerabilityOf } from "../../../../api/analysis/risk/vulnerability.ts";
import { disagreement, weightsOfLists } from "../reference.ts";
import { type Entry, incidentsOf } from "./invented.ts";

const near = (actual: ArrayLike<number>, expected: readonly (number | null)[]): void =>
  expect(disagreement(actual, expected, 1e-12)).toBeLessThan(1);
const version: OfficialVersion = {
  name: "uji",
  provisional: false,
  halfLifeDays: 100,
  windowDays: 1000,
  priorShape: 2,
  priorRate: 4,
  meanWeight: 0.5,
  reference: 1.5,
  indicators: {},
};

describe("incidents that fade", () => {
  // Half-life 100 days, so 0, 100 and 200 days are 1, 1/2 and 1/4; severity 3, 4 and 5 are 1, 2 and 4; sources that cannot be judged 1/4.
  const entries: Entry[] = [
    [2, 0],
    [0, 100, 4],
    [2, 200, 5],
    [-1, 5],
    [1, -1],
    [1, 1000],
    [0, 0, 3],
  ];

  it("each counts by its age and weight, under its area, in the order given", () => {
    const past = decayIncidents(incidentsOf(entries), 3, 100, 1000);
    near(past.decayed, [1.5, 0, 1.25]);
    near(past.weighted, [0.5 * 0.5 + 0.25, 0, 0.25 + 0.25 * 1]);
    expect([...past.offsets]).toEqual([0, 2, 2, 4]);
    near(past.decays, [0.5, 1, 1, 0.25]);
    near(past.weights, [0.5, 0.25, 0.25, 1]);
    expect(past.used).toBe(4);
  });

  it.each([
    [0, 1, 1, 1],
    [89, 1, 1, 1],
    [90, 0, 1, 1],
    [364, 0, 1, 1],
    [365, 0, 0, 1],
    [454, 0, 0, 1],
    [455, 0, 0, 0],
  ])("one of %d days ago is within 90 days %d times, within a year %d, within 455 days %d", (days, in90, in365, in455) => {
    const { within90, within365, within455 } = decayIncidents(incidentsOf([[1, days]]), 2, 100, 1000);
    expect([within90[1], within365[1], within455[1]]).toEqual([in90, in365, in455]);
    expect([within90[0], within365[0], within455[0]]).toEqual([0, 0, 0]);
  });

  it("a candidate village counts by its chance, and as an incident from even odds on", () => {
    const incidents = {
      ...incidentsOf([
        [0, 0],
        [1, 0],
      ]),
      probability: Float64Array.of(0.5, 0.49),
    };
    const past = decayIncidents(incidents, 2, 100, 1000);
    near(past.weighted, [0.125, 0.1225]);
    expect([past.within90[0], past.within90[1]]).toEqual([1, 0]);
  });

  it("columns of different lengths, and areas that are not there, are refused by name", () => {
    const one = incidentsOf([[0, 0]]);
    for (const field of ["daysBefore", "severity", "sourceWeight", "contentWeight", "probability"] as const)
      expect(() => decayIncidents({ ...one, [field]: one[field].slice(1) }, 2, 100, 1000)).toThrowError(
        expect.objectContaining({ code: "wrong_input", details: { field, value: "0" } }),
      );
    expect(() => decayIncidents(incidentsOf([[2, 0]]), 2, 100, 1000)).toThrowError(
      expect.objectContaining({ code: "wrong_input", details: { field: "area", value: "2" } }),
    );
  });

  it("letters and numbers of value, also small letters and those that do not exist", () => {
    expect([..."abcdefz"].map(sourceValueWeight)).toEqual([1, 0.8, 0.6, 0.4, 0.2, 0.5, 0.5]);
    expect([0, 1, 5, 6, 7, -3].map(contentValueWeight)).toEqual([0.5, 1, 0.2, 0.5, 0.5, 0.5]);
  });
});

describe("posteriors", () => {
  const past = decayIncidents(
    incidentsOf([
      [0, 100, 4],
      [0, 0],
      [2, 0],
    ]),
    4,
    100,
    1000,
  );
  const population = Float64Array.of(10_000, 20_000, Number.NaN, 5000);
  const years = decayedYears(version);

  it("the years that decayed incidents stand for are the area under the decay", () => {
    // The integral of 2^(−t / 100) over 1,000 days.
    const steps = 100_000;
    let area = 0;
    for (let k = 0; k < steps; k++) area += 2 ** (-((k + 0.5) * 1000) / steps / 100) * (1000 / steps);
    expect(years).toBeCloseTo(area / 365.25, 8);
  });

  it("own: prior and decayed incidents over prior and people's years; weight of its own incidents, else the overall one", () => {
    const own = ownPosterior(past, population, version);
    near(own.shape, [3.5, 2, 3, 2]);
    near(own.rate, [4 + years, 4 + 2 * years, 4, 4 + years / 2]);
    near(own.meanWeight, [(0.5 * 0.5 + 0.25) / 1.5, 0.5, null, 0.5]);
    expect([[...own.offsets], [...own.members]]).toEqual([
      [0, 2, 2, 3, 3],
      [0, 1, 2],
    ]);
  });

  it("around: the same of all neighbours together, without the area itself; none without neighbours", () => {
    const around = aroundPosterior(past, population, weightsOfLists([[1, 3], [0], [0, 1], []]), version);
    near(around.shape, [2, 3.5, 3.5, 2]);
    near(around.rate, [4 + 2.5 * years, 4 + years, 4 + 3 * years, 4]);
    near(around.meanWeight, [0.5, 0.5 / 1.5, 0.5 / 1.5, null]);
    expect([[...around.offsets], [...around.members]]).toEqual([
      [0, 0, 2, 4, 4],
      [0, 1, 0, 1],
    ]);
  });

  it("a component is u / (u + reference), u the mean times the weight: one half at the reference", () => {
    const posterior = { shape: Float64Array.of(6, 2), rate: Float64Array.of(2, 8), meanWeight: Float64Array.of(0.5, 2) };
    near(posteriorComponent({ ...posterior, offsets: new Int32Array(3), members: new Int32Array(0) }, 1.5), [0.5, 0.25]);
  });
});

describe("the official version", () => {
  // 30 incidents of today: 20 in an area of 10,000, 10 in one of 30,000; severity 3, weight 1/4 each. An area without people is not counted.
  const today = (area: number, count: number): Entry[] => Array.from({ length: count }, () => [area, 0]);
  const frozen = (entries: readonly Entry[], population = Float64Array.of(10_000, 30_000, Number.NaN)) =>
    freezeOfficialVersion({ name: "uji", population, incidents: incidentsOf(entries), indicators: [] });
  const years = decayedYears({ halfLifeDays: 180, windowDays: 1825 });

  it("has the overall rate and weight, and a prior with the rates' spread beyond chance", () => {
    const made = frozen([...today(0, 20), ...today(1, 10), ...today(2, 7)]);
    const rate = 30 / (4 * years);
    // People-weighted spread of 20 and 10/3 an exposure around 7.5, less rate over the mean exposure of two areas.
    const variance = ((20 / years - rate) ** 2 + 3 * (10 / 3 / years - rate) ** 2) / 4 - rate / (2 * years);
    near([made.priorShape, made.priorRate, made.meanWeight, made.reference], [rate ** 2 / variance, rate / variance, 0.25, 0.75 * rate]);
    expect([made.provisional, made.halfLifeDays, made.windowDays, made.name]).toEqual([false, 180, 1825, "uji"]);
  });

  it("counts incidents by their age in the spread: half-lives of 180 days", () => {
    const old: Entry[] = Array.from({ length: 20 }, () => [0, 180]);
    const made = frozen([...old, ...today(1, 12)]);
    const rate = 22 / (4 * years);
    // Squares of the decays over the decays: (20 / 4 + 12) / 22 is what one incident adds by chance.
    const variance = ((10 / years - rate) ** 2 + 3 * (4 / years - rate) ** 2) / 4 - (rate * (17 / 22)) / (2 * years);
    near([made.priorShape, made.meanWeight], [rate ** 2 / variance, 0.25]);
  });

  it("keeps the shape between 1 and 50", () => {
    expect(frozen([...today(0, 400), ...today(1, 1)]).priorShape).toBe(1);
    expect(frozen([...today(0, 10), ...today(1, 30)]).priorShape).toBe(50);
  });

  it("is provisional up to 29 incidents in areas with people", () => {
    expect(frozen(today(0, 29)).provisional).toBe(true);
    expect(frozen([...today(0, 29), ...today(2, 5)])).toMatchObject({ provisional: true, priorShape: 1, priorRate: 0.5, reference: 1.5 });
    expect(frozen(today(0, 30)).provisional).toBe(false);
    expect(frozen(Array.from({ length: 40 }, () => [0, 1825])).provisional).toBe(true);
  });

  it("freezes what has an orientation and a known value, with its weight or 1", () => {
    const values = Float64Array.of(3, 1, 2);
    const { indicators } = freezeOfficialVersion({
      name: "uji",
      population: Float64Array.of(1, 1, 1),
      incidents: incidentsOf([]),
      indicators: [
        { id: "a", values, orientation: "high" },
        { id: "b", values, orientation: "low", weight: 2.5 },
        { id: "c", values, orientation: null },
        { id: "d", values: new Float64Array(3).fill(Number.NaN), orientation: "high" },
      ],
    });
    expect(Object.keys(indicators)).toEqual(["a", "b"]);
    expect(indicators.a).toEqual({ orientation: "high", weight: 1, percentiles: percentileTable(values) });
    expect(indicators.b).toMatchObject({ orientation: "low", weight: 2.5 });
  });
});

describe("percentiles and vulnerability", () => {
  it("the table is R's quantile of type 7", () => {
    // quantile(c(1, 2, 4, 8), c(0, .1, .5, .9, 1)) in R.
    const table = percentileTable(Float64Array.of(8, Number.NaN, 1, 4, 2, Number.POSITIVE_INFINITY));
    expect(table.length).toBe(101);
    near(
      [0, 10, 50, 90, 100].map((percent) => table[percent]!),
      [1, 1.3, 3, 6.8, 8],
    );
  });

  it.each([
    ["below the least", 0.5, 0],
    ["the least, tied over the first three", 1, 0.25],
    ["between", 1.5, 0.625],
    ["once in the table", 2, 0.75],
    ["the most", 3, 1],
    ["above the most", 3.5, 1],
  ])("%s: %f ranks %f", (_, value, expected) => {
    expect(percentileRank([1, 1, 1, 2, 3], value)).toBeCloseTo(expected, 14);
  });

  it("ties up to the end are ranked in their middle", () => {
    expect(percentileRank([1, 2, 3, 3, 3], 3)).toBe(0.75);
    expect(percentileRank([], 3)).toBeNaN();
    expect(percentileRank([1, 2], Number.NaN)).toBeNaN();
  });

  it("vulnerability is the weighted mean of the ranks, turned round where low is worse, over what is known", () => {
    const table = [0, 1, 2, 3, 4];
    const known: OfficialVersion = {
      ...version,
      indicators: {
        a: { orientation: "high", weight: 1, percentiles: table },
        b: { orientation: "low", weight: 3, percentiles: table },
      },
    };
    const indicators = [
      { id: "a", values: Float64Array.of(4, 1, Number.NaN), orientation: "high" as const },
      { id: "x", values: Float64Array.of(4, 1, 1), orientation: "high" as const },
      { id: "b", values: Float64Array.of(1, Number.NaN, Number.NaN), orientation: "low" as const },
    ];
    const { component, used, unused } = vulnerabilityOf(indicators, known, 3);
    near(component, [(1 + 3 * 0.75) / 4, 0.25, null]);
    expect([used, unused]).toEqual([["a", "b"], ["x"]]);
  });
});
