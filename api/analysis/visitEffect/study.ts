import type { Weights } from "../neighbours/weights.ts";
import { requireInput } from "../significance/refusal.ts";
import { type DatedPlaces, Histories } from "./histories.ts";

/** Scores of all villages as they stood on a day, before anything that came after. NaN where unknown. */
export interface ScoresThen {
  readonly day: number;
  readonly values: Float64Array;
}

export interface VisitEffectInput {
  readonly villages: number;
  /** NaN where unknown. */
  readonly population: Float64Array;
  readonly weights: Weights;
  /** 1 where visits are on record; 0 for villages across the border, which only are neighbours. All are 1 when absent. */
  readonly inside?: Uint8Array;
  readonly incidents: DatedPlaces;
  readonly visits: DatedPlaces;
  /** Records are complete from this day on, and before `endDay`. */
  readonly firstDay: number;
  readonly endDay: number;
  /** Incidents are counted so many days after a visit. */
  readonly afterDays: number;
  /** Visits of so many days are decided together, at their beginning. */
  readonly roundDays: number;
  /** Compared villages for each visit, at most. */
  readonly controls: number;
  readonly alpha: number;
  readonly permutations: number;
  /** Simulated histories for each effect that the power is worked out for. */
  readonly simulations: number;
  readonly seed: number;
  /** Ascending by day; may be empty. */
  readonly scores?: readonly ScoresThen[];
}

/** Days of records that a comparison needs before it. */
export const historyDays = 180;
/** A village visited within so many days before is neither a new visit nor one to compare with: the earlier visit may still work. */
export const lookbackDays = 180;

/** The input with its days in order, and what follows from it. */
export interface Study extends VisitEffectInput {
  readonly histories: Histories;
  readonly visitDays: Histories;
  /** Share of all people, or of villages where nobody's number is known; an unknown one counts as the mean. */
  readonly share: Float64Array;
}

/** One visit, or at a placebo date one that never was. `decidedOn` is the first day of its round. */
export interface Episode {
  readonly village: number;
  readonly decidedOn: number;
  readonly day: number;
}

/** Checks the input and makes the histories. @throws AnalysisRefusal wrong_input. */
export function studyOf(input: VisitEffectInput): Study {
  const { villages, population, weights, firstDay, endDay } = input;
  requireInput(population.length === villages, "population", population.length);
  requireInput(weights.n === villages, "weights", weights.n);
  requireInput(endDay > firstDay, "endDay", endDay);
  requireInput(input.afterDays >= 7 && input.afterDays <= lookbackDays, "afterDays", input.afterDays);
  requireInput(input.roundDays >= 1 && input.roundDays <= input.afterDays, "roundDays", input.roundDays);
  requireInput(input.controls >= 1 && input.controls <= 10, "controls", input.controls);
  requireInput(input.alpha > 0 && input.alpha < 1, "alpha", input.alpha);
  const known = population.filter((people) => people > 0);
  const mean = known.length === 0 ? 1 : known.reduce((sum, people) => sum + people, 0) / known.length;
  const people = population.map((count) => (count > 0 ? count : mean));
  const all = people.reduce((sum, count) => sum + count, 0);
  return {
    ...input,
    histories: new Histories(villages, input.incidents),
    visitDays: new Histories(villages, input.visits),
    share: people.map((count) => count / all),
  };
}

/** First day of the round of a day. */
export const roundOf = (study: Study, day: number): number =>
  study.firstDay + Math.floor((day - study.firstDay) / study.roundDays) * study.roundDays;

/** Whether a village was left alone for long before a day, from which alone it is comparable. Looks back only: what comes later must not choose. */
export const isAtRisk = (study: Study, village: number, decidedOn: number): boolean =>
  study.inside?.[village] !== 0 && study.visitDays.count(village, decidedOn - lookbackDays, decidedOn) === 0;

/** Whether a comparison from a day on has its history before it and its outcome after it in the records. */
export const isInRecords = (study: Study, decidedOn: number, day = decidedOn): boolean =>
  decidedOn - historyDays >= study.firstDay && day + study.afterDays <= study.endDay;

/** The visits that can be learned from: the first in a village for `lookbackDays`, in the records with its before and after. In the order of their days. */
export function episodesOf(study: Study): Episode[] {
  const { village, day } = study.visits;
  const episodes: Episode[] = [];
  const seen = new Set<string>();
  for (let visit = 0; visit < village.length; visit++) {
    const episode = { village: village[visit]!, day: day[visit]!, decidedOn: roundOf(study, day[visit]!) };
    const key = `${episode.village}/${episode.decidedOn}`;
    if (seen.has(key) || !isAtRisk(study, episode.village, episode.decidedOn) || !isInRecords(study, episode.decidedOn, episode.day))
      continue;
    seen.add(key);
    episodes.push(episode);
  }
  return episodes.sort((a, b) => a.decidedOn - b.decidedOn || a.day - b.day || a.village - b.village);
}
