import { minuteTolerance, type RoutingProblem } from "./routingProblem.ts";

/**
 * The best walk of one route when every stop has a worth: a table over time steps and places. A walk may come back to a place, but not straight back, and its
 * minutes are rounded down to steps, so that no real route is missed: its value is at least that of the best route.
 *
 * In words: forward in time, each entry keeps the best walk whose visit there begins at that step, and the best of those whose stop before was another one, which is
 * what a walk to the first one's stop before continues. Cost: O(steps × places²) a call. Source: Christofides, Mingozzi & Toth 1981, doi:10.1002/net.3230110207.
 */
export class BestWalk {
  readonly #places: readonly number[];
  readonly #steps: number;
  readonly #gain: Float64Array;
  /** Steps from the begin of a visit (row) to the soonest begin of the next, and to the end. */
  readonly #leg: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #opens: Int32Array;
  readonly #closes: Int32Array;
  readonly #value: Float64Array;
  /** Entry before: step × places + place, −1 at the start. */
  readonly #from: Int32Array;
  readonly #second: Float64Array;
  readonly #secondFrom: Int32Array;
  /** Whether every leg takes at least a step: else walks within a step have no order and could be missed. */
  readonly isFine: boolean;

  constructor(problem: RoutingProblem, reachable: readonly number[], route: number, steps: number) {
    const { n, places, travelMinutes, visitMinutes } = problem;
    const begins = problem.startsAtMinute[route]!;
    const size = (problem.endsAtMinute[route]! - begins) / steps;
    const down = (minutes: number): number => Math.floor(Math.min(1e6, Math.max(-1, (minutes + minuteTolerance) / size)));
    this.#places = reachable.filter(
      (place) => problem.closesAtMinute[route * n + place]! + minuteTolerance >= problem.opensAtMinute[route * n + place]!,
    );
    const count = this.#places.length;
    this.#steps = steps;
    this.#gain = Float64Array.from(this.#places, (place) => problem.gain[place]!);
    const start = problem.startPlace[route]!;
    const end = problem.endPlace[route]!;
    this.#first = Int32Array.from(this.#places, (place) => down(travelMinutes[start * places + place]!));
    this.#last = Int32Array.from(this.#places, (place) => down(visitMinutes[place]! + travelMinutes[place * places + end]!));
    this.#leg = new Int32Array(count * count);
    this.#places.forEach((from, a) => {
      this.#places.forEach((to, b) => {
        this.#leg[a * count + b] = down(visitMinutes[from]! + travelMinutes[from * places + to]!);
      });
    });
    this.#opens = Int32Array.from(this.#places, (place) => Math.max(0, down(problem.opensAtMinute[route * n + place]! - begins)));
    this.#closes = Int32Array.from(this.#places, (place) => down(problem.closesAtMinute[route * n + place]! - begins));
    this.#value = new Float64Array((steps + 1) * count);
    this.#from = new Int32Array((steps + 1) * count);
    this.#second = new Float64Array((steps + 1) * count);
    this.#secondFrom = new Int32Array((steps + 1) * count);
    this.isFine = this.#leg.every((leg, pair) => leg >= 1 || pair % (count + 1) === 0);
  }

  /** Returns the value of the best walk (at least 0: staying at home) and adds its stops, `weight` each, to `visits`. */
  find(price: Float64Array, visits: Float64Array, weight: number): number {
    const count = this.#places.length;
    const worth = Float64Array.from(this.#places, (place, a) => this.#gain[a]! - price[place]!);
    this.#fill(worth);
    let value = 0;
    let last = -1;
    for (let t = 0; t <= this.#steps; t++) {
      for (let a = 0; a < count; a++) {
        if (t + this.#last[a]! > this.#steps || this.#value[t * count + a]! <= value) continue;
        value = this.#value[t * count + a]!;
        last = t * count + a;
      }
    }
    for (let at = last, next = -1; at >= 0; ) {
      visits[this.#places[at % count]!]! += weight;
      const isSecond = next >= 0 && this.#from[at]! >= 0 && this.#from[at]! % count === next % count;
      const before = isSecond ? this.#secondFrom[at]! : this.#from[at]!;
      next = at;
      at = before;
    }
    return value;
  }

  #fill(worth: Float64Array): void {
    const count = this.#places.length;
    const [value, from, second] = [this.#value, this.#from, this.#second];
    value.fill(Number.NEGATIVE_INFINITY);
    second.fill(Number.NEGATIVE_INFINITY);
    for (let a = 0; a < count; a++) {
      const t = Math.max(this.#first[a]!, this.#opens[a]!);
      if (t <= this.#steps && t <= this.#closes[a]!) this.#offer(t * count + a, worth[a]!, -1);
    }
    for (let at = 0; at < value.length; at++) {
      if (value[at] === Number.NEGATIVE_INFINITY) continue;
      const t = Math.floor(at / count);
      const a = at - t * count;
      const came = from[at]! < 0 ? -1 : from[at]! % count;
      for (let b = 0; b < count; b++) {
        if (b === a) continue;
        const next = Math.max(t + this.#leg[a * count + b]!, this.#opens[b]!);
        if (next > this.#closes[b]! || next + this.#last[b]! > this.#steps) continue;
        const so = came === b ? second[at]! : value[at]!;
        if (so > Number.NEGATIVE_INFINITY) this.#offer(next * count + b, so + worth[b]!, at);
      }
    }
  }

  /** Notes a walk to an entry; the second best must have another stop before than the best. */
  #offer(at: number, value: number, from: number): void {
    const count = this.#places.length;
    const isSame = this.#from[at] === from || (this.#from[at]! >= 0 && from >= 0 && this.#from[at]! % count === from % count);
    if (value > this.#value[at]!) {
      if (!isSame && this.#value[at]! > Number.NEGATIVE_INFINITY) {
        this.#second[at] = this.#value[at]!;
        this.#secondFrom[at] = this.#from[at]!;
      }
      this.#value[at] = value;
      this.#from[at] = from;
    } else if (!isSame && value > this.#second[at]!) {
      this.#second[at] = value;
      this.#secondFrom[at] = from;
    }
  }
}
