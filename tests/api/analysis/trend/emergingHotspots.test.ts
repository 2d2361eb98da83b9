import { describe, expect, it } from "vitest";
import { analyseHotspots } from "../../../../api/analysis/hotspots/hotspots.ts";
import { benjaminiHochberg } from "../../../../api/analysis/significance/corrections.ts";
import { emergingClass } from "../../../../api/analysis/trend/emergingClass.ts";
import { analyseEmergingHotspots, type StepMap } from "../../../../api/analysis/trend/emergingHotspots.ts";
import { mannKendall } from "../../../../api/analysis/trend/mannKendall.ts";
import { emergingClassNames } from "../../../../api/contract/emergingClassNames.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

const sidesOf = (text: string): number[] => [...text].map((letter) => ({ h: 1, c: -1 })[letter] ?? 0);

describe("the pattern of an area over the steps", () => {
  // One letter a step: hot, cold or neither; then the sign of a significant trend.
  it.each([
    ["----------", 0, "none"],
    ["hhhh-c--h-", 0, "none"],
    ["---------h", 0, "new hot"],
    ["cc-c-----h", 0, "new hot"],
    ["--------hh", 0, "consecutive hot"],
    ["-hhhhhhhh", 0, "consecutive hot"],
    ["-c-----hhh", 0, "consecutive hot"],
    ["h-------hh", 0, "sporadic hot"],
    ["h--------h", 0, "sporadic hot"],
    ["h--c----hh", 0, "oscillating hot"],
    ["hhhhhhhhhh", 0, "persistent hot"],
    ["-hhhhhhhhh", 0, "persistent hot"],
    ["hhhhchhhhh", 0, "persistent hot"],
    ["hhhhhhhhhh", 1, "intensifying hot"],
    ["hhhh-hhhhh", -1, "diminishing hot"],
    ["hhhhhhhhh-", -1, "historical hot"],
    ["hhhhhhhh--", 0, "none"],
    ["hhhhhhhhhc", 0, "new cold"],
    ["---------c", 0, "new cold"],
    ["------cccc", 0, "consecutive cold"],
    ["c-----c--c", 0, "sporadic cold"],
    ["h-----c--c", 0, "oscillating cold"],
    ["cccccccccc", 0, "persistent cold"],
    ["cccccccccc", -1, "intensifying cold"],
    ["cccccccccc", 1, "diminishing cold"],
    ["ccccccccc-", 1, "historical cold"],
    ["cccccccc--", 0, "none"],
    ["h", 0, "persistent hot"],
  ] as const)("%s with trend %d is %s", (text, trend, expected) => {
    expect(emergingClass(sidesOf(text), trend)).toBe(expected);
  });

  it("hot and cold are mirror images", () => {
    const random = seededRandom(5);
    const turned = (name: string): string => (name.endsWith("hot") ? name.replace("hot", "cold") : name.replace("cold", "hot"));
    for (let round = 0; round < 300; round++) {
      const sides = Array.from({ length: 1 + Math.floor(10 * random()) }, () => Math.round(random() * 2.4 - 0.9) || 0);
      const trend = Math.round(random() * 2 - 1) || 0;
      expect(
        emergingClass(
          sides.map((side) => -side || 0),
          -trend || 0,
        ),
      ).toBe(turned(emergingClass(sides, trend)));
    }
  });

  it("there are seventeen, each with a name of its own in both languages", () => {
    const met = new Set<string>();
    const random = seededRandom(6);
    for (let round = 0; round < 2000; round++) {
      const lean = Math.floor(3 * random()) - 1;
      const sides = Array.from({ length: 10 }, () => (random() < 0.8 ? lean : Math.floor(3 * random()) - 1));
      met.add(emergingClass(sides, Math.floor(3 * random()) - 1));
    }
    expect([...met].sort()).toEqual(Object.keys(emergingClassNames).sort());
    expect(met.size).toBe(17);
    expect(new Set(Object.values(emergingClassNames).flat()).size).toBe(34);
  });
});

const lists = gridLists(9, 8);
const n = lists.length;
const population = Float64Array.from({ length: n }, (_, i) => 1000 + 37 * i);
const steps = 10;
/** Few events everywhere; in one cross more from step to step, in another many in the last step alone. */
const countsOf = (step: number): Float64Array => {
  const random = seededRandom(step + 1);
  return Float64Array.from({ length: n }, (_, i) => {
    const grown = [20, 11, 19, 21, 29].includes(i) ? 12 + 3 * step : 0;
    const sudden = step === steps - 1 && [51, 42, 50, 52, 60].includes(i) ? 60 : 0;
    return Math.floor(2 * random()) + grown + sudden;
  });
};
const mapOf = (counts: Float64Array, more: { weights?: typeof lists; population?: Float64Array } = {}): StepMap => {
  const { columns } = analyseHotspots({
    counts,
    population: more.population ?? population,
    reported: new Uint8Array(counts.length).fill(1),
    weights: weightsOfLists(more.weights ?? lists),
    statistic: "gi_star",
    measure: "rate",
    significance: "permutation",
    tail: "two_sided",
    permutations: 1999,
    correction: "fdr",
    alpha: 0.05,
    seed: 1,
  });
  return { z: columns.z, class: columns.class, counts };
};
const maps = Array.from({ length: steps }, (_, step) => mapOf(countsOf(step)));

describe("emerging hotspots", () => {
  const result = analyseEmergingHotspots(maps, 0.05);

  it("the cross that is always hot persists or moves with its trend, the sudden one is new, the rest has no pattern", () => {
    expect(result.columns.class[20]).toMatch(/^(persistent|intensifying|diminishing) hot$/);
    expect(result.columns.hotSteps[20]).toBe(10);
    expect(result.columns.class[51]).toBe("new hot");
    expect([result.columns.hotSteps[51], result.columns.coldSteps[51]]).toEqual([1, 0]);
    expect(result.columns.class[8]).toBe("none");
  });

  it("the trend is the Mann–Kendall test of the area's own z, corrected over the areas", () => {
    const own = mannKendall(Float64Array.from(maps, (map) => map.z[17]!));
    expect([result.columns.mannKendallZ[17], result.columns.p[17]]).toEqual([own.z, own.p]);
    expect([...result.columns.q]).toEqual([...benjaminiHochberg(result.columns.p)]);
  });

  it("a trend counts only when it holds after correction: z that rises by 1 a step in one area of 72", () => {
    const hot = new Array<"hot">(n).fill("hot");
    const made = (rising: number[]): StepMap[] =>
      Array.from({ length: 8 }, (_, step) => ({
        // Elsewhere to and fro: falls as often as it rises, so p is near 1.
        z: Float64Array.from({ length: n }, (_each, i) =>
          rising.includes(i) ? step : [3, 1, 4, 2, 6, 8, 5, 7][(step * (i % 2 ? 1 : 7)) % 8]!,
        ),
        class: hot,
        counts: new Float64Array(n).fill(1),
      }));
    const { columns } = analyseEmergingHotspots(made([4]), 0.05);
    expect(columns.p[4]! * 40320).toBeCloseTo(2, 9);
    expect(columns.q[4]!).toBeCloseTo((72 * 2) / 40320, 12);
    expect([columns.class[4], columns.senSlope[4], columns.senLower[4], columns.senUpper[4]]).toEqual(["intensifying hot", 1, 1, 1]);
    const atBound = columns.q[4]!;
    expect(analyseEmergingHotspots(made([4]), atBound).columns.class[4]).toBe("intensifying hot");
    expect(analyseEmergingHotspots(made([4]), atBound * 0.99).columns.class[4]).toBe("persistent hot");
  });

  it("events, zeros and the false steps to be reckoned with are counted", () => {
    const events = maps.reduce((sum, map) => sum + map.counts.reduce((all, count) => all + count), 0);
    const zeros = maps.flatMap((map) => [...map.counts]).filter((count) => count === 0).length;
    expect(result.summary).toMatchObject({ steps, stepsWithEvents: steps, events, falseStepsAtMost: 0.5 });
    expect(result.summary.shareOfZeros).toBeCloseTo(zeros / (steps * n), 12);
    expect(result.warnings).toEqual([]);
  });

  it("an island and an area of unknown people have no class and no numbers", () => {
    const cut = lists.map((list, i) => (i === 44 ? [] : list.filter((j) => j !== 44)));
    const unknown = population.slice();
    unknown[3] = Number.NaN;
    unknown[9] = 0;
    const { columns } = analyseEmergingHotspots(
      Array.from({ length: 8 }, (_, step) => mapOf(countsOf(step), { weights: cut, population: unknown })),
      0.05,
    );
    for (const i of [3, 9, 44]) {
      expect(columns.class[i]).toBeNull();
      for (const name of ["mannKendallZ", "p", "q", "senSlope", "senLower", "senUpper", "hotSteps", "coldSteps"] as const)
        expect(columns[name][i]).toBeNaN();
    }
    expect(columns.class.filter((name) => name === null).length).toBe(3);
  });

  it("a step without events is no step of the trend, nothing is hot in it, and it is told", () => {
    const silent = mapOf(new Float64Array(n));
    const { columns, summary, warnings } = analyseEmergingHotspots([...maps, silent], 0.05);
    expect([...columns.mannKendallZ]).toEqual([...result.columns.mannKendallZ]);
    expect(columns.class[20]).toBe("historical hot");
    expect(columns.class[51]).toBe("none");
    expect(summary).toMatchObject({ steps: 11, stepsWithEvents: 10 });
    expect(warnings).toEqual([{ code: "steps_without_events", details: { steps: 1 } }]);
  });

  it.each([
    ["exactly half of the bins 0: no warning", 36, []],
    ["more than half: told with the events a step", 35, [{ code: "sparse_bins", details: { shareOfZeros: 37 / 72, eventsPerStep: 35 } }]],
  ])("%s", (_, filled, expected) => {
    const sparse = maps.map((map) => ({ ...map, counts: Float64Array.from({ length: n }, (_each, i) => (i < filled ? 1 : 0)) }));
    expect(analyseEmergingHotspots(sparse, 0.05).warnings).toEqual(expected);
  });

  it("relabelled areas have the same classes and trends", () => {
    const order = Array.from({ length: n }, (_, i) => (i * 5) % n);
    const shuffled = maps.map((map) => ({
      z: Float64Array.from(order, (i) => map.z[i]!),
      class: order.map((i) => map.class[i]!),
      counts: Float64Array.from(order, (i) => map.counts[i]!),
    }));
    const again = analyseEmergingHotspots(shuffled, 0.05).columns;
    expect(again.class).toEqual(order.map((i) => result.columns.class[i]));
    expect([...again.q]).toEqual(order.map((i) => result.columns.q[i]));
  });

  it("seven steps with events are refused, eight are not", () => {
    const silent = mapOf(new Float64Array(n));
    const refusal = { code: "too_few_steps", details: { steps: 9, stepsWithEvents: 7, needed: 8 } };
    expect(() => analyseEmergingHotspots([...maps.slice(0, 7), silent, silent], 0.05)).toThrowError(expect.objectContaining(refusal));
    expect(analyseEmergingHotspots([...maps.slice(0, 8), silent], 0.05).summary.stepsWithEvents).toBe(8);
  });

  it.each([
    ["no step", () => analyseEmergingHotspots([], 0.05), "too_few_steps"],
    ["alpha 0", () => analyseEmergingHotspots(maps, 0), "wrong_input"],
    ["alpha 1", () => analyseEmergingHotspots(maps, 1), "wrong_input"],
    ["a step of fewer areas", () => analyseEmergingHotspots([...maps, { ...maps[0]!, z: new Float64Array(3) }], 0.05), "wrong_input"],
    ["a step of fewer classes", () => analyseEmergingHotspots([...maps, { ...maps[0]!, class: [] }], 0.05), "wrong_input"],
    ["a step of fewer counts", () => analyseEmergingHotspots([...maps, { ...maps[0]!, counts: new Float64Array(2) }], 0.05), "wrong_input"],
  ])("%s is refused", (_, run, code) => {
    expect(run).toThrowError(expect.objectContaining({ code }));
  });
});
