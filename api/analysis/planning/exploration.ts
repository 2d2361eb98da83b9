export interface ExplorationInput {
  /** Days since anything was heard from each village (a report of nothing counts), NaN when never. */
  readonly daysSinceHeard: Float64Array;
  /** NaN where unknown. */
  readonly population: Float64Array;
  /** A number for the kecamatan of each village. */
  readonly district: Int32Array;
  /** 1 where some team could go. */
  readonly isReachable: Uint8Array;
  readonly count: number;
}

/**
 * The villages about which least is known, for the share of visits that looks where the map has not looked.
 *
 * Why: a plan that only follows the scores visits where reports come from, and reports come from where one visits.
 * In words: one village of each kecamatan in turn, in each the one not heard from for longest (never comes first), of those equal the one with most people.
 * The kecamatan whose first such village has been silent longest begins. Ascending order; at most `count`. Cost: O(n log n).
 */
export function leastKnown({ daysSinceHeard, population, district, isReachable, count }: ExplorationInput): number[] {
  const silence = (village: number): number =>
    Number.isNaN(daysSinceHeard[village]!) ? Number.POSITIVE_INFINITY : daysSinceHeard[village]!;
  const people = (village: number): number => (Number.isNaN(population[village]!) ? 0 : population[village]!);
  const compare = (a: number, b: number): number => {
    const [silenceOfA, silenceOfB] = [silence(a), silence(b)];
    return silenceOfA === silenceOfB ? people(b) - people(a) || a - b : silenceOfB - silenceOfA;
  };
  const byDistrict = new Map<number, number[]>();
  for (let village = 0; village < district.length; village++) {
    if (isReachable[village] === 0) continue;
    const list = byDistrict.get(district[village]!);
    if (list) list.push(village);
    else byDistrict.set(district[village]!, [village]);
  }
  const queues = [...byDistrict.values()].map((list) => list.sort(compare)).sort((a, b) => compare(a[0]!, b[0]!));
  const chosen: number[] = [];
  for (let turn = 0; chosen.length < count && queues.some((queue) => queue.length > turn); turn++)
    for (const queue of queues) if (chosen.length < count && queue.length > turn) chosen.push(queue[turn]!);
  return chosen.sort((a, b) => a - b);
}
