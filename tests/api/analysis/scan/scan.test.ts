import { describe, expect, it } from "vitest";
import { planScan, type ScanInput } from "../../../../api/analysis/scan/plan.ts";
import { findClusters, type ScanResult } from "../../../../api/analysis/scan/scan.ts";
import { createSearch, observedMaximum } from "../../../../api/analysis/scan/search.ts";
import { createNull, simulateMaxima } from "../../../../api/analysis/scan/simulate.ts";
import { byDefinition, scattered } from "./question.ts";

function scan(input: ScanInput, simulations = 99, more: { alpha?: number; stopAfter?: number } = {}): ScanResult {
  const plan = planScan(input);
  return findClusters(plan, input.longitude.length, simulateMaxima(plan, 1, 0, simulations), {
    alpha: 0.05,
    stepDays: input.stepDays,
    ...more,
  });
}

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return [(error as { code: string }).code, (error as { details: unknown }).details];
  }
};

/** Four areas of 100 people on a line, 10 events in 4 days: 6 in the first area, 5 of these on the last day. */
const byHand: ScanInput = {
  longitude: Float64Array.of(112, 112.01, 112.03, 112.06),
  latitude: new Float64Array(4).fill(-7),
  population: new Float64Array(4).fill(100),
  eventArea: Int32Array.of(0, 0, 0, 0, 0, 0, 1, 2, 3, 3),
  eventDay: Int32Array.of(3, 3, 3, 3, 3, 0, 0, 1, 2, 1),
  days: 4,
  model: "poisson",
  temporal: true,
  stepDays: 1,
  maxPopulation: 0.5,
  minimumCases: 2,
  zones: "circular",
  prospective: false,
};

describe("a case by hand", () => {
  it.each([
    // 5 of 10 where 10 × 1/4 × 1/4 = 0.625 are expected: 5 ln 8 + 5 ln(5 / 9.375).
    ["space and time", {}, 5 * Math.log(8) + 5 * Math.log(5 / 9.375), [0], 3, 4, 5, 0.625],
    // 6 of 10 where 2.5 are expected.
    ["space only", { temporal: false }, 6 * Math.log(2.4) + 4 * Math.log(4 / 7.5), [0], 0, 4, 6, 2.5],
    // The last two areas have 3 of 10 events, all in two days with 3 events: 3 where 0.9 are expected. The first area on the last day, 5 where 2.5 are, is weaker.
    [
      "permutation",
      { model: "permutation", eventArea: Int32Array.of(0, 0, 0, 0, 0, 1, 1, 2, 3, 3) },
      3 * Math.log(3 / 0.9) + 7 * Math.log(7 / 9.1),
      [3, 2],
      1,
      3,
      3,
      0.9,
    ],
  ] as const)("%s", (_, more, ratio, areas, fromDay, toDay, observed, expected) => {
    const { clusters } = scan({ ...byHand, ...more }, 19);
    expect(clusters[0]).toMatchObject({ fromDay, toDay, observed });
    expect(Array.from(clusters[0]!.areas)).toEqual(areas);
    expect(clusters[0]!.ratio).toBeCloseTo(ratio, 12);
    expect(clusters[0]!.expected).toBeCloseTo(expected, 12);
    expect(clusters[0]!.relativeRisk).toBeCloseTo(observed / expected / ((10 - observed) / (10 - expected)), 12);
    // 0.03 degrees of longitude at 7 degrees south on a sphere of 6,371,008.8 m.
    const radius = areas.length === 1 ? 0 : (6_371_008.8 * Math.PI * 0.03 * Math.cos((7 * Math.PI) / 180)) / 180;
    expect(clusters[0]!.radiusMetres).toBeCloseTo(radius, 2);
  });
});

/** Where the fifth area of twelve has six times the risk in the last third. */
function planted(seed: number, more: Partial<ScanInput> = {}): ScanInput {
  const input = scattered(12, 150, 12, seed, { population: new Float64Array(12).fill(1000), ...more });
  const eventArea = input.eventArea.map((area, e) => (e < 30 ? 4 : (area * 7 + e) % 12));
  return { ...input, eventArea, eventDay: input.eventDay.map((day, e) => (e < 30 ? 8 + (e % 4) : day)) };
}

describe("clusters", () => {
  it("that were planted are found, with their time, and fill the columns", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { clusters, columns, summary } = scan(planted(seed));
      expect(Array.from(clusters[0]!.areas)).toContain(4);
      expect([clusters[0]!.p, clusters[0]!.fromDay, clusters[0]!.toDay]).toEqual([0.01, 8, 12]);
      expect(clusters[0]!.pGumbel).toBeLessThan(1e-6);
      expect(columns.cluster[4]).toBe(1);
      expect(columns.observed.reduce((sum, count) => sum + count, 0)).toBe(150);
      expect(columns.expected[4]).toBeCloseTo(12.5, 9);
      expect(summary.significant).toBe(clusters.filter(({ p }) => p <= 0.05).length);
      clusters.forEach(({ ratio, p }) => {
        expect(ratio > summary.criticalRatio).toBe(p <= 0.05);
      });
    }
  });

  it("are the strongest of those that share no area at the same time with a stronger one", () => {
    for (const more of [{}, { temporal: false }, { model: "permutation" }] as const) {
      const input = planted(3, more);
      const { clusters } = scan(input);
      let left = byDefinition(input);
      for (const { ratio, areas, fromDay, toDay } of clusters) {
        expect(ratio).toBeCloseTo(left[0]!.ratio, 9);
        left = left.filter(
          (other) => other.toDay <= fromDay || other.fromDay >= toDay || !other.areas.some((area) => areas.includes(area)),
        );
      }
      expect(clusters.length).toBeGreaterThan(1);
    }
  });

  it("of the same places at disjoint times may both appear", () => {
    const input = planted(3);
    const twice = { ...input, eventDay: input.eventDay.map((day, e) => (e < 30 ? (e % 2) * 10 + (e % 3 === 0 ? 1 : 0) : day)), maxDays: 3 };
    const { clusters } = scan(twice);
    const [first, second] = clusters;
    expect(first!.areas).toContain(4);
    expect(second!.areas).toContain(4);
    expect(first!.toDay <= second!.fromDay || second!.toDay <= first!.fromDay).toBe(true);
  });

  it("end where one is weaker than every simulation, whose p would be 1", () => {
    const { clusters } = scan(planted(2), 39);
    expect(clusters.every(({ p }) => p < 1)).toBe(true);
    expect(clusters.map(({ p }) => p)).toEqual(clusters.map(({ p }) => p).sort((a, b) => a - b));
  });

  it("prospective ones last until the end and come back once in stepDays / p", () => {
    const { clusters } = scan(planted(4, { prospective: true, stepDays: 2 }));
    expect(clusters[0]).toMatchObject({ fromDay: 8, toDay: 12, p: 0.01, recurrenceIntervalDays: 200 });
    for (const { toDay, p, recurrenceIntervalDays } of clusters) {
      expect(toDay).toBe(12);
      expect(recurrenceIntervalDays).toBeCloseTo(2 / p, 9);
    }
    expect(scan(planted(4)).clusters[0]!.recurrenceIntervalDays).toBeNaN();
  });

  it("have no fewer cases than asked and last no longer", () => {
    const { clusters } = scan(planted(5, { minimumCases: 12, maxDays: 4, maxPopulation: 0.2 }), 19);
    for (const { observed, fromDay, toDay, areas } of clusters) {
      expect(observed).toBeGreaterThanOrEqual(12);
      expect(toDay - fromDay).toBeLessThanOrEqual(4);
      expect(areas.length).toBeLessThanOrEqual(2);
    }
  });

  it("stop early with the p-value of as many simulations as were used", () => {
    const even = scattered(12, 40, 8, 3, { population: new Float64Array(12).fill(1000) });
    const input = { ...even, eventArea: even.eventArea.map((_, e) => (5 * e) % 12), eventDay: even.eventDay.map((_, e) => (3 * e) % 8) };
    const all = scan(input, 199);
    const early = scan(input, 199, { stopAfter: 5 });
    const { ratio } = all.clusters[0]!;
    const maxima = simulateMaxima(planScan(input), 1, 0, 199);
    const fifth = [...maxima.keys()].filter((i) => maxima[i]! >= ratio)[4]!;
    expect(early.summary.simulations).toBe(fifth + 1);
    expect(early.clusters[0]!.p).toBeCloseTo(6 / (fifth + 2), 12);
    expect(scan(planted(1), 99, { stopAfter: 5 }).summary.simulations).toBe(99);
  });
});

describe("laws", () => {
  it("relabelled areas give the same clusters under their new names", () => {
    const input = planted(6);
    const moved = Array.from({ length: 12 }, (_, i) => (5 * i + 3) % 12);
    const take = (column: Float64Array): Float64Array => {
      const taken = new Float64Array(12);
      moved.forEach((to, from) => {
        taken[to] = column[from]!;
      });
      return taken;
    };
    const relabelled = {
      ...input,
      longitude: take(input.longitude),
      latitude: take(input.latitude),
      population: take(input.population),
      eventArea: input.eventArea.map((area) => moved[area]!),
    };
    const figures = (result: ScanResult, name: (area: number) => number): unknown =>
      result.clusters.map(({ areas, fromDay, toDay, ratio }) => [
        Array.from(areas, name).sort((a, b) => a - b),
        fromDay,
        toDay,
        ratio.toFixed(9),
      ]);
    expect(figures(scan(relabelled, 0), (area) => area)).toEqual(figures(scan(input, 0), (area) => moved[area]!));
  });

  it("ten times the people everywhere change nothing", () => {
    const [one, ten] = [scan(planted(7)), scan({ ...planted(7), population: new Float64Array(12).fill(10_000) })];
    expect(ten.clusters.length).toBe(one.clusters.length);
    one.clusters.forEach(({ ratio, p, areas }, rank) => {
      expect(ten.clusters[rank]!.ratio).toBeCloseTo(ratio, 9);
      expect([ten.clusters[rank]!.p, ten.clusters[rank]!.areas]).toEqual([p, areas]);
    });
  });

  it("areas at the same distance enter together", () => {
    const cross = { ...byHand, longitude: Float64Array.of(112, 112.01, 111.99, 112.2), temporal: false, maxPopulation: 0.5 };
    // Around the first area the next circle would hold three of four, which is over half.
    const zones = planScan(cross).zones;
    expect(zones.zones).toBe(1 + 2 + 2 + 2);
  });

  it("areas without people are out and listed, with their events", () => {
    const input = { ...planted(1), population: new Float64Array(12).fill(1000) };
    input.population[4] = Number.NaN;
    input.population[7] = 0;
    const { columns, summary, warnings } = scan(input);
    expect(summary).toMatchObject({ withoutPopulation: [4, 7], areas: 10 });
    expect([columns.observed[4], columns.expected[7], columns.cluster[4]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    const there = input.eventArea.filter((area) => area === 4 || area === 7).length;
    expect(warnings).toContainEqual({ code: "without_population", details: { areas: 2, events: there } });
    expect(scan({ ...input, model: "permutation" }).summary.withoutPopulation).toEqual([]);
  });

  it("under the null p is at most a with a chance of at most a", () => {
    for (const more of [{ temporal: false }, {}, { model: "permutation" }] as const) {
      const plan = planScan(scattered(16, 40, 6, 5, more));
      const draw = createNull(plan, 77);
      const search = createSearch(plan);
      const maps = 300;
      const ranks = Array.from({ length: maps }, (_, map) => {
        const [areas, steps] = [new Int32Array(40), new Int32Array(40)];
        draw(map, areas, steps);
        return search.strongest(areas, steps, 0).ratio;
      });
      const maxima = simulateMaxima(plan, 78, 0, 199);
      for (const a of [0.01, 0.05, 0.2]) {
        const alarms = ranks.filter((ratio) => (1 + maxima.filter((maximum) => maximum >= ratio - 1e-9).length) / 200 <= a).length / maps;
        // Three standard errors of the maps and of the 199 simulations that they share.
        expect(alarms).toBeLessThanOrEqual(a + 3 * Math.sqrt(a * (1 - a) * (1 / maps + 1 / 199)));
      }
    }
  });

  it("what cannot be scanned is refused with what would help", () => {
    const nothing = { eventArea: new Int32Array(0), eventDay: new Int32Array(0) };
    expect(codeOf(() => planScan({ ...byHand, ...nothing }))).toEqual(["no_events", { events: 0 }]);
    expect(codeOf(() => planScan({ ...byHand, minimumCases: 6 }))).toEqual(["scan_too_few_events", { events: 10, needed: 12 }]);
    expect(codeOf(() => planScan({ ...byHand, minimumCases: 5 }))).toBe(null);
    expect(codeOf(() => planScan({ ...byHand, population: Float64Array.of(1, 1, 0, Number.NaN) }))).toEqual([
      "too_few_areas",
      { areas: 2, needed: 3 },
    ]);
    expect(codeOf(() => planScan({ ...byHand, maxPopulation: 0.2 }))).toEqual(["no_zones", { areas: 4, maxPopulation: 0.2 }]);
    expect(codeOf(() => planScan({ ...byHand, model: "permutation", temporal: false }))).toEqual([
      "scan_too_few_steps",
      { steps: 1, needed: 2 },
    ]);
    for (const [field, more] of [
      ["maxPopulation", { maxPopulation: 0.51 }],
      ["maxPopulation", { maxPopulation: 0 }],
      ["minimumCases", { minimumCases: 0 }],
      ["eventDay", { eventDay: byHand.eventDay.map(() => 4) }],
      ["eventDay", { eventDay: byHand.eventDay.map(() => -1) }],
      ["eventDay", { eventDay: new Int32Array(3) }],
      ["eventArea", { eventArea: byHand.eventArea.map(() => 4) }],
      ["eventArea", { eventArea: byHand.eventArea.map(() => -1) }],
      ["latitude", { latitude: new Float64Array(3) }],
      ["population", { population: new Float64Array(3) }],
      ["maxDays", { stepDays: 2, maxDays: 1 }],
      ["stepDays", { stepDays: 0 }],
    ] as const) {
      expect(
        codeOf(() => planScan({ ...byHand, ...more })),
        field,
      ).toMatchObject(["wrong_input", { field }]);
    }
  });

  it("no window has more than expected where events follow the people exactly", () => {
    const even = { ...byHand, eventArea: Int32Array.of(0, 1, 2, 3), eventDay: new Int32Array(4), temporal: false };
    expect(observedMaximum(planScan(even))).toBe(0);
    const { clusters, summary } = scan(even, 19);
    expect(clusters).toEqual([]);
    expect(summary.significant).toBe(0);
  });
});
