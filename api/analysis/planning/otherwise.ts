import { Routes } from "./routes.ts";
import { directVisit, type RoutingProblem, routesOf } from "./routingProblem.ts";

export interface Otherwise {
  /** For each place: the left-out place of greatest gain that could be visited in its stead, −1 where none fits or the place is not planned. */
  readonly alternative: Int32Array;
  /** For each left-out place: the planned stop of least gain that would have to go for it, −1 where no single one is enough. */
  readonly inTheWay: Int32Array;
  /** For each left-out place: whether it would fit as the plan stands, whether some team could go there and be back at all, or nobody could. */
  readonly state: ("planned" | "fits" | "crowded_out" | "out_of_reach")[];
}

/**
 * What else could have been done: for each stop of a plan the next-best visit in its place, and for each place left out what stands in its way.
 * Locked stops are never in the way, since nobody asks to move them. Cost: O(stops × left out × stops of a route).
 */
export function otherwise(problem: RoutingProblem, planned: readonly (readonly number[])[], isLocked: Uint8Array): Otherwise {
  const { n, gain } = problem;
  const routes = new Routes(problem);
  planned.forEach((stops, route) => {
    for (const place of stops) routes.append(route, place);
  });
  const alternative = new Int32Array(n).fill(-1);
  const inTheWay = new Int32Array(n).fill(-1);
  const found = { position: -1, minutes: 0 };
  const never = (): boolean => false;
  const leftOut = Array.from({ length: n }, (_, place) => place).filter((place) => routes.routeOf[place]! < 0);
  const fits = (place: number): boolean =>
    planned.some((_, route) => {
      routes.bestPosition(route, place, found, never);
      return found.position >= 0;
    });
  const canBeDone = (place: number): boolean =>
    Array.from({ length: routesOf(problem) }, (_, route) => directVisit(problem, route, place)).some((begins) => !Number.isNaN(begins));
  const state = Array.from({ length: n }, (_, place): Otherwise["state"][number] => {
    if (routes.routeOf[place]! >= 0) return "planned";
    return fits(place) ? "fits" : canBeDone(place) ? "crowded_out" : "out_of_reach";
  });
  planned.forEach((stops, route) => {
    stops.forEach((stop, position) => {
      routes.remove(route, position, 1);
      routes.retime(route);
      for (const place of leftOut) {
        routes.bestPosition(route, place, found, never);
        if (found.position < 0) continue;
        if (alternative[stop]! < 0 || gain[place]! > gain[alternative[stop]!]!) alternative[stop] = place;
        if (!isLocked[stop] && (inTheWay[place]! < 0 || gain[stop]! < gain[inTheWay[place]!]!)) inTheWay[place] = stop;
      }
      routes.insert(route, position, stop);
    });
  });
  return { alternative, inTheWay, state };
}
