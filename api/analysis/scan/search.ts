import { createJudge, type Found, type Judge } from "./judge.ts";
import type { ScanPlan } from "./plan.ts";
import { type EventsByArea, eventsByArea, sweepChains } from "./sweep.ts";
import { sweepConnected } from "./sweepConnected.ts";

/** Finds the strongest window of one data set after another. */
export interface Search {
  /**
   * The highest log likelihood ratio above `floor`, and the windows that share it; none are found where nothing is above the floor.
   * areas, steps: of each event, as many as the plan has cases. isBlocked: a mark for each area and step (area × steps + step) that no window may hold.
   */
  strongest(areas: Int32Array, steps: Int32Array, floor: number, isBlocked?: Uint8Array): { ratio: number; windows: readonly Found[] };
}

/** Goes through the zones of one data set after another, telling a judge what it meets. */
export interface Sweep {
  /** The events to look at: as many as the plan has cases; with marks, without those that no window may hold. */
  take(areas: Int32Array, steps: Int32Array, isBlocked?: Uint8Array): void;
  /** Shows the judge the zones of the centres `from` to `to` (exclusive). */
  through(from: number, to: number, isBlocked: Uint8Array | null): void;
}

export function createSweep(plan: ScanPlan, judge: Judge): Sweep {
  const { zones, expected, cases, stepShare } = plan;
  const count = stepShare.length;
  const events: EventsByArea = { starts: new Int32Array(expected.length + 1), steps: new Uint16Array(cases) };
  const openAreas = new Int32Array(cases);
  const openSteps = new Int32Array(cases);
  return {
    take(areas, steps, isBlocked) {
      if (!isBlocked) return eventsByArea(areas, steps, events);
      // Events that no allowed window can hold only make zones look stronger than they may be.
      let open = 0;
      for (let e = 0; e < cases; e++) {
        if (isBlocked[areas[e]! * count + steps[e]!] !== 0) continue;
        openAreas[open] = areas[e]!;
        openSteps[open++] = steps[e]!;
      }
      eventsByArea(openAreas.subarray(0, open), openSteps.subarray(0, open), events);
    },
    through(from, to, isBlocked) {
      if (zones.kind === "chains") sweepChains(zones, expected, events, judge, isBlocked, from, to);
      else sweepConnected(zones, expected, events, judge, isBlocked, from, to);
    },
  };
}

/** Prepares the search that a plan asks for. */
export function createSearch(plan: ScanPlan): Search {
  const { least, most, offsets } = plan.zones;
  const judge = createJudge({ ...plan, leastExpected: least, mostExpected: most });
  const sweep = createSweep(plan, judge);
  return {
    strongest(areas, steps, floor, isBlocked) {
      sweep.take(areas, steps, isBlocked);
      judge.start(floor, isBlocked !== undefined);
      sweep.through(0, offsets.length - 1, isBlocked ?? null);
      return { ratio: judge.best(), windows: judge.found() };
    },
  };
}

/** The highest ratio of the observed events; 0 where no window has more than expected. */
export function observedMaximum(plan: ScanPlan): number {
  return createSearch(plan).strongest(plan.eventArea, plan.eventStep, 0).ratio;
}
