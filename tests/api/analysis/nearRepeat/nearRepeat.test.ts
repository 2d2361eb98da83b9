import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type NearRepeatInput, permuteNearRepeat } from "../../../../api/analysis/nearRepeat/knoxCounts.ts";
import { findNearPairs } from "../../../../api/analysis/nearRepeat/nearPairs.ts";
import {
  type CountedPairs,
  countNearRepeat,
  type NearRepeatTable,
  nearRepeatTable,
} from "../../../../api/analysis/nearRepeat/nearRepeat.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { shuffled } from "../clusters/lumps.ts";

const random = seededRandom(41);
const whole = (limit: number): number => Math.floor(limit * random());
/** 150 incidents on a lattice of 100 m, several on one spot, over 60 days; the last five on spot and day of the first five. */
const scatter = {
  x: Float64Array.from({ length: 150 }, () => 100 * whole(12)),
  y: Float64Array.from({ length: 150 }, () => 100 * whole(12)),
  days: Float64Array.from({ length: 150 }, () => whole(60)),
};
for (const values of [scatter.x, scatter.y, scatter.days]) values.copyWithin(145, 0, 5);
const input = (more: Partial<NearRepeatInput> = {}): NearRepeatInput => ({
  ...scatter,
  distanceEdgesMetres: [150, 300, 500],
  dayEdges: [7, 14],
  seed: 1,
  ...more,
});
const tableOf = (asked: NearRepeatInput, simulations = 199): NearRepeatTable & { counted: CountedPairs } => {
  const counted = countNearRepeat(asked, simulations, 0.05);
  return { counted, ...nearRepeatTable(asked, counted, permuteNearRepeat(asked, 0, simulations), simulations, 0.05) };
};

/** Every pair looked at, as the table reads. */
function pairsIn(asked: NearRepeatInput, days: ArrayLike<number>, isIn: (metres: number, gap: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < days.length; i++)
    for (let j = 0; j < i; j++)
      if (isIn(Math.hypot(asked.x[i]! - asked.x[j]!, asked.y[i]! - asked.y[j]!), Math.abs(days[i]! - days[j]!))) count++;
  return count;
}

function orders(n: number): number[][] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((order) => Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]));
}

describe("the Knox table", () => {
  it.each([
    ["one cell", [500], [7]],
    ["edges that equal distances and days of pairs", [100, 200, 500], [1, 2, 14]],
    ["fractions", [141.5, 300], [0.5, 7.5]],
    ["edges beyond everything", [300, 5000], [14, 1000]],
  ])("counts the pairs from an edge up to below the next: %s", (_, distanceEdgesMetres, dayEdges) => {
    const asked = input({ distanceEdgesMetres, dayEdges });
    const { table, samePlace, sameDay, counted } = tableOf(asked);
    for (const row of table) {
      const isIn = (metres: number, gap: number): boolean =>
        metres >= row.distanceFromMetres && metres < row.distanceToMetres && gap >= row.daysFrom && gap < row.daysTo;
      expect(row.observed).toBe(pairsIn(asked, asked.days, isIn));
    }
    expect(table).toHaveLength(distanceEdgesMetres.length * dayEdges.length);
    for (const row of samePlace) {
      expect([row.distanceFromMetres, row.distanceToMetres]).toEqual([0, 0]);
      expect(row.observed).toBe(pairsIn(asked, asked.days, (metres, gap) => metres === 0 && gap >= row.daysFrom && gap < row.daysTo));
    }
    for (const row of sameDay) {
      expect([row.daysFrom, row.daysTo]).toEqual([0, 0]);
      const isIn = (metres: number, gap: number): boolean => metres >= row.distanceFromMetres && metres < row.distanceToMetres && gap === 0;
      expect(row.observed).toBe(pairsIn(asked, asked.days, isIn));
    }
    expect(counted).toMatchObject({
      near: pairsIn(asked, asked.days, (metres) => metres < distanceEdgesMetres.at(-1)!),
      samePlace: pairsIn(asked, asked.days, (metres) => metres === 0),
      samePlaceAndDay: pairsIn(asked, asked.days, (metres, gap) => metres === 0 && gap === 0),
    });
    expect(counted.samePlaceAndDay).toBeGreaterThan(0);
  });

  it("by hand: four incidents, two on one spot", () => {
    const asked = input({
      x: Float64Array.of(0, 0, 60, 1000),
      y: new Float64Array(4),
      days: Float64Array.of(3, 5, 30, 31),
      distanceEdgesMetres: [50, 100],
      dayEdges: [7],
    });
    const { counted } = tableOf(asked);
    // Six pairs; two within a week (2 and 1 days apart), none of one day; one on one spot, two 60 m apart.
    expect([...counted.observed]).toEqual([1, 0, 1, 0, 0]);
    expect([...counted.expected]).toEqual([2 / 6, 4 / 6, 2 / 6, 0, 0]);
  });

  it("expected pairs are the mean and p the share over all ways of dealing the days", () => {
    const asked = input({
      x: Float64Array.of(0, 0, 30, 90, 200, 210),
      y: Float64Array.of(0, 0, 40, 0, 0, 0),
      days: Float64Array.of(1, 1, 2, 8, 30, 33),
      distanceEdgesMetres: [60, 130],
      dayEdges: [2, 8],
    });
    const simulations = 4000;
    const { counted, table, samePlace, sameDay } = tableOf(asked, simulations);
    const all = orders(6).map((order) => order.map((i) => asked.days[i]!));
    const rows = [...table, ...samePlace, ...sameDay];
    rows.forEach((row, at) => {
      const isIn = (metres: number, gap: number): boolean =>
        (row.distanceToMetres === 0 ? metres === 0 : metres >= row.distanceFromMetres && metres < row.distanceToMetres) &&
        (row.daysTo === 0 ? gap === 0 : gap >= row.daysFrom && gap < row.daysTo);
      const counts = all.map((days) => pairsIn(asked, days, isIn));
      expect(row.expected).toBeCloseTo(counts.reduce((sum, count) => sum + count, 0) / all.length, 10);
      const p = counts.filter((count) => count >= counted.observed[at]!).length / all.length;
      expect(Math.abs(row.p - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / simulations) + 2 / simulations);
    });
    expect(all).toHaveLength(720);
  });

  it("p is (r + 1) / (simulations + 1), the adjusted one times the cells, at most 1, and significant up to alpha", () => {
    const asked = input({ distanceEdgesMetres: [150, 300], dayEdges: [7] });
    const counted = countNearRepeat(asked, 99, 0.05);
    const { table, samePlace } = nearRepeatTable(asked, counted, [1, 70, 98, 99, 99], 99, 0.04);
    expect(table.map(({ p, pAdjusted, significant }) => [p, pAdjusted, significant])).toEqual([
      [0.02, 0.04, true],
      [0.71, 1, false],
    ]);
    expect(samePlace.map(({ p }) => p)).toEqual([0.99]);
    expect(nearRepeatTable(asked, counted, [1, 70, 98, 99, 99], 99, 0.0399).table[0]!.significant).toBe(false);
    expect(table[0]!.ratio).toBe(table[0]!.observed / table[0]!.expected);
  });

  it("finds planted repeats, and where days are dealt at random p-values are not too small", () => {
    const next = seededRandom(3);
    const draw = (limit: number): number => Math.floor(limit * next());
    const first = Array.from({ length: 80 }, () => [5000 * next(), 5000 * next(), draw(300)] as const);
    const after = first.slice(0, 25).map(([x, y, day]) => [x + 50 * next(), y + 50 * next(), day + 1 + draw(5)] as const);
    const all = [...first, ...after];
    const [x, y, days] = [0, 1, 2].map((at) => Float64Array.from(all, (row) => row[at]!)) as [Float64Array, Float64Array, Float64Array];
    const { table } = tableOf(input({ x, y, days, distanceEdgesMetres: [100, 1000], dayEdges: [7, 28] }));
    expect(table.map(({ significant }) => significant)).toEqual([true, false, false, false]);
    expect(table[0]!.ratio).toBeGreaterThan(5);
    const below = { p10: 0, of: 0 };
    for (let map = 0; map < 60; map++) {
      const dealt = Float64Array.from({ length: 40 }, () => draw(60));
      const some = input({
        x: scatter.x.slice(0, 40),
        y: scatter.y.slice(0, 40),
        days: dealt,
        distanceEdgesMetres: [400],
        dayEdges: [7],
        seed: map,
      });
      below.of++;
      if (tableOf(some, 99).table[0]!.p <= 0.1) below.p10++;
    }
    expect(below.p10 / below.of).toBeLessThanOrEqual(0.1 + 3 * Math.sqrt((0.1 * 0.9) / below.of));
  });

  it("simulations are the same however they are shared out, others with another seed, and the input stays as it was", () => {
    const before = { x: scatter.x.slice(), y: scatter.y.slice(), days: scatter.days.slice() };
    const whole = permuteNearRepeat(input(), 0, 60);
    const parts = [permuteNearRepeat(input(), 0, 7), permuteNearRepeat(input(), 7, 50), permuteNearRepeat(input(), 50, 60)];
    expect([...whole]).toEqual([...whole].map((_, cell) => parts.reduce((sum, part) => sum + part[cell]!, 0)));
    expect(permuteNearRepeat(input({ seed: 2 }), 0, 60)).not.toEqual(whole);
    expect(scatter).toEqual(before);
  });

  it("relabelled incidents, and other units, have the same pairs", () => {
    const order = shuffled(150, 9);
    const arrange = (values: Float64Array): Float64Array => Float64Array.from(order, (i) => values[i]!);
    const there = countNearRepeat(input(), 999, 0.05);
    expect(countNearRepeat(input({ x: arrange(scatter.x), y: arrange(scatter.y), days: arrange(scatter.days) }), 999, 0.05)).toEqual(there);
    const scaled = input({
      x: scatter.x.map((x) => 4 * x - 1e6),
      y: scatter.y.map((y) => 4 * y),
      days: scatter.days.map((day) => 2 * day - 70),
      distanceEdgesMetres: [600, 1200, 2000],
      dayEdges: [14, 28],
    });
    expect([...countNearRepeat(scaled, 999, 0.05).observed.slice(0, 6)]).toEqual([...there.observed.slice(0, 6)]);
  });

  it.each([
    ["all on one day", { days: new Float64Array(150).fill(5) }],
    ["all on one spot", { x: new Float64Array(150), y: new Float64Array(150) }],
  ])("%s: as many as expected, p 1, nothing significant; empty cells have no ratio", (_, more) => {
    const { table } = tableOf(input(more));
    for (const row of table) {
      expect(row.observed).toBeCloseTo(row.expected, 9);
      expect([row.p, row.significant]).toEqual([1, false]);
      expect(row.ratio).toSatisfy((ratio: number) => (row.expected === 0 ? Number.isNaN(ratio) : Math.abs(ratio - 1) < 1e-12));
    }
  });

  it.each<[string, Partial<NearRepeatInput>, string, object]>([
    ["no incident", { x: new Float64Array(0), y: new Float64Array(0), days: new Float64Array(0) }, "no_events", {}],
    [
      "one pair near enough",
      { x: Float64Array.of(0, 1, 9e4), y: new Float64Array(3), days: new Float64Array(3) },
      "too_few_pairs",
      { pairs: 1, needed: 2, points: 3 },
    ],
    ["one incident", { x: new Float64Array(1), y: new Float64Array(1), days: new Float64Array(1) }, "too_few_pairs", { pairs: 0 }],
    ["a distance twice", { distanceEdgesMetres: [100, 100] }, "wrong_input", { field: "distanceEdgesMetres" }],
    ["a distance of 0", { distanceEdgesMetres: [0, 100] }, "wrong_input", { field: "distanceEdgesMetres" }],
    ["days without end", { dayEdges: [Number.POSITIVE_INFINITY] }, "wrong_input", { field: "dayEdges" }],
    ["no band", { dayEdges: [] }, "wrong_input", { field: "dayEdges" }],
    ["too many bands", { dayEdges: Array.from({ length: 251 }, (_, i) => i + 1) }, "wrong_input", { field: "dayEdges" }],
    ["half a day", { days: scatter.days.map((day) => day + 0.5) }, "wrong_input", { field: "days" }],
    ["a place that is none", { x: scatter.x.map(() => Number.NaN) }, "wrong_input", { field: "point" }],
    ["a place that is none", { y: scatter.x.map((_x, i) => (i === 149 ? Number.NaN : 0)) }, "wrong_input", { field: "point" }],
    ["fewer days than places", { days: new Float64Array(3) }, "wrong_input", { field: "days" }],
    ["fewer y than x", { y: new Float64Array(3) }, "wrong_input", { field: "y" }],
  ])("%s: refused", (_, more, code, details) => {
    expect(() => countNearRepeat(input(more), 999, 0.05)).toThrowError(
      expect.objectContaining({ code, details: expect.objectContaining(details) }),
    );
  });

  it("two pairs near enough are counted", () => {
    const three = { x: Float64Array.of(0, 100, 200), y: new Float64Array(3), days: Float64Array.of(0, 1, 2), distanceEdgesMetres: [150] };
    expect(countNearRepeat(input(three), 999, 0.05).near).toBe(2);
  });

  it("simulations too few for any cell to become significant are refused, naming how many would do", () => {
    expect(() => countNearRepeat(input(), 118, 0.05)).toThrowError(
      expect.objectContaining({ code: "simulations_too_few", details: { simulations: 118, needed: 119, cells: 6, alpha: 0.05 } }),
    );
    expect(countNearRepeat(input(), 119, 0.05).near).toBeGreaterThan(2);
  });

  it("more pairs than can be simulated are refused", () => {
    const found = findNearPairs(scatter.x, scatter.y, [150, 300]).from.length;
    expect(findNearPairs(scatter.x, scatter.y, [150, 300], found).to).toHaveLength(found);
    expect(() => findNearPairs(scatter.x, scatter.y, [150, 300], found - 1)).toThrowError(
      expect.objectContaining({ code: "too_many_pairs", details: { pairs: found, limit: found - 1 } }),
    );
  });

  it("as many as 250 bands are counted", () => {
    const asked = input({ distanceEdgesMetres: [150], dayEdges: Array.from({ length: 250 }, (_, i) => i + 1) });
    expect(countNearRepeat(asked, 4999, 0.05).near).toBeGreaterThan(0);
  });
});

// The cases themselves come with the library of PySAL (apt install python3-libpysal), not with us.
const burkitt = "/usr/lib/python3/dist-packages/libpysal/examples/burkitt/burkitt.dbf";

it.skipIf(!existsSync(burkitt))(
  "Burkitt's lymphoma in Uganda: 13 pairs within 20 km and 5 days, no sign of contagion, as PySAL's manual has it",
  () => {
    const bytes = readFileSync(burkitt);
    const [rows, head, length] = [bytes.readUInt32LE(4), bytes.readUInt16LE(8), bytes.readUInt16LE(10)];
    // A deletion mark, then ID, X, Y of six characters each and T of seven.
    const column = (begin: number, end: number): Float64Array =>
      Float64Array.from({ length: rows }, (_, row) =>
        Number(bytes.toString("latin1", head + row * length + begin, head + row * length + end)),
      );
    const cases = { x: column(7, 13), y: column(13, 19), days: column(19, 26), distanceEdgesMetres: [20.001], dayEdges: [6], seed: 1 };
    const { table } = tableOf(cases, 999);
    expect(rows).toBe(188);
    expect(table[0]!.observed).toBe(13);
    // 0.17 from 99 permutations there.
    expect(Math.abs(table[0]!.p - 0.17)).toBeLessThan(3 * Math.sqrt((0.17 * 0.83) / 99));
  },
);
