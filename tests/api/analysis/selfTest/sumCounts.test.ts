import { describe, expect, it } from "vitest";
import { type Weights, weightsFromEdges } from "../../../../api/analysis/neighbours/weights.ts";
import { type DealtBlock, dealtOrders } from "../../../../api/analysis/selfTest/dealtOrders.ts";
import { countSums, countWeightedSums, type SumCounts } from "../../../../api/analysis/selfTest/sumCounts.ts";
import { isSurelyAbove, isSurelyBelow } from "../../../../api/analysis/selfTest/sureness.ts";
import { dealOrders } from "../../../../api/analysis/significance/conditionalPermutation.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { gridLists } from "../grid.ts";

/** Draw by draw, from the words of the docstring: the first k of the order without the area itself, each times its weight. */
function counted(block: DealtBlock, from: number, upTo: number, map: Parameters<typeof countSums>[3], a: number): SumCounts {
  const { values, weights, areas, observed } = map;
  const i = areas[a]!;
  const own = weights.values.slice(weights.offsets[i], weights.offsets[i + 1]);
  const found = { below: 0, equal: 0, above: 0 };
  for (let draw = from; draw < upTo; draw++) {
    const order = Array.from({ length: block.orders.length / block.size }, (_, position) => block.orders[position * block.size + draw]!);
    const drawn = order.filter((j) => j !== i).slice(0, own.length);
    const sum = drawn.reduce((total, j, k) => total + own[k]! * values[j]!, 0);
    found[sum > observed.high[a]! ? "above" : sum < observed.low[a]! ? "below" : "equal"]++;
  }
  return found;
}

const lists = [...gridLists(4, 3), []];
const n = lists.length;
const from = Int32Array.from(lists.flatMap((list, i) => list.map(() => i)));
const to = Int32Array.from(lists.flat());
const binary = weightsFromEdges(
  n,
  from,
  to,
  Float64Array.from(to, () => 1),
);
const unequal = weightsFromEdges(
  n,
  from,
  to,
  Float64Array.from(to, (j, e) => 1 + ((j + e) % 3)),
);
const areas = Int32Array.from({ length: n - 1 }, (_, i) => i);
const values = Float64Array.of(0, 1, 4, 2, 5, 0, 3, 1, 2, 6, 1, 0, 3);

/** Limits that are whole sums, so that many draws are just at them; a gap between the two for every other area. */
function mapOf(weights: Weights, which = areas): Parameters<typeof countSums>[3] {
  const low = Float64Array.from(which, (i) => lists[i]!.length * (weights === binary ? 1.5 : 3));
  return { values, weights, areas: which, observed: { low, high: low.map((limit, a) => limit + (a % 2)) } };
}

describe("sums counted on a few draws", () => {
  const blockOf = dealtOrders(n, 5, 90, 4, 2);

  it.each([
    ["equal", binary, countSums],
    ["unequal", unequal, countWeightedSums],
  ] as const)(
    "%s weights: each area is as counted draw by draw, whichever are asked for together and from wherever",
    (_, weights, count) => {
      const map = mapOf(weights);
      for (const which of [[...areas], [7, 0, 5, 2], [5], []])
        for (const [first, upTo] of [
          [0, 90],
          [0, 30],
          [30, 31],
          [17, 90],
          [40, 40],
        ] as const) {
          const expected = which.map((a) => counted(blockOf(0), first, upTo, map, a));
          expect(count(blockOf(0), first, upTo, map, which)).toEqual(expected);
        }
    },
  );

  it("places are places in the areas given, not areas", () => {
    for (const [weights, count] of [
      [binary, countSums],
      [unequal, countWeightedSums],
    ] as const) {
      const map = mapOf(weights, Int32Array.of(6, 1, 11, 4));
      expect(count(blockOf(0), 3, 80, map, [2, 0])).toEqual([2, 0].map((a) => counted(blockOf(0), 3, 80, map, a)));
    }
  });

  it("by hand: three areas in a row, the orders 0-1-2, 2-1-0 and 1-0-2", () => {
    // Area 1 has both others, 5 + 9 whatever the order; area 0 has one: 7, 9, 7; area 2 has one: 5, 7, 7.
    const row = weightsFromEdges(3, Int32Array.of(0, 1, 1, 2), Int32Array.of(1, 0, 2, 1), Float64Array.of(1, 1, 1, 1));
    const block: DealtBlock = {
      size: 3,
      orders: Int32Array.of(0, 2, 1, 1, 1, 0, 2, 0, 2),
      from: Int32Array.of(0, 3, 6, 9),
      draws: Int32Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2),
      positions: Int32Array.of(0, 2, 1, 1, 1, 0, 2, 0, 2),
    };
    const map = {
      values: Float64Array.of(5, 7, 9),
      weights: row,
      areas: Int32Array.of(0, 1, 2),
      observed: { low: Float64Array.of(7, 13, 6), high: Float64Array.of(8, 13, 7) },
    };
    const expected = [
      { below: 0, equal: 2, above: 1 },
      { below: 0, equal: 0, above: 3 },
      { below: 1, equal: 2, above: 0 },
    ];
    expect(countSums(block, 0, 3, map, [0, 1, 2])).toEqual(expected);
    expect(countWeightedSums(block, 0, 3, map, [0, 1, 2])).toEqual(expected);
    expect(countSums(block, 1, 2, map, [2, 0])).toEqual([
      { below: 0, equal: 1, above: 0 },
      { below: 0, equal: 0, above: 1 },
    ]);
  });
});

describe("orders dealt for many maps", () => {
  it("are those of the stream of their block, with every appearance by draws", () => {
    const blockOf = dealtOrders(6, 3, 16_384 + 40, 9, 5);
    for (const [block, size] of [
      [1, 40],
      [0, 16_384],
    ] as const) {
      const dealt = blockOf(block);
      const orders = new Int32Array(3 * size);
      dealOrders(orders, size, 3, 6, createRandom(9, 5, block).below);
      expect(dealt.size).toBe(size);
      expect(Buffer.compare(Buffer.from(dealt.orders.buffer), Buffer.from(orders.buffer))).toBe(0);
      expect(blockOf(block) === dealt).toBe(true);
    }
    const { orders, from: begins, draws, positions } = blockOf(1);
    for (let i = 0; i < 6; i++) {
      const expected: [number, number][] = [];
      for (let draw = 0; draw < 40; draw++) for (let at = 0; at < 3; at++) if (orders[at * 40 + draw] === i) expected.push([draw, at]);
      const found = Array.from(draws.subarray(begins[i], begins[i + 1]), (draw, at) => [draw, positions[begins[i]! + at]]);
      expect(found).toEqual(expected);
    }
    expect(begins.length).toBe(7);
  });

  it("are kept while they fit into five million positions, the first block always", () => {
    // 200 areas × (16,384 + 12,500 − 16,384) draws × 2 blocks = 5,000,000.
    const isKept = (blockOf: (block: number) => DealtBlock, block: number): boolean => {
      const first = blockOf(block);
      return blockOf(block) === first;
    };
    const draws = 16_384 + 12_500;
    expect([isKept(dealtOrders(200, 200, draws, 1, 1), 1), isKept(dealtOrders(201, 201, draws, 1, 1), 1)]).toEqual([true, false]);
    expect(isKept(dealtOrders(310, 310, 16_384, 1, 1), 0)).toBe(true);
  });
});

describe("sure at the ends", () => {
  // Hand arithmetic: 16.2 / ln 2 = 23.37 draws against a limit of a half; 16.2 / ln 10 = 7.04 of all, 16.2 / −ln 0.9 = 153.8 of none against a tenth.
  it.each([
    [24, 24, 0.5, true, false],
    [23, 23, 0.5, false, false],
    [0, 24, 0.5, false, true],
    [0, 23, 0.5, false, false],
    [8, 8, 0.1, true, false],
    [7, 7, 0.1, false, false],
    [0, 154, 0.1, false, true],
    [0, 153, 0.1, false, false],
    [5, 10, 0.5, false, false],
    [500, 1000, 0.5, false, false],
    [0, 1000, 0, false, false],
    [1, 1000, 0, true, false],
    [999, 1000, 1, false, true],
    [1000, 1000, 1, false, false],
    [1, 1000, -0.1, true, false],
    [1000, 1000, 1.5, false, true],
    // 600 of 1,000 against a half: 1,000 × (0.6 ln 1.2 + 0.4 ln 0.8) = 20.14; 580: 12.85.
    [600, 1000, 0.5, true, false],
    [580, 1000, 0.5, false, false],
    [400, 1000, 0.5, false, true],
    [420, 1000, 0.5, false, false],
  ])("%d of %d against %f: surely above %s, surely below %s", (hits, draws, limit, above, below) => {
    expect([isSurelyAbove(hits, draws, limit), isSurelyBelow(hits, draws, limit)]).toEqual([above, below]);
  });
});
