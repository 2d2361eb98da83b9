import { createRandom } from "../significance/random.ts";
import type { MatchedSet } from "./matchedSets.ts";

const labelStream = 1;
/** Effects that are looked through for the interval, as a share of what was expected: −1 is no incident left. */
const lowest = -1;
const highest = 9;

export interface EffectEstimate {
  /** Change as a share of what was expected without the visit: −0.3 is 30% fewer. NaN where nothing happened at all. */
  readonly effect: number;
  /** NaN where the records would agree with any effect on that side. */
  readonly lower: number;
  readonly upper: number;
  /** Two-sided: twice the smaller tail of the randomisation. */
  readonly p: number;
  /** Incidents that the visited villages had, and were to be expected without the visits. */
  readonly observed: number;
  readonly expected: number;
  /** Variance of the visits' own differences, those of a village together, over that of the draws; 1 where the draws vary as much. */
  readonly widening: number;
}

/** How far the records lie from each hypothetical effect. */
interface Residuals {
  /** Sum over the sets of the visited one's residual less the mean of the others'. */
  readonly total: number;
  /** The same difference with each member of each set in turn taken for the visited one, set after set. */
  readonly differences: Float64Array;
}

/** Incidents of all members over those expected, when visits change them by `effect`: what all villages had in common in these days. */
export function levelOf(sets: readonly MatchedSet[], effect: number, observed: (set: number) => readonly number[]): number {
  let [seen, expected] = [0, 0];
  sets.forEach((set, index) => {
    const counts = observed(index);
    for (let member = 0; member < counts.length; member++) {
      seen += counts[member]!;
      expected += set.expected[member]! * (1 + effect * set.exposure[member]!);
    }
  });
  return expected > 0 ? Math.min(3, Math.max(1 / 3, seen / expected)) : 1;
}

/** Differences of residuals at an effect. `netOf` is an effect of other visits that is taken out first. */
function residualsAt(sets: readonly MatchedSet[], offsets: Int32Array, effect: number, netOf: number | null): Residuals {
  const differences = new Float64Array(offsets[sets.length]!);
  const during = (set: MatchedSet, member: number): number =>
    netOf === null ? effect * set.exposure[member]! : netOf * set.exposure[member]! + (member === 0 ? effect : 0);
  let [seen, due] = [0, 0];
  for (const set of sets)
    for (let member = 0; member < set.members.length; member++) {
      seen += set.observed[member]!;
      due += set.expected[member]! * (1 + during(set, member));
    }
  const level = due > 0 ? Math.min(3, Math.max(1 / 3, seen / due)) : 1;
  let total = 0;
  sets.forEach((set, index) => {
    const count = set.members.length;
    const residual = set.members.map((_, member) => set.observed[member]! - level * set.expected[member]! * (1 + during(set, member)));
    const sum = residual.reduce((all, one) => all + one, 0);
    for (let member = 0; member < count; member++)
      differences[offsets[index]! + member] = residual[member]! - (sum - residual[member]!) / (count - 1);
    total += differences[offsets[index]!]!;
  });
  return { total, differences };
}

/**
 * The effect of the visits by randomisation within the matched sets.
 *
 * Why: with few incidents no formula for a standard error holds; which of a set was visited is what chance could have decided otherwise, and nothing else is assumed.
 * In words: what each member had more than its history led to expect (the expectation moved to the common level of the days) is its residual; the statistic is the sum over the
 * sets of the visited one's less the mean of the others'. Each of `permutations` draws takes a member of every set for the visited one. An effect e, as a share
 * of the expectation, is tested the same way after e has been taken out of the expectation of whoever was visited, for the share of the days behind the visit (also
 * of a compared village that was visited later); the estimate is where the statistic is 0, the interval holds the effects that are not rejected at alpha.
 * Sets follow each other in time and are made from the past alone, so that their sum is a martingale whichever villages recur; should the visited
 * villages nevertheless vary more than those compared, or the sets of one village lean together, the draws are widened to the variance that the villages show.
 * p = (r + 1) / (n + 1), both tails. Source: Rosenbaum 2002, doi:10.1007/978-1-4757-3692-2 (randomisation, matched sets, covariance adjustment), 10.1214/ss/1042727942.
 * Cost: O(permutations × sets) for each of about 40 effects.
 */
export function estimateEffect(
  sets: readonly MatchedSet[],
  options: { readonly alpha: number; readonly permutations: number; readonly seed: number; readonly netOf?: number },
): EffectEstimate {
  const offsets = new Int32Array(sets.length + 1);
  sets.forEach((set, index) => {
    offsets[index + 1] = offsets[index]! + set.members.length;
  });
  const netOf = options.netOf ?? null;
  const at = (effect: number): Residuals => residualsAt(sets, offsets, effect, netOf);
  const zero = at(0);
  const widening = wideningOf(sets, offsets, zero);
  const labels = drawLabels(sets, options.permutations, options.seed);
  const tails = ({ total, differences }: Residuals): { low: number; high: number } => {
    const [drawn, wider, tolerance] = [options.permutations, Math.sqrt(widening), 1e-9 * Math.max(1, Math.abs(total))];
    let [below, above] = [0, 0];
    for (let draw = 0; draw < drawn; draw++) {
      let sum = 0;
      for (let set = 0; set < sets.length; set++) sum += differences[offsets[set]! + labels[draw * sets.length + set]!]!;
      if (sum * wider <= total + tolerance) below++;
      if (sum * wider >= total - tolerance) above++;
    }
    return { low: (below + 1) / (drawn + 1), high: (above + 1) / (drawn + 1) };
  };
  const { low, high } = tails(zero);
  const observed = sets.reduce((sum, set) => sum + set.observed[0]!, 0);
  const hasAny = sets.some((set) => set.observed.some((count) => count > 0));
  // The statistic falls as the effect taken out grows.
  const effect = hasAny ? bisect((candidate) => at(candidate).total > 0, lowest, highest) : Number.NaN;
  const expected = observed - zero.total;
  return {
    effect,
    lower: hasAny ? limit((candidate) => tails(at(candidate)).high > options.alpha / 2, lowest, effect) : Number.NaN,
    upper: hasAny ? limit((candidate) => tails(at(candidate)).low > options.alpha / 2, highest, effect) : Number.NaN,
    p: hasAny ? Math.min(1, 2 * Math.min(low, high)) : 1,
    observed,
    expected,
    widening,
  };
}

/** Which member of each set is taken for the visited one, draw after draw. */
function drawLabels(sets: readonly MatchedSet[], draws: number, seed: number): Uint8Array {
  const random = createRandom(seed, labelStream, sets.length);
  const labels = new Uint8Array(draws * sets.length);
  for (let draw = 0; draw < draws; draw++)
    for (let set = 0; set < sets.length; set++) labels[draw * sets.length + set] = random.below(sets[set]!.members.length);
  return labels;
}

/** Variance of the sum as the villages show it, each with all its sets, over that of the draws; at least 1. */
function wideningOf(sets: readonly MatchedSet[], offsets: Int32Array, { total, differences }: Residuals): number {
  const mean = total / sets.length;
  const sums = new Map<number, number>();
  let drawn = 0;
  sets.forEach((set, index) => {
    const [begin, end] = [offsets[index]!, offsets[index + 1]!];
    sums.set(set.members[0]!, (sums.get(set.members[0]!) ?? 0) + differences[begin]! - mean);
    // The differences of a set add up to 0, whoever is taken for the visited one.
    for (let at = begin; at < end; at++) drawn += differences[at]! ** 2 / (end - begin);
  });
  const shown = [...sums.values()].reduce((sum, away) => sum + away ** 2, 0);
  return drawn > 0 ? Math.max(1, shown / drawn) : 1;
}

/** Where a claim that holds below stops to hold, to 0.001. */
function bisect(holds: (effect: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  while (high - low > 0.0005) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The effect farthest towards `end` that is not rejected; NaN when even that at the end is not. */
function limit(isKept: (effect: number) => boolean, end: number, estimate: number): number {
  if (isKept(end)) return end === lowest ? lowest : Number.NaN;
  let [kept, rejected] = [estimate, end];
  while (Math.abs(kept - rejected) > 0.002) {
    const middle = (kept + rejected) / 2;
    if (isKept(middle)) kept = middle;
    else rejected = middle;
  }
  return kept;
}
