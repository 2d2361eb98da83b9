import { describe, expect, it } from "vitest";
import { type AutocorrelationInput, analyseAutocorrelation } from "../../../../api/analysis/autocorrelation/autocorrelation.ts";
import { moranI } from "../../../../api/analysis/autocorrelation/moranI.ts";
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

  it("an island is listed and does not scale I", () => {
    const cut = lists.map((list, i) => (i === 10 ? [] : list.filter((j) => j !== 10)));
    const { summary } = analyseAutocorrelation(input({ weights: weightsOfLists(cut) }));
    expect(summary.islands).toEqual([10]);
    expect(summary.withNeighbours).toBe(n - 1);
    expect(summary.expected).toBeCloseTo(-1 / (n - 2), 14);
  });

  it("constant values have no I, z or p", () => {
    const { summary, warnings } = analyseAutocorrelation(input({ counts: new Float64Array(n).fill(2) }));
    for (const name of ["moranI", "z", "p", "variance"] as const) expect(summary[name]).toBeNaN();
    expect(warnings.map(({ code }) => code)).toEqual(["no_variation"]);
  });

  it("without permutations p is the normal approximation", () => {
    const { summary } = analyseAutocorrelation(input({ permutations: 0 }));
    expect(summary.p).toBe(summary.pAnalytic);
    expect(summary.pPermutation).toBeNaN();
  });

  it.each([
    [
      "three areas",
      { counts: Float64Array.of(1, 2, 3), population: Float64Array.of(1, 1, 1), weights: weightsOfLists([[1], [0, 2], [1]]) },
      "too_few_areas",
    ],
    ["a part of a permutation", { permutations: 0.5 }, "wrong_input"],
  ] as const)("%s: refused", (_, more, code) => {
    expect(() => analyseAutocorrelation(input(more))).toThrowError(expect.objectContaining({ code }));
  });
});
