import { describe, expect, it } from "vitest";
import { planScan, type ScanInput } from "../../../../api/analysis/scan/plan.ts";
import { createSearch } from "../../../../api/analysis/scan/search.ts";
import { createSuccession } from "../../../../api/analysis/scan/succession.ts";
import { pickWindow, type ZoneWindow } from "../../../../api/analysis/scan/window.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";
import { scattered } from "./question.ts";

const connected: Partial<ScanInput> = {
  longitude: Float64Array.from({ length: 12 }, (_, i) => 112 + 0.011 * (i % 4)),
  latitude: Float64Array.from({ length: 12 }, (_, i) => -7 + 0.01 * Math.floor(i / 4)),
  zones: "adjacency",
  adjacency: weightsOfLists(gridLists(4, 3)),
  maxAreas: 5,
};

const kinds: [string, Partial<ScanInput>][] = [
  ["space and time", {}],
  ["space only", { temporal: false }],
  ["until the end", { prospective: true }],
  ["permutation", { model: "permutation" }],
  ["connected zones", connected],
  ["connected zones, space only", { ...connected, temporal: false }],
];

/** Every window of a search that starts anew with all that earlier ones took marked as blocked. */
function searchedAnew(input: ScanInput, floor: number): { ratio: number; window: ZoneWindow }[] {
  const plan = planScan(input);
  const search = createSearch(plan);
  const count = plan.stepShare.length;
  const isBlocked = new Uint8Array(plan.members.length * count);
  const found: { ratio: number; window: ZoneWindow }[] = [];
  for (;;) {
    const { ratio, windows } = search.strongest(plan.eventArea, plan.eventStep, floor, isBlocked);
    if (windows.length === 0) return found;
    const window = pickWindow(plan, windows);
    found.push({ ratio, window });
    for (const member of window.members) isBlocked.fill(1, member * count + window.fromStep, member * count + window.toStep);
  }
}

describe("the windows in succession", () => {
  it.each(kinds)("are those that a whole search beside the earlier ones finds, each time: %s", (_, more) => {
    for (let seed = 1; seed <= 6; seed++) {
      const input = scattered(12, 90, 6, seed, more);
      const floor = 0.1 * seed;
      const plan = planScan(input);
      const succession = createSuccession(plan);
      const expected = searchedAnew(input, floor);
      expect(expected.length).toBeGreaterThan(1);
      for (const each of expected) {
        const { ratio, windows } = succession.next(floor);
        expect({ ratio, window: pickWindow(plan, windows) }).toEqual(each);
        succession.block(each.window);
      }
      expect(succession.next(floor).windows).toEqual([]);
    }
  });

  it("are all that share the highest ratio, in the order of their zones, and the same when asked again", () => {
    const input: ScanInput = {
      ...scattered(4, 0, 1, 1),
      longitude: Float64Array.of(112, 112.1, 113, 113.1),
      latitude: new Float64Array(4),
      population: new Float64Array(4).fill(1000),
      eventArea: Int32Array.of(0, 0, 0, 1, 2, 2, 2, 3),
      eventDay: new Int32Array(8),
      temporal: false,
      maxPopulation: 0.25,
    };
    const plan = planScan(input);
    const succession = createSuccession(plan);
    const first = succession.next(0);
    expect(first.windows.map(({ zone }) => zone)).toEqual([0, 2]);
    expect(succession.next(0)).toEqual(first);
    expect(succession.next(first.ratio)).toEqual({ ratio: first.ratio, windows: [] });
    succession.block({ members: Int32Array.of(0), fromStep: 0, toStep: 1 });
    expect(succession.next(0).windows.map(({ zone }) => zone)).toEqual([2]);
  });
});
