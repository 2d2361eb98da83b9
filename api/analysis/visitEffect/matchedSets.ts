import { exposedIn } from "./exposure.ts";
import { type FreeAndBehind, featureNames, features, type Prognosis } from "./prognosis.ts";
import { type Episode, isAtRisk, type Study } from "./study.ts";

/** A visited village and those that it is compared with, over the same days. The visited one comes first in each list. */
export interface MatchedSet {
  readonly decidedOn: number;
  readonly day: number;
  readonly members: readonly number[];
  /** Features before the decision, of each member. */
  readonly described: readonly Float64Array[];
  readonly expected: readonly number[];
  /** Incidents in the days after. */
  readonly observed: readonly number[];
  /** Incidents beyond those expected of each member, on its days free of visits and on those behind one, its own or a later one. */
  readonly beyond: readonly FreeAndBehind[];
  /** Of the incidents, those on days behind a visit. */
  readonly behind: readonly number[];
  /** Share of the days after that lie behind a visit: 1 for the visited one, more than 0 for one that was visited later. */
  readonly exposure: readonly number[];
}

export interface Matching {
  readonly sets: MatchedSet[];
  /** Visits without a comparable village. */
  readonly unmatched: Episode[];
}

/** Largest difference of the square roots of two expectations, in standard deviations among the villages of that day. */
const caliper = 0.35;
/** Largest difference of the square roots of the incidents of the last 30 days: one of late is not compared with none, three may be with one. */
const caliperOfLate = 0.75;
/** How much the expectation counts against the other features together. */
const weightOfExpectation = 3;
/** Columns of a village's standing: the expectation, then the features. */
export const standingSide = features + 1;

/**
 * For every visit the villages most like it that were not visited then, none of them twice in the same days.
 *
 * Why: under no effect a visited village and one with the same history have the same future, whatever made the history.
 * In words: on the first day of a round all villages that were left alone are at risk. Those visited in the round are compared with those not visited in it that are
 * nearest in the forecast and in each of its parts (square roots, in standard deviations of that day), within calipers on the forecast and on the last 30 days. Whether a village is visited
 * later does not decide whether it serves, since that depends on what came after; how much of its days lay behind a visit is noted instead. The visits hardest to
 * match choose first, one village each in turn. `mayServe` keeps villages out.
 * Source: Li, Propert & Rosenbaum 2001, doi:10.1198/016214501753208573 (risk-set matching). Cost: O(rounds × villages + visits × villages).
 */
export function matchSets(study: Study, prognosis: Prognosis, episodes: readonly Episode[]): Matching {
  const busyUntil = new Float64Array(study.villages).fill(Number.NEGATIVE_INFINITY);
  const sets: MatchedSet[] = [];
  const unmatched: Episode[] = [];
  for (const together of byRound(episodes)) {
    const field = describeAll(study, prognosis, together[0]!.decidedOn);
    const isVisited = new Set(together.map(({ village }) => village));
    const ordered = together.toSorted((a, b) => field.expected[b.village]! - field.expected[a.village]! || a.village - b.village);
    const chosen = ordered.map((): number[] => []);
    const { decidedOn } = together[0]!;
    for (let turn = 0; turn < study.controls; turn++) {
      ordered.forEach(({ village }, index) => {
        const isFree = (other: number): boolean =>
          field.isAtRisk[other] === 1 &&
          !isVisited.has(other) &&
          busyUntil[other]! <= decidedOn &&
          study.visitDays.count(other, decidedOn, decidedOn + study.roundDays) === 0;
        const nearest = nearestVillage(field, village, isFree);
        if (nearest < 0) return;
        chosen[index]!.push(nearest);
        busyUntil[nearest] = decidedOn + study.afterDays + study.roundDays;
      });
    }
    ordered.forEach((episode, index) => {
      if (chosen[index]!.length === 0) unmatched.push(episode);
      else sets.push(setOf(study, prognosis, field, episode, chosen[index]!));
    });
  }
  return { sets, unmatched };
}

function byRound(episodes: readonly Episode[]): Episode[][] {
  const rounds = new Map<number, Episode[]>();
  for (const episode of episodes) rounds.set(episode.decidedOn, [...(rounds.get(episode.decidedOn) ?? []), episode]);
  return [...rounds].sort(([a], [b]) => a - b).map(([, list]) => list);
}

/** All villages as they stood on a day. */
export interface Field {
  readonly described: readonly Float64Array[];
  readonly expected: Float64Array;
  readonly isAtRisk: Uint8Array;
  /** Square root of the expectation, then of the features, over their standard deviations. */
  readonly standing: Float64Array;
}

export function describeAll(study: Study, prognosis: Prognosis, day: number): Field {
  const { villages } = study;
  const described = Array.from({ length: villages }, (_, village) => {
    const at = new Float64Array(features);
    prognosis.describe(village, day, at);
    return at;
  });
  const expected = Float64Array.from(described, prognosis.expect);
  const risk = Uint8Array.from(described, (_, village) => (isAtRisk(study, village, day) ? 1 : 0));
  const side = standingSide;
  const standing = new Float64Array(villages * side);
  for (let column = 0; column < side; column++) {
    const root = Float64Array.from(described, (at, village) => Math.sqrt(Math.max(0, column === 0 ? expected[village]! : at[column - 1]!)));
    const deviation = standardDeviation(root.filter((_, village) => risk[village] === 1));
    // Where all stand alike, only rounding is left of the deviation: a column that says nothing must not outweigh the others.
    for (let village = 0; village < villages; village++)
      standing[village * side + column] = deviation > 1e-9 ? root[village]! / deviation : 0;
  }
  return { described, expected, isAtRisk: risk, standing };
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function nearestVillage({ standing, expected, described }: Field, village: number, isFree: (other: number) => boolean): number {
  const side = standingSide;
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let other = 0; other < expected.length; other++) {
    const ahead = standing[other * side]! - standing[village * side]!;
    if (other === village || Math.abs(ahead) > caliper || !isFree(other)) continue;
    if (Math.abs(rootOfLate(described[other]!) - rootOfLate(described[village]!)) > caliperOfLate) continue;
    let away = weightOfExpectation * ahead ** 2;
    for (let column = 1; column < side; column++)
      away += (standing[other * side + column]! - standing[village * side + column]!) ** 2 / features;
    if (away < least) {
      least = away;
      nearest = other;
    }
  }
  return nearest;
}

const rootOfLate = (described: Float64Array): number =>
  Math.sqrt(described[featureNames.indexOf("days0to14")]! + described[featureNames.indexOf("days14to30")]!);

function setOf(
  study: Study,
  prognosis: Prognosis,
  field: Field,
  { village, decidedOn, day }: Episode,
  controls: readonly number[],
): MatchedSet {
  const members = [village, ...controls];
  const end = day + study.afterDays;
  const described = members.map((member) => field.described[member]!);
  const observed = members.map((member) => study.histories.count(member, day, end));
  const exposed = members.map((member) => exposedIn(study, member, day, end));
  return {
    decidedOn,
    day,
    members,
    described,
    expected: members.map((member) => field.expected[member]!),
    observed,
    beyond: described.map((at, member) => {
      const { free, behind } = prognosis.expectParts(at);
      const { incidents } = exposed[member]!;
      return { free: observed[member]! - incidents - free, behind: incidents - behind };
    }),
    behind: exposed.map(({ incidents }) => incidents),
    exposure: exposed.map(({ days }) => days / study.afterDays),
  };
}
