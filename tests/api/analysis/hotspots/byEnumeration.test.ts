import { describe, expect, it } from "vitest";
import { quadrantClass, sideClass } from "../../../../api/analysis/hotspots/classes.ts";
import { deviations } from "../../../../api/analysis/hotspots/deviations.ts";
import { getisOrdGi, getisOrdGiStar } from "../../../../api/analysis/hotspots/getisOrd.ts";
import { localMoran } from "../../../../api/analysis/hotspots/localMoran.ts";
import { weightsOfLists } from "../reference.ts";

const values = [3, -1, 0.5, 4, -2, 0.25, 7];
const lists = [[1, 2, 3], [0, 4], [5], [0, 1, 2, 4, 5], [], [2, 3, 6], [0]];
const weights = weightsOfLists(lists);
const known = Float64Array.from(values);
const others = (i: number): number[] => values.filter((_, j) => j !== i);

/** All choices of k values. */
function choices(from: readonly number[], k: number): number[][] {
  if (k === 0) return [[]];
  return from.flatMap((value, at) => choices(from.slice(at + 1), k - 1).map((rest) => [value, ...rest]));
}
const sum = (column: readonly number[]): number => column.reduce((total, value) => total + value, 0);
const meanOf = (column: readonly number[]): number => sum(column) / column.length;
/** How many standard deviations of all equally likely outcomes the observed one lies from their mean. */
function score(observed: number, outcomes: readonly number[]): number {
  const mean = meanOf(outcomes);
  return (observed - mean) / Math.sqrt(meanOf(outcomes.map((one) => (one - mean) ** 2)));
}

describe("local statistics against every possible map", () => {
  it("Gi: the neighbours' share of the others' total, scored among all choices of as many others", () => {
    const { value, z } = getisOrdGi(known, weights);
    for (const [i, list] of lists.entries()) {
      if (list.length === 0) {
        expect([value[i], z[i]]).toEqual([Number.NaN, Number.NaN]);
        continue;
      }
      const observed = sum(list.map((j) => values[j]!));
      expect(value[i]).toBeCloseTo(observed / sum(others(i)), 12);
      expect(z[i]).toBeCloseTo(score(observed, choices(others(i), list.length).map(sum)), 10);
    }
  });

  it("Gi*: the same with the area itself among the chosen and the total", () => {
    const { value, z } = getisOrdGiStar(known, weights);
    for (const [i, list] of lists.entries()) {
      if (list.length === 0) {
        expect([value[i], z[i]]).toEqual([Number.NaN, Number.NaN]);
        continue;
      }
      const observed = values[i]! + sum(list.map((j) => values[j]!));
      expect(value[i]).toBeCloseTo(observed / sum(values), 12);
      expect(z[i]).toBeCloseTo(score(observed, choices(values, list.length + 1).map(sum)), 10);
    }
  });

  it("Local Moran: own deviation times the neighbours' mean one over the n − 1 variance, scored with the own value held", () => {
    const { value, z, lag, deviation } = localMoran(known, weights);
    const mean = meanOf(values);
    const variance = sum(values.map((one) => (one - mean) ** 2)) / (values.length - 1);
    for (const [i, list] of lists.entries()) {
      expect(deviation[i]).toBeCloseTo(values[i]! - mean, 12);
      if (list.length === 0) {
        expect([value[i], z[i], lag[i]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
        continue;
      }
      const own = values[i]! - mean;
      const observed = meanOf(list.map((j) => values[j]! - mean));
      const outcomes = choices(others(i), list.length).map((chosen) => own * (meanOf(chosen) - mean));
      expect(lag[i]).toBeCloseTo(observed, 12);
      expect(value[i]).toBeCloseTo((own * observed) / variance, 12);
      expect(z[i]).toBeCloseTo(score(own * observed, outcomes), 10);
    }
  });

  it("an area exactly at the mean has a Local Moran of 0 and no score", () => {
    const { value, z } = localMoran(Float64Array.of(2, 1, 3, 2, 5, -1), weightsOfLists([[1, 2], [0], [0], [4], [3], [4]]));
    expect(value[0]).toBe(0);
    expect(z[0]).toBeNaN();
    expect(z[1]).not.toBeNaN();
  });

  it.each([
    ["all values equal", Float64Array.of(0.1, 0.1, 0.1, 0.1)],
    ["all values 0", new Float64Array(4)],
    ["values that differ by rounding only", Float64Array.of(0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2)],
  ])("%s: no score anywhere", (_, column) => {
    const ring = weightsOfLists([
      [1, 3],
      [0, 2],
      [1, 3],
      [0, 2],
    ]);
    for (const { z } of [getisOrdGi(column, ring), getisOrdGiStar(column, ring), localMoran(column, ring)])
      expect([...z]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    for (const value of localMoran(column, ring).value) expect(value).toBeNaN();
  });

  it("without a total there is no share: Gi of others that add up to 0, Gi* of all that do", () => {
    const pair = weightsOfLists([[1], [0], [3], [2]]);
    const opposite = getisOrdGi(Float64Array.of(5, 1, -3, 2), pair);
    expect(opposite.value[0]).toBeNaN();
    expect(opposite.value[1]).toBeCloseTo(5 / 4, 12);
    const none = getisOrdGiStar(Float64Array.of(1, 2, -4, 1), pair);
    expect([...none.value]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    for (const z of none.z) expect(z).not.toBeNaN();
  });

  it("deviations add up to 0, their squares to n variances, and rounding is 1e-13 of the largest value", () => {
    const { n, total, mean, d, squares, floor } = deviations(Float64Array.of(1, -9, 2));
    expect([n, total, mean, [...d], squares]).toEqual([3, -6, -2, [3, -7, 4], 74]);
    expect(floor).toBeCloseTo(8.1e-25, 30);
  });
});

describe("classes", () => {
  it.each([
    [true, 0.9, 0.01, "hot"],
    [true, 0.01, 0.9, "cold"],
    [true, 0.5, 0.5, "hot"],
    [false, 0.9, 0.01, "not significant"],
  ] as const)("significant %s with pLow %f and pHigh %f: %s", (isSignificant, low, high, expected) => {
    expect(sideClass(isSignificant, low, high)).toBe(expected);
  });

  it.each([
    [true, 1, 1, "high-high"],
    [true, 1, -1, "high-low"],
    [true, -1, 1, "low-high"],
    [true, -1, -1, "low-low"],
    [true, 0, 0, "low-low"],
    [false, 1, 1, "not significant"],
  ] as const)("significant %s, own %f, neighbours %f: %s", (isSignificant, own, lag, expected) => {
    expect(quadrantClass(isSignificant, own, lag)).toBe(expected);
  });
});
