import { expect, test } from "vitest";
import { weightsFromEdges } from "../../../../api/analysis/neighbours/weights.ts";
import { exposedIn } from "../../../../api/analysis/visitEffect/exposure.ts";
import { Histories } from "../../../../api/analysis/visitEffect/histories.ts";
import { compareBeforeAndAfter } from "../../../../api/analysis/visitEffect/naive.ts";
import { episodesOf, isAtRisk, isInRecords, roundOf, studyOf, type VisitEffectInput } from "../../../../api/analysis/visitEffect/study.ts";

const places = (list: readonly (readonly [village: number, day: number])[]) => ({
  village: Int32Array.from(list, ([village]) => village),
  day: Int32Array.from(list, ([, day]) => day),
});
const inputOf = (incidents: readonly (readonly [number, number])[], visits: readonly (readonly [number, number])[]): VisitEffectInput => ({
  villages: 4,
  population: Float64Array.of(100, 300, Number.NaN, 0),
  weights: weightsFromEdges(4, Int32Array.of(0, 1, 1, 2), Int32Array.of(1, 0, 2, 1)),
  incidents: places(incidents),
  visits: places(visits),
  ...{ firstDay: 0, endDay: 1000, afterDays: 90, roundDays: 7, controls: 3, alpha: 0.05, permutations: 99, simulations: 10, seed: 1 },
});

test.each([
  ["a village never visited has no day behind a visit", 0, 0, 1000, 0, 0],
  ["days behind one visit are those from it on", 1, 0, 1000, 90, 3],
  ["the day of the visit counts, the day before does not", 1, 99, 101, 1, 1],
  ["the last day behind a visit is the 90th", 1, 189, 191, 1, 1],
  ["days behind two visits count once", 2, 0, 1000, 130, 2],
  ["what lies between is cut from both ends", 2, 120, 200, 80, 1],
  ["nothing lies behind a visit to come", 1, 0, 100, 0, 0],
])("%s", (_, village, from, before, days, incidents) => {
  const study = studyOf(
    inputOf(
      [
        [1, 99],
        [1, 100],
        [1, 150],
        [1, 189],
        [1, 190],
        [2, 130],
        [2, 229],
        [2, 230],
      ],
      [
        [1, 100],
        [2, 100],
        [2, 140],
      ],
    ),
  );
  expect(exposedIn(study, village, from, before)).toEqual({ days, incidents });
});

test("incidents are counted from the first day asked for to the one before the last, in the order of no list", () => {
  const histories = new Histories(
    3,
    places([
      [2, 9],
      [0, 5],
      [2, 3],
      [2, 3],
      [0, 4],
    ]),
  );
  expect([...histories.daysOf(2)]).toEqual([3, 3, 9]);
  expect([...histories.daysOf(1)]).toEqual([]);
  expect([histories.count(2, 3, 9), histories.count(2, 3, 10), histories.count(2, 4, 9), histories.count(2, 9, 3)]).toEqual([2, 3, 0, 0]);
  expect(histories.countAll(4, 6)).toBe(2);
  const line = weightsFromEdges(3, Int32Array.of(1, 1), Int32Array.of(0, 2));
  expect(histories.meanAround(1, line, 0, 10)).toBe(2.5);
  expect(histories.meanAround(0, line, 0, 10)).toBeNaN();
});

test.each([
  [places([[3, 1]]), "village"],
  [places([[-1, 1]]), "village"],
  [{ village: Int32Array.of(1), day: new Int32Array() }, "day"],
])("what happened where no village is, or on no day, is refused: case %#", (recorded, field) => {
  expect(() => new Histories(3, recorded)).toThrow(field);
});

test.each([
  ["population", { population: Float64Array.of(1) }],
  ["endDay", { endDay: 0 }],
  ["afterDays", { afterDays: 6 }],
  ["afterDays", { afterDays: 181 }],
  ["roundDays", { roundDays: 91 }],
  ["roundDays", { roundDays: 0 }],
  ["controls", { controls: 0 }],
  ["controls", { controls: 11 }],
  ["alpha", { alpha: 1 }],
  ["alpha", { alpha: 0 }],
])("a %s that cannot be is refused", (field, change) => {
  expect(() => studyOf({ ...inputOf([], []), ...change })).toThrow(field);
});

test("an unknown number of people counts as the mean of the known ones", () => {
  expect([...studyOf(inputOf([], [])).share]).toEqual([0.125, 0.375, 0.25, 0.25]);
});

test("a round begins every seventh day from the first day on", () => {
  const study = studyOf({ ...inputOf([], []), firstDay: 3 });
  expect([3, 9, 10, 16, 17].map((day) => roundOf(study, day))).toEqual([3, 3, 10, 10, 17]);
});

test("one visited within 180 days before is not at risk, nor is one across the border", () => {
  const study = studyOf({ ...inputOf([], [[1, 300]]), inside: Uint8Array.of(1, 1, 0, 1) });
  expect([300, 301, 480, 481].map((day) => isAtRisk(study, 1, day))).toEqual([true, false, false, true]);
  expect([isAtRisk(study, 0, 301), isAtRisk(study, 2, 301)]).toEqual([true, false]);
});

test("a comparison has 180 days of records before it and all its days after", () => {
  const study = studyOf(inputOf([], []));
  expect([179, 180, 910, 911].map((day) => isInRecords(study, day))).toEqual([false, true, true, false]);
  expect(isInRecords(study, 905, 911)).toBe(false);
});

test("of visits close together the first is learned from, one in a round, in the order of their days", () => {
  const study = studyOf(
    inputOf(
      [],
      [
        [1, 403],
        [0, 401],
        [1, 404],
        [1, 500],
        [2, 20],
        [2, 950],
        [3, 300],
        [3, 500],
      ],
    ),
  );
  expect(episodesOf(study)).toEqual([
    { village: 3, day: 300, decidedOn: 294 },
    { village: 0, day: 401, decidedOn: 399 },
    { village: 1, day: 403, decidedOn: 399 },
    { village: 3, day: 500, decidedOn: 497 },
  ]);
});

test("before and after are the same number of days, and their p that of a coin", () => {
  const incidents = [209, 210, 250, 290, 299, 300, 389, 390].map((day) => [1, day] as const);
  const found = compareBeforeAndAfter(studyOf(inputOf(incidents, [[1, 300]])));
  expect(found).toMatchObject({ visits: 1, before: 4, after: 2, change: -0.5 });
  // Of six tosses at most two heads: (1 + 6 + 15) / 64, two-sided.
  expect(found.p).toBeCloseTo(44 / 64, 12);
  expect(compareBeforeAndAfter(studyOf(inputOf([], [[1, 300]])))).toMatchObject({ visits: 1, change: Number.NaN, p: 1 });
  expect(compareBeforeAndAfter(studyOf(inputOf(incidents, [[1, 80]]))).visits).toBe(0);
});
