import { minuteTolerance, type RoutingProblem, routesOf } from "./routingProblem.ts";

/** The routes of a plan under way, with what is needed to try an insertion in constant time. */
export class Routes {
  readonly problem: RoutingProblem;
  /** Most stops that a route can hold. */
  readonly width: number;
  readonly lengths: Int32Array;
  /** Stops of route r at r × width …, in order. */
  readonly stops: Int32Array;
  /** Earliest begin of the visit at each stop. */
  readonly earliest: Float64Array;
  /** Latest begin at each stop with which all that follows still fits. */
  readonly latest: Float64Array;
  /** Route of each place, −1 when it is left out. */
  readonly routeOf: Int32Array;
  gain = 0;
  /** Minutes under way, all routes together. */
  minutes = 0;
  readonly #minutesOf: Float64Array;

  constructor(problem: RoutingProblem, width = problem.n) {
    const count = routesOf(problem);
    this.problem = problem;
    this.width = width;
    this.lengths = new Int32Array(count);
    this.stops = new Int32Array(count * width);
    this.earliest = new Float64Array(count * width);
    this.latest = new Float64Array(count * width);
    this.routeOf = new Int32Array(problem.n).fill(-1);
    this.#minutesOf = new Float64Array(count);
    for (let route = 0; route < count; route++) this.retime(route);
  }

  /** Takes over one route of another plan of the same problem; `routeOf` and `gain` are the caller's to keep. */
  copyRoute(from: Routes, route: number): void {
    const at = route * this.width;
    const length = from.lengths[route]!;
    this.lengths[route] = length;
    for (let k = at; k < at + length; k++) {
      this.stops[k] = from.stops[k]!;
      this.earliest[k] = from.earliest[k]!;
      this.latest[k] = from.latest[k]!;
    }
    this.minutes += from.#minutesOf[route]! - this.#minutesOf[route]!;
    this.#minutesOf[route] = from.#minutesOf[route]!;
  }

  copyFrom(other: Routes): void {
    for (let route = 0; route < this.lengths.length; route++) this.copyRoute(other, route);
    this.routeOf.set(other.routeOf);
    this.gain = other.gain;
  }

  /** Works out the times of a route anew after its stops changed. Cost: O(stops). */
  retime(route: number): void {
    const { places, travelMinutes, visitMinutes, opensAtMinute, closesAtMinute, n } = this.problem;
    const at = route * this.width;
    const length = this.lengths[route]!;
    let before = this.problem.startPlace[route]!;
    let free = this.problem.startsAtMinute[route]!;
    for (let k = at; k < at + length; k++) {
      const place = this.stops[k]!;
      const begins = Math.max(opensAtMinute[route * n + place]!, free + travelMinutes[before * places + place]!);
      this.earliest[k] = begins;
      free = begins + visitMinutes[place]!;
      before = place;
    }
    const end = this.problem.endPlace[route]!;
    const minutes = length === 0 ? 0 : free + travelMinutes[before * places + end]! - this.problem.startsAtMinute[route]!;
    this.minutes += minutes - this.#minutesOf[route]!;
    this.#minutesOf[route] = minutes;
    let after = end;
    let due = this.problem.endsAtMinute[route]!;
    for (let k = at + length - 1; k >= at; k--) {
      const place = this.stops[k]!;
      const begins = Math.min(closesAtMinute[route * n + place]!, due - travelMinutes[place * places + after]! - visitMinutes[place]!);
      this.latest[k] = begins;
      due = begins;
      after = place;
    }
  }

  /** The position in a route where a place costs the fewest minutes, and those minutes; position −1 when it fits nowhere. `skip` may pass over a position, and none before `first` is tried. */
  bestPosition(route: number, place: number, found: { position: number; minutes: number }, skip: () => boolean, first = 0): void {
    const { places, travelMinutes, n } = this.problem;
    const opens = this.problem.opensAtMinute[route * n + place]!;
    const closes = this.problem.closesAtMinute[route * n + place]! + minuteTolerance;
    found.position = -1;
    found.minutes = Number.POSITIVE_INFINITY;
    if (closes < opens) return;
    const visit = this.problem.visitMinutes[place]!;
    const at = route * this.width;
    const length = this.lengths[route]!;
    const end = this.problem.endPlace[route]!;
    let before = this.problem.startPlace[route]!;
    let free = this.problem.startsAtMinute[route]!;
    for (let position = 0; position <= length; position++) {
      const after = position < length ? this.stops[at + position]! : end;
      const there = travelMinutes[before * places + place]!;
      const begins = Math.max(opens, free + there);
      const onward = travelMinutes[place * places + after]!;
      const due = position < length ? this.latest[at + position]! : this.problem.endsAtMinute[route]!;
      if (begins <= closes && begins + visit + onward <= due + minuteTolerance) {
        const minutes = there + onward + visit - (length === 0 ? 0 : travelMinutes[before * places + after]!);
        if (position >= first && minutes < found.minutes && !skip()) {
          found.minutes = minutes;
          found.position = position;
        }
      }
      if (position === length) break;
      free = this.earliest[at + position]! + this.problem.visitMinutes[after]!;
      before = after;
    }
  }

  /** Puts a place at the end of a route; returns whether it fits there in time, and leaves the route as it was when it does not, or when the place is planned already. */
  append(route: number, place: number): boolean {
    if (this.routeOf[place]! >= 0) return false;
    const at = this.lengths[route]!;
    const found = { position: -1, minutes: 0 };
    this.bestPosition(route, place, found, () => false, at);
    if (found.position < 0) return false;
    this.insert(route, at, place);
    return true;
  }

  insert(route: number, position: number, place: number): void {
    const at = route * this.width;
    const length = this.lengths[route]!;
    this.stops.copyWithin(at + position + 1, at + position, at + length);
    this.stops[at + position] = place;
    this.lengths[route] = length + 1;
    this.routeOf[place] = route;
    this.gain += this.problem.gain[place]!;
    this.retime(route);
  }

  /** Takes `count` stops out of a route from a position on; the caller retimes the route when it is done with it. */
  remove(route: number, position: number, count: number): void {
    const at = route * this.width;
    const length = this.lengths[route]!;
    for (let k = at + position; k < at + position + count; k++) {
      const place = this.stops[k]!;
      this.routeOf[place] = -1;
      this.gain -= this.problem.gain[place]!;
    }
    this.stops.copyWithin(at + position, at + position + count, at + length);
    this.lengths[route] = length - count;
  }

  /** The stops of a route, in order. */
  stopsOf(route: number): number[] {
    return Array.from(this.stops.subarray(route * this.width, route * this.width + this.lengths[route]!));
  }
}
