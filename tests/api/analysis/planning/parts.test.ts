import { expect, test } from "vitest";
import { leastKnown } from "../../../../api/analysis/planning/exploration.ts";
import { otherwise } from "../../../../api/analysis/planning/otherwise.ts";
import type { RoutingProblem } from "../../../../api/analysis/planning/routingProblem.ts";
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
