import { describe, expect, it } from "vitest";
import { BestWalk } from "../../../../api/analysis/planning/bestWalk.ts";
import { exactGain, mostExactPlaces } from "../../../../api/analysis/planning/exactGain.ts";
import { gainBound } from "../../../../api/analysis/planning/gainBound.ts";
import type { RoutingProblem } from "../../../../api/analysis/planning/routingProblem.ts";
import { seededRandom } from "../../../fixtures/random.ts";

/** Places on a line at whole minutes, the base last; `over` changes what it wants. */
function onLine(
  at: readonly number[],
  gain: readonly number[],
  visit: number,
  ends: number,
  over: Partial<RoutingProblem> = {},
): RoutingProblem {
  const n = at.length - 1;
  const routes = over.startPlace?.length ?? 1;
  return {
    n,
    places: n + 1,
    travelMinutes: Float64Array.from({ length: (n + 1) ** 2 }, (_, pair) =>
      Math.abs(at[Math.floor(pair / (n + 1))]! - at[pair % (n + 1)]!),
    ),
    gain: Float64Array.from(gain),
    visitMinutes: new Float64Array(n).fill(visit),
    startPlace: new Int32Array(routes).fill(n),
    endPlace: new Int32Array(routes).fill(n),
    startsAtMinute: new Float64Array(routes),
    endsAtMinute: new Float64Array(routes).fill(ends),
    opensAtMinute: new Float64Array(routes * n),
    closesAtMinute: new Float64Array(routes * n).fill(1e9),
    ...over,
  };
}
const two = { startPlace: Int32Array.of(3, 3), endPlace: Int32Array.of(3, 3) };

describe("bounds by hand", () => {
  // Places at minutes 10, 20 and 40 of a base at 0. Shortest ways: base 10; the place at 10: 10; at 20: 10; at 40: 20. Visits of 30.
  it.each<[string, RoutingProblem, number, string]>([
    // 400 minutes less the base's 10; needs 40, 40 and 50.
    ["with time for all, all gains", onLine([10, 20, 40, 0], [5, 9, 7], 30, 400), 21, "all"],
    // 110 − 10 = 100 minutes: 9 for 40 and 7 for 50, then 10 of the 40 minutes for 5.
    ["short of time, the last one in part", onLine([10, 20, 40, 0], [5, 9, 7], 30, 110), 9 + 7 + 5 / 4, "time"],
    // 60 − 10 = 50 minutes: 9 for 40, then 10 of the 50 for 7.
    ["one and a part", onLine([10, 20, 40, 0], [5, 9, 7], 30, 60), 9 + 7 / 5, "time"],
    ["two routes have twice the minutes", onLine([10, 20, 40, 0], [5, 9, 7], 30, 60, two), 9 + 7 + 5 / 4, "time"],
    // Only 30 minutes in place of 10 for the base: nothing is in time beyond 0.
    ["no time at all", onLine([10, 20, 40, 0], [5, 9, 7], 30, 10), 0, "time"],
    [
      "a place that never opens is not counted",
      onLine([10, 20, 40, 0], [5, 9, 7], 30, 400, { closesAtMinute: Float64Array.of(1e9, -1, 1e9) }),
      12,
      "all",
    ],
    [
      "a place that opens for one of two routes is",
      onLine([10, 20, 40, 0], [5, 9, 7], 30, 400, { ...two, closesAtMinute: Float64Array.of(-1, -1, 1e9, 1e9, -1, 1e9) }),
      12,
      "all",
    ],
    ["nothing to gain", onLine([10, 20, 40, 0], [0, 0, 0], 30, 60), 0, "all"],
  ])("%s", (_, problem, bound, method) => {
    const found = gainBound(problem, { iterations: 0, steps: 10 });
    expect(found.bound).toBeCloseTo(bound, 9);
    expect(found.method).toBe(method);
  });

  it("a route that can make one of three visits is bounded by the best of them", () => {
    // Each alone takes 40 + 30 + 40 of 115 minutes, two of them 40 + 30 + 1 + 30 + 40: by minutes alone a good part of the others would fit.
    const problem = onLine([40, 41, 42, 0], [5, 9, 7], 30, 115);
    expect(exactGain(problem)).toBe(9);
    const found = gainBound(problem, { iterations: 30, steps: 115 });
    expect(found.method).toBe("routes");
    expect(found.bound).toBeCloseTo(9, 6);
    expect(gainBound(problem, { iterations: 0, steps: 115 }).bound).toBeGreaterThan(15);
  });

  it("prices bring two routes that want the same two places down to what they can share", () => {
    const problem = onLine([40, 41, 42, 0], [5, 9, 7], 30, 115, two);
    expect(exactGain(problem)).toBe(16);
    expect(gainBound(problem, { iterations: 1, steps: 115 }).bound).toBeGreaterThan(16.5);
    expect(gainBound(problem, { iterations: 100, steps: 115 }).bound).toBeLessThan(16.3);
    expect(gainBound(problem, { iterations: 100, steps: 115 }).bound).toBeGreaterThanOrEqual(16 - 1e-9);
  });

  it("the exact gain is worked out for fourteen places and not for fifteen, and shares no place between routes", () => {
    const line = (n: number) =>
      onLine(
        Array.from({ length: n + 1 }, (_, i) => (i < n ? i + 1 : 0)),
        new Array(n).fill(1),
        0,
        4,
      );
    expect([mostExactPlaces, exactGain(line(14)), exactGain(line(15))]).toEqual([14, 2, null]);
    expect(exactGain(onLine([10, 20, 40, 0], [5, 9, 7], 30, 70, two))).toBe(14);
    expect(exactGain(onLine([10, 20, 40, 0], [5, 9, 7], 30, 70))).toBe(9);
    expect(exactGain(onLine([10, 20, 40, 0], [5, 9, 7], 30, 49))).toBe(0);
  });
});

/** The best walk by trying all: floors of minutes in steps, no coming straight back, each begin within its window. */
function bestWalkByHand(problem: RoutingProblem, price: Float64Array, steps: number): number {
  const { n, places, travelMinutes, visitMinutes } = problem;
  const size = (problem.endsAtMinute[0]! - problem.startsAtMinute[0]!) / steps;
  const down = (minutes: number): number => Math.floor((minutes + 1e-9) / size);
  let best = 0;
  const goOn = (at: number, before: number, step: number, value: number): void => {
    const home = down(visitMinutes[at]! + travelMinutes[at * places + problem.endPlace[0]!]!);
    if (step + home > steps) return;
    best = Math.max(best, value);
    for (let to = 0; to < n; to++) {
      if (to === at || to === before) continue;
      const next = Math.max(
        step + down(visitMinutes[at]! + travelMinutes[at * places + to]!),
        Math.max(0, down(problem.opensAtMinute[to]!)),
      );
      if (next <= down(problem.closesAtMinute[to]!)) goOn(to, at, next, value + problem.gain[to]! - price[to]!);
    }
  };
  for (let first = 0; first < n; first++) {
    const step = Math.max(down(travelMinutes[problem.startPlace[0]! * places + first]!), Math.max(0, down(problem.opensAtMinute[first]!)));
    if (step <= steps && step <= down(problem.closesAtMinute[first]!)) goOn(first, -1, step, problem.gain[first]! - price[first]!);
  }
  return best;
}

describe("the best walk of a route", () => {
  it("is that of trying all walks, and its stops are worth what it says", () => {
    const random = seededRandom(12);
    for (let draw = 0; draw < 60; draw++) {
      const n = 4;
      const places = n + 2;
      const problem: RoutingProblem = {
        n,
        places,
        travelMinutes: Float64Array.from({ length: places * places }, () => 1 + Math.floor(random() * 9)),
        gain: Float64Array.from({ length: n }, () => Math.floor(random() * 20)),
        visitMinutes: Float64Array.from({ length: n }, () => Math.floor(random() * 4)),
        startPlace: Int32Array.of(n),
        endPlace: Int32Array.of(n + 1),
        startsAtMinute: Float64Array.of(0),
        endsAtMinute: Float64Array.of(24),
        opensAtMinute: Float64Array.from({ length: n }, () => (random() < 0.5 ? 0 : Math.floor(random() * 12))),
        closesAtMinute: Float64Array.from({ length: n }, () => (random() < 0.5 ? 1e9 : 6 + Math.floor(random() * 12))),
      };
      const price = Float64Array.from({ length: n }, () => Math.floor(random() * 8));
      const steps = draw % 2 === 0 ? 24 : 12;
      const reachable = [...problem.gain.keys()].filter((place) => problem.closesAtMinute[place]! >= problem.opensAtMinute[place]!);
      const walk = new BestWalk(problem, reachable, 0, steps);
      if (!walk.isFine) continue;
      for (const weight of [1, 3]) {
        const visits = new Float64Array(n);
        const value = walk.find(price, visits, weight);
        expect(value, `draw ${draw}`).toBe(bestWalkByHand(problem, price, steps));
        expect(visits.reduce((sum, times, place) => sum + (times / weight) * (problem.gain[place]! - price[place]!), 0)).toBeCloseTo(
          value,
          9,
        );
      }
    }
  });

  it("is not told where a leg takes less than a step", () => {
    const problem = onLine([1, 2, 3, 0], [1, 1, 1], 0, 100);
    expect(new BestWalk(problem, [0, 1, 2], 0, 100).isFine).toBe(true);
    expect(new BestWalk(problem, [0, 1, 2], 0, 50).isFine).toBe(false);
    expect(gainBound(problem, { iterations: 3, steps: 50 }).method).toBe("all");
  });
});
