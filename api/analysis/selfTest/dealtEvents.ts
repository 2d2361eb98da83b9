import type { Random } from "../significance/random.ts";

/**
 * Deals `events` out over areas, each area in proportion to its share: one simulated map.
 *
 * Why: given the total, events that come singly are multinomial. Where they come in bunches, the variance of an area's count is `dispersion` times the multinomial one:
 * Pólya's urn, in which an event goes where an earlier one went with a probability that grows with their number, gives exactly that (Dirichlet-multinomial).
 * In words: concentration A = (events − dispersion) / (dispersion − 1); event number k repeats a random earlier one with probability k / (k + A), else it is dealt by share.
 * upTo: running sums of the shares, not below 0, the last above 0, in any unit; dispersion ≥ 1, below the number of events (1: events come singly).
 * Source: Blackwell & MacQueen 1973, doi:10.1214/aos/1176342372. Cost: O(events × log areas).
 */
export function dealEvents(upTo: Float64Array, events: number, dispersion: number, random: Pick<Random, "unit" | "below">): Float64Array {
  const counts = new Float64Array(upTo.length);
  const whole = upTo[upTo.length - 1]!;
  const concentration = dispersion > 1 ? (events - dispersion) / (dispersion - 1) : Number.POSITIVE_INFINITY;
  const dealt = new Int32Array(dispersion > 1 ? events : 0);
  for (let event = 0; event < events; event++) {
    let area: number;
    if (dispersion > 1 && random.unit() * (event + concentration) < event) area = dealt[random.below(event)]!;
    else area = placeAt(upTo, random.unit() * whole);
    if (dispersion > 1) dealt[event] = area;
    counts[area]! += 1;
  }
  return counts;
}

/** Running sums of the people, those of the areas in `cluster` counted `relativeRisk` times. */
export function runningShares(population: Float64Array, cluster: Int32Array, relativeRisk: number): Float64Array {
  const risks = population.slice();
  for (const i of cluster) risks[i]! *= relativeRisk;
  return runningSums(risks);
}

/** The running sums of shares. */
export function runningSums(shares: ArrayLike<number>): Float64Array {
  const upTo = Float64Array.from(shares);
  for (let i = 1; i < upTo.length; i++) upTo[i]! += upTo[i - 1]!;
  return upTo;
}

/** The first place whose running sum is above `at`; the last where none is. Cost: O(log places). */
export function placeAt(upTo: Float64Array, at: number): number {
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upTo[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
