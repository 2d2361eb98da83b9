import { describe, expect, it } from "vitest";
import { permuteNeighbourSums } from "../../../../api/analysis/significance/conditionalPermutation.ts";
import { weightsOfLists } from "../reference.ts";

/** All ways to choose k of the values, as sums. */
function sumsOf(values: readonly number[], k: number): number[] {
  if (k === 0) return [0];
  return values.flatMap((value, i) => sumsOf(values.slice(i + 1), k - 1).map((sum) => value + sum));
}

const lists = [[1, 2, 3], [0], [0, 4], [0, 5], [2], [3, 0, 1, 2], []];
const values = [3, 0, 0, 5, 1, 0.1, 2];
const weights = weightsOfLists(lists);

describe("conditional permutation of neighbour sums", () => {
  it.each([
    ["equal weights", true],
    ["weights of 1 taken as unequal", false],
  ])("%s: counts agree with the enumeration of all draws from the others", (_, hasEqualWeights) => {
    const draws = 60_000;
    const areas = Int32Array.of(0, 1, 2, 3, 4, 5);
    const counts = permuteNeighbourSums({ values: Float64Array.from(values), weights, hasEqualWeights, areas, draws, seed: 3, stream: 1 });
    areas.forEach((i, a) => {
      const observed = lists[i]!.reduce((sum, j) => sum + values[j]!, 0);
      const all = sumsOf(
        values.filter((_value, j) => j !== i),
        lists[i]!.length,
      );
      const share = (test: (sum: number) => boolean): number => all.filter(test).length / all.length;
      const expected = [
        share((sum) => sum > observed + 1e-9),
        share((sum) => Math.abs(sum - observed) <= 1e-9),
        share((sum) => sum < observed - 1e-9),
      ];
      [counts.above[a]!, counts.equal[a]!, counts.below[a]!].forEach((count, which) => {
        const p = expected[which]!;
        if (p === 0) expect(count).toBe(0);
        else expect(Math.abs(count - draws * p)).toBeLessThan(4.5 * Math.sqrt(draws * p * (1 - p)) + 1e-9);
      });
      expect(counts.above[a]! + counts.equal[a]! + counts.below[a]!).toBe(draws);
    });
  });

  it("an area that all others surround ties with itself in every draw", () => {
    const star = weightsOfLists([[1, 2, 3], [0], [0], [0]]);
    const { equal } = permuteNeighbourSums({
      values: Float64Array.of(0.1, 0.2, 0.3, 0.7),
      weights: star,
      hasEqualWeights: true,
      areas: Int32Array.of(0),
      draws: 500,
      seed: 1,
      stream: 1,
    });
    expect(equal[0]).toBe(500);
  });

  it("asking for one area gives the bits that asking for more with no longer lists gives it", () => {
    const ask = (areas: number[]) =>
      permuteNeighbourSums({
        values: Float64Array.from(values),
        weights,
        hasEqualWeights: true,
        areas: Int32Array.from(areas),
        draws: 20_000,
        seed: 3,
        stream: 1,
      });
    expect(ask([5]).above[0]).toBe(ask([0, 1, 2, 3, 4, 5]).above[5]);
  });

  it("many areas searched in sorted sums and each alone counted one by one come to the same", () => {
    const size = 60;
    const ring = weightsOfLists(Array.from({ length: size }, (_, i) => [(i + 1) % size, (i + size - 1) % size]));
    // Few different values, so that most sums tie.
    const few = Float64Array.from({ length: size }, (_, i) => (i * i) % 7);
    const ask = (areas: Int32Array) =>
      permuteNeighbourSums({ values: few, weights: ring, hasEqualWeights: true, areas, draws: 17_000, seed: 8, stream: 2 });
    const together = ask(Int32Array.from({ length: size }, (_, i) => i));
    for (let i = 0; i < size; i++) {
      const alone = ask(Int32Array.of(i));
      expect([together.above[i], together.equal[i], together.below[i]]).toEqual([alone.above[0], alone.equal[0], alone.below[0]]);
    }
  });

  it("weights of 1, summed draw by draw, give the very counts of the shared sums", () => {
    const areas = Int32Array.of(0, 1, 2, 3, 4, 5);
    const ask = (hasEqualWeights: boolean) =>
      permuteNeighbourSums({ values: Float64Array.from(values), weights, hasEqualWeights, areas, draws: 20_000, seed: 3, stream: 1 });
    expect(ask(false)).toEqual(ask(true));
  });
});
