import { describe, expect, it } from "vitest";
import { weightsFromEdges } from "../../../../api/analysis/neighbours/weights.ts";
import { drawsInBlock, observeSums, permuteNeighbourSums } from "../../../../api/analysis/significance/conditionalPermutation.ts";
import { weightsOfLists } from "../reference.ts";

const values = Float64Array.of(3, -1, 0.5, 4, -2, 0.25);
const lists = [[1, 2, 3], [0, 4], [5], [0, 1, 2, 4, 5], [], [2, 3]];
const equal = weightsOfLists(lists);
/** The same neighbours with weights that differ. */
const given = lists.map((list, i) => list.map((j) => 0.5 + ((3 * i + 5 * j) % 4)));
const unequal = weightsFromEdges(
  lists.length,
  Int32Array.from(lists.flatMap((list, i) => list.map(() => i))),
  Int32Array.from(lists.flat()),
  Float64Array.from(given.flat()),
);

/** The sums of every way to set the others' values before the weights, each as likely. */
function allSums(i: number, weights: readonly number[]): number[] {
  const dealt = (left: readonly number[], rest: readonly number[]): number[] =>
    rest.length === 0
      ? [0]
      : left.flatMap((value, at) =>
          dealt([...left.slice(0, at), ...left.slice(at + 1)], rest.slice(1)).map((sum) => rest[0]! * value + sum),
        );
  return dealt(
    [...values].filter((_, j) => j !== i),
    weights,
  );
}

const weightsOf = (i: number, isEqual: boolean): number[] => lists[i]!.map((_, at) => (isEqual ? 1 : given[i]![at]!));
const areas = Int32Array.of(0, 1, 2, 3, 4, 5);

describe("observed neighbour sums", () => {
  it.each([
    ["equal", true],
    ["unequal", false],
  ])("%s weights: the sum, and room of 1e-9 of it or of the standard deviation of all sums, whichever is more", (_, isEqual) => {
    const { low, high } = observeSums(values, isEqual ? equal : unequal, areas, isEqual);
    for (const i of areas) {
      const own = weightsOf(i, isEqual);
      const sum = lists[i]!.reduce((total, j, at) => total + own[at]! * values[j]!, 0);
      const all = allSums(i, own);
      const mean = all.reduce((total, one) => total + one, 0) / all.length;
      const deviation = Math.sqrt(all.reduce((total, one) => total + (one - mean) ** 2, 0) / all.length);
      const room = 1e-9 * Math.max(Math.abs(sum), deviation);
      expect((low[i]! + high[i]!) / 2).toBeCloseTo(sum, 12);
      expect(Math.abs((high[i]! - low[i]!) / 2 - room)).toBeLessThan(1e-6 * room + 1e-15);
    }
  });

  it("two areas: the one other is always drawn, so nothing but rounding is left room for", () => {
    const pair = weightsOfLists([[1], [0]]);
    const { low, high } = observeSums(Float64Array.of(5, 8), pair, Int32Array.of(0, 1), true);
    expect([low[0], high[0]]).toEqual([8 - 8e-9, 8 + 8e-9]);
    expect([low[1], high[1]]).toEqual([5 - 5e-9, 5 + 5e-9]);
  });
});

describe("permuted neighbour sums", () => {
  it("unequal weights: counts agree with the enumeration of all orders of the others", () => {
    const draws = 40_000;
    const counts = permuteNeighbourSums({ values, weights: unequal, hasEqualWeights: false, areas, draws, seed: 4, stream: 1 });
    const { low, high } = observeSums(values, unequal, areas, false);
    for (const i of areas) {
      const all = allSums(i, weightsOf(i, false));
      const share = (test: (sum: number) => boolean): number => all.filter(test).length / all.length;
      const near = (count: number, p: number): void =>
        expect(Math.abs(count - draws * p)).toBeLessThanOrEqual(4.5 * Math.sqrt(draws * p * (1 - p)));
      near(
        counts.above[i]!,
        share((sum) => sum > high[i]!),
      );
      near(
        counts.below[i]!,
        share((sum) => sum < low[i]!),
      );
      expect(counts.above[i]! + counts.equal[i]! + counts.below[i]!).toBe(draws);
    }
  });

  it.each([true, false])("more draws go on from the same ones, block after block, each from a stream of its own", (hasEqualWeights) => {
    const ask = (draws: number) => permuteNeighbourSums({ values, weights: unequal, hasEqualWeights, areas, draws, seed: 4, stream: 1 });
    const [one, more, two] = [ask(drawsInBlock), ask(drawsInBlock + 100), ask(2 * drawsInBlock)];
    expect([one.draws, more.draws]).toEqual([drawsInBlock, drawsInBlock + 100]);
    for (const i of areas) {
      let added = 0;
      for (const name of ["above", "equal", "below"] as const) {
        const further = more[name][i]! - one[name][i]!;
        expect(further).toBeGreaterThanOrEqual(0);
        added += further;
      }
      expect(added).toBe(100);
      expect(two.above[i]! + two.equal[i]! + two.below[i]!).toBe(2 * drawsInBlock);
    }
    expect([...two.above]).not.toEqual([...one.above].map((count) => 2 * count));
  });

  it("sums that differ by rounding only are equal", () => {
    // 0.1 + 0.2 is not 0.3 in the machine.
    const tied = Float64Array.of(0, 0.1, 0.2, 0.3, 0);
    const pairs = weightsOfLists([[1, 2], [], [], [], []]);
    const { above, equal: ties } = permuteNeighbourSums({
      values: tied,
      weights: pairs,
      hasEqualWeights: true,
      areas: Int32Array.of(0),
      draws: 6000,
      seed: 2,
      stream: 1,
    });
    // Of the 6 pairs of the others two come to 0.3 and two to more.
    expect(Math.abs(ties[0]! - 2000)).toBeLessThan(165);
    expect(Math.abs(above[0]! - 2000)).toBeLessThan(165);
  });

  it("equal weights need not be 1", () => {
    const ask = (of: typeof equal) =>
      permuteNeighbourSums({ values, weights: of, hasEqualWeights: true, areas, draws: 5000, seed: 4, stream: 1 });
    expect(ask({ ...equal, values: equal.values.map(() => 0.25) })).toEqual(ask(equal));
  });

  it("another stream gives other draws of the same areas", () => {
    const ask = (stream: number) =>
      permuteNeighbourSums({ values, weights: equal, hasEqualWeights: true, areas, draws: 5000, seed: 4, stream });
    expect(ask(1)).toEqual(ask(1));
    expect(ask(1)).not.toEqual(ask(2));
  });
});
