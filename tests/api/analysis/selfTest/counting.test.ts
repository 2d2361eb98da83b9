import { describe, expect, it } from "vitest";
import { weightsFromEdges } from "../../../../api/analysis/neighbours/weights.ts";
import { dealtOrders } from "../../../../api/analysis/selfTest/dealtOrders.ts";
import { countSums, countWeightedSums } from "../../../../api/analysis/selfTest/sumCounts.ts";
import { isSurelyAbove, isSurelyBelow } from "../../../../api/analysis/selfTest/sureness.ts";
import { isReported } from "../../../../api/analysis/selfTest/testedMethod.ts";
import { observeSums, permuteNeighbourSums } from "../../../../api/analysis/significance/conditionalPermutation.ts";
import { gridLists } from "../grid.ts";

const lists = gridLists(5, 4);
const n = lists.length;
const edges = [Int32Array.from(lists.flatMap((list, i) => list.map(() => i))), Int32Array.from(lists.flat())] as const;
const equal = weightsFromEdges(n, ...edges);
const unequal = weightsFromEdges(
  n,
  ...edges,
  Float64Array.from(edges[0], (_, e) => 1 + (e % 3)),
);
const values = Float64Array.from({ length: n }, (_, i) => (i * i) % 7);
const areas = Int32Array.from({ length: n }, (_, i) => i);

describe("counting permuted sums piece by piece", () => {
  it.each([
    ["equal", true, countSums],
    ["unequal", false, countWeightedSums],
  ] as const)("%s weights: the pieces add up to what permuteNeighbourSums counts, over blocks too", (_, isEqual, count) => {
    const weights = isEqual ? equal : unequal;
    const draws = 16_384 + 700;
    const blockOf = dealtOrders(n, 5, draws, 6, 1);
    const map = { values, weights, areas, observed: observeSums(values, weights, areas, isEqual) };
    const sums = Array.from(areas, () => ({ below: 0, equal: 0, above: 0 }));
    const which = [...areas].sort((a, b) => ((a * 7) % n) - ((b * 7) % n));
    for (const [block, from, upTo] of [
      [0, 0, 128],
      [0, 128, 5000],
      [0, 5000, 16_384],
      [1, 0, 1],
      [1, 1, 700],
    ] as const)
      count(blockOf(block), from, upTo, map, which).forEach((found, place) => {
        const sum = sums[which[place]!]!;
        expect(found.below + found.equal + found.above).toBe(upTo - from);
        sum.below += found.below;
        sum.equal += found.equal;
        sum.above += found.above;
      });
    const whole = permuteNeighbourSums({ values, weights, hasEqualWeights: isEqual, areas, draws, seed: 6, stream: 1 });
    areas.forEach((i) => {
      expect(sums[i]).toEqual({ below: whole.below[i], equal: whole.equal[i], above: whole.above[i] });
    });
  });

  it("an order is dealt once and every appearance of an area in it is kept, by draws", () => {
    const blockOf = dealtOrders(n, 5, 300, 6, 1);
    const block = blockOf(0);
    expect(blockOf(0)).toBe(block);
    expect([block.size, block.orders.length, block.from[n]]).toEqual([300, 1500, 1500]);
    for (const i of areas) {
      let before = -1;
      for (let p = block.from[i]!; p < block.from[i + 1]!; p++) {
        expect(block.orders[block.positions[p]! * 300 + block.draws[p]!]).toBe(i);
        expect(block.draws[p]!).toBeGreaterThan(before);
        before = block.draws[p]!;
      }
    }
  });
});

describe("being sure", () => {
  // Hand arithmetic: draws × (share ln(share / limit) + (1 − share) ln((1 − share) / (1 − limit))) against 16.2.
  it.each([
    [31, 100, 0.1, true, false],
    [30, 100, 0.1, false, false],
    [0, 100, 0.1, false, false],
    [0, 160, 0.1, false, true],
    [0, 150, 0.1, false, false],
    [100, 100, 0.8, true, false],
    [70, 70, 0.8, false, false],
    [10, 100, 0.1, false, false],
    [1, 100, 0, true, false],
    [5, 100, 1, false, true],
  ])("%d of %d against %f: surely above %s, surely below %s", (hits, draws, limit, above, below) => {
    expect([isSurelyAbove(hits, draws, limit), isSurelyBelow(hits, draws, limit)]).toEqual([above, below]);
  });
});

describe("what is reported", () => {
  const candidates = () => [
    { area: 0, p: 0.03, isRaised: true },
    { area: 1, p: 0.01, isRaised: false },
    { area: 2, p: 0.02, isRaised: true },
  ];
  const watching = (...which: number[]): Uint8Array => Uint8Array.from({ length: 4 }, (_, i) => Number(which.includes(i)));
  // Five tests at 0.05: Bonferroni's limit is 0.01; Benjamini–Hochberg's 0.01, 0.02, 0.03.
  it.each([
    ["none", [0], "raised", true],
    ["none", [1], "raised", false],
    ["none", [1], "either", true],
    ["none", [3], "either", false],
    ["bonferroni", [1], "either", true],
    ["bonferroni", [2], "either", false],
    ["bonferroni", [1, 2], "raised", false],
    ["fdr", [0], "raised", true],
    ["fdr", [1], "either", true],
  ] as const)("%s, watching %j, %s: %s", (correction, watched, side, expected) => {
    expect(isReported(candidates(), 5, { correction, alpha: 0.05 }, watching(...watched), side)).toBe(expected);
  });

  it("a smaller p that is rejected only with a larger one is rejected", () => {
    const two = [
      { area: 0, p: 0.02, isRaised: true },
      { area: 1, p: 0.02, isRaised: true },
    ];
    expect(isReported(two, 5, { correction: "fdr", alpha: 0.05 }, watching(0), "raised")).toBe(true);
    expect(isReported(two, 6, { correction: "fdr", alpha: 0.05 }, watching(0), "raised")).toBe(false);
    expect(isReported([], 5, { correction: "fdr", alpha: 0.05 }, watching(0), "either")).toBe(false);
  });
});
