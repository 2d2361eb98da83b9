import { describeAll, type Field, type MatchedSet, type Matching, matchSets, standingSide } from "./matchedSets.ts";
import type { Prognosis } from "./prognosis.ts";
import { type ComparedSet, type EffectEstimate, estimateEffect, leftBy } from "./randomisation.ts";
import { type Episode, historyDays, isInRecords, roundOf, type Study } from "./study.ts";

/** A placebo that would be as rare as this by chance fails. */
export const placeboAlpha = 0.01;

export interface Placebo {
  readonly dates: number;
  readonly visits: number;
  readonly estimate: EffectEstimate | null;
  /** An effect where nothing was done: the method does not hold on these records. */
  readonly fails: boolean;
}

/**
 * The same estimate at dates when nothing happened.
 *
 * Why: if villages as bad as the visited ones seem to get better without a visit too, then the comparison and not the visit does it.
 * In words: at dates `afterDays` apart a village that was left alone, and stood nearest to where a visited one stood on its day (in the forecast and all its parts), is taken
 * for visited, as many on each date as were visited in a span of that length; sets are matched and the effect is estimated as before, after the incidents behind true visits have been made up to what there would have been without.
 * It fails when p ≤ 0.01. Cost: as the estimate itself.
 */
export function placeboAt(study: Study, prognosis: Prognosis, episodes: readonly Episode[], effect: number): Placebo {
  const stood = standingOf(study, prognosis, episodes);
  const dates: number[] = [];
  for (let day = roundOf(study, study.firstDay + historyDays + study.roundDays - 1); isInRecords(study, day); day += study.afterDays)
    dates.push(roundOf(study, day + study.roundDays - 1));
  const each = dates.length === 0 ? 0 : Math.max(1, Math.round(episodes.length / Math.max(1, dates.length)));
  const pretended = dates
    .filter((day) => isInRecords(study, day))
    .flatMap((day, index) => pretendedOn(study, prognosis, day, every(stood, each, index)));
  const matching: Matching = matchSets(study, prognosis, pretended);
  if (matching.sets.length < 2) return { dates: dates.length, visits: matching.sets.length, estimate: null, fails: false };
  const { alpha, permutations, seed } = study;
  const left = leftBy(effect);
  const sets = matching.sets.map((set) => withoutVisits(set, left));
  const estimate = estimateEffect(sets, { alpha, permutations, seed: seed + 1 });
  return { dates: dates.length, visits: sets.length, estimate, fails: estimate.p <= placeboAlpha };
}

/** The set as it would be without true visits that leave `left` of the incidents, and with all days of the first member behind a visit that never was. */
function withoutVisits(set: MatchedSet, left: number): ComparedSet {
  const made = set.observed.map((count, member) => count + set.behind[member]! * (1 / left - 1));
  const beyond = set.beyond.map(({ free, behind }) => free + behind / left);
  return {
    members: set.members,
    observed: made,
    beyond: beyond.map((more, member) => (member === 0 ? { free: more - made[0]!, behind: made[0]! } : { free: more, behind: 0 })),
  };
}

/** Where each visited village stood among all on its day, least expected first. */
function standingOf(study: Study, prognosis: Prognosis, episodes: readonly Episode[]): Float64Array[] {
  const fields = new Map<number, Field>();
  const stood = episodes.map(({ village, decidedOn }) => {
    const field = fields.get(decidedOn) ?? describeAll(study, prognosis, decidedOn);
    fields.set(decidedOn, field);
    return field.standing.slice(village * standingSide, (village + 1) * standingSide);
  });
  return stood.sort((a, b) => a[0]! - b[0]!);
}

/** `count` of the places, spread evenly, from another begin at each date. */
function every(stood: readonly Float64Array[], count: number, index: number): Float64Array[] {
  const stride = stood.length / count;
  return Array.from({ length: count }, (_, at) => stood[Math.floor((at + ((index * 0.618) % 1)) * stride)]!);
}

/** For each place the village nearest to it that day, none twice, of those that nobody visited in that round. */
function pretendedOn(study: Study, prognosis: Prognosis, day: number, stood: readonly Float64Array[]): Episode[] {
  const { standing, isAtRisk } = describeAll(study, prognosis, day);
  const free = new Set(
    Array.from(isAtRisk.keys()).filter(
      (village) => isAtRisk[village] === 1 && study.visitDays.count(village, day, day + study.roundDays) === 0,
    ),
  );
  return stood.flatMap((place) => {
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const village of free) {
      const away = place.reduce((sum, value, column) => sum + (standing[village * standingSide + column]! - value) ** 2, 0);
      if (away < least) {
        least = away;
        nearest = village;
      }
    }
    if (nearest < 0) return [];
    free.delete(nearest);
    return [{ village: nearest, decidedOn: day, day }];
  });
}
