import { exposedIn } from "./exposure.ts";
import { leastSquares } from "./leastSquares.ts";
import { historyDays, isAtRisk, isInRecords, roundOf, type Study } from "./study.ts";

/** What is known of a village before a day, in this order; the windows end on that day. */
export const featureNames = [
  "people",
  "days0to14",
  "days14to30",
  "days30to90",
  "days90to180",
  "earlier",
  "neighbours",
  "score",
  "repeated",
] as const;
export const features = featureNames.length;
/** Earlier than the windows, so far back. */
const earlierDays = 730;
/** Days between the moments that the forecast is learned from, at least. */
const learningDays = 7;

/** A number for the days that lie behind no visit, and one for those that lie behind one. */
export interface FreeAndBehind {
  readonly free: number;
  readonly behind: number;
}

/** What to expect of a village after a day, from what came before. */
export interface Prognosis {
  /** Writes the features of a village before a day. */
  readonly describe: (village: number, day: number, into: Float64Array) => void;
  /** Incidents in the days after, > 0, with visits as they were made. */
  readonly expect: (described: Float64Array) => number;
  /** The same by days free of visits and days behind one; may be below 0. */
  readonly expectParts: (described: Float64Array) => FreeAndBehind;
  /** Incidents in the days after without any visit, > 0, when a visit changes them by `effect` (> −1). */
  readonly expectWithout: (described: Float64Array, effect: number) => number;
  /** Of the incidents without any visit those that fall behind visits, as the forecast learns them. */
  readonly expectExposed: (described: Float64Array, effect: number) => number;
  /** How much more than Poisson's the outcomes vary about the expectation: variance = mean + extra × mean². */
  readonly extra: number;
}

/** Writes what is known of a village before a day: counts of windows that do not overlap, the rate of the time before, what goes on around, and the score then. */
function describeVillage(study: Study, village: number, day: number, all: number, into: Float64Array): void {
  const { histories, afterDays, firstDay } = study;
  const expectedByPeople = study.share[village]! * all;
  const count = (from: number, before: number): number => histories.count(village, day - from, day - before);
  into[0] = expectedByPeople;
  into[1] = count(14, 0);
  into[2] = count(30, 14);
  into[3] = count(90, 30);
  into[4] = count(180, 90);
  // The rate of the time before the windows, drawn to that of all people by a window's worth of days.
  const begin = Math.max(firstDay, day - earlierDays);
  const days = Math.max(0, day - historyDays - begin);
  const earlier = histories.count(village, begin, day - historyDays);
  into[5] = ((earlier + (expectedByPeople * historyDays) / afterDays) / (days + historyDays)) * afterDays;
  const around = histories.meanAround(village, study.weights, day - 90, day);
  into[6] = Number.isNaN(around) ? (expectedByPeople * 90) / afterDays : around;
  into[7] = scoreThen(study, village, day);
  // Several of late say more than as many times one: a bad time rather than chance.
  const late = into[1]! + into[2]!;
  into[8] = (late * (late - 1)) / 2;
}

/** The last score known on a day, as a share of 1; one half where none is. */
function scoreThen({ scores = [] }: Study, village: number, day: number): number {
  let found = Number.NaN;
  for (const score of scores) if (score.day <= day) found = score.values[village]!;
  return Number.isNaN(found) ? 0.5 : found / 100;
}

/**
 * Learns from all villages that were left alone what a history leads one to expect: the guard against regression to the mean.
 *
 * Why: visits go where it was bad of late, and much of that is chance that will not come again whether anybody goes or not. So the expectation must be that of
 * such a history, not the history itself. For counts whose rates vary like a gamma distribution the best forecast is linear in the counts of the past (credibility:
 * the empirical-Bayes estimate), so it is a linear regression of the incidents of the days after on those of several windows before, on people, neighbours and
 * score; twice, the second time weighted by one over the variance that the first gives. Learned at the beginning of every round from all villages without a visit in `lookbackDays` before it.
 * Some of them are visited soon after. A forecast that learned from their outcomes as they are would have learned a part of the effect, and take that from the estimate. So the
 * incidents behind visits are forecast apart: both regressions have the same rows and weights, and for any effect e that is tried their sum free + behind / (1 + e) is the regression of the
 * incidents that there would have been without visits; the effect and the forecast are found together.
 * Source: Bühlmann 1967, doi:10.1017/S0515036100008989; Hansen 2008, doi:10.1093/biomet/asn004 (matching on such a forecast); Robins 1994, doi:10.1080/03610929408831393. Cost: O(moments × villages).
 */
export function learnPrognosis(study: Study): Prognosis {
  const { villages, histories, firstDay, endDay, afterDays } = study;
  const allBefore = incidentsBefore(study);
  const { values, outcome, behind, share } = learningRows(study, allBefore);
  const mean = outcome.length === 0 ? 0 : outcome.reduce((sum, count) => sum + count, 0) / outcome.length;
  const least = Math.max(1e-6, 0.05 * mean, (0.02 * histories.countAll(firstDay, endDay) * afterDays) / (villages * (endDay - firstDay)));
  const first = leastSquares(values, features, outcome, new Float64Array(outcome.length).fill(1));
  const weights = outcome.map((_, row) => 1 / Math.max(least, product(first, values, row * features)));
  const regress = (of: Float64Array): Float64Array => leastSquares(values, features, of, weights);
  const coefficients = { free: regress(outcome.map((count, row) => count - behind[row]!)), behind: regress(behind) };
  const withoutAt = (at: Float64Array, from: number, effect: number): number =>
    Math.max(least, product(coefficients.free, at, from) + product(coefficients.behind, at, from) / (1 + effect));
  let [beyond, squares] = [0, 0];
  outcome.forEach((count, row) => {
    const expected = withoutAt(values, row * features, 0);
    beyond += (count - expected) ** 2 - expected;
    squares += expected ** 2;
  });
  const exposed = new Map<number, Float64Array>();
  return {
    describe: (village, day, into) => describeVillage(study, village, day, allBefore(day), into),
    expect: (at) => withoutAt(at, 0, 0),
    expectParts: (at) => ({ free: product(coefficients.free, at, 0), behind: product(coefficients.behind, at, 0) }),
    expectWithout: (at, effect) => withoutAt(at, 0, effect),
    expectExposed: (at, effect) => {
      const learned = exposed.get(effect) ?? regress(share.map((part, row) => part * withoutAt(values, row * features, effect)));
      exposed.set(effect, learned);
      return product(learned, at, 0);
    },
    extra: squares > 0 ? Math.max(0, beyond / squares) : 0,
  };
}

/** Incidents of all villages in the year before a day, per `afterDays`. */
function incidentsBefore({ histories, firstDay, afterDays }: Study): (day: number) => number {
  const known = new Map<number, number>();
  return (day) => {
    const kept = known.get(day);
    if (kept !== undefined) return kept;
    const from = Math.max(firstDay, day - 365);
    const rate = day > from ? (histories.countAll(from, day) * afterDays) / (day - from) : 0;
    known.set(day, rate);
    return rate;
  };
}

/** Villages left alone on the first days of rounds: what was known of them, and what came, of it behind visits, and the share of the days behind one. */
function learningRows(study: Study, allBefore: (day: number) => number) {
  const { villages, histories, afterDays, firstDay, roundDays } = study;
  const [values, outcome, behind, share]: [number[], number[], number[], number[]] = [[], [], [], []];
  const described = new Float64Array(features);
  const stride = Math.ceil(learningDays / roundDays) * roundDays;
  for (let day = roundOf(study, firstDay + historyDays + roundDays - 1); isInRecords(study, day); day += stride) {
    for (let village = 0; village < villages; village++) {
      if (!isAtRisk(study, village, day)) continue;
      describeVillage(study, village, day, allBefore(day), described);
      for (const value of described) values.push(value);
      outcome.push(histories.count(village, day, day + afterDays));
      const exposed = exposedIn(study, village, day, day + afterDays);
      behind.push(exposed.incidents);
      share.push(exposed.days / afterDays);
    }
  }
  return {
    values: Float64Array.from(values),
    outcome: Float64Array.from(outcome),
    behind: Float64Array.from(behind),
    share: Float64Array.from(share),
  };
}

function product(coefficients: Float64Array, values: Float64Array, from: number): number {
  let sum = 0;
  for (let feature = 0; feature < features; feature++) sum += coefficients[feature]! * values[from + feature]!;
  return sum;
}
