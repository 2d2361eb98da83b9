import { BestWalk } from "./bestWalk.ts";
import { minuteTolerance, type RoutingProblem, routesOf } from "./routingProblem.ts";

export interface GainBound {
  /** No plan can gain more. */
  readonly bound: number;
  readonly method: "all" | "time" | "routes";
}

/**
 * The most that any plan could gain, proven: the smallest of three bounds.
 *
 * Why: a plan alone does not tell how good it is; the bound does, without knowing the best plan.
 * In words: `all` is the gain of every place that some route could reach; `time` fills all the routes' minutes with the places that gain most per minute, each
 * taking its visit and half of its shortest ways in and out; `routes` lets each route choose its best walk at prices that are set so that places wanted by several
 * routes, or twice by one, become dear (Lagrangian relaxation of "each place at most once", walks without coming straight back, minutes rounded down to `steps` a day).
 * gains ≥ 0. `iterations` price rounds and `steps` time steps trade sharpness for time. Any fixed or compulsory visits only lower the optimum, so the bound holds with them.
 * Source: Held & Karp 1971, doi:10.1007/BF01584070 (prices by subgradient); Christofides, Mingozzi & Toth 1981, doi:10.1002/net.3230110207 (relaxed walks). Cost: O(iterations × kinds of routes × steps × n²).
 */
export function gainBound(problem: RoutingProblem, options: { readonly iterations: number; readonly steps: number }): GainBound {
  const reachable = reachablePlaces(problem);
  const all = reachable.reduce((sum, place) => sum + problem.gain[place]!, 0);
  let found: GainBound = { bound: all, method: "all" };
  const time = timeBound(problem, reachable);
  if (time.bound < found.bound) found = { bound: time.bound, method: "time" };
  const walks = options.iterations > 0 ? walksBound(problem, reachable, time.price, options) : Number.POSITIVE_INFINITY;
  if (walks < found.bound) found = { bound: walks, method: "routes" };
  return found;
}

/** Places that at least one route could visit on a way of its own: by the triangle inequality or not, no walk reaches one sooner than the shortest way does. */
function reachablePlaces(problem: RoutingProblem): number[] {
  const { n } = problem;
  const reachable: number[] = [];
  for (let place = 0; place < n; place++) {
    let isOpen = false;
    for (let route = 0; route < routesOf(problem) && !isOpen; route++)
      isOpen = problem.closesAtMinute[route * n + place]! + minuteTolerance >= problem.opensAtMinute[route * n + place]!;
    if (isOpen) reachable.push(place);
  }
  return reachable;
}

/** `price` is what each place gains beyond its minutes at the rate of the last place that still fits: where the prices of the routes' bound begin. */
function timeBound(problem: RoutingProblem, reachable: readonly number[]): { readonly bound: number; readonly price: Float64Array } {
  const { places, travelMinutes, gain, visitMinutes } = problem;
  const ends = new Set([...problem.startPlace, ...problem.endPlace]);
  const shortest = (place: number, isIn: boolean): number => {
    let least = Number.POSITIVE_INFINITY;
    for (const other of [...reachable, ...ends])
      if (other !== place) least = Math.min(least, travelMinutes[isIn ? other * places + place : place * places + other]!);
    return Number.isFinite(least) ? least : 0;
  };
  let minutes = 0;
  for (let route = 0; route < routesOf(problem); route++) {
    const available = problem.endsAtMinute[route]! - problem.startsAtMinute[route]!;
    const away = (shortest(problem.startPlace[route]!, false) + shortest(problem.endPlace[route]!, true)) / 2;
    minutes += Math.max(0, available - away);
  }
  const needs = reachable.map((place) => ({
    place,
    gain: gain[place]!,
    minutes: visitMinutes[place]! + (shortest(place, true) + shortest(place, false)) / 2,
  }));
  needs.sort((a, b) => b.gain * a.minutes - a.gain * b.minutes);
  let bound = 0;
  let rate = 0;
  for (const need of needs) {
    const part = need.minutes <= 0 ? 1 : Math.min(1, minutes / need.minutes);
    bound += part * need.gain;
    minutes -= part * need.minutes;
    if (part < 1) {
      rate = need.gain / need.minutes;
      break;
    }
  }
  const price = new Float64Array(problem.n);
  for (const need of needs) price[need.place] = Math.max(0, need.gain - rate * need.minutes);
  return { bound, price };
}

/** How far the routes' bound usually stands above the best plan, as a share of itself: sets the length of the steps, not what is proven. */
const usualExcess = 0.12;

/** Routes that differ in nothing are one kind, worked out once. */
function kindsOfRoutes(problem: RoutingProblem): { route: number; count: number }[] {
  const { n } = problem;
  const kinds = new Map<string, { route: number; count: number }>();
  for (let route = 0; route < routesOf(problem); route++) {
    const key = [
      problem.startPlace[route],
      problem.endPlace[route],
      problem.startsAtMinute[route],
      problem.endsAtMinute[route],
      problem.opensAtMinute.subarray(route * n, route * n + n).join(),
      problem.closesAtMinute.subarray(route * n, route * n + n).join(),
    ].join("|");
    const kind = kinds.get(key);
    if (kind) kind.count++;
    else kinds.set(key, { route, count: 1 });
  }
  return [...kinds.values()];
}

function walksBound(
  problem: RoutingProblem,
  reachable: readonly number[],
  firstPrice: Float64Array,
  { iterations, steps }: { readonly iterations: number; readonly steps: number },
): number {
  const kinds = kindsOfRoutes(problem);
  const walks = kinds.map(({ route }) => new BestWalk(problem, reachable, route, steps));
  if (!walks.every((walk) => walk.isFine)) return Number.POSITIVE_INFINITY;
  const price = Float64Array.from(firstPrice);
  const visits = new Float64Array(problem.n);
  let best = Number.POSITIVE_INFINITY;
  let stride = 0.3;
  let sinceBetter = 0;
  for (let iteration = 0; iteration < iterations; iteration++) {
    visits.fill(0);
    let value = 0;
    for (const place of reachable) value += price[place]!;
    kinds.forEach(({ count }, kind) => {
      value += count * walks[kind]!.find(price, visits, count);
    });
    if (value < best - 1e-9) {
      best = value;
      sinceBetter = 0;
    } else if (++sinceBetter === 3) {
      stride /= 2;
      sinceBetter = 0;
    }
    let squares = 0;
    for (const place of reachable) squares += (visits[place]! - 1 > 0 || price[place]! > 0 ? visits[place]! - 1 : 0) ** 2;
    if (squares === 0) break;
    const step = (stride * usualExcess * value) / squares;
    for (const place of reachable) price[place] = Math.min(problem.gain[place]!, Math.max(0, price[place]! + step * (visits[place]! - 1)));
  }
  return best;
}
