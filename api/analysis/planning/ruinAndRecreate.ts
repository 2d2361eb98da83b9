import { createRandom, type Random } from "../significance/random.ts";
import { Routes } from "./routes.ts";
import { type RoutingProblem, routesOf } from "./routingProblem.ts";

export interface Search {
  readonly routes: Routes;
  readonly iterations: number;
}

/** Mean number of stops taken out at once, and the longest string taken out of one route. */
const meanRemoved = 10;
const longestString = 10;
/** Losses accepted at the beginning and at the end, in gains of a usual stop. */
const hottest = 1;
const warm = 0.1;
const coldest = 0.02;
/** How often a good position is passed over, so that the same ruin is not always mended alike. */
const blinkRate = 0.01;

/**
 * Team orienteering by ruin and recreate: takes strings of stops near one place out of the routes, puts places back where they cost least, and keeps the change
 * when it gains, or now and then when it loses a little (simulated annealing).
 *
 * Why: exact methods end at some dozen places; this comes close to the best known plans within seconds and can be stopped at any time.
 * In words: the places to put back are taken in an order drawn anew each time (by gain, gain per minute, distance, or chance); a place goes where it adds the
 * fewest minutes. A loss d is accepted while d < −T ln u, T falling geometrically. Equal gain in fewer minutes counts as better. Same problem and seed: same plan.
 * Source: Christiaens & Vanden Berghe 2020, doi:10.1287/trsc.2019.0914 (string removal); Vansteenwegen, Souffriau & Van Oudheusden 2011, doi:10.1016/j.ejor.2010.03.045 (the problem).
 * Cost: O(removed × stops + left out × stops of the ruined routes) an iteration: about 25 µs for 100 places and 4 routes. No promise of the optimum: see gainBound.ts for how far it can be.
 */
export function ruinAndRecreate(
  problem: RoutingProblem,
  options: {
    readonly seed: number;
    readonly stream: number;
    readonly iterations: number;
    readonly fixed?: Uint8Array;
    readonly start?: Routes;
    /** Gains that set the temperature, where `gain` holds priorities too. */
    readonly stopGain?: Float64Array;
  },
): Search {
  const random = createRandom(options.seed, options.stream);
  const nearest = nearestPlaces(problem);
  const best = new Routes(problem);
  if (options.start) best.copyFrom(options.start);
  const isFresh = countStops(best) === 0;
  const current = new Routes(problem);
  current.copyFrom(best);
  const trial = new Routes(problem);
  trial.copyFrom(best);
  const step = new Step(trial, nearest, random, options.fixed ?? new Uint8Array(problem.n));
  step.recreate(step.leftOut(), null);
  current.copyFrom(trial);
  best.copyFrom(trial);

  const stopGain = options.stopGain ?? problem.gain;
  const planned = countStops(current);
  if (planned === 0) return { routes: best, iterations: 0 };
  const scale = stopGain.reduce((sum, gain, place) => sum + (current.routeOf[place]! >= 0 ? gain : 0), 0) / planned;
  // A plan to go on from is only warmed, so that what was good in it stays.
  let temperature = scale * (isFresh ? hottest : warm);
  const cooling = (coldest / (isFresh ? hottest : warm)) ** (1 / Math.max(1, options.iterations));
  for (let iteration = 0; iteration < options.iterations; iteration++, temperature *= cooling) {
    const touched = step.ruin();
    step.recreate(step.leftOut(), touched);
    const gained = trial.gain - current.gain;
    const isShorter = Math.abs(gained) < 1e-9 && trial.minutes <= current.minutes;
    if (gained > 1e-9 || isShorter || gained > temperature * Math.log(random.unit())) {
      for (const route of touched) current.copyRoute(trial, route);
      current.routeOf.set(trial.routeOf);
      current.gain = trial.gain;
      if (trial.gain > best.gain + 1e-9 || (trial.gain > best.gain - 1e-9 && trial.minutes < best.minutes - 1e-9)) best.copyFrom(trial);
    } else {
      for (const route of touched) trial.copyRoute(current, route);
      trial.routeOf.set(current.routeOf);
      trial.gain = current.gain;
    }
  }
  return { routes: best, iterations: options.iterations };
}

const countStops = (routes: Routes): number => routes.lengths.reduce((sum, length) => sum + length, 0);

/** For each place the others by travel there and back, nearest first, at most 100. */
function nearestPlaces(problem: RoutingProblem): Int32Array[] {
  const { n, places, travelMinutes } = problem;
  const others = Array.from({ length: n }, (_, place) => place);
  return others.map((place) => {
    const away = (other: number): number => travelMinutes[place * places + other]! + travelMinutes[other * places + place]!;
    return Int32Array.from(others.toSorted((a, b) => away(a) - away(b) || a - b).slice(0, 100));
  });
}

/** One ruin and its mending, on a plan of its own. */
class Step {
  readonly #plan: Routes;
  readonly #nearest: readonly Int32Array[];
  readonly #random: Random;
  readonly #fixed: Uint8Array;
  readonly #found = { position: -1, minutes: 0 };
  readonly #key: Float64Array;
  readonly #blink: () => boolean;
  readonly #wasIn: Uint8Array;

  constructor(plan: Routes, nearest: readonly Int32Array[], random: Random, fixed: Uint8Array) {
    this.#plan = plan;
    this.#nearest = nearest;
    this.#random = random;
    this.#fixed = fixed;
    this.#key = new Float64Array(plan.problem.n);
    this.#wasIn = new Uint8Array(plan.problem.n);
    this.#blink = () => random.unit() < blinkRate;
  }

  /** Takes strings of stops around a random place out; returns the routes that lost some, or all of them where nothing is planned yet. */
  ruin(): number[] {
    const plan = this.#plan;
    const { n } = plan.problem;
    const planned = countStops(plan);
    const count = routesOf(plan.problem);
    this.#wasIn.fill(0);
    if (planned === 0) return Array.from({ length: count }, (_, route) => route);
    const mean =
      planned /
      Math.max(
        1,
        plan.lengths.reduce((routes, length) => routes + (length > 0 ? 1 : 0), 0),
      );
    const longest = Math.min(longestString, mean);
    const strings = Math.floor(this.#random.unit() * ((4 * meanRemoved) / (1 + longest))) + 1;
    const touched: number[] = [];
    const seed = this.#random.below(n);
    for (const place of this.#nearest[seed]!) {
      if (touched.length >= strings) break;
      const route = plan.routeOf[place]!;
      if (route < 0 || touched.includes(route)) continue;
      const length = plan.lengths[route]!;
      const size = Math.min(length, Math.floor(this.#random.unit() * Math.min(length, longest)) + 1);
      const at = plan.stops.indexOf(place, route * plan.width) - route * plan.width;
      const from = Math.max(0, Math.min(length - size, at - this.#random.below(size)));
      this.#takeOut(route, from, size);
      touched.push(route);
    }
    return touched;
  }

  #takeOut(route: number, from: number, size: number): void {
    const plan = this.#plan;
    for (let position = from + size - 1; position >= from; position--) {
      const place = plan.stops[route * plan.width + position]!;
      if (this.#fixed[place]) continue;
      this.#wasIn[place] = 1;
      plan.remove(route, position, 1);
    }
    plan.retime(route);
  }

  leftOut(): number[] {
    const { routeOf } = this.#plan;
    const list: number[] = [];
    for (let place = 0; place < routeOf.length; place++) if (routeOf[place]! < 0) list.push(place);
    return list;
  }

  /** Puts places back. Those that were left out before can only fit where something was taken out: `touched`. Routes that change are added to it. */
  recreate(places: number[], touched: number[] | null): void {
    const plan = this.#plan;
    const count = routesOf(plan.problem);
    this.#order(places);
    for (const place of places) {
      let route = -1;
      let position = -1;
      let minutes = Number.POSITIVE_INFINITY;
      const isAnywhere = touched === null || this.#wasIn[place] === 1;
      const options = isAnywhere ? count : touched.length;
      for (let option = 0; option < options; option++) {
        const candidate = isAnywhere ? option : touched[option]!;
        plan.bestPosition(candidate, place, this.#found, this.#blink);
        if (this.#found.minutes < minutes) {
          minutes = this.#found.minutes;
          position = this.#found.position;
          route = candidate;
        }
      }
      if (route < 0) continue;
      plan.insert(route, position, place);
      if (touched !== null && !touched.includes(route)) touched.push(route);
    }
  }

  #order(places: number[]): void {
    const { gain, visitMinutes, travelMinutes, places: side, startPlace } = this.#plan.problem;
    const base = startPlace[0]!;
    const way = this.#random.below(10);
    for (const place of places) {
      const chance = this.#random.unit();
      const out = travelMinutes[base * side + place]!;
      this.#key[place] =
        way < 3
          ? chance
          : way < 7
            ? -gain[place]! * (0.8 + 0.4 * chance)
            : way < 8
              ? (-gain[place]! * (0.8 + 0.4 * chance)) / (visitMinutes[place]! + out / 4 + 1)
              : way < 9
                ? -out
                : out;
    }
    places.sort((a, b) => this.#key[a]! - this.#key[b]! || a - b);
  }
}
