import { expect, test } from "vitest";
import { leastSquares } from "../../../../api/analysis/visitEffect/leastSquares.ts";
import { type MatchedSet, matchSets } from "../../../../api/analysis/visitEffect/matchedSets.ts";
import { learnPrognosis } from "../../../../api/analysis/visitEffect/prognosis.ts";
import { episodesOf, studyOf, type VisitEffectInput } from "../../../../api/analysis/visitEffect/study.ts";
import { judgeVisits } from "../../../../api/analysis/visitEffect/verdict.ts";
import { analyseVisitEffect } from "../../../../api/analysis/visitEffect/visitEffect.ts";
import { jombangWorld, madeHistory } from "../../../../scripts/drive/visitEffect/madeHistory.ts";
import { madePlace } from "./madePlace.ts";

const place = madePlace();
const settings = { afterDays: 90, roundDays: 7, controls: 3, alpha: 0.05, permutations: 199, simulations: 20, seed: 1 };
const historyOf = (seed: number, effect = 0): VisitEffectInput => ({
  ...madeHistory(place, { ...jombangWorld, effect }, seed),
  ...settings,
});

test("with whom a visit is compared is decided by nothing that comes after its round", () => {
  const study = studyOf(historyOf(7));
  const prognosis = learnPrognosis(study);
  const episodes = episodesOf(study);
  const cut = episodes[30]!.decidedOn;
  const until = (list: { village: Int32Array; day: Int32Array }, before: number) => ({
    village: list.village.filter((_, index) => list.day[index]! < before),
    day: list.day.filter((day) => day < before),
  });
  const then = { ...study, ...studyOf({ ...study, incidents: until(study.incidents, cut), visits: until(study.visits, cut + 7) }) };
  const members = (sets: readonly MatchedSet[]) => sets.filter(({ decidedOn }) => decidedOn <= cut).map((set) => set.members);
  const early = episodes.filter(({ decidedOn }) => decidedOn <= cut);
  const compared = members(matchSets(study, prognosis, episodes).sets);
  expect(compared.length).toBeGreaterThan(5);
  expect(members(matchSets(then, prognosis, early).sets)).toEqual(compared);
});

test("no village stands twice in the same days, and none that was visited shortly before is compared", () => {
  const study = studyOf(historyOf(8));
  const { sets } = matchSets(study, learnPrognosis(study), episodesOf(study));
  const busy = new Map<number, number>();
  for (const { members, decidedOn } of sets) {
    for (const control of members.slice(1)) {
      expect(busy.get(control) ?? Number.NEGATIVE_INFINITY).toBeLessThanOrEqual(decidedOn);
      busy.set(control, decidedOn + 90);
      expect(study.visitDays.count(control, decidedOn - 180, decidedOn + 7)).toBe(0);
    }
  }
  expect(sets.length).toBeGreaterThan(20);
});

test("a line through points is found, and a column of nothing weighs nothing", () => {
  const rows = Float64Array.from([1, 0, 0, 1, 1, 0, 1, 2, 0, 1, 3, 0]);
  const found = leastSquares(rows, 3, Float64Array.from([5, 7, 9, 11]), new Float64Array(4).fill(2));
  expect(Array.from(found, (value) => Math.round(value * 1e4) / 1e4)).toEqual([5, 2, 0]);
});

test.each([
  ["no visit", { visits: { village: new Int32Array(), day: new Int32Array() } }],
  ["no incident", { incidents: { village: new Int32Array(), day: new Int32Array() } }],
  [
    "nobody's number known",
    { population: new Float64Array(306).fill(Number.NaN), visits: { village: Int32Array.of(3), day: Int32Array.of(400) } },
  ],
  ["visits only before the records reach far enough", { visits: { village: Int32Array.of(3, 4), day: Int32Array.of(20, 1090) } }],
])("with %s it cannot be told, and says why", (_, change) => {
  const { verdict, reasons, naive } = analyseVisitEffect({ ...historyOf(9), ...change });
  expect(verdict).toBe("cannot_tell");
  expect(reasons.length).toBeGreaterThan(0);
  expect(naive.visits).toBeGreaterThanOrEqual(0);
});

const estimate = { effect: -0.4, lower: -0.6, upper: -0.1, p: 0.01, observed: 20, expected: 33, widening: 1 };
const placebo = { dates: 5, visits: 40, estimate: null, fails: false };
const power = { power: [], smallestEffect: 0.3 };
const judged = { episodes: 50, matched: 40, incidents: 200, imbalance: 0.05, estimate, placebo, power, alpha: 0.05 };
test.each([
  [{}, "helps", []],
  [{ estimate: { ...estimate, p: 0.2 } }, "not_seen", []],
  [{ estimate: { ...estimate, p: 0.2 }, power: { power: [], smallestEffect: Number.NaN } }, "cannot_tell", ["power_too_low"]],
  [{ estimate: { ...estimate, effect: 0.4 } }, "cannot_tell", ["more_incidents_after"]],
  [{ estimate: { ...estimate, effect: Number.NaN } }, "cannot_tell", ["more_incidents_after"]],
  [{ placebo: { ...placebo, fails: true } }, "cannot_tell", ["placebo_fails"]],
  [{ matched: 8, episodes: 9 }, "cannot_tell", ["too_few_visits"]],
  [{ matched: 20 }, "cannot_tell", ["no_comparable_villages"]],
  [{ incidents: 5 }, "cannot_tell", ["too_few_incidents"]],
  [{ imbalance: 0.4 }, "cannot_tell", ["not_balanced"]],
])("verdict of case %#", (change, verdict, reasons) => {
  expect(judgeVisits({ ...judged, ...change })).toEqual({ verdict, reasons });
});
