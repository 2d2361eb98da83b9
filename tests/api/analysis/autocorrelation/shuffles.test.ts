import { describe, expect, it } from "vitest";
import { analyseAutocorrelation } from "../../../../api/analysis/autocorrelation/autocorrelation.ts";
import { beyondRounding, standardScore } from "../../../../api/analysis/autocorrelation/globalMoments.ts";
import {
  addTailCounts,
  forEachShuffle,
  shufflesInBlock,
  tailCounter,
  twoSidedP,
} from "../../../../api/analysis/autocorrelation/shuffles.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

function shuffles(values: Float64Array, from: number, permutations: number): string[] {
  const dealt: string[] = [];
  forEachShuffle(values, { from, permutations }, 7, (shuffled) => dealt.push(shuffled.join()));
  return dealt;
}

describe("shuffles", () => {
  it("parts that begin at blocks are the whole, deal by deal", () => {
    const values = Float64Array.of(1, 2, 3, 4, 5, 6);
    const whole = shuffles(values, 0, 2 * shufflesInBlock + 100);
    expect(whole.length).toBe(2 * shufflesInBlock + 100);
    const parts = [0, 1, 2].flatMap((block) => shuffles(values, block * shufflesInBlock, block === 2 ? 100 : shufflesInBlock));
    expect(parts).toEqual(whole);
    expect(whole.slice(0, 50)).not.toEqual(whole.slice(shufflesInBlock, shufflesInBlock + 50));
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("every order comes equally often", () => {
    const permutations = 24_000;
    const times = new Map<string, number>();
    for (const order of shuffles(Float64Array.of(1, 2, 3, 4), 0, permutations)) times.set(order, (times.get(order) ?? 0) + 1);
    expect(times.size).toBe(24);
    // 4.5 standard deviations of a binomial count of mean 1,000.
    for (const count of times.values()) expect(Math.abs(count - 1000)).toBeLessThan(4.5 * Math.sqrt(1000 * (23 / 24)));
  });

  it("what differs by no more than the tolerance is equal, on its very edge too", () => {
    const counter = tailCounter(2, 0.5);
    for (const value of [1, 1.4, 1.5, 2, 2.5, 2.6, 3, 4]) counter.add(value);
    expect(counter.counts()).toEqual({ above: 3, equal: 3, below: 2 });
  });

  it("parts add up, and p is twice the smaller tail with the observed map among the deals", () => {
    const sum = addTailCounts([
      { above: 1, equal: 2, below: 3 },
      { above: 10, equal: 20, below: 30 },
    ]);
    expect(sum).toEqual({ above: 11, equal: 22, below: 33 });
    expect(twoSidedP({ above: 3, equal: 1, below: 95 })).toBe(0.1);
    expect(twoSidedP({ above: 95, equal: 1, below: 3 })).toBe(0.1);
    expect(twoSidedP({ above: 0, equal: 0, below: 99 })).toBe(0.02);
    expect(twoSidedP({ above: 40, equal: 19, below: 40 })).toBe(1);
  });

  it("a variance within rounding of the squared expectation is none, and without one there is no score", () => {
    expect([beyondRounding(3.9e-12, 2), beyondRounding(4.1e-12, 2), beyondRounding(-1, 2)]).toEqual([0, 4.1e-12, 0]);
    expect(standardScore(5, 2, 4)).toBe(1.5);
    expect(standardScore(5, 2, 0)).toBeNaN();
  });
});

describe("what a global statistic tells of its sample", () => {
  const lists = gridLists(4, 3);
  const counts = Float64Array.from({ length: 12 }, (_, i) => (i * i) % 7);
  const population = new Float64Array(12).fill(100);
  const analysed = (more = {}) =>
    analyseAutocorrelation({ counts, population, weights: weightsOfLists(lists), measure: "rate", permutations: 0, seed: 1, ...more });

  it("totals, and no warning where all is well", () => {
    const { summary, warnings } = analysed();
    expect(summary).toMatchObject({ statistic: "moran", weighting: "row_standardised", islandsPolicy: "left_out_of_n" });
    expect(summary).toMatchObject({ permutations: 0, n: 12, withNeighbours: 12, islands: [], withoutData: [], events: 23 });
    expect(summary.p).toBe(summary.pAnalytic);
    expect(summary.pPermutation).toBeNaN();
    expect(warnings).toEqual([]);
  });

  it("areas without people, islands and constant values are told", () => {
    const cut = lists.map((list, i) => (i === 11 ? [] : list.filter((j) => j !== 11)));
    const some = analysed({ population: population.with(0, Number.NaN), weights: weightsOfLists(cut) });
    expect(some.summary).toMatchObject({ n: 11, withNeighbours: 10, islands: [11], withoutData: [0], events: 23 });
    expect(some.warnings).toEqual([
      { code: "without_population", details: { areas: 1 } },
      { code: "islands", details: { areas: 1 } },
    ]);
    expect(analysed({ counts: new Float64Array(12).fill(2) }).warnings).toEqual([{ code: "no_variation", details: { areas: 12 } }]);
    for (const all of [0, 1])
      expect(analysed({ statistic: "join_count", counts: new Float64Array(12).fill(all) }).warnings).toEqual([
        { code: "no_variation", details: { areas: 12 } },
      ]);
  });

  it("with permutations p is theirs, and the normal one stands beside it", () => {
    const { summary } = analysed({ permutations: 99 });
    expect(summary.p).toBe(summary.pPermutation);
    expect(summary.p).not.toBe(summary.pAnalytic);
    expect(summary.permutations).toBe(99);
  });

  it("join counts are of areas with at least one event", () => {
    const half = Float64Array.of(1, 0.9, 2, 0, 3, 0, 1, 0, 1, 0, 0, 1);
    const { summary } = analysed({ statistic: "join_count", counts: half });
    expect([summary.black, summary.white, summary.weighting]).toEqual([6, 6, "binary"]);
    const isBlack = half.map((count) => (count >= 1 ? 1 : 0));
    const joins = lists.flatMap((list, i) => list.filter((j) => i < j).map((j) => isBlack[i]! + isBlack[j]!));
    const told = summary.joins!;
    expect([told.whiteWhite.observed, told.blackWhite.observed, told.blackBlack.observed]).toEqual(
      [0, 1, 2].map((blacks) => joins.filter((sum) => sum === blacks).length),
    );
  });

  it("three areas with neighbours are too few, four are enough; policy decides whether islands count", () => {
    const few = (areas: number, islandsPolicy?: string) =>
      analyseAutocorrelation({
        counts: Float64Array.from({ length: areas }, (_, i) => i),
        population: new Float64Array(areas).fill(10),
        weights: weightsOfLists(Array.from({ length: areas }, (_, i) => (i < 3 ? [(i + 1) % 3, (i + 2) % 3] : []))),
        measure: "count",
        permutations: 0,
        seed: 1,
        ...(islandsPolicy ? { islandsPolicy: islandsPolicy as "counted_in_n" } : {}),
      });
    expect(() => few(4)).toThrowError(expect.objectContaining({ code: "too_few_areas", details: { areas: 3, needed: 4 } }));
    expect(few(4, "counted_in_n").summary.n).toBe(4);
    expect(() => few(3, "counted_in_n")).toThrowError(expect.objectContaining({ code: "too_few_areas" }));
  });

  it.each([
    ["population", { population: new Float64Array(2) }, "2"],
    ["weights", { weights: weightsOfLists([[1], [0]]) }, "2"],
    ["permutations", { permutations: -1 }, "-1"],
    ["permutations", { permutations: 0.5 }, "0.5"],
  ])("a wrong %s is refused by name", (field, more, value) => {
    expect(() => analysed(more)).toThrowError(expect.objectContaining({ code: "wrong_input", details: { field, value } }));
  });
});
