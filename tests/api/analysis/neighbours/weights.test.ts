import { describe, expect, it } from "vitest";
import { distanceBand, kernelWeights } from "../../../../api/analysis/neighbours/distance.ts";
import { nearestNeighbours } from "../../../../api/analysis/neighbours/nearest.ts";
import { distanceMetres } from "../../../../api/analysis/neighbours/plane.ts";
import { spreadOver, subsetOf } from "../../../../api/analysis/neighbours/subset.ts";
import {
  binary,
  edgesOf,
  hasEqualWeights,
  islandsOf,
  restrictWeights,
  rowStandardised,
  type Weights,
  weightsFromEdges,
  weightsFromPairs,
} from "../../../../api/analysis/neighbours/weights.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const lists = (weights: Weights): number[][] =>
  Array.from({ length: weights.n }, (_, i) => [...weights.targets.subarray(weights.offsets[i], weights.offsets[i + 1])]);

describe("weights", () => {
  it("edges are directed as given, ascending in each row, without self; of the same edge twice the last counts", () => {
    const weights = weightsFromEdges(3, Int32Array.of(0, 0, 2, 0, 1), Int32Array.of(2, 1, 0, 2, 1), Float64Array.of(5, 1, 2, 7, 1));
    expect(lists(weights)).toEqual([[1, 2], [], [0]]);
    expect([...weights.values]).toEqual([1, 7, 2]);
    expect(islandsOf(weights)).toEqual([1]);
    expect(edgesOf(weights)).toEqual({ from: Int32Array.of(0, 0, 2), to: Int32Array.of(1, 2, 0), weight: Float64Array.of(1, 7, 2) });
  });

  it("a pair is an edge both ways", () => {
    expect(lists(weightsFromPairs(3, Int32Array.of(0, 1), Int32Array.of(1, 2)))).toEqual([[1], [0, 2], [1]]);
  });

  it("rows sum to 1 when standardised, islands stay empty, and the given weights are not changed", () => {
    const weights = weightsFromEdges(3, Int32Array.of(0, 0), Int32Array.of(1, 2), Float64Array.of(1, 3));
    expect([...rowStandardised(weights).values]).toEqual([0.25, 0.75]);
    expect([...binary(weights).values]).toEqual([1, 1]);
    expect([...weights.values]).toEqual([1, 3]);
    expect([hasEqualWeights(weights), hasEqualWeights(binary(weights))]).toEqual([false, true]);
  });

  it("restricting keeps numbers, taking a subset renumbers", () => {
    const line = weightsFromPairs(4, Int32Array.of(0, 1, 2), Int32Array.of(1, 2, 3));
    const keep = Uint8Array.of(0, 1, 1, 1);
    expect(lists(restrictWeights(line, keep))).toEqual([[], [2], [1, 3], [2]]);
    expect(islandsOf(restrictWeights(line, keep), keep)).toEqual([]);
    const subset = subsetOf(line, keep);
    expect(lists(subset.weights)).toEqual([[1], [0, 2], [1]]);
    expect([...spreadOver(subset, 4, Float64Array.of(7, 8, 9))]).toEqual([Number.NaN, 7, 8, 9]);
  });

  it.each([
    ["an index beyond", Int32Array.of(0), Int32Array.of(3), undefined],
    ["an index below", Int32Array.of(-1), Int32Array.of(0), undefined],
    ["a weight of 0", Int32Array.of(0), Int32Array.of(1), Float64Array.of(0)],
    ["a weight that is no number", Int32Array.of(0), Int32Array.of(1), Float64Array.of(Number.NaN)],
    ["ends of another length", Int32Array.of(0, 1), Int32Array.of(1), undefined],
  ])("%s is refused", (_, from, to, weight) => {
    expect(() => weightsFromEdges(3, from, to, weight)).toThrowError(expect.objectContaining({ code: "wrong_input" }));
  });
});

describe("weights by distance", () => {
  const random = seededRandom(8);
  const n = 300;
  // A lump and a scatter: searches must not rely on even spread.
  const longitude = Float64Array.from({ length: n }, (_, i) => (i % 2 ? 112 + 0.01 * random() : 110 + 4 * random()));
  const latitude = Float64Array.from({ length: n }, (_, i) => (i % 2 ? -7.5 + 0.01 * random() : -8 + random()));
  const metres = (i: number, j: number): number => distanceMetres(longitude[i]!, latitude[i]!, longitude[j]!, latitude[j]!);
  const others = (i: number): number[] => Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);

  // Lengths of a degree on the ellipsoid, from tables of WGS 84.
  it.each([
    [0, 110_574, 111_320],
    [15, 110_649, 107_550],
    [-45, 111_132, 78_847],
  ])("at latitude %f a degree is as long as the ellipsoid has it", (at, north, east) => {
    expect(Math.abs(distanceMetres(112, at - 0.05, 112, at + 0.05) - north / 10)).toBeLessThan(0.1);
    expect(Math.abs(distanceMetres(112, at, 112.1, at) - east / 10)).toBeLessThan(0.1);
  });

  it("the k nearest are the first k of all others by distance", () => {
    const weights = lists(nearestNeighbours(longitude, latitude, 5));
    for (let i = 0; i < n; i++) {
      const expected = others(i)
        .sort((a, b) => metres(i, a) - metres(i, b) || a - b)
        .slice(0, 5);
      expect(weights[i]).toEqual(expected.sort((a, b) => a - b));
    }
  });

  it("k beyond the others gives all others, and points on one spot are neighbours by number", () => {
    expect(lists(nearestNeighbours(longitude.slice(0, 4), latitude.slice(0, 4), 9)).map((list) => list.length)).toEqual([3, 3, 3, 3]);
    expect(lists(nearestNeighbours(new Float64Array(4).fill(112), new Float64Array(4).fill(-7), 1))).toEqual([[1], [0], [0], [0]]);
    expect(lists(nearestNeighbours(Float64Array.of(112), Float64Array.of(-7), 3))).toEqual([[]]);
  });

  it("a band holds exactly the areas at most so far, both ways", () => {
    const weights = lists(distanceBand(longitude, latitude, 20_000));
    for (let i = 0; i < n; i++) expect(weights[i]).toEqual(others(i).filter((j) => metres(i, j) <= 20_000));
  });

  it("a kernel weighs 9/16 at half its distance and falls to nothing at its edge", () => {
    const along = kernelWeights(new Float64Array(3).fill(112), Float64Array.of(-7, -7.05, -7.1), metres0(0.1));
    expect(lists(along)).toEqual([[1], [0, 2], [1]]);
    for (const value of along.values) expect(value).toBeCloseTo(0.5625, 5);
  });

  it.each([
    ["k 0", () => nearestNeighbours(longitude, latitude, 0)],
    ["no distance", () => distanceBand(longitude, latitude, 0)],
    ["swapped axes", () => distanceBand(latitude, longitude, 10)],
  ])("%s is refused", (_, make) => {
    expect(make).toThrowError(expect.objectContaining({ code: "wrong_input" }));
  });

  function metres0(degrees: number): number {
    return distanceMetres(112, -7, 112, -7 - degrees);
  }
});
