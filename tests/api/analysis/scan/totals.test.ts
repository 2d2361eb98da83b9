import { describe, expect, it } from "vitest";
import { planScan, type ScanInput } from "../../../../api/analysis/scan/plan.ts";
import { findClusters } from "../../../../api/analysis/scan/scan.ts";
import { createSearch } from "../../../../api/analysis/scan/search.ts";
import { createNull, simulateMaxima } from "../../../../api/analysis/scan/simulate.ts";
import { byDefinition, scattered } from "./question.ts";

/** Areas of which some lie on the same spot, so that they enter a circle together. */
function together(events: number, seed: number, more: Partial<ScanInput> = {}): ScanInput {
  const input = scattered(15, events, 9, seed, more);
  const spot = (column: Float64Array): Float64Array => column.map((value, i) => (i % 3 === 1 ? column[i - 1]! : value));
  return { ...input, longitude: spot(input.longitude), latitude: spot(input.latitude) };
}

describe("the strongest circle of every simulation", () => {
  it.each<[string, Partial<ScanInput>]>([
    ["space only", { temporal: false }],
    ["space only, at least 9 cases", { temporal: false, minimumCases: 9 }],
    ["space only, at most a fifth of the people", { temporal: false, maxPopulation: 0.2 }],
    ["space and time", {}],
    ["space and time, at least 5 cases, until the end", { minimumCases: 5, prospective: true }],
    ["steps of 2 days, the first of 1", { stepDays: 2, maxDays: 4 }],
  ])("is the one that trying all finds, where areas enter together: %s", (_, more) => {
    for (const seed of [1, 2]) {
      const input = together(45, seed, more);
      const plan = planScan(input);
      const draw = createNull(plan, 3);
      const maxima = simulateMaxima(plan, 3, 0, 9);
      for (let simulation = 0; simulation < 9; simulation++) {
        const [areas, steps] = [new Int32Array(plan.cases), new Int32Array(plan.cases)];
        draw(simulation, areas, steps);
        const eventArea = areas.map((member) => plan.members[member]!);
        const days = steps.map((step) => plan.startDay[step]!);
        const inDays = byDefinition({ ...input, eventArea, eventDay: days }).filter(
          ({ fromDay, toDay }) => plan.startDay.includes(fromDay) && plan.startDay.includes(toDay),
        );
        expect(maxima[simulation]).toBeCloseTo(inDays[0]?.ratio ?? 0, 9);
      }
    }
  });

  it("is never below one that is looked for anew, for 20 simulations in three parts", () => {
    const plan = planScan(together(70_000, 4, { temporal: false }));
    const search = createSearch(plan);
    const draw = createNull(plan, 8);
    const maxima = [0, 3, 17].flatMap((first, k) => [...simulateMaxima(plan, 8, first, [3, 17, 20][k]!)]);
    const [areas, steps] = [new Int32Array(plan.cases), new Int32Array(plan.cases)];
    maxima.forEach((maximum, simulation) => {
      draw(simulation, areas, steps);
      expect(maximum).toBeCloseTo(search.strongest(areas, steps, 0).ratio, 9);
    });
  });
});

describe("clusters after the first", () => {
  it.each<[string, Partial<ScanInput>]>([
    ["space and time", {}],
    ["until the end", { prospective: true }],
    ["space only", { temporal: false }],
  ])("are the strongest windows that share no area at the same time with those before: %s", (_, more) => {
    for (const seed of [3, 4, 5]) {
      const input = together(60, seed, more);
      const plan = planScan(input);
      const { clusters } = findClusters(plan, 15, new Float64Array(0), { alpha: 0.05, stepDays: 1 });
      let left = byDefinition(input);
      for (const cluster of clusters) {
        expect(cluster.ratio).toBeCloseTo(left[0]!.ratio, 9);
        const inside = new Set(cluster.areas);
        left = left.filter(
          ({ areas, fromDay, toDay }) => toDay <= cluster.fromDay || fromDay >= cluster.toDay || !areas.some((area) => inside.has(area)),
        );
      }
      expect(left).toEqual([]);
      expect(clusters.length).toBeGreaterThan(1);
    }
  });

  it("p of exactly alpha is significant", () => {
    const input = together(60, 3);
    const plan = planScan(input);
    const { summary, clusters } = findClusters(plan, 15, new Float64Array(19), { alpha: 0.05, stepDays: 1 });
    expect(clusters[0]!.p).toBe(0.05);
    expect(summary.significant).toBe(clusters.length);
  });
});
