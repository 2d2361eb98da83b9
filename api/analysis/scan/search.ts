import { createJudge, type Found } from "./judge.ts";
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

/** Prepares the search that a plan asks for. */
export function createSearch(plan: ScanPlan): Search {
  const { zones, expected, cases, stepShare } = plan;
  const count = stepShare.length;
  const { least, most } = zones;
  const judge = createJudge({ ...plan, leastExpected: least, mostExpected: most });
  const events: EventsByArea = { starts: new Int32Array(expected.length + 1), steps: new Uint16Array(cases) };
  return {
    strongest(areas, steps, floor, isBlocked) {
      // Events that no allowed window can hold only make zones look stronger than they may be.
      const open = isBlocked ? areas.map((_, e) => e).filter((e) => isBlocked[areas[e]! * count + steps[e]!] === 0) : null;
      eventsByArea(open ? open.map((e) => areas[e]!) : areas, open ? open.map((e) => steps[e]!) : steps, events);
      judge.start(floor, isBlocked !== undefined);
      if (zones.kind === "chains") sweepChains(zones, expected, events, judge, isBlocked ?? null);
      else sweepConnected(zones, expected, events, judge, isBlocked ?? null);
      return { ratio: judge.best(), windows: judge.found() };
    },
  };
}

/** The highest ratio of the observed events; 0 where no window has more than expected. */
export function observedMaximum(plan: ScanPlan): number {
  return createSearch(plan).strongest(plan.eventArea, plan.eventStep, 0).ratio;
}
