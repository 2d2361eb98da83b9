import { describe, expect, it } from "vitest";
import { gearyC } from "../../../../api/analysis/autocorrelation/gearyC.ts";
import { joinCounts } from "../../../../api/analysis/autocorrelation/joinCounts.ts";
import { moranI } from "../../../../api/analysis/autocorrelation/moranI.ts";
import { rowStandardised, type Weights, weightsFromEdges } from "../../../../api/analysis/neighbours/weights.ts";
import { disagreement, weightsOfLists } from "../reference.ts";

/** Six areas and an island, and seven values: the expected numbers are from R 4.2.2, spdep 1.2-7, on the same. */
const withIsland = [[1, 2], [0, 2, 3], [0, 1, 4], [1, 4, 5], [2, 3, 5], [3, 4], []];
const values = Float64Array.of(4, 1, 3, 9, 7, 12, 2);
const binary = weightsOfLists(withIsland);
const rows = rowStandardised(binary);
const close = (actual: readonly number[], expected: readonly number[]): void =>
  expect(disagreement(actual, expected, 1e-10)).toBeLessThan(1);

/** One direction only, unequal weights: nothing here is mutual. */
const lopsided = weightsFromEdges(
  5,
  Int32Array.of(0, 0, 1, 2, 3, 4, 4),
  Int32Array.of(1, 2, 2, 0, 4, 0, 3),
  Float64Array.of(1, 2, 0.5, 3, 1, 1, 4),
);

/** Mean and variance of a statistic over all orders of the values. */
function overAllOrders(all: readonly number[], statistic: (values: Float64Array) => number): [number, number] {
  const orders = (rest: readonly number[]): number[][] =>
    rest.length === 0 ? [[]] : rest.flatMap((value, i) => orders(rest.toSpliced(i, 1)).map((tail) => [value, ...tail]));
  return meanAndVariance(
    orders(all).map((order) => statistic(Float64Array.from(order))),
    () => 1,
  );
}

function meanAndVariance(found: readonly number[], weigh: (i: number) => number): [number, number] {
  const total = found.reduce((sum, _, i) => sum + weigh(i), 0);
  const mean = found.reduce((sum, value, i) => sum + weigh(i) * value, 0) / total;
  return [mean, found.reduce((sum, value, i) => sum + weigh(i) * (value - mean) ** 2, 0) / total];
}

describe("moments of Moran's I", () => {
  it.each([
    ["left_out_of_n", rows, [0.3494848231690337, -0.2, 0.06674333001480677, 2.126922992717977, 0.06000000000000004, 2.24326239694596]],
    ["left_out_of_n", binary, [0.3095238095238095, -0.2, 0.06243087616702575, 2.039223221466519, 0.05642857142857143, 2.14493904625654]],
    ["counted_in_n", rows, [0.407732293697206, -1 / 6, 0.07068778364219702, 2.160436284888619, 0.06532921810699592, 2.247294117564775]],
    ["counted_in_n", binary, [0.3611111111111111, -1 / 6, 0.06676811347936117, 2.042521080183455, 0.06206597222222222, 2.11847975868463]],
  ] as const)("with an island %s: equal to spdep's", (policy, weights, expected) => {
    const found = moranI(values, weights, policy);
    close([found.moranI, found.expected, found.variance, found.z, found.varianceNormality, found.zNormality], expected);
    expect(found.withNeighbours).toBe(6);
  });

  it("an island counted in n, and weights of one direction: mean and variance are those of all orders", () => {
    for (const [weights, all] of [
      [binary, [...values]],
      [lopsided, [1, 2, 2, 7, 4]],
    ] as const) {
      const formula = moranI(Float64Array.from(all), weights, "counted_in_n");
      close(
        overAllOrders(all, (order) => moranI(order, weights, "counted_in_n").moranI),
        [formula.expected, formula.variance],
      );
    }
  });
});

describe("moments of Geary's C", () => {
  it.each([
    [
      "with an island, row-standardised",
      values,
      rows,
      [0.4878167641325536, 0.08832083661069505, -1.723430491980475, 0.09837962962962961, -1.632949552109895],
    ],
    [
      "with an island, binary",
      values,
      binary,
      [0.5065789473684211, 0.08947127962449986, -1.649589376667412, 0.1015625, -1.548285277406716],
    ],
    [
      "without it, row-standardised",
      values.slice(0, 6),
      rowStandardised(weightsOfLists(withIsland.slice(0, 6))),
      [0.472883597883598, 0.05166384969625711, -2.319066210459078, 0.04607583774250442, -2.455669465488703],
    ],
  ] as const)("%s: equal to spdep's, z the other way round", (_, given, weights, expected) => {
    const found = gearyC(given, weights);
    close([found.gearyC, found.variance, found.z, found.varianceNormality, found.zNormality], expected);
    expect(found.expected).toBe(1);
  });

  it("weights of one direction: mean and variance are those of all orders", () => {
    const formula = gearyC(Float64Array.of(1, 2, 2, 7, 4), lopsided);
    close(
      overAllOrders([1, 2, 2, 7, 4], (order) => gearyC(order, lopsided).gearyC),
      [1, formula.variance],
    );
  });

  it("is 0 where all neighbours are alike", () => {
    expect(gearyC(Float64Array.of(1, 1, 5, 5), weightsOfLists([[1], [0], [3], [2]])).gearyC).toBe(0);
  });
});

describe("moments of join counts", () => {
  const isBlack = values.map((value) => (value > 3 ? 1 : 0));
  const six = weightsOfLists(withIsland.slice(0, 6));

  it.each([
    [
      "with an island",
      isBlack,
      binary,
      [3, 2.285714285714286, 1.061224489795919, 0.6933752452815364],
      [4, 4.571428571428571, 1.273469387755103],
      [1, 1.142857142857143, 0.6367346938775511, -0.1790287185098581],
    ],
    [
      "without it",
      isBlack.slice(0, 6),
      six,
      [3, 3.2, 0.42666666666666597, -0.3061862178478978],
      [4, 4.266666666666667, 0.995555555555558],
      [1, 0.5333333333333333, 0.2488888888888889, 0.9354143466934853],
    ],
  ] as const)("%s, non-free: equal to spdep's", (_, colours, weights, blackBlack, blackWhite, whiteWhite) => {
    const joins = joinCounts(colours, weights);
    const numbers = (join: (typeof joins)["blackBlack"]): number[] => [join.observed, join.expected, join.variance, join.z];
    close(numbers(joins.blackBlack), blackBlack);
    close(numbers(joins.blackWhite).slice(0, 3), blackWhite);
    close(numbers(joins.whiteWhite), whiteWhite);
  });

  it("free: equal to spdep's", () => {
    const { blackBlack, whiteWhite } = joinCounts(isBlack.slice(0, 6), six);
    close([blackBlack.expectedFree, blackBlack.varianceFree, blackBlack.zFree], [3.555555555555555, 4.74074074074074, -0.2551551815399143]);
    close(
      [whiteWhite.expectedFree, whiteWhite.varianceFree, whiteWhite.zFree],
      [0.8888888888888888, 1.481481481481481, 0.09128709291752773],
    );
  });

  const kinds = ["blackBlack", "blackWhite", "whiteWhite"] as const;
  const cases: [string, Weights, number[]][] = [
    ["mutual weights with an island", binary, [...isBlack]],
    ["weights of one direction", lopsided, [1, 0, 0, 1, 0]],
    ["all but one white", lopsided, [0, 0, 1, 0, 0]],
  ];
  it.each(cases)("%s, non-free: mean and variance are those of all orders", (_, weights, colours) => {
    const formula = joinCounts(Float64Array.from(colours), weights);
    for (const kind of kinds) {
      close(
        overAllOrders(colours, (order) => joinCounts(order, weights)[kind].observed),
        [formula[kind].expected, formula[kind].variance],
      );
    }
  });

  it.each(cases)("%s, free: mean and variance are those of all colourings by their probability", (_, weights, colours) => {
    const n = colours.length;
    const formula = joinCounts(Float64Array.from(colours), weights);
    const share = colours.reduce((sum, colour) => sum + colour, 0) / n;
    const colourings = Array.from({ length: 2 ** n }, (_colouring, bits) =>
      Float64Array.from({ length: n }, (_area, i) => (bits >> i) & 1),
    );
    const probability = (i: number): number => colourings[i]!.reduce((product, colour) => product * (colour ? share : 1 - share), 1);
    for (const kind of kinds) {
      const observed = colourings.map((colouring) => joinCounts(colouring, weights)[kind].observed);
      close(meanAndVariance(observed, probability), [formula[kind].expectedFree, formula[kind].varianceFree]);
    }
  });
});

describe("where nothing can vary", () => {
  const everybody = weightsOfLists(Array.from({ length: 7 }, (_, i) => [0, 1, 2, 3, 4, 5, 6].filter((j) => j !== i)));

  it("everybody neighbours everybody: Moran, Geary and joins have no z, and I is its expectation", () => {
    const moran = moranI(values, rowStandardised(everybody));
    expect(moran.moranI).toBeCloseTo(-1 / 6, 14);
    expect([moran.variance, moran.z]).toEqual([0, Number.NaN]);
    expect(gearyC(values, everybody).z).toBeNaN();
    const joins = joinCounts(Float64Array.of(1, 0, 0, 1, 1, 0, 0), everybody);
    for (const { z, variance } of Object.values(joins)) expect([z, variance]).toEqual([Number.NaN, 0]);
  });

  it("one colour only: all joins are of it and none has a z", () => {
    for (const [colour, kind] of [
      [1, "blackBlack"],
      [0, "whiteWhite"],
    ] as const) {
      const joins = joinCounts(new Float64Array(7).fill(colour), binary);
      expect(joins[kind]).toMatchObject({ observed: 8, expected: 8, variance: 0, z: Number.NaN, zFree: Number.NaN });
      expect(joins.blackWhite).toMatchObject({ observed: 0, expected: 0, variance: 0 });
    }
  });

  it("nobody has a neighbour, or all values are equal: no C", () => {
    expect(gearyC(values, weightsOfLists([[], [], [], [], [], [], []])).gearyC).toBeNaN();
    expect(gearyC(new Float64Array(7).fill(0.1), binary).gearyC).toBeNaN();
  });
});
