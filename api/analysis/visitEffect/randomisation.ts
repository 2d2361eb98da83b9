import { createRandom } from "../significance/random.ts";
import type { MatchedSet } from "./matchedSets.ts";
import type { FreeAndBehind } from "./prognosis.ts";

const labelStream = 1;
/** Effects that are looked through for the interval, as a share of what was expected: −1 is no incident left. */
const lowest = -1;
const highest = 9;

export interface EffectEstimate {
  /** Change as a share of what was expected without the visit: −0.3 is 30% fewer. NaN where nothing happened at all, or nothing that one effect could explain. */
  readonly effect: number;
  /** NaN where the records would agree with any effect on that side. */
  readonly lower: number;
  readonly upper: number;
  /** Two-sided: twice the smaller tail of the randomisation. */
  readonly p: number;
  /** Incidents that the visited villages had, and would have had without the visits when these had the effect. */
  readonly observed: number;
  readonly expected: number;
  /** Variance of the visits' own differences, those of a village together, over that of the draws, at no effect; 1 where the draws vary as much. */
  readonly widening: number;
}

/** What of a matched set the effect is told from. */
export type ComparedSet = Pick<MatchedSet, "members" | "observed" | "beyond">;

/** Sums of squares and of products, so that the sum of (a × free + behind)² is known for every a. */
interface Squares {
  free: number;
  both: number;
  behind: number;
}

/** The share of the incidents that visits with an effect leave, as far as records can be made up by it: between a tenth and all of ten times as many; 1 where it is unknown. */
export const leftBy = (effect: number): number => (Number.isNaN(effect) ? 1 : Math.min(10, Math.max(0.1, 1 + effect)));

/**
 * The effect of the visits by randomisation within the matched sets.
 *
 * Why: with few incidents no formula for a standard error holds; which of a set was visited is what chance could have decided otherwise, and nothing else is assumed.
 * In words: visits that change incidents by the share e leave 1 + e of each; so incidents on days behind visits, divided by 1 + e, stand for those that there would have been without. Were e the truth,
 * a visited village would then have neither more nor fewer beyond its forecast than the others of its set, the forecast being learned from incidents divided likewise (prognosis.ts): this is tried for each e
 * by the sum over the sets of the visited one's less the mean of the others', beside `permutations` draws that take a member of every set for the visited one. All is multiplied by 1 + e, so that
 * −1, no incident left, can be tried too. The estimate is the e where the sum is 0; the interval holds every e that is not rejected at alpha; p is that of e = 0.
 * Sets follow each other in time and are made from the past alone, so that their sum is a martingale whichever villages recur; should the visited
 * villages nevertheless vary more than those compared, or the sets of one village lean together, the draws are widened to the variance that the villages show.
 * p = (r + 1) / (n + 1), both tails. Source: Rosenbaum 2002, doi:10.1007/978-1-4757-3692-2 (randomisation, matched sets, tests turned into intervals), 10.1214/ss/1042727942;
 * Robins 1994, doi:10.1080/03610929408831393 (the effect that leaves nothing to explain). Cost: O(permutations × sets).
 */
export function estimateEffect(
  sets: readonly ComparedSet[],
  options: { readonly alpha: number; readonly permutations: number; readonly seed: number },
): EffectEstimate {
  const { alpha, permutations, seed } = options;
  const differences = sets.map(({ beyond }) => differencesOf(beyond));
  const total = { free: 0, behind: 0 };
  for (const [visited] of differences) {
    total.free += visited!.free;
    total.behind += visited!.behind;
  }
  const draws = drawSums(differences, permutations, seed);
  const widening = wideningOf(sets, differences, total);
  const tails = (effect: number): { low: number; high: number } => {
    const left = 1 + effect;
    const own = left * total.free + total.behind;
    const [wider, tolerance] = [Math.sqrt(widening(left)), 1e-9 * Math.max(1, Math.abs(own))];
    let [below, above] = [0, 0];
    for (let draw = 0; draw < permutations; draw++) {
      const sum = (left * draws.free[draw]! + draws.behind[draw]!) * wider;
      if (sum <= own + tolerance) below++;
      if (sum >= own - tolerance) above++;
    }
    return { low: (below + 1) / (permutations + 1), high: (above + 1) / (permutations + 1) };
  };
  const observed = sets.reduce((sum, set) => sum + set.observed[0]!, 0);
  const hasAny = sets.some((set) => set.observed.some((count) => count > 0));
  const effect = hasAny ? balancing(total) : Number.NaN;
  const { low, high } = tails(0);
  return {
    effect,
    lower: hasAny ? limit((candidate) => tails(candidate).high > alpha / 2, lowest, effect) : Number.NaN,
    upper: hasAny ? limit((candidate) => tails(candidate).low > alpha / 2, highest, effect) : Number.NaN,
    p: hasAny ? Math.min(1, 2 * Math.min(low, high)) : 1,
    observed,
    expected: effect > lowest ? observed / (1 + effect) : observed - total.free - total.behind,
    widening: widening(1),
  };
}

/** What each member has beyond its forecast less the mean of the others: the visited one first, then each of the others taken for it. They add up to 0. */
function differencesOf(beyond: readonly FreeAndBehind[]): FreeAndBehind[] {
  const others = beyond.length - 1;
  const free = beyond.reduce((sum, one) => sum + one.free, 0);
  const behind = beyond.reduce((sum, one) => sum + one.behind, 0);
  return beyond.map((one) => ({ free: one.free - (free - one.free) / others, behind: one.behind - (behind - one.behind) / others }));
}

/** The effect at which (1 + effect) × free + behind is 0; NaN where it is above 0 without one and rises towards none. */
function balancing({ free, behind }: FreeAndBehind): number {
  if (behind <= 0) return free + behind > 0 ? Number.NaN : lowest;
  return free >= 0 ? highest : Math.min(highest, -behind / free - 1);
}

/** The sum over the sets for each draw of who was visited. */
function drawSums(differences: readonly FreeAndBehind[][], draws: number, seed: number): { free: Float64Array; behind: Float64Array } {
  const random = createRandom(seed, labelStream, differences.length);
  const sums = { free: new Float64Array(draws), behind: new Float64Array(draws) };
  for (let draw = 0; draw < draws; draw++) {
    for (const set of differences) {
      const taken = set[random.below(set.length)]!;
      sums.free[draw]! += taken.free;
      sums.behind[draw]! += taken.behind;
    }
  }
  return sums;
}

/** Variance of the sum as the villages show it, each with all its sets, over that of the draws; at least 1. By the share of incidents that visits leave. */
function wideningOf(sets: readonly ComparedSet[], differences: readonly FreeAndBehind[][], total: FreeAndBehind): (left: number) => number {
  const mean = { free: total.free / sets.length, behind: total.behind / sets.length };
  const byVillage = new Map<number, { free: number; behind: number }>();
  const drawn: Squares = { free: 0, both: 0, behind: 0 };
  differences.forEach((set, index) => {
    const village = sets[index]!.members[0]!;
    const sum = byVillage.get(village) ?? { free: 0, behind: 0 };
    byVillage.set(village, { free: sum.free + set[0]!.free - mean.free, behind: sum.behind + set[0]!.behind - mean.behind });
    for (const one of set) addSquares(drawn, one, 1 / set.length);
  });
  const shown: Squares = { free: 0, both: 0, behind: 0 };
  for (const sum of byVillage.values()) addSquares(shown, sum, 1);
  const at = ({ free, both, behind }: Squares, left: number): number => left * left * free + 2 * left * both + behind;
  return (left) => {
    const variance = at(drawn, left);
    return variance > 0 ? Math.max(1, at(shown, left) / variance) : 1;
  };
}

function addSquares(squares: Squares, { free, behind }: FreeAndBehind, weight: number): void {
  squares.free += weight * free * free;
  squares.both += weight * free * behind;
  squares.behind += weight * behind * behind;
}

/** The effect farthest towards `end` that is not rejected; NaN when even that at the upper end is not. */
function limit(isKept: (effect: number) => boolean, end: number, estimate: number): number {
  if (Number.isNaN(estimate)) return Number.NaN;
  if (isKept(end)) return end === lowest ? lowest : Number.NaN;
  let [kept, rejected] = [estimate, end];
  while (Math.abs(kept - rejected) > 0.002) {
    const middle = (kept + rejected) / 2;
    if (isKept(middle)) kept = middle;
    else rejected = middle;
  }
  return kept;
}
