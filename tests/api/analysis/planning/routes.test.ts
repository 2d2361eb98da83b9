import { describe, expect, it } from "vitest";
import { Routes } from "../../../../api/analysis/planning/routes.ts";
import { directVisit, type RoutingProblem } from "../../../../api/analysis/planning/routingProblem.ts";
import { drawnProblem } from "../../../../scripts/benchmark/visitCases.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const random = seededRandom(31);
const points = Array.from({ length: 60 }, () => [112 + random() * 0.3, -7.5 + random() * 0.3] as const);

/** A problem whose ways differ there and back, and whose routes begin, end and open at times of their own. */
function lopsided(seed: number, n: number): RoutingProblem {
  const drawn = drawnProblem(seed, points, n);
  const next = seededRandom(seed);
  return {
    ...drawn,
    travelMinutes: drawn.travelMinutes.map((minutes) => minutes * (1 + next())),
    endPlace: drawn.startPlace.map((_, route) => n + ((route + 1) % 2)),
    startsAtMinute: drawn.startsAtMinute.map((minute, route) => minute + 7 * route),
    opensAtMinute: drawn.opensAtMinute.map((minute) => minute + Math.floor(next() * 20)),
    closesAtMinute: drawn.closesAtMinute.map((minute) => (next() < 0.05 ? -1 : minute)),
  };
}

/** Begins of the visits in order and the minutes under way; null when one is too late. */
function driven(problem: RoutingProblem, route: number, stops: readonly number[]): { begins: number[]; minutes: number } | null {
  const { n, places, travelMinutes, visitMinutes } = problem;
  let minute = problem.startsAtMinute[route]!;
  let at = problem.startPlace[route]!;
  const begins: number[] = [];
  for (const place of stops) {
    minute = Math.max(minute + travelMinutes[at * places + place]!, problem.opensAtMinute[route * n + place]!);
    if (minute > problem.closesAtMinute[route * n + place]! + 1e-9) return null;
    begins.push(minute);
    minute += visitMinutes[place]!;
    at = place;
  }
  const back = minute + travelMinutes[at * places + problem.endPlace[route]!]!;
  if (stops.length > 0 && back > problem.endsAtMinute[route]! + 1e-9) return null;
  return { begins, minutes: stops.length === 0 ? 0 : back - problem.startsAtMinute[route]! };
}

const with_ = (stops: readonly number[], position: number, place: number): number[] => [
  ...stops.slice(0, position),
  place,
  ...stops.slice(position),
];

describe("routes under way", () => {
  it.each([1, 2, 3, 4, 5, 6])(
    "after any insertions and removals, times, minutes and gain are those of driving them anew (case %i)",
    (seed) => {
      const problem = lopsided(seed, 14);
      const next = seededRandom(seed + 100);
      const routes = new Routes(problem);
      const found = { position: -1, minutes: 0 };
      for (let turn = 0; turn < 120; turn++) {
        const route = Math.floor(next() * problem.startPlace.length);
        const place = Math.floor(next() * problem.n);
        const stops = routes.stopsOf(route);
        if (routes.routeOf[place] === -1 && next() < 0.8) {
          const own = driven(problem, route, stops)!;
          const opens = problem.opensAtMinute[route * problem.n + place]!;
          const isClosed = problem.closesAtMinute[route * problem.n + place]! + 1e-9 < opens;
          // What an insertion costs is the way about and the visit, not the waiting.
          const way = (a: number, b: number): number => problem.travelMinutes[a * problem.places + b]!;
          const costs = [...stops, null].map((_, position) => {
            if (isClosed || driven(problem, route, with_(stops, position, place)) === null) return Number.POSITIVE_INFINITY;
            const before = position === 0 ? problem.startPlace[route]! : stops[position - 1]!;
            const after = position === stops.length ? problem.endPlace[route]! : stops[position]!;
            const direct = stops.length === 0 ? 0 : way(before, after);
            return way(before, place) + way(place, after) + problem.visitMinutes[place]! - direct;
          });
          routes.bestPosition(route, place, found, () => false);
          const least = Math.min(...costs);
          if (least === Number.POSITIVE_INFINITY) expect(found).toEqual({ position: -1, minutes: least });
          else {
            expect(found.minutes).toBeCloseTo(least, 9);
            expect(costs[found.position]).toBeCloseTo(least, 9);
          }
          routes.bestPosition(route, place, found, () => false, 1);
          expect(found.minutes === Math.min(...costs.slice(1)) || Math.abs(found.minutes - Math.min(...costs.slice(1))) < 1e-9).toBe(true);
          routes.bestPosition(route, place, found, () => true);
          expect(found.position).toBe(-1);
          expect(own.begins).toHaveLength(stops.length);
          const at = costs.indexOf(least);
          if (least < Number.POSITIVE_INFINITY) routes.insert(route, at, place);
        } else if (stops.length > 1) {
          routes.remove(route, Math.floor(next() * (stops.length - 1)), 1 + Math.floor(next() * 2));
          routes.retime(route);
        }
        let [minutes, gain] = [0, 0];
        for (const each of problem.startPlace.keys()) {
          const list = routes.stopsOf(each);
          const way = driven(problem, each, list)!;
          minutes += way.minutes;
          for (const stop of list) {
            gain += problem.gain[stop]!;
            expect(routes.routeOf[stop]).toBe(each);
          }
          way.begins.forEach((begin, k) => {
            expect(routes.earliest[each * routes.width + k]).toBeCloseTo(begin, 9);
            expect(routes.latest[each * routes.width + k]).toBeCloseTo(latestBegin(problem, each, list, k), 6);
          });
        }
        expect(routes.minutes).toBeCloseTo(minutes, 6);
        expect(routes.gain).toBeCloseTo(gain, 6);
        expect(routes.routeOf.filter((each) => each >= 0)).toHaveLength(
          problem.startPlace.reduce((n, _, r) => n + routes.stopsOf(r).length, 0),
        );
      }
    },
  );

  it("a copy drives the same, and what is appended twice or too late is refused", () => {
    const problem = lopsided(9, 12);
    const routes = new Routes(problem);
    for (const place of [0, 1, 2, 3, 4, 5]) routes.append(place % 2, place);
    const before = routes.stopsOf(0);
    expect(before.length).toBeGreaterThan(0);
    expect(routes.append(1, before[0]!)).toBe(false);
    const copy = new Routes(problem);
    copy.append(0, 11);
    copy.copyFrom(routes);
    expect([copy.stopsOf(0), copy.stopsOf(1), [...copy.routeOf], copy.gain]).toEqual([
      before,
      routes.stopsOf(1),
      [...routes.routeOf],
      routes.gain,
    ]);
    expect(copy.minutes).toBeCloseTo(routes.minutes, 9);
    copy.insert(0, 0, 11);
    expect(routes.stopsOf(0)).toEqual(before);
    const closed = new Routes({ ...problem, endsAtMinute: problem.startsAtMinute });
    expect([closed.append(0, 0), closed.stopsOf(0), closed.gain]).toEqual([false, [], 0]);
  });

  it("a route that goes straight there and back begins when it gets there or the window opens, or not at all", () => {
    const problem = lopsided(4, 10);
    for (const route of problem.startPlace.keys())
      for (let place = 0; place < problem.n; place++)
        expect(directVisit(problem, route, place)).toEqual(driven(problem, route, [place])?.begins[0] ?? Number.NaN);
  });
});

/** The latest begin of visit k with which it and all after it are in time, by halving. */
function latestBegin(problem: RoutingProblem, route: number, stops: readonly number[], k: number): number {
  const { n, places, travelMinutes, visitMinutes, opensAtMinute, closesAtMinute } = problem;
  const isInTime = (begin: number): boolean => {
    let minute = begin;
    for (let at = k; at < stops.length; at++) {
      const place = stops[at]!;
      if (at > k) minute = Math.max(minute + travelMinutes[stops[at - 1]! * places + place]!, opensAtMinute[route * n + place]!);
      if (minute > closesAtMinute[route * n + place]!) return false;
      minute += visitMinutes[place]!;
    }
    return minute + travelMinutes[stops.at(-1)! * places + problem.endPlace[route]!]! <= problem.endsAtMinute[route]!;
  };
  let [low, high] = [0, 2000];
  for (let half = 0; half < 40; half++) {
    const middle = (low + high) / 2;
    if (isInTime(middle)) low = middle;
    else high = middle;
  }
  return low;
}
