import { describe, expect, test } from "vitest";
import { type Amount, isSafe, together } from "../../../../api/analysis/suppression/amount.ts";
import { mergeSmall } from "../../../../api/analysis/suppression/mergeSmall.ts";
import { type CrossTable, suppressed, suppressTable } from "../../../../api/analysis/suppression/suppressTable.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { agreeingTables, type Place, placesOf, reduced, remainder, toldSums } from "./attacker.ts";

const least = { incidents: 5, reporters: 3 };
const s = suppressed;
/** As many incidents, told by enough people unless said otherwise. */
const of = (incidents: number, reporters = Math.min(incidents, 3), first = 0): Amount => ({
  incidents,
  reporters: new Set(Array.from({ length: reporters }, (_, index) => first + index)),
});
const table = (lines: readonly (readonly number[])[]): CrossTable => ({
  rows: lines.length,
  columns: lines[0]?.length ?? 0,
  cells: lines.flat().map((n) => of(n)),
  groups: [],
});

describe("parts of a total", () => {
  test.each<[string, Amount[], number[] | null]>([
    ["all safe: each on its own", [of(5), of(6), of(0)], [0, 1, 2]],
    ["a small one takes the smallest of the others with it", [of(20), of(1), of(9), of(7)], [0, 1, 2, 1]],
    ["two small ones are enough where their sum leaves room", [of(3), of(3), of(9)], [0, 0, 1]],
    ["1 and 4 make 5, but neither could then be 5: one more", [of(1), of(4), of(9)], [0, 0, 0]],
    ["parts of nothing stay told", [of(0), of(3), of(0), of(3)], [0, 1, 2, 1]],
    [
      "all ones: the parts of nothing go in, for each would be known to be 1",
      [0, 1, 2, 3, 4].map((n) => of(1, 1, n)).concat(of(0)),
      [0, 0, 0, 0, 0, 0],
    ],
    ["a small total is not told", [of(2), of(2), of(0)], null],
    ["nothing at all is told", [of(0), of(0)], [0, 1]],
    ["of equals the first goes with it", [of(9), of(1), of(9)], [0, 0, 1]],
    ["nothing is not the smallest of the others", [of(0), of(1), of(9)], [0, 1, 1]],
    ["those that follow keep their order", [of(9), of(8), of(1), of(7)], [0, 1, 2, 2]],
    ["enough incidents of one reporter are small", [of(9, 1), of(9)], [0, 0]],
    ["the same two reporters everywhere: not even the total", [of(9, 2), of(9, 2)], null],
  ])("%s", (_, parts, expected) => {
    expect(mergeSmall(parts, least) && [...(mergeSmall(parts, least) as Int32Array)]).toEqual(expected);
  });
});

describe("tables", () => {
  test("a table of safe cells is told whole", () => {
    const told = suppressTable(
      table([
        [5, 6],
        [0, 9],
      ]),
      least,
    );
    expect(told).toMatchObject({ total: 20, rows: [11, 9], columns: [5, 15], cells: [5, 6, 0, 9] });
  });
  test("one small cell hides a rectangle, while all sums stand", () => {
    // By hand: row 0 and column 0 hold the small cell; columns need one more for row 0, rows one more for column 0.
    const told = suppressTable(
      table([
        [2, 9, 20],
        [30, 8, 20],
        [40, 40, 40],
      ]),
      least,
    );
    expect(told).toMatchObject({ rows: [31, 58, 120], columns: [72, 57, 80], cells: [s, s, 20, s, s, 20, 40, 40, 40] });
  });
  test.each([
    ["the least is told no more, wherever it stands", [2, 20, 9, 30, 20, 8, 40, 40, 40], [s, 20, s, s, 20, s, 40, 40, 40]],
    ["rows as columns", [2, 9, 20, 40, 40, 40, 30, 8, 20], [s, s, 20, 40, 40, 40, s, s, 20]],
    ["where nothing is, nothing can hide", [2, 0, 9, 30, 20, 8, 40, 40, 40], [s, 0, s, s, 20, s, 40, 40, 40]],
    ["of equals the first", [2, 9, 9, 30, 20, 20, 30, 40, 40], [s, s, 9, s, s, 20, 30, 40, 40]],
  ])("%s", (_, counts, cells) => {
    expect(suppressTable({ rows: 3, columns: 3, cells: counts.map((n) => of(n)), groups: [] }, least).cells).toEqual(cells);
  });
  test.each([
    ["every row", (row: number, column: number) => 3 * row + column],
    ["every column", (row: number, column: number) => 3 * column + row],
  ])("what hides a small cell is looked for in %s that has one", (_, at) => {
    // Fours of different people: together they are safe, so that only the other way each of them needs company.
    const amounts = [of(4, 2, 0), of(9), of(20), of(4, 2, 2), of(0), of(9), of(40), of(40), of(40)];
    const cells: Amount[] = new Array(9);
    for (const row of [0, 1, 2]) for (const column of [0, 1, 2]) cells[at(row, column)] = amounts[3 * row + column]!;
    const told = suppressTable({ rows: 3, columns: 3, cells, groups: [] }, least).cells;
    expect([0, 1, 2].map((row) => [0, 1, 2].map((column) => told[at(row, column)]))).toEqual([
      [s, s, s],
      [s, s, s],
      [40, 40, 40],
    ]);
  });
  test("groups are told as parts of the whole, and a table of nothing tells all of it", () => {
    const told = suppressTable(
      {
        ...table([
          [9, 9],
          [9, 9],
        ]),
        groups: [of(20), of(9), of(7)],
      },
      least,
    );
    expect(told.groups).toEqual([20, 9, 7]);
    expect(
      suppressTable(
        {
          ...table([
            [9, 9],
            [9, 9],
          ]),
          groups: [of(20), of(2), of(14)],
        },
        least,
      ).groups,
    ).toEqual([20, s, s]);
    expect(suppressTable(table([[0, 0]]), least)).toMatchObject({ total: 0, rows: [0], columns: [0, 0], cells: [0, 0] });
  });
  test("the total is told where either number is just enough, and not below", () => {
    expect(suppressTable(table([[5]]), least).cells).toEqual([5]);
    expect(suppressTable({ ...table([[5]]), cells: [of(5, 2)] }, least).total).toBe(s);
    expect(suppressTable(table([[4]]), least).total).toBe(s);
  });
  test("a small row is kept back with another one, and what it holds is not told elsewhere", () => {
    const told = suppressTable(
      table([
        [2, 1],
        [9, 9],
        [30, 30],
      ]),
      least,
    );
    expect(told).toMatchObject({ total: 81, rows: [s, s, 60], columns: [41, 40], cells: [s, s, s, s, 30, 30] });
  });
  test("a small table tells nothing but where nothing is", () => {
    expect(
      suppressTable(
        table([
          [2, 1],
          [0, 0],
        ]),
        least,
      ),
    ).toMatchObject({ total: s, rows: [s, 0], columns: [s, s], cells: [s, s, 0, 0] });
  });
  test("cells that are not rows × columns, or not the groups, are refused", () => {
    expect(() => suppressTable({ ...table([[5]]), rows: 2 }, least)).toThrow(RangeError);
    expect(() => suppressTable({ ...table([[5]]), groups: [of(6)] }, least)).toThrow(RangeError);
  });
});

/** Random tables with few incidents and few reporters, so that nearly every rule is met. */
function* randomTables(
  seed: number,
  runs: number,
  size: { rows: number; columns: number; groups: number; most: number; reporters: number },
) {
  const random = seededRandom(seed);
  const places = placesOf(size.rows, size.columns, size.groups);
  for (let run = 0; run < runs; run++) {
    const scale = random() * size.most;
    const amounts = places.map(() => {
      const incidents = random() < 0.35 ? 0 : Math.floor(random() * scale);
      return { incidents, reporters: new Set(Array.from({ length: incidents }, () => Math.floor(random() * size.reporters))) };
    });
    const of = (isIn: (place: Place) => boolean): Amount => together(amounts.filter((_, index) => isIn(places[index] as Place)));
    const cells = Array.from({ length: size.rows * size.columns }, (_, cell) => of((p) => p.row * size.columns + p.column === cell));
    const groups = Array.from({ length: size.groups }, (_, group) => of((p) => p.group === group));
    yield { places, amounts, table: { rows: size.rows, columns: size.columns, cells, groups } satisfies CrossTable };
  }
}

describe("what an attacker can reckon", () => {
  // Linear algebra: a set of places has a known sum exactly if its indicator lies in the span of what was told. All sets are tried.
  test.each([
    { rows: 3, columns: 2, groups: 2, most: 8, reporters: 12, runs: 25 },
    { rows: 3, columns: 4, groups: 1, most: 16, reporters: 6, runs: 25 },
    { rows: 2, columns: 2, groups: 3, most: 6, reporters: 4, runs: 25 },
  ])("no set of places with a known sum is small: $rows × $columns × $groups", (size) => {
    let known = 0;
    for (const { places, amounts, table } of randomTables(size.rows * 100 + size.columns, size.runs, size)) {
      const lines = reduced(toldSums(suppressTable(table, least), size.columns, places));
      for (let set = 1; set < 2 ** places.length; set++) {
        const indicator = places.map((_, index) => (set >> index) & 1);
        if (remainder(indicator, lines).some((value) => Math.abs(value) > 1e-6)) continue;
        known++;
        const amount = together(amounts.filter((_, index) => indicator[index]));
        if (!isSafe(amount, least)) expect.fail(`${JSON.stringify(table.cells.map((cell) => cell.incidents))} shows ${amount.incidents}`);
      }
    }
    expect(known).toBeGreaterThan(1000);
  });

  test("a small cell, row or column that is kept back may be many numbers, told by trying all tables", () => {
    const few = { incidents: 3, reporters: 1 };
    const widths = { cell: 0, row: 0, column: 0 };
    for (const { table } of randomTables(5, 150, { rows: 3, columns: 3, groups: 1, most: 5, reporters: 50 })) {
      const told = suppressTable(table, few);
      if (typeof told.total !== "number" || told.total > 14) continue;
      const tables = agreeingTables(table, told);
      const widthOf = (sumOf: (cells: readonly number[]) => number): number => {
        const values = tables.map(sumOf);
        return Math.max(...values) - Math.min(...values);
      };
      const check = (kind: keyof typeof widths, count: number, sumOf: (cells: readonly number[]) => number): void => {
        if (count === 0 || count >= few.incidents) return;
        widths[kind]++;
        expect(widthOf(sumOf), JSON.stringify(table.cells.map((cell) => cell.incidents))).toBeGreaterThanOrEqual(few.incidents - 1);
      };
      const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
      const lines = [0, 1, 2];
      const truth = table.cells.map((cell) => cell.incidents);
      truth.forEach((count, cell) => {
        check("cell", count, (cells) => cells[cell] as number);
      });
      for (const line of lines) {
        const row = (cells: readonly number[]) => sum(cells.slice(line * 3, line * 3 + 3));
        const column = (cells: readonly number[]) => sum(lines.map((r) => cells[r * 3 + line] as number));
        check("row", row(truth), row);
        check("column", column(truth), column);
      }
    }
    expect(Math.min(...Object.values(widths))).toBeGreaterThan(10);
  });

  test("other names for rows and columns change nothing but the places", () => {
    const told = suppressTable(
      table([
        [2, 9, 20],
        [30, 8, 20],
        [40, 40, 40],
      ]),
      least,
    );
    const turned = suppressTable(
      table([
        [40, 40, 40],
        [20, 8, 30],
        [20, 9, 2],
      ]),
      least,
    );
    expect([...turned.cells].reverse().filter((value) => value === s).length).toBe(told.cells.filter((value) => value === s).length);
    expect([...turned.rows].reverse()).toEqual(told.rows);
  });
});
