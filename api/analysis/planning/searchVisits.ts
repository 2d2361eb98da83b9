import { Routes } from "./routes.ts";
import type { RoutingProblem } from "./routingProblem.ts";
import { ruinAndRecreate } from "./ruinAndRecreate.ts";

export interface VisitSearch {
  readonly problem: RoutingProblem;
  /** Worth beside the gain, which no gain outweighs: for visits that are wished whatever they gain. 0 elsewhere. */
  readonly priority: Float64Array;
  /** Stops to begin from, by route and in order; one that does not fit is left out. */
  readonly keep: readonly (readonly number[])[];
  /** 1 for stops of `keep` that stay on their route. */
  readonly isLocked: Uint8Array;
  readonly seed: number;
  /** Searches with different streams are independent; the best of them is the plan. */
  readonly stream: number;
  readonly iterations: number;
}

export interface FoundPlan {
  /** Stops by route, in order. */
  readonly routes: number[][];
  /** Without priorities. */
  readonly gain: number;
  /** With priorities: what searches are compared by. */
  readonly worth: number;
  readonly minutes: number;
}

/** One search for the best plan, from what is kept. Same input, same plan. Cost: see ruinAndRecreate.ts. */
export function searchVisits({ problem, priority, keep, isLocked, seed, stream, iterations }: VisitSearch): FoundPlan {
  const worth = problem.gain.map((gain, place) => gain + priority[place]!);
  const start = startFrom({ ...problem, gain: worth }, keep, isLocked);
  const { routes } = ruinAndRecreate(
    { ...problem, gain: worth },
    { seed, stream, iterations, fixed: isLocked, start, stopGain: problem.gain },
  );
  const found = Array.from(routes.lengths.keys(), (route) => routes.stopsOf(route));
  return {
    routes: found,
    gain: found.flat().reduce((sum, place) => sum + problem.gain[place]!, 0),
    worth: routes.gain,
    minutes: routes.minutes,
  };
}

/** Routes with what is kept of them, in order; where a locked stop would not fit behind others, those others are let go first. */
function startFrom(problem: RoutingProblem, keep: readonly (readonly number[])[], isLocked: Uint8Array): Routes {
  const start = new Routes(problem);
  keep.forEach((stops, route) => {
    for (const place of stops) start.append(route, place);
    if (stops.every((place) => isLocked[place] === 0 || start.routeOf[place] === route)) return;
    start.remove(route, 0, start.lengths[route]!);
    start.retime(route);
    for (const place of stops) if (isLocked[place] === 1) start.append(route, place);
  });
  return start;
}

/** The best of several searches; of equal ones the shorter, then the first. */
export function bestPlan(plans: readonly FoundPlan[]): FoundPlan {
  return plans.reduce((best, plan) => {
    const more = plan.worth - best.worth;
    return more > 1e-9 || (more > -1e-9 && plan.minutes < best.minutes - 1e-9) ? plan : best;
  });
}
