import { minuteTolerance, type RoutingProblem, routesOf } from "./routingProblem.ts";

/** Most places for which the exact optimum is worked out: 3¹⁴ pairs of sets take some hundredths of a second a route. */
export const mostExactPlaces = 14;

/**
 * The greatest gain that any plan can have, exactly, for a few places; null when there are more than `mostExactPlaces`.
 *
 * Why: on a small plan nobody needs a bound where the truth can be had, and it tells whether the search found it.
 * In words: for each route and each set of places the earliest end of a way through them all is found by growing sets one stop at a time (Held & Karp); a set is
 * possible when that end is in time; then the sets of the routes are joined so that none shares a place.
 * Waiting for a window to open is allowed, and being earlier is never worse, so the earliest begin at each last stop is all that must be kept.
 * Source: Held & Karp 1962, doi:10.1137/0110015. Cost: O(kinds of routes × 2ⁿ n² + routes × 3ⁿ).
 */
export function exactGain(problem: RoutingProblem): number | null {
  const { n } = problem;
  if (n > mostExactPlaces) return null;
  const size = 1 << n;
  const gainOf = new Float64Array(size);
  for (let set = 1; set < size; set++) {
    const last = 31 - Math.clz32(set);
    gainOf[set] = gainOf[set ^ (1 << last)]! + problem.gain[last]!;
  }
  // Greatest gain of the routes so far when they share exactly the places of a set; a set also stands for all that leave some of it out.
  let best = new Float64Array(size);
  for (let route = 0; route < routesOf(problem); route++) {
    const isPossible = possibleSets(problem, route);
    const joined = new Float64Array(size);
    for (let set = 0; set < size; set++) {
      let most = best[set]!;
      for (let mine = set; mine > 0; mine = (mine - 1) & set) {
        if (isPossible[mine] === 1) most = Math.max(most, gainOf[mine]! + best[set ^ mine]!);
      }
      joined[set] = most;
    }
    best = joined;
  }
  return best[size - 1]!;
}

/** 1 for every set of places that the route can visit in some order and be back in time. */
function possibleSets(problem: RoutingProblem, route: number): Uint8Array {
  const { n, places, travelMinutes, visitMinutes } = problem;
  const size = 1 << n;
  const begins = new Float64Array(size * n).fill(Number.POSITIVE_INFINITY);
  const isPossible = new Uint8Array(size);
  const arrive = (set: number, place: number, free: number, from: number): void => {
    const begin = Math.max(problem.opensAtMinute[route * n + place]!, free + travelMinutes[from * places + place]!);
    if (begin > problem.closesAtMinute[route * n + place]! + minuteTolerance) return;
    const at = (set | (1 << place)) * n + place;
    begins[at] = Math.min(begins[at]!, begin);
  };
  for (let place = 0; place < n; place++) arrive(0, place, problem.startsAtMinute[route]!, problem.startPlace[route]!);
  for (let set = 1; set < size; set++) {
    for (let last = 0; last < n; last++) {
      const begin = begins[set * n + last]!;
      if (begin === Number.POSITIVE_INFINITY) continue;
      const free = begin + visitMinutes[last]!;
      if (free + travelMinutes[last * places + problem.endPlace[route]!]! <= problem.endsAtMinute[route]! + minuteTolerance)
        isPossible[set] = 1;
      for (let next = 0; next < n; next++) if ((set & (1 << next)) === 0) arrive(set, next, free, last);
    }
  }
  return isPossible;
}
