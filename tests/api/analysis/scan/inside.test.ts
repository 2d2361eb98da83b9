import { describe, expect, it } from "vitest";
import { createBounds, observedReaching } from "../../../../api/analysis/scan/bounds.ts";
import { bandRatio, createChains } from "../../../../api/analysis/scan/chains.ts";
import { logLikelihoodRatio } from "../../../../api/analysis/scan/likelihood.ts";
import { planScan } from "../../../../api/analysis/scan/plan.ts";
import { findClusters } from "../../../../api/analysis/scan/scan.ts";
import { pickWindow, windowOf } from "../../../../api/analysis/scan/window.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { scattered } from "./question.ts";

describe("chains", () => {
  it("are cut into rungs that hold all of their zones, with the weights they say", () => {
    const random = seededRandom(4);
    const n = 40;
    const weight = Float64Array.from({ length: n }, () => 0.5 + 6 * random());
    const chains = createChains(n, weight, 1.2);
    const given: { area: number; isEnd: boolean }[][] = Array.from({ length: 200 }, () =>
      Array.from({ length: Math.floor(60 * random() ** 2) }, () => ({ area: Math.floor(n * random()), isEnd: random() < 0.7 })),
    );
    for (const chain of given) {
      for (const { area, isEnd } of chain) chains.add(area, isEnd);
      chains.end();
    }
    const built = chains.build();
    let [zones, least, most] = [0, Number.POSITIVE_INFINITY, 0];
    given.forEach((chain, centre) => {
      const kept = chain.slice(0, chain.findLastIndex(({ isEnd }) => isEnd) + 1);
      const [from, to] = [built.offsets[centre]!, built.offsets[centre + 1]!];
      expect([...built.areas.subarray(from, to)]).toEqual(kept.map(({ area }) => area));
      expect([...built.closes.subarray(from, to)]).toEqual(kept.map(({ isEnd }) => Number(isEnd)));
      let [at, sum, closed] = [from, 0, 0];
      for (let rung = built.rungOffsets[centre]!; rung < built.rungOffsets[centre + 1]!; rung++) {
        expect(built.rungBefore[rung]).toBeCloseTo(closed, 9);
        const weights: number[] = [];
        for (; at < built.rungEnds[rung]!; at++) {
          sum += weight[built.areas[at]!]!;
          if (built.closes[at]) weights.push(sum);
        }
        closed = weights.at(-1) ?? closed;
        expect(weights.length).toBeGreaterThan(0);
        expect(built.rungWeights[rung]).toBeCloseTo(weights[0]!, 9);
        expect(weights.at(-1)!).toBeLessThanOrEqual(weights[0]! + 1.2 * Math.sqrt(weights[0]!) + 1e-9);
        const next = rung + 1 < built.rungOffsets[centre + 1]! ? built.rungWeights[rung + 1]! : Number.POSITIVE_INFINITY;
        expect(next).toBeGreaterThan(weights[0]! + 1.2 * Math.sqrt(weights[0]!));
        zones += weights.length;
        least = Math.min(least, weights[0]!);
        most = Math.max(most, weights.at(-1)!);
      }
      expect(at).toBe(to);
    });
    expect([built.zones, built.offsets.length, built.areas.length]).toEqual([zones, 201, built.closes.length]);
    expect(built.least).toBeCloseTo(least, 9);
    expect(built.most).toBeCloseTo(most, 9);
    built.rungBands.forEach((band, rung) => {
      expect(built.rungWeights[rung]! / built.least).toBeGreaterThanOrEqual(bandRatio ** band * (1 - 1e-9));
      expect(built.rungWeights[rung]! / built.least).toBeLessThan(bandRatio ** (band + 1) * (1 + 1e-9));
    });
  });

  it("grow beyond what was set aside, over 65,536 areas too", () => {
    for (const n of [10, 70_000]) {
      const chains = createChains(n, new Float64Array(n).fill(1), 1);
      for (let k = 0; k < 9000; k++) chains.add(n - 1 - (k % 10), true);
      expect(chains.size()).toBe(9000);
      chains.end();
      const { areas, closes } = chains.build();
      expect([areas.length, closes.length]).toEqual([9000, 9000]);
      expect(areas.every((area, k) => area === n - 1 - (k % 10))).toBe(true);
      expect(closes.every((one) => one === 1)).toBe(true);
    }
  });
});

describe("bounds", () => {
  it("are chords between the numbers that reach the level, which they touch where they begin and end", () => {
    const [cases, least, most] = [500, 0.5, 200];
    const { vertices, linesFor, lineAt } = createBounds(cases, least, most);
    expect([vertices[0], vertices[vertices.length - 1]]).toEqual([least, most]);
    for (const ratio of [0, 0.3, 4, 11.9]) {
      const level = 0.25 * Math.floor(ratio / 0.25);
      const { intercept, slope } = linesFor(ratio);
      for (let j = 0; j + 1 < vertices.length; j++) {
        for (const expected of [vertices[j]!, vertices[j + 1]!])
          expect((intercept[j]! + slope[j]! * expected) / observedReaching(level, expected, cases)).toBeCloseTo(1, 9);
        if (j > 0) expect(vertices[j]! / vertices[j - 1]!).toBeLessThanOrEqual(3 + 1e-9);
        expect(lineAt((vertices[j]! + vertices[j + 1]!) / 2)).toBe(j);
      }
      expect(linesFor(ratio)).toBe(linesFor(ratio));
    }
    expect([lineAt(0.1), lineAt(1000)]).toEqual([0, vertices.length - 2]);
    expect(createBounds(10, 2, 2).vertices).toEqual(Float64Array.of(2, 2));
    expect(createBounds(10, 2, 2).linesFor(1).slope[0]).toBe(0);
  });

  it("reach the level to a billionth, from below", () => {
    for (const [level, expected, cases] of [
      [0.1, 3, 50],
      [5, 0.01, 1000],
      [30, 400, 1000],
      [2, 25, 50],
    ] as const)
      expect(logLikelihoodRatio(observedReaching(level, expected, cases) / (1 - 1e-9), expected, cases) / level).toBeCloseTo(1, 9);
  });
});

describe("what a scan tells", () => {
  const plan = planScan({ ...scattered(30, 90, 9, 5), population: scattered(30, 90, 9, 5).population.with(4, 0) });
  const told = (maxima: Float64Array, more: { alpha?: number; stopAfter?: number } = {}) =>
    findClusters(plan, 30, maxima, { alpha: 0.05, stepDays: 1, ...more });
  const simulated = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => 0.1 * ((i * 7) % count) + 0.05);

  it("events and expected events of each area that takes part", () => {
    const { columns, summary, warnings } = told(simulated(19));
    const { eventArea } = scattered(30, 90, 9, 5);
    const { population } = scattered(30, 90, 9, 5);
    const people = population.reduce((sum, value, i) => sum + (i === 4 ? 0 : value), 0);
    const inside = eventArea.filter((area) => area !== 4);
    for (let i = 0; i < 30; i++) {
      if (i === 4) expect([columns.observed[i], columns.expected[i]]).toEqual([Number.NaN, Number.NaN]);
      else {
        expect(columns.observed[i]).toBe(inside.filter((area) => area === i).length);
        expect(columns.expected[i]).toBeCloseTo((inside.length * population[i]!) / people, 9);
      }
    }
    expect([...columns.observed].some((count) => count === 0)).toBe(true);
    expect(summary).toMatchObject({ areas: 29, events: inside.length, steps: 9, simulations: 19, withoutPopulation: [4] });
    expect(warnings).toEqual([{ code: "without_population", details: { areas: 1, events: 90 - inside.length } }]);
  });

  it("p counts the simulations at least as strong, clusters end with the weakest simulation, and the critical ratio is the rank that alpha asks", () => {
    const maxima = simulated(39);
    const { clusters, summary, columns } = told(maxima, { alpha: 0.1 });
    for (const cluster of clusters) expect(cluster.p).toBe((1 + maxima.filter((maximum) => maximum >= cluster.ratio).length) / 40);
    expect(clusters.length).toBeGreaterThan(1);
    expect(summary.criticalRatio).toBe([...maxima].sort((a, b) => b - a)[3]);
    expect(summary.significant).toBe(clusters.filter(({ p }) => p <= 0.1).length);
    clusters.forEach(({ areas, p, recurrenceIntervalDays }, k) => {
      expect(recurrenceIntervalDays).toBeNaN();
      if (p <= 0.1) for (const area of areas) expect(columns.cluster[area]!).toBeLessThanOrEqual(k + 1);
      else for (const area of areas) expect(columns.cluster[area]).not.toBe(k + 1);
    });
  });

  it("a hundred clusters at most, and says so", () => {
    const many = 130;
    const events = Array.from({ length: many }, (_, i) => [i, i, i]).flat();
    const lone = planScan({
      ...scattered(2 * many, 1, 4, 1),
      longitude: Float64Array.from({ length: 2 * many }, (_, i) => 100 + 0.1 * i),
      latitude: new Float64Array(2 * many),
      population: new Float64Array(2 * many).fill(100),
      eventArea: Int32Array.from(events, (i) => 2 * i),
      eventDay: new Int32Array(events.length),
      temporal: false,
      maxPopulation: 0.005,
    });
    const { clusters, warnings } = findClusters(lone, 2 * many, new Float64Array(19), { alpha: 0.05, stepDays: 1 });
    expect(clusters.length).toBe(100);
    expect(warnings).toEqual([{ code: "clusters_cut", details: { limit: 100 } }]);
  });

  it("too few simulations for alpha are told, with how many are needed", () => {
    const codes = (count: number): unknown => told(simulated(count)).warnings.slice(1);
    expect(codes(18)).toEqual([{ code: "simulations_too_few", details: { simulations: 18, needed: 19 } }]);
    expect(codes(19)).toEqual([]);
    expect(told(simulated(9)).summary.criticalRatio).toBeNaN();
  });

  it("the permutation model needs two steps and no more", () => {
    const input = scattered(10, 40, 4, 2, { model: "permutation", stepDays: 2 });
    expect(planScan(input).stepShare.length).toBe(2);
    expect(() => planScan({ ...input, stepDays: 4, maxDays: 4 })).toThrowError(
      expect.objectContaining({ details: { steps: 1, needed: 2 } }),
    );
  });

  it("of equal windows the shortest, of fewest areas, earliest, narrowest, westernmost", () => {
    const zones = plan.zones.kind === "chains" ? plan.zones : undefined!;
    const found = (zone: number, fromStep: number, toStep: number) => ({ ratio: 1, zone, fromStep, toStep, observed: 3, expected: 1 });
    const one = zones.offsets[3]!;
    const pick = (...windows: ReturnType<typeof found>[]) => {
      const { areas, fromStep, toStep } = pickWindow(plan, windows);
      expect(pickWindow(plan, windows.toReversed()).areas).toEqual(areas);
      return [areas.length, fromStep, toStep];
    };
    expect(pick(found(one, 0, 3), found(one + 2, 2, 4))).toEqual([3, 2, 4]);
    expect(pick(found(one, 4, 6), found(one + 1, 0, 2))).toEqual([1, 4, 6]);
    expect(pick(found(one, 4, 6), found(one, 3, 5))).toEqual([1, 3, 5]);
    const centres = Array.from({ length: 29 }, (_, i) => zones.offsets[i]!);
    const west = pickWindow(
      plan,
      centres.map((zone) => found(zone, 0, 1)),
    );
    expect(plan.longitude[west.members[0]!]).toBe(Math.min(...plan.longitude));
    const pairs = centres.map((zone) => windowOf(plan, found(zone + 1, 0, 1)));
    const narrow = pickWindow(
      plan,
      centres.map((zone) => found(zone + 1, 0, 1)),
    );
    expect(narrow.radiusMetres).toBe(Math.min(...pairs.map(({ radiusMetres }) => radiusMetres)));
  });
});
