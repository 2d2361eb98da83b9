import { describe, expect, it } from "vitest";
import {
  type AutocorrelationInput,
  analyseAutocorrelation,
  permuteAutocorrelation,
} from "../../../../api/analysis/autocorrelation/autocorrelation.ts";
import { gearyC } from "../../../../api/analysis/autocorrelation/gearyC.ts";
import { moranI } from "../../../../api/analysis/autocorrelation/moranI.ts";
import { addTailCounts } from "../../../../api/analysis/autocorrelation/shuffles.ts";
import { subsetOf, takeFrom } from "../../../../api/analysis/neighbours/subset.ts";
import { rowStandardised } from "../../../../api/analysis/neighbours/weights.ts";
import { hasOutside } from "../../../fixtures/outside.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { gridLists } from "../grid.ts";
import { disagreement, readReference, weightsOfLists } from "../reference.ts";

const lists = gridLists(7, 7);
const n = lists.length;
const random = seededRandom(4);
const population = Float64Array.from({ length: n }, () => 500 + Math.floor(5000 * random()));
const sloping = Float64Array.from({ length: n }, (_, i) => (i % 7) + Math.floor(2 * random()));
const input = (more: Partial<AutocorrelationInput> = {}): AutocorrelationInput => ({
  counts: sloping,
  population,
  weights: weightsOfLists(lists),
  measure: "count",
  permutations: 999,
  seed: 1,
  ...more,
});

describe.skipIf(!hasOutside)("global autocorrelation against outside results", () => {
  const reference = hasOutside ? readReference() : null!;
  const jombang = (measure: "rate" | "eb") => analyseAutocorrelation({ ...reference, measure, permutations: 9999, seed: 1 }).summary;

  it("Moran's I of the rate, its moments, z and p equal PySAL's to 1e-10", () => {
    const { moranI: value, expected, variance, z, pAnalytic } = jombang("rate");
    const peer = reference.pysal.globalMoran_W;
    expect(disagreement([value!, expected!, variance!, z!], [peer.I, peer.EI, peer.VI_rand, peer.z_rand], 1e-10)).toBeLessThan(1);
    // Two-sided here, one-sided there.
    expect(Math.abs(pAnalytic! / (2 * 3.3524053637629707e-12) - 1)).toBeLessThan(1e-6);
  });

  it("EB Moran equals PySAL's and spdep's to 1e-10", () => {
    const { moranI: value, z, pPermutation } = jombang("eb");
    expect(
      disagreement([value!, value!, z!], [reference.pysal.MoranRate.I, reference.spdep.EBI_moran, reference.pysal.MoranRate.z], 1e-10),
    ).toBeLessThan(1);
    expect(pPermutation).toBe(2 / 10_000);
  });
});

describe("global autocorrelation", () => {
  it("a slope resembles its neighbours, a chessboard does not", () => {
    expect(analyseAutocorrelation(input()).summary.moranI).toBeGreaterThan(0.5);
    const chess = analyseAutocorrelation(input({ counts: Float64Array.from({ length: n }, (_, i) => i % 2) })).summary;
    expect(chess.moranI).toBeCloseTo(-1, 1);
    expect(chess.z).toBeLessThan(-5);
    expect(chess.p).toBe(2 / 1000);
  });

  it("the variance under randomisation is that of all permutations of a small map", () => {
    const weights = weightsOfLists([[1], [0, 2], [1, 3], [2, 4], [3]]);
    const values = [1, 2, 2, 7, 4];
    const orders = (rest: number[]): number[][] =>
      rest.length === 0 ? [[]] : rest.flatMap((value, i) => orders(rest.toSpliced(i, 1)).map((tail) => [value, ...tail]));
    const all = orders(values).map((order) => moranI(Float64Array.from(order), weights).moranI);
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
    const formula = moranI(Float64Array.from(values), weights);
    expect(formula.expected).toBeCloseTo(mean, 12);
    expect(formula.variance).toBeCloseTo(variance, 12);
  });

  it("adding to and multiplying all values changes nothing", () => {
    const one = analyseAutocorrelation(input()).summary;
    const other = analyseAutocorrelation(input({ counts: sloping.map((value) => 1000 + 3 * value) })).summary;
    expect(other.moranI).toBeCloseTo(one.moranI!, 12);
    expect(other.variance).toBeCloseTo(one.variance!, 12);
    expect(other.pPermutation).toBe(one.pPermutation);
  });

  const cut = weightsOfLists(lists.map((list, i) => (i === 10 ? [] : list.filter((j) => j !== 10))));
  it("an island is listed and does not scale I", () => {
    const { summary, warnings } = analyseAutocorrelation(input({ weights: cut }));
    expect(summary).toMatchObject({
      islands: [10],
      n,
      withNeighbours: n - 1,
      islandsPolicy: "left_out_of_n",
      weighting: "row_standardised",
    });
    expect(summary.expected).toBeCloseTo(-1 / (n - 2), 14);
    expect(warnings).toEqual([{ code: "islands", details: { areas: 1 } }]);
    expect(analyseAutocorrelation(input({ weights: cut, islandsPolicy: "counted_in_n" })).summary.expected).toBeCloseTo(-1 / (n - 1), 14);
  });

  it.each(["geary", "join_count"] as const)(
    "an island left out of %s might as well not be there; counted, it changes the numbers",
    (statistic) => {
      const keep = Uint8Array.from(lists, (_, i) => (i === 10 ? 0 : 1));
      const few = subsetOf(cut, keep);
      const without = input({
        statistic,
        counts: takeFrom(sloping, few.members),
        population: takeFrom(population, few.members),
        weights: few.weights,
      });
      const whole = input({ statistic, weights: cut });
      const numbers = ({ summary: { moranI: _, ...more } }: ReturnType<typeof analyseAutocorrelation>) => ({
        ...more,
        n: 0,
        islands: [],
        islandsPolicy: "",
        events: 0,
      });
      expect(numbers(analyseAutocorrelation(whole))).toEqual(numbers(analyseAutocorrelation(without)));
      const counted = analyseAutocorrelation({ ...whole, islandsPolicy: "counted_in_n" });
      expect(numbers(counted)).not.toEqual(numbers(analyseAutocorrelation(without)));
      expect(counted.summary).toMatchObject({ n, islandsPolicy: "counted_in_n" });
    },
  );

  it("Geary's C is near 0 on a slope and far above 1 on a chessboard; row-standardised", () => {
    const chess = Float64Array.from({ length: n }, (_, i) => i % 2);
    const slope = analyseAutocorrelation(input({ statistic: "geary" })).summary;
    expect(slope.gearyC).toBeLessThan(0.5);
    expect(slope.z).toBeLessThan(-4);
    expect(slope).toMatchObject({ statistic: "geary", weighting: "row_standardised", p: 2 / 1000 });
    const board = analyseAutocorrelation(input({ statistic: "geary", counts: chess })).summary;
    expect(board.gearyC).toBeGreaterThan(1.9);
    expect(board.z).toBeGreaterThan(4);
    expect(board.p).toBe(2 / 1000);
    expect(board.moranI).toBeUndefined();
  });

  it("an area with at least one event is black, people known or not: the chessboard has no joins of one colour", () => {
    const chess = Float64Array.from({ length: n }, (_, i) => (i % 2 ? 1 + (i % 5) : 0));
    const unknown = new Float64Array(n).fill(Number.NaN);
    const { summary } = analyseAutocorrelation(input({ statistic: "join_count", measure: "rate", counts: chess, population: unknown }));
    expect(summary).toMatchObject({ statistic: "join_count", weighting: "binary", black: 24, white: 25, withoutData: [], n });
    const { blackBlack, blackWhite, whiteWhite } = summary.joins!;
    expect([blackBlack.observed, blackWhite.observed, whiteWhite.observed]).toEqual([0, 84, 0]);
    expect(blackBlack.z).toBeLessThan(-5);
    expect([blackBlack.p, blackWhite.p, whiteWhite.p]).toEqual([2 / 1000, 2 / 1000, 2 / 1000]);
  });

  it("permuted p of a small map is near that of all its deals", () => {
    const values = [1, 2, 3, 4, 6, 5];
    const row = weightsOfLists([[1], [0, 2], [1, 3], [2, 4], [3, 5], [4]]);
    const orders = (rest: number[]): number[][] =>
      rest.length === 0 ? [[]] : rest.flatMap((value, i) => orders(rest.toSpliced(i, 1)).map((tail) => [value, ...tail]));
    const small = input({ counts: Float64Array.from(values), population: new Float64Array(6), weights: row, permutations: 99_999 });
    const tested = [
      ["moran", (order: Float64Array) => moranI(order, rowStandardised(row)).moranI],
      ["geary", (order: Float64Array) => -gearyC(order, rowStandardised(row)).gearyC],
    ] as const;
    for (const [statistic, resemblance] of tested) {
      const all = orders(values).map((order) => resemblance(Float64Array.from(order)));
      const share = all.filter((value) => value >= all[0]! - 1e-9).length / 720;
      const p = analyseAutocorrelation({ ...small, statistic }).summary.pPermutation!;
      expect(share).toBeLessThan(0.1);
      expect(Math.abs(p - 2 * share)).toBeLessThan((4 * 2 * Math.sqrt(share)) / Math.sqrt(99_999));
    }
    // Three black in a row of six: of 20 deals 4 have them together (2 joins), 12 have one join, 4 none. Two-sided 2 × 4/20.
    const joins = analyseAutocorrelation({ ...small, statistic: "join_count", counts: Float64Array.of(2, 3, 1, 0, 0, 0) }).summary.joins!;
    expect(Math.abs(joins.blackBlack.p - 0.4)).toBeLessThan((4 * 2 * Math.sqrt(0.2 * 0.8)) / Math.sqrt(99_999));
  });

  it.each(["moran", "geary", "join_count"] as const)("%s counted in parts is bit for bit that counted at once", (statistic) => {
    const whole = input({ statistic, permutations: 700, counts: sloping.map((count) => Math.max(0, count - 3)) });
    const parts = [
      { from: 0, permutations: 256 },
      { from: 256, permutations: 256 },
      { from: 512, permutations: 188 },
    ].map((part) => permuteAutocorrelation(whole, part));
    const counted = parts[0]!.map((_, which) => addTailCounts(parts.map((part) => part[which]!)));
    expect(analyseAutocorrelation(whole, counted)).toEqual(analyseAutocorrelation(whole));
    for (const { above, equal, below } of counted) expect(above + equal + below).toBe(700);
  });

  it.each(["moran", "geary", "join_count"] as const)("renumbering the areas changes no number of %s but its deals", (statistic) => {
    const order = Int32Array.from(lists, (_, i) => (i * 10) % n);
    const place = Int32Array.from(lists, (_, i) => order.indexOf(i));
    const renamed = input({
      statistic,
      permutations: 0,
      counts: takeFrom(sloping, order),
      population: takeFrom(population, order),
      measure: "eb",
      weights: weightsOfLists([...order].map((i) => lists[i]!.map((j) => place[j]!))),
    });
    const one = analyseAutocorrelation(input({ statistic, measure: "eb", permutations: 0 })).summary;
    const other = analyseAutocorrelation(renamed).summary;
    for (const name of ["moranI", "gearyC", "variance", "z", "varianceNormality", "p", "black"] as const) {
      if (one[name] === undefined) expect(other[name]).toBeUndefined();
      else expect(other[name]).toBeCloseTo(one[name], 11);
    }
    if (one.joins) expect(other.joins!.blackWhite.z).toBeCloseTo(one.joins.blackWhite.z, 11);
  });

  it("areas without people are out of rates, and told", () => {
    const { summary, warnings } = analyseAutocorrelation(input({ measure: "rate", population: population.with(3, 0).with(4, Number.NaN) }));
    expect(summary).toMatchObject({
      withoutData: [3, 4],
      n: n - 2,
      events: sloping.reduce((sum, count, i) => sum + (i === 3 || i === 4 ? 0 : count), 0),
    });
    expect(warnings).toEqual([{ code: "without_population", details: { areas: 2 } }]);
  });

  it.each([
    ["moran", 2],
    ["geary", 2],
    ["join_count", 2],
    ["join_count", 0],
  ] as const)("constant values have no %s, z or p (all %i)", (statistic, count) => {
    const { summary, warnings } = analyseAutocorrelation(input({ statistic, counts: new Float64Array(n).fill(count) }));
    if (statistic !== "join_count") {
      for (const name of [statistic === "moran" ? "moranI" : "gearyC", "z", "p", "variance"] as const) expect(summary[name]).toBeNaN();
    } else for (const { z, p } of Object.values(summary.joins!)) expect([z, p]).toEqual([Number.NaN, Number.NaN]);
    expect(warnings).toEqual([{ code: "no_variation", details: { areas: n } }]);
  });

  it("without permutations p is the normal approximation", () => {
    const { summary } = analyseAutocorrelation(input({ permutations: 0 }));
    expect(summary.p).toBe(summary.pAnalytic);
    expect(summary.pPermutation).toBeNaN();
  });

  const line = (length: number, islands = 0) => ({
    counts: Float64Array.from({ length }, (_, i) => i),
    population: new Float64Array(length).fill(1),
    weights: weightsOfLists(
      Array.from({ length }, (_, i) => (i >= length - islands ? [] : [i - 1, i + 1].filter((j) => j >= 0 && j < length - islands))),
    ),
  });
  it.each([
    ["three areas", line(3), "too_few_areas"],
    ["four areas of which one is an island", line(4, 1), "too_few_areas"],
    ["a part of a permutation", { permutations: 0.5 }, "wrong_input"],
    ["fewer than no permutations", { permutations: -1 }, "wrong_input"],
    ["people of another length", { population: Float64Array.of(1) }, "wrong_input"],
    ["weights of another length", { weights: line(5).weights }, "wrong_input"],
  ] as const)("%s: refused", (_, more, code) => {
    expect(() => analyseAutocorrelation(input(more))).toThrowError(expect.objectContaining({ code }));
  });

  it("four areas are enough, and four of which one is an island when it is counted", () => {
    expect(analyseAutocorrelation(input(line(4))).summary.n).toBe(4);
    expect(analyseAutocorrelation(input({ ...line(4, 1), islandsPolicy: "counted_in_n" })).summary.withNeighbours).toBe(3);
  });
});
