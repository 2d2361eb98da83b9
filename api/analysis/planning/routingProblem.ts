/**
 * Who could go where and what it would be worth: a team orienteering problem with time windows, as flat numbers.
 * Places 0 … n − 1 may be visited, each at most once by one route; places n … places − 1 are bases. A route is one team on one day. Minutes are minutes of that day.
 */
export interface RoutingProblem {
  /** Places that may be visited. */
  readonly n: number;
  /** All places, bases included: the side of `travelMinutes`. */
  readonly places: number;
  /** From place (row) to place (column), ≥ 0, not necessarily the same both ways; infinite where there is no way. */
  readonly travelMinutes: Float64Array;
  /** What a visit is worth, ≥ 0. */
  readonly gain: Float64Array;
  readonly visitMinutes: Float64Array;
  /** One entry a route. */
  readonly startPlace: Int32Array;
  readonly endPlace: Int32Array;
  readonly startsAtMinute: Float64Array;
  readonly endsAtMinute: Float64Array;
  /** When a visit may begin, route × n; a place whose window closes before it opens cannot be visited by that route. */
  readonly opensAtMinute: Float64Array;
  readonly closesAtMinute: Float64Array;
}

/** Sums of minutes that differ by less are equal. */
export const minuteTolerance = 1e-9;

/** How many routes a problem has. */
export const routesOf = (problem: RoutingProblem): number => problem.startPlace.length;

/** The minute at which a visit would begin on a route that went straight there and back, or NaN where that cannot be. */
export function directVisit(problem: RoutingProblem, route: number, place: number): number {
  const { n, places, travelMinutes } = problem;
  const begins = Math.max(
    problem.opensAtMinute[route * n + place]!,
    problem.startsAtMinute[route]! + travelMinutes[problem.startPlace[route]! * places + place]!,
  );
  const isOpen = begins <= problem.closesAtMinute[route * n + place]! + minuteTolerance;
  const back = begins + problem.visitMinutes[place]! + travelMinutes[place * places + problem.endPlace[route]!]!;
  return isOpen && back <= problem.endsAtMinute[route]! + minuteTolerance ? begins : Number.NaN;
}
