import { describe, expect, it } from "vitest";
import { planScan, type ScanInput } from "../../../../api/analysis/scan/plan.ts";
import { findClusters } from "../../../../api/analysis/scan/scan.ts";
import { observedMaximum } from "../../../../api/analysis/scan/search.ts";
import { arcMetres, chordMetres, unitVectors } from "../../../../api/analysis/scan/sphere.ts";
import { createSuccession } from "../../../../api/analysis/scan/succession.ts";
import { windowOf } from "../../../../api/analysis/scan/window.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";
import { scattered } from "./question.ts";

/** Five areas, one without people and one where they are unknown; 8 events of which 3 are there. */
const five: ScanInput = {
  ...scattered(5, 1, 5, 1),
  longitude: Float64Array.of(112, 112.1, 112.2, 112.3, 112.4),
  latitude: Float64Array.of(-7, -7.1, -7.2, -7.3, -7.4),
  population: Float64Array.of(10, 0, 30, Number.NaN, 60),
  eventArea: Int32Array.of(4, 0, 1, 2, 2, 3, 4, 3),
  eventDay: Int32Array.of(0, 1, 2, 3, 4, 0, 4, 1),
  stepDays: 2,
};

function refusalOf(act: () => unknown): unknown {
  try {
    act();
    return null;
  } catch (error) {
    const { code, details } = error as { code: string; details: { field?: string; value?: string } };
    return [code, details];
  }
}

describe("a plan", () => {
  it("is of those areas that have people, their events, and steps by their days", () => {
    const plan = planScan(five);
    expect([...plan.members]).toEqual([0, 2, 4]);
    expect([...plan.withoutPopulation]).toEqual([1, 3]);
    expect([plan.cases, plan.eventsWithout]).toEqual([5, 3]);
    expect([...plan.eventArea]).toEqual([2, 0, 1, 1, 2]);
    expect([...plan.eventStep]).toEqual([0, 1, 2, 2, 2]);
    expect([...plan.expected]).toEqual([0.5, 1.5, 3]);
    expect([...plan.stepShare]).toEqual([0.2, 0.4, 0.4]);
    expect([[...plan.startDay], [...plan.longestEnd]]).toEqual([
      [0, 1, 3, 5],
      [1, 2, 3],
    ]);
    expect([...plan.longitude, ...plan.latitude]).toEqual([112, 112.2, 112.4, -7, -7.2, -7.4]);
    expect([plan.isProspective, plan.minimumCases, plan.model]).toEqual([false, 2, "poisson"]);
    expect(planScan({ ...five, maxDays: 4 }).longestEnd[0]).toBe(2);
  });

  it("of the permutation model is of all areas, expected as observed", () => {
    const plan = planScan({ ...five, model: "permutation" });
    expect([...plan.members]).toEqual([0, 1, 2, 3, 4]);
    expect([plan.cases, plan.eventsWithout, plan.withoutPopulation.length]).toEqual([8, 0, 0]);
    expect([...plan.expected]).toEqual([1, 1, 2, 2, 2]);
    expect([...plan.stepShare]).toEqual([2 / 8, 3 / 8, 3 / 8]);
    const none = planScan({
      ...five,
      model: "permutation",
      eventArea: five.eventArea.with(1, 2),
      eventDay: five.eventDay.map((day) => Math.max(1, day)),
    });
    expect([[...none.expected], [...none.stepShare]]).toEqual([
      [0, 1, 3, 2, 2],
      [0, 5 / 8, 3 / 8],
    ]);
  });

  it("without time is of one step", () => {
    const plan = planScan({ ...five, temporal: false, stepDays: 99 });
    expect([[...plan.startDay], [...plan.longestEnd], [...plan.stepShare], [...plan.eventStep]]).toEqual([
      [0, 5],
      [1],
      [1],
      [0, 0, 0, 0, 0],
    ]);
  });

  it("looks at ten areas around a seed unless told otherwise, and at half the period", () => {
    const input = {
      ...scattered(16, 60, 9, 2, { zones: "adjacency", adjacency: weightsOfLists(gridLists(4, 4)) }),
      longitude: Float64Array.from({ length: 16 }, (_, i) => 112 + 0.011 * (i % 4)),
      latitude: Float64Array.from({ length: 16 }, (_, i) => -7 + 0.01 * Math.floor(i / 4)),
    };
    expect(planScan(input).zones).toEqual(planScan({ ...input, maxAreas: 10 }).zones);
    expect(planScan({ ...input, maxPopulation: 0.1, maxAreas: 15 }).zones.zones).toBeGreaterThan(16);
    expect(planScan({ ...input, maxPopulation: 0.1 }).zones.most).toBeLessThanOrEqual(6);
    expect(planScan({ ...input, maxPopulation: 0.1 }).zones.most).toBeGreaterThan(4);
    expect(planScan({ ...input, maxPopulation: 0.1, zones: "circular" }).zones.most).toBeGreaterThan(4);
    expect(refusalOf(() => planScan({ ...five, stepDays: 5 }))).toEqual(["wrong_input", { field: "maxDays", value: "2" }]);
    expect(planScan({ ...scattered(9, 60, 9, 2) }).longestEnd[0]).toBe(4);
  });

  it("is refused where a question has no answer, and is made just short of it", () => {
    const refused = (more: Partial<ScanInput>): unknown => refusalOf(() => planScan({ ...five, ...more }));
    expect(refused({ minimumCases: 3 })).toEqual(["scan_too_few_events", { events: 5, needed: 6 }]);
    expect(refused({ population: five.population.with(0, 0) })).toEqual(["too_few_areas", { areas: 2, needed: 3 }]);
    expect(refused({ eventArea: Int32Array.of(1, 3), eventDay: Int32Array.of(0, 0) })).toEqual(["no_events", { events: 2 }]);
    expect(refused({ latitude: new Float64Array(4) })).toEqual(["wrong_input", { field: "latitude", value: "4" }]);
    expect(refused({ population: new Float64Array(6) })).toEqual(["wrong_input", { field: "population", value: "6" }]);
    expect(refused({ eventDay: new Int32Array(7) })).toEqual(["wrong_input", { field: "eventDay", value: "7" }]);
    expect(refused({ zones: "adjacency", adjacency: weightsOfLists(gridLists(4, 1)) })).toEqual([
      "wrong_input",
      { field: "adjacency", value: "4" },
    ]);
    expect(refused({ maxPopulation: 0 })).toEqual(["wrong_input", { field: "maxPopulation", value: "0" }]);
    expect(refused({ maxPopulation: 0.51 })).toEqual(["wrong_input", { field: "maxPopulation", value: "0.51" }]);
    expect(refused({ minimumCases: 0 })).toEqual(["wrong_input", { field: "minimumCases", value: "0" }]);
    expect(refused({ eventDay: five.eventDay.with(2, -1) })).toEqual(["wrong_input", { field: "eventDay", value: "-1" }]);
    expect(refused({ eventArea: five.eventArea.with(2, -1) })).toEqual(["wrong_input", { field: "eventArea", value: "-1" }]);
    expect(refused({ minimumCases: 1.5 })).toMatchObject(["wrong_input", { field: "minimumCases" }]);
    expect(refused({ maxPopulation: 0.09 })).toEqual(["no_zones", { areas: 3, maxPopulation: 0.09 }]);
    expect([refused({ minimumCases: 1 }), refused({ maxPopulation: 0.1 }), refused({ maxPopulation: 0.5 })]).toEqual([null, null, null]);
    expect(refused({ eventDay: five.eventDay.with(0, 5) })).toMatchObject(["wrong_input", { field: "eventDay", value: "5" }]);
    expect(refused({ eventArea: five.eventArea.with(0, 5) })).toMatchObject(["wrong_input", { field: "eventArea", value: "5" }]);
  });
});

describe("clusters told", () => {
  const input = scattered(20, 80, 8, 9);
  const plan = planScan(input);
  const find = (maxima: readonly number[], more: { stopAfter?: number } = {}) =>
    findClusters(plan, 20, Float64Array.from(maxima), { alpha: 0.05, stepDays: 1, ...more });

  it("end with the first that the weakest simulation surpasses by more than rounding", () => {
    const ratios = find([]).clusters.map(({ ratio }) => ratio);
    const [, second] = ratios;
    expect(ratios[0]).toBe(observedMaximum(plan));
    expect(ratios.length).toBeGreaterThan(3);
    expect(find([second!, second! + 1]).clusters.map(({ p }) => p)).toHaveLength(2);
    expect(find([second! * (1 + 5e-10)]).clusters.length).toBe(2);
    expect(find([second! * (1 + 2e-9)]).clusters.length).toBe(1);
    expect(find([second! * (1 + 5e-4)]).clusters.length).toBe(1);
  });

  it("of a scan that was stopped early are told with the simulations used, of one that was not with all", () => {
    const [first] = find([]).clusters;
    const maxima = [first!.ratio + 1, 0.1, first!.ratio + 2, 0.2, 0.3];
    expect(find(maxima, { stopAfter: 2 }).summary.simulations).toBe(3);
    expect(find(maxima, { stopAfter: 2 }).clusters[0]!.p).toBe(3 / 4);
    expect(find(maxima, { stopAfter: 0 }).summary.simulations).toBe(5);
    expect(find(maxima).clusters[0]!.p).toBe(3 / 6);
  });

  it("warn how many simulations alpha needs", () => {
    const { warnings } = findClusters(plan, 20, new Float64Array(3), { alpha: 0.03, stepDays: 1 });
    expect(warnings).toEqual([{ code: "simulations_too_few", details: { simulations: 3, needed: 33 } }]);
  });

  it("are windows with their areas, days and radius", () => {
    if (plan.zones.kind !== "chains") throw new Error("circles are chains");
    const { offsets, areas } = plan.zones;
    for (const centre of [0, 7, 19]) {
      for (let zone = offsets[centre]!; zone < offsets[centre + 1]!; zone++) {
        const window = windowOf(plan, { ratio: 1, zone, fromStep: 2, toStep: 5, observed: 4, expected: 1.5 });
        const members = [...areas.subarray(offsets[centre], zone + 1)];
        const vectors = unitVectors(plan.longitude, plan.latitude);
        expect([...window.members]).toEqual(members);
        expect(window).toMatchObject({ fromStep: 2, toStep: 5, fromDay: 2, toDay: 5, observed: 4, expected: 1.5 });
        expect(window.radiusMetres).toBeCloseTo(
          arcMetres(Math.max(...members.map((member) => chordMetres(vectors, members[0]!, member)))),
          3,
        );
      }
    }
  });

  it("are the same when each is asked for only once it is blocked", () => {
    const succession = createSuccession(plan);
    for (const { ratio, members, fromStep, toStep } of find([]).clusters) {
      expect(succession.next(0).ratio).toBe(ratio);
      expect(succession.next(ratio - 1e-6).windows.some((found) => found.ratio === ratio)).toBe(true);
      succession.block({ members, fromStep, toStep });
    }
    expect(succession.next(0)).toEqual({ ratio: 0, windows: [] });
  });
});
