import { describe, expect, it } from "vitest";
import { weightsFromPairs } from "../../../../api/analysis/neighbours/weights.ts";
import { planScan, type ScanInput } from "../../../../api/analysis/scan/plan.ts";
import { createSearch } from "../../../../api/analysis/scan/search.ts";
import { simulateMaxima } from "../../../../api/analysis/scan/simulate.ts";
import { pickWindow } from "../../../../api/analysis/scan/window.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";
import { byDefinition, scattered } from "./question.ts";

/** A grid of 4 × 3 areas, one an island, with its rook neighbours. */
function question(more: Partial<ScanInput> = {}, maxAreas = 5): { input: ScanInput; lists: number[][] } {
  const lists = [...gridLists(4, 3), []];
  const place = (i: number): [number, number] => (i === 12 ? [9, 9] : [i % 4, Math.floor(i / 4)]);
  const input = {
    ...scattered(13, 60, 6, 11),
    longitude: Float64Array.from({ length: 13 }, (_, i) => 112 + 0.011 * place(i)[0]),
    latitude: Float64Array.from({ length: 13 }, (_, i) => -7 + 0.01 * place(i)[1]),
    zones: "adjacency" as const,
    adjacency: weightsOfLists(lists),
    maxAreas,
    ...more,
  };
  return { input, lists };
}

/** Every connected set of areas that holds a seed and otherwise only areas among those nearest to it, by trying all subsets. */
function connectedSets({ longitude, latitude, population, maxPopulation }: ScanInput, lists: number[][], maxAreas: number): number[][] {
  const n = lists.length;
  const limit = maxPopulation * population.reduce((sum, people) => sum + people, 0);
  const found = new Map<string, number[]>();
  for (let seed = 0; seed < n; seed++) {
    const near = Array.from({ length: n }, (_, i) => i)
      .sort(
        (a, b) =>
          Math.hypot(longitude[a]! - longitude[seed]!, latitude[a]! - latitude[seed]!) -
            Math.hypot(longitude[b]! - longitude[seed]!, latitude[b]! - latitude[seed]!) || a - b,
      )
      .slice(0, maxAreas);
    for (let mask = 0; mask < 2 ** near.length; mask++) {
      const set = near.filter((_, place) => (mask >> place) & 1);
      if (!set.includes(seed) || set.reduce((sum, area) => sum + population[area]!, 0) > limit) continue;
      const reached = new Set([seed]);
      for (const area of reached) for (const other of lists[area]!) if (set.includes(other)) reached.add(other);
      if (reached.size === set.length) found.set(String(set.sort((a, b) => a - b)), set);
    }
  }
  return [...found.values()];
}

describe("connected zones", () => {
  it.each([
    ["space and time", {}, 5],
    ["space only", { temporal: false }, 6],
    ["until the end", { prospective: true, maxPopulation: 0.3 }, 4],
    ["few areas", {}, 2],
  ] as const)("hold the strongest window that trying all connected sets finds: %s", (_, more, maxAreas) => {
    const { input, lists } = question(more, maxAreas);
    const zones = connectedSets(input, lists, maxAreas);
    const [best] = byDefinition(input, zones);
    const plan = planScan(input);
    const { ratio, windows } = createSearch(plan).strongest(plan.eventArea, plan.eventStep, 0);
    expect(ratio).toBeCloseTo(best!.ratio, 9);
    const { areas, fromDay, toDay } = pickWindow(plan, windows);
    expect([[...areas].sort((a, b) => a - b), fromDay, toDay]).toEqual([[...best!.areas], best!.fromDay, best!.toDay]);
  });

  it("are each found once from a seed", () => {
    const { input } = question({ temporal: false });
    const plan = planScan(input);
    if (plan.zones.kind !== "connected") throw new Error("circular");
    const { offsets, areas, depths } = plan.zones;
    for (let seed = 0; seed < 13; seed++) {
      const seen = new Set<string>();
      const stack: number[] = [];
      for (let node = offsets[seed]!; node < offsets[seed + 1]!; node++) {
        stack.length = depths[node]!;
        stack.push(areas[node]!);
        seen.add(String([...stack].sort((a, b) => a - b)));
        expect(stack[0]).toBe(seed);
      }
      expect(seen.size).toBe(offsets[seed + 1]! - offsets[seed]!);
    }
  });

  it("follow a line of areas that no circle can hold alone", () => {
    // Two rows of ten; the upper one has all the events, in a row.
    const lists = gridLists(10, 2);
    const input: ScanInput = {
      ...scattered(20, 1, 1, 1, { temporal: false }),
      longitude: Float64Array.from({ length: 20 }, (_, i) => 112 + 0.01 * (i % 10)),
      latitude: Float64Array.from({ length: 20 }, (_, i) => -7 + 0.001 * Math.floor(i / 10)),
      population: new Float64Array(20).fill(100),
      eventArea: Int32Array.from({ length: 40 }, (_, e) => (e < 30 ? 2 + (e % 5) : 10 + e - 30)),
      eventDay: new Int32Array(40),
      zones: "adjacency",
      adjacency: weightsOfLists(lists),
      maxAreas: 12,
    };
    const plan = planScan(input);
    const { windows } = createSearch(plan).strongest(plan.eventArea, plan.eventStep, 0);
    expect([...pickWindow(plan, windows).areas].sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6]);
  });

  it("of the permutation model pass through areas without events", () => {
    const lists = gridLists(5, 1);
    const input: ScanInput = {
      ...scattered(5, 1, 4, 1, { model: "permutation" }),
      longitude: Float64Array.from({ length: 5 }, (_, i) => 112 + 0.01 * i),
      latitude: new Float64Array(5).fill(-7),
      eventArea: Int32Array.from({ length: 40 }, (_, e) => (e < 12 ? [0, 2][e % 2]! : 3 + (e % 2))),
      eventDay: Int32Array.from({ length: 40 }, (_, e) => (e < 12 ? 1 : e % 4)),
      zones: "adjacency",
      adjacency: weightsOfLists(lists),
      maxAreas: 3,
    };
    const plan = planScan(input);
    const found = createSearch(plan).strongest(plan.eventArea, plan.eventStep, 0);
    const window = pickWindow(plan, found.windows);
    expect([...window.areas].sort((a, b) => a - b)).toEqual([0, 1, 2]);
    expect([window.observed, window.fromDay, window.toDay]).toEqual([12, 1, 2]);
    expect(Array.from(simulateMaxima(plan, 1, 0, 6))).toEqual([...simulateMaxima(plan, 1, 0, 2), ...simulateMaxima(plan, 1, 2, 6)]);
  });

  it("need neighbours and from 2 to 15 areas", () => {
    const { input } = question();
    const refusal = (more: Partial<ScanInput>): unknown => {
      try {
        planScan({ ...input, ...more });
        return null;
      } catch (error) {
        return (error as { details: unknown }).details;
      }
    };
    expect(refusal({ adjacency: undefined })).toMatchObject({ field: "adjacency" });
    expect(refusal({ adjacency: weightsFromPairs(4, new Int32Array(0), new Int32Array(0)) })).toMatchObject({
      field: "adjacency",
      value: "4",
    });
    expect(refusal({ maxAreas: 16 })).toMatchObject({ field: "maxAreas" });
    expect(refusal({ maxAreas: 1 })).toMatchObject({ field: "maxAreas" });
  });
});
