import { type MatchedSet, matchSets } from "./matchedSets.ts";
import { type BeforeAndAfter, compareBeforeAndAfter } from "./naive.ts";
import { type Placebo, placeboAt } from "./placebo.ts";
import { type EffectPower, powerEffects, powerOf } from "./power.ts";
import { featureNames, learnPrognosis } from "./prognosis.ts";
import { type EffectEstimate, estimateEffect } from "./randomisation.ts";
import { episodesOf, lookbackDays, type Study, studyOf, type VisitEffectInput } from "./study.ts";
import { judgeVisits, type VisitReason, type VisitVerdict } from "./verdict.ts";

/** Visited and compared villages side by side, before the visit, in one feature. */
export interface Balance {
  readonly feature: string;
  readonly visited: number;
  readonly compared: number;
  /** Difference of the means over the standard deviation of all members. */
  readonly difference: number;
}

/** Mean incidents of so many days, `fromDay` counted from the visit. */
export interface PathPoint {
  readonly fromDay: number;
  readonly days: number;
  readonly visited: number;
  readonly compared: number;
}

export interface VisitEffectResult {
  readonly verdict: VisitVerdict;
  readonly reasons: readonly VisitReason[];
  readonly estimate: EffectEstimate | null;
  readonly naive: BeforeAndAfter;
  readonly placebo: Placebo | null;
  readonly power: (EffectPower & { readonly effects: readonly number[] }) | null;
  readonly balance: readonly Balance[];
  readonly path: readonly PathPoint[];
  /** Visits given, those that could be learned from, and those with a comparable village. */
  readonly visits: number;
  readonly episodes: number;
  readonly matched: number;
  readonly sets: readonly MatchedSet[];
  readonly extra: number;
}

const pathDays = 30;

/**
 * Whether visits are followed by fewer incidents than would have come without them, and whether that can be told at all.
 *
 * Why: visits go to the worst villages, and those get better by themselves more often than not; before against after says "success" of visits that do nothing.
 * In words: every visited village is set beside villages that were not visited then and had the same history (prognosis.ts, matchedSets.ts); the difference that is left is
 * judged by randomisation within the sets (randomisation.ts), tried at dates when nothing happened (placebo.ts), and set beside what could have been found (power.ts).
 * It compares recorded incidents: a visit that makes people report more hides what it helped. It holds where visits are chosen from what the records show; when leaders
 * know of trouble that no record shows, the estimate leans against the visits. Cost: about a second for a kabupaten.
 */
export function analyseVisitEffect(input: VisitEffectInput): VisitEffectResult {
  const study = studyOf(input);
  const { alpha, permutations, simulations, seed } = study;
  const episodes = episodesOf(study);
  const prognosis = learnPrognosis(study);
  const { sets } = matchSets(study, prognosis, episodes);
  const estimate = sets.length < 2 ? null : estimateEffect(sets, { alpha, permutations, seed });
  const balance = balanceOf(sets);
  const power = estimate === null ? null : powerOf(sets, prognosis, { widening: estimate.widening, alpha, simulations, seed });
  const placebo = estimate === null ? null : placeboAt(study, prognosis, episodes, estimate.effect);
  const incidents = sets.reduce((sum, { observed }) => sum + observed.reduce((all, count) => all + count, 0), 0);
  const judged = judgeVisits({
    episodes: episodes.length,
    matched: sets.length,
    incidents,
    imbalance: Math.abs(balance[0]?.difference ?? 0),
    estimate,
    placebo,
    power,
    alpha,
  });
  return {
    ...judged,
    estimate,
    naive: compareBeforeAndAfter(study),
    placebo,
    power: power && { ...power, effects: powerEffects },
    balance,
    path: pathOf(study, sets),
    visits: input.visits.day.length,
    episodes: episodes.length,
    matched: sets.length,
    sets,
    extra: prognosis.extra,
  };
}

function balanceOf(sets: readonly MatchedSet[]): Balance[] {
  if (sets.length === 0) return [];
  const columns = [
    { feature: "expected", of: (set: MatchedSet, member: number) => set.expected[member]! },
    ...featureNames.map((feature, at) => ({ feature, of: (set: MatchedSet, member: number) => set.described[member]![at]! })),
  ];
  return columns.map(({ feature, of }) => {
    const all = sets.flatMap((set) => set.members.map((_, member) => of(set, member)));
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
    const visited = sets.reduce((sum, set) => sum + of(set, 0), 0) / sets.length;
    const compared =
      sets.reduce((sum, set) => {
        const others = set.members.length - 1;
        return sum + set.members.slice(1).reduce((one, _, member) => one + of(set, member + 1), 0) / others;
      }, 0) / sets.length;
    return { feature, visited, compared, difference: deviation > 0 ? (visited - compared) / deviation : 0 };
  });
}

/** Steps of 30 days from `lookbackDays` before to the end of the days after. */
function pathOf({ histories, afterDays }: Study, sets: readonly MatchedSet[]): PathPoint[] {
  if (sets.length === 0) return [];
  const points: PathPoint[] = [];
  for (let fromDay = -lookbackDays; fromDay < afterDays; fromDay += pathDays) {
    const days = Math.min(pathDays, afterDays - fromDay);
    const mean = (of: (set: MatchedSet) => readonly number[]): number =>
      sets.reduce((sum, set) => {
        const members = of(set);
        const from = set.day + fromDay;
        return sum + members.reduce((all, village) => all + histories.count(village, from, from + days), 0) / members.length;
      }, 0) / sets.length;
    points.push({ fromDay, days, visited: mean((set) => set.members.slice(0, 1)), compared: mean((set) => set.members.slice(1)) });
  }
  return points;
}
