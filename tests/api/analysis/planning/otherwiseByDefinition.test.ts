import { expect, it } from "vitest";
import { gainBound } from "../../../../api/analysis/planning/gainBound.ts";
import { otherwise } from "../../../../api/analysis/planning/otherwise.ts";
import type { RoutingProblem } from "../../../../api/analysis/planning/routingProblem.ts";
import { seededRandom } from "../../../fixtures/random.ts";

/** Ways that are longer one way than back, unequal days, windows on half of the places, and whole gains so that some are alike. */
function drawn(seed: number, n: number): RoutingProblem {
  const random = seededRandom(seed);
  const whole = (from: number, to: number): number => from + Math.floor((to - from + 1) * random());
  const places = n + 3;
  const at = Array.from({ length: places }, () => [whole(0, 60), whole(0, 60)] as const);
  const routes = 3;
  const opens = Float64Array.from({ length: routes * n }, () => (random() < 0.5 ? whole(0, 150) : 0));
  return {
    n,
    places,
    travelMinutes: Float64Array.from({ length: places * places }, (_, pair) => {
      const [from, to] = [Math.floor(pair / places), pair % places];
      return from === to ? 0 : Math.hypot(at[from]![0] - at[to]![0], at[from]![1] - at[to]![1]) + (from > to ? whole(0, 9) : 0);
    }),
    gain: Float64Array.from({ length: n }, () => whole(1, 6)),
    visitMinutes: Float64Array.from({ length: n }, () => whole(10, 40)),
    startPlace: Int32Array.from({ length: routes }, () => whole(n, n + 2)),
    endPlace: Int32Array.from({ length: routes }, () => whole(n, n + 2)),
    startsAtMinute: Float64Array.from({ length: routes }, () => whole(0, 40)),
    endsAtMinute: Float64Array.from({ length: routes }, () => whole(150, 320)),
    opensAtMinute: opens,
    closesAtMinute: opens.map((open) => (random() < 0.1 ? open - 1 : open + whole(40, 250))),
  };
}

/** Whether a route can be driven stop by stop. */
function isPossible(problem: RoutingProblem, route: number, stops: readonly number[]): boolean {
  const { n, places, travelMinutes } = problem;
  let [minute, here] = [problem.startsAtMinute[route]!, problem.startPlace[route]!];
  for (const stop of stops) {
    minute = Math.max(minute + travelMinutes[here * places + stop]!, problem.opensAtMinute[route * n + stop]!);
    if (minute > problem.closesAtMinute[route * n + stop]! + 1e-9) return false;
    minute += problem.visitMinutes[stop]!;
    here = stop;
  }
  return minute + travelMinutes[here * places + problem.endPlace[route]!]! <= problem.endsAtMinute[route]! + 1e-9;
}

const isPossibleWith = (problem: RoutingProblem, route: number, stops: readonly number[], place: number): boolean =>
  [...stops, place].some((_, position) => isPossible(problem, route, stops.toSpliced(position, 0, place)));

/** Routes filled by chance, a stop wherever one still goes. */
function filled(problem: RoutingProblem, seed: number): number[][] {
  const random = seededRandom(seed);
  const plan: number[][] = Array.from(problem.startPlace, () => []);
  for (let place = 0; place < problem.n; place++) {
    const route = Math.floor(plan.length * random());
    const position = Array.from({ length: plan[route]!.length + 1 }, (_, at) => at).find((at) =>
      isPossible(problem, route, plan[route]!.toSpliced(at, 0, place)),
    );
    if (position !== undefined && random() < 0.7) plan[route]!.splice(position, 0, place);
  }
  return plan;
}

it("what else could be done is what trying every place at every position finds", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const problem = drawn(seed, 16);
    const { n, gain } = problem;
    const plan = filled(problem, seed);
    const isLocked = Uint8Array.from({ length: n }, (_, place) => (place % 5 === seed % 5 ? 1 : 0));
    const leftOut = Array.from({ length: n }, (_, place) => place).filter((place) => !plan.flat().includes(place));
    const alternative = new Int32Array(n).fill(-1);
    const inTheWay = new Int32Array(n).fill(-1);
    plan.forEach((stops, route) => {
      for (const stop of stops) {
        const others = stops.filter((other) => other !== stop);
        const instead = leftOut.filter((place) => isPossibleWith(problem, route, others, place));
        alternative[stop] = instead.reduce((best, place) => (best < 0 || gain[place]! > gain[best]! ? place : best), -1);
        for (const place of isLocked[stop] ? [] : instead)
          if (inTheWay[place]! < 0 || gain[stop]! < gain[inTheWay[place]!]!) inTheWay[place] = stop;
      }
    });
    const state = Array.from({ length: n }, (_, place) => {
      if (!leftOut.includes(place)) return "planned";
      if (plan.some((stops, route) => isPossibleWith(problem, route, stops, place))) return "fits";
      return plan.some((_stops, route) => isPossible(problem, route, [place])) ? "crowded_out" : "out_of_reach";
    });
    expect(otherwise(problem, plan, isLocked), `case ${seed}`).toEqual({ alternative, inTheWay, state });
  }
});

it("the bound by time fills the minutes by gain a minute, the last place in part, as its words say", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const problem = drawn(seed, 7 + (seed % 5));
    const { n, places, travelMinutes } = problem;
    const routes = [0, 1, 2];
    const reachable = Array.from({ length: n }, (_, place) => place).filter((place) =>
      routes.some((route) => problem.closesAtMinute[route * n + place]! >= problem.opensAtMinute[route * n + place]!),
    );
    const ends = [...problem.startPlace, ...problem.endPlace];
    const away = (place: number, minutes: (other: number) => number): number =>
      Math.min(...[...reachable, ...ends].filter((other) => other !== place).map(minutes));
    const out = (place: number): number => away(place, (other) => travelMinutes[place * places + other]!);
    const into = (place: number): number => away(place, (other) => travelMinutes[other * places + place]!);
    // So little time that it is what decides.
    const short = {
      ...problem,
      endsAtMinute: problem.endsAtMinute.map((end, route) => Math.min(end, problem.startsAtMinute[route]! + 70)),
    };
    let minutes = routes.reduce((sum, route) => {
      const whole = short.endsAtMinute[route]! - short.startsAtMinute[route]!;
      return sum + Math.max(0, whole - (out(problem.startPlace[route]!) + into(problem.endPlace[route]!)) / 2);
    }, 0);
    const needs = reachable
      .map((place) => ({ gain: problem.gain[place]!, minutes: problem.visitMinutes[place]! + (out(place) + into(place)) / 2 }))
      .sort((a, b) => b.gain / b.minutes - a.gain / a.minutes);
    let expected = 0;
    for (const need of needs) {
      const part = Math.min(1, minutes / need.minutes);
      expected += part * need.gain;
      minutes -= part * need.minutes;
    }
    const found = gainBound(short, { iterations: 0, steps: 40 });
    expect(found.bound, `case ${seed}`).toBeCloseTo(expected, 9);
    expect(gainBound(short, { iterations: 40, steps: 40 }).bound, `case ${seed}`).toBeLessThanOrEqual(expected + 1e-9);
  }
});
