import { expect, test } from "vitest";
import { leastKnown } from "../../../../api/analysis/planning/exploration.ts";
import { otherwise } from "../../../../api/analysis/planning/otherwise.ts";
import type { RoutingProblem } from "../../../../api/analysis/planning/routingProblem.ts";
import { bestPlan } from "../../../../api/analysis/planning/searchVisits.ts";
import { travelMinutesByDistance } from "../../../../api/analysis/planning/travelMinutes.ts";
import { visitGain } from "../../../../api/analysis/planning/visitGain.ts";

const unknown = Number.NaN;

test("a gain is the product of its parts, and unknown where the score is", () => {
  const found = visitGain({
    score: Float64Array.of(80, 80, unknown, 50, 10),
    population: Float64Array.of(4000, 1000, 4000, unknown, 400_000),
    stage: ["T2", "T5", null, null, "T0"],
    daysSinceVisit: Float64Array.of(unknown, 60, unknown, 0, unknown),
  });
  // Median of the known people is 4,000; a contact today leaves nothing to gain, one 60 days ago 1 − 1/e.
  expect(Array.from(found.people)).toEqual([1, 0.5, 1, 1, 2]);
  expect(Array.from(found.help)).toEqual([1, 0.4, 0.5, 0.5, 0.3]);
  expect(found.recency[1]).toBeCloseTo(1 - 1 / Math.E, 12);
  expect(found.gain[0]).toBe(80);
  expect(found.gain[1]).toBeCloseTo(80 * 0.4 * 0.5 * (1 - 1 / Math.E), 12);
  expect(found.gain[2]).toBeNaN();
  expect(found.gain[3]).toBe(0);
  expect(found.gain[4]).toBe(6);
});

test("exploration goes to the longest silent village of each kecamatan in turn, the most peopled of equals first", () => {
  const asked = {
    daysSinceHeard: Float64Array.of(10, unknown, unknown, 400, 5, 30),
    population: Float64Array.of(100, 200, 900, 100, 100, unknown),
    district: Int32Array.of(0, 0, 0, 1, 1, 2),
    isReachable: Uint8Array.of(1, 1, 1, 1, 1, 1),
  };
  expect(leastKnown({ ...asked, count: 1 })).toEqual([2]);
  expect(leastKnown({ ...asked, count: 3 })).toEqual([2, 3, 5]);
  expect(leastKnown({ ...asked, count: 4 })).toEqual([1, 2, 3, 5]);
  expect(leastKnown({ ...asked, count: 99 })).toEqual([0, 1, 2, 3, 4, 5]);
  expect(leastKnown({ ...asked, count: 2, isReachable: Uint8Array.of(1, 1, 0, 0, 1, 0) })).toEqual([1, 4]);
});

test("a degree along the equator at 60 km/h is 111.19 minutes, longer by the detour, and slower at a slow end", () => {
  const two = (speed: number[]) => ({ longitude: Float64Array.of(0, 1), latitude: Float64Array.of(0, 0), speed: Float64Array.from(speed) });
  // 6,371.0088 km × π ÷ 180 = 111.195 km; minutes are rounded up to hundredths.
  expect(Array.from(travelMinutesByDistance(two([60, 60]), 1))).toEqual([0, 111.2, 111.2, 0]);
  expect(travelMinutesByDistance(two([60, 60]), 1.5)[1]).toBeCloseTo(166.8, 9);
  expect(travelMinutesByDistance(two([60, 30]), 1)[1]).toBeCloseTo(166.8, 9);
});

test("for each stop the best that it displaced, for each place left out what stands in its way", () => {
  // Four places on a line at minutes 10, 20, 30 and 500 from the base; one route of 100 minutes, visits of 30.
  const at = [10, 20, 30, 500, 0];
  const problem: RoutingProblem = {
    n: 4,
    places: 5,
    travelMinutes: Float64Array.from({ length: 25 }, (_, pair) => Math.abs(at[Math.floor(pair / 5)]! - at[pair % 5]!)),
    gain: Float64Array.of(5, 9, 7, 100),
    visitMinutes: new Float64Array(4).fill(30),
    startPlace: Int32Array.of(4),
    endPlace: Int32Array.of(4),
    startsAtMinute: Float64Array.of(0),
    endsAtMinute: Float64Array.of(120),
    opensAtMinute: new Float64Array(4),
    closesAtMinute: new Float64Array(4).fill(1e9),
  };
  const found = otherwise(problem, [[1, 2]], new Uint8Array(4));
  expect(found.state).toEqual(["crowded_out", "planned", "planned", "out_of_reach"]);
  expect(Array.from(found.alternative)).toEqual([-1, 0, 0, -1]);
  expect(Array.from(found.inTheWay)).toEqual([2, -1, -1, -1]);
  expect(otherwise(problem, [[1, 2]], Uint8Array.of(0, 0, 1, 0)).inTheWay[0]).toBe(1);
  expect(otherwise(problem, [[1]], new Uint8Array(4)).state[2]).toBe("fits");
});

test.each<[string, [worth: number, minutes: number][], number]>([
  [
    "more worth goes before fewer minutes",
    [
      [10, 50],
      [12, 90],
      [11, 40],
    ],
    1,
  ],
  [
    "of equal worth the shorter",
    [
      [10, 90],
      [10, 50],
      [10, 70],
    ],
    1,
  ],
  [
    "of all equal the first",
    [
      [10, 50],
      [10, 50 - 5e-10],
      [10 + 5e-10, 50],
    ],
    0,
  ],
  [
    "a rounding error of worth is none",
    [
      [10, 90],
      [10 - 5e-10, 50],
    ],
    1,
  ],
  [
    "less worth is never better",
    [
      [10, 90],
      [9, 10],
    ],
    0,
  ],
])("the best of several plans: %s", (_, plans, expected) => {
  const all = plans.map(([worth, minutes]) => ({ routes: [], gain: worth, worth, minutes }));
  expect(bestPlan(all)).toBe(all[expected]);
});

test("travel is the same both ways, nothing to oneself, and along meridians and parallels what the sphere says", () => {
  const places = { longitude: Float64Array.of(112, 112, 113), latitude: Float64Array.of(-7, -8, -8), speed: Float64Array.of(30, 40, 60) };
  const minutes = travelMinutesByDistance(places, 1.3);
  const degree = (6371.0088 * Math.PI) / 180;
  expect(minutes[1]).toBeCloseTo((degree * 1.3 * 60 * (1 / 30 + 1 / 40)) / 2, 1);
  // A parallel at 8 degrees is shorter by its cosine; the great circle beside it is shorter by millionths.
  expect(minutes[5]).toBeCloseTo((degree * Math.cos((8 * Math.PI) / 180) * 1.3 * 60 * (1 / 40 + 1 / 60)) / 2, 1);
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const)
    expect(minutes[3 * a + b]).toBe(minutes[3 * b + a]);
  expect([minutes[0], minutes[4], minutes[8]]).toEqual([0, 0, 0]);
  expect(minutes[1]! * 100).toBeCloseTo(Math.round(minutes[1]! * 100), 6);
});

test.each([
  ["T0", 0.3],
  ["T1", 0.8],
  ["T2", 1],
  ["T3", 1],
  ["T4", 0.6],
  ["T5", 0.4],
  ["T6", 0.9],
  ["T7", 0.8],
  [null, 0.5],
] as const)("talking helps at stage %s by %d", (stage, help) => {
  const one = {
    score: Float64Array.of(50),
    population: Float64Array.of(unknown),
    stage: [stage],
    daysSinceVisit: Float64Array.of(unknown),
  };
  expect([visitGain(one).help[0], visitGain(one).gain[0], visitGain(one).risk[0]]).toEqual([help, 50 * help, 50]);
});

test("people weigh by the root of their number over the median's, from a half to twice; the median of four is between the two", () => {
  const population = Float64Array.of(1000, 2000, 4000, 100_000, 0, 10);
  const found = visitGain({
    score: new Float64Array(6).fill(1),
    population,
    stage: new Array(6).fill("T2"),
    daysSinceVisit: Float64Array.of(0, 30, 60, -5, unknown, 1e9),
  });
  // Of 10, 1,000, 2,000, 4,000 and 100,000: 2,000.
  expect(Array.from(found.people, (value) => Number((value ** 2).toFixed(9)))).toEqual([0.5, 1, 2, 4, 1, 0.25]);
  expect(Array.from(found.recency, (value) => Number(value.toFixed(6)))).toEqual([0, 0.393469, 0.632121, 0, 1, 1]);
  const four = visitGain({
    score: new Float64Array(4).fill(1),
    population: population.slice(0, 4),
    stage: new Array(4).fill(null),
    daysSinceVisit: new Float64Array(4),
  });
  expect(four.people[1]).toBeCloseTo(Math.sqrt(2000 / 3000), 12);
});

test.each([
  [[5, 9, 7, 6], 3],
  [[6, 9, 7, 5], 0],
  [[6, 9, 7, 6], 0],
])("with gains of %j the one that a stop displaced is the one of most gain, of equals the first", (gain, expected) => {
  const at = [10, 20, 30, 12, 0];
  const problem: RoutingProblem = {
    n: 4,
    places: 5,
    travelMinutes: Float64Array.from({ length: 25 }, (_, pair) => Math.abs(at[Math.floor(pair / 5)]! - at[pair % 5]!)),
    gain: Float64Array.from(gain),
    visitMinutes: new Float64Array(4).fill(30),
    startPlace: Int32Array.of(4),
    endPlace: Int32Array.of(4),
    startsAtMinute: Float64Array.of(0),
    endsAtMinute: Float64Array.of(120),
    opensAtMinute: new Float64Array(4),
    closesAtMinute: new Float64Array(4).fill(1e9),
  };
  const { alternative, inTheWay } = otherwise(problem, [[1, 2]], new Uint8Array(4));
  expect([...alternative]).toEqual([-1, expected, expected, -1]);
  expect([...inTheWay]).toEqual([2, -1, -1, 2]);
});
