import { describe, expect, it } from "vitest";
import { type AreaRow, lineAfter, ordered } from "../../../../web/panels/table/order.ts";

const row = (name: string, rest: Partial<AreaRow>): AreaRow => ({
  code: name,
  name,
  districtName: "Karangjati",
  score: 40,
  scoreLower: 30,
  scoreUpper: 50,
  band: "RAWAN",
  rank: 5,
  count: 1,
  population: 1000,
  hotspotClass: null,
  q: null,
  ...rest,
});
const rows = [
  row("Bendo", { score: 20, rank: 3, population: null, count: 0 }),
  row("Watu", { band: "DATA KURANG", score: 99, rank: null }),
  row("Ajung", { score: 71, rank: 1, hotspotClass: "hot", q: 0.04, count: 0 }),
  row("Candi", { score: 50, rank: 2, hotspotClass: "hot", q: 0.01, population: 3000 }),
  row("Alas", { band: null, score: null, rank: null }),
];
const names = (list: readonly AreaRow[]) => list.map((each) => each.name);

describe("the table", () => {
  it.each([
    ["score", "descending", ["Ajung", "Candi", "Bendo"]],
    ["score", "ascending", ["Bendo", "Candi", "Ajung"]],
    ["name", "descending", ["Candi", "Bendo", "Ajung"]],
    ["count", "ascending", ["Ajung", "Bendo", "Candi"]],
    ["hotspot", "ascending", ["Candi", "Ajung", "Bendo"]],
  ] as const)("by %s, %s", (column, direction, expected) => {
    expect(names(ordered(rows, { column, direction }).assessed)).toEqual(expected);
  });

  it("keeps the unknown after the known, whichever the direction", () => {
    for (const direction of ["ascending", "descending"] as const)
      expect(names(ordered(rows, { column: "population", direction }).assessed).at(-1)).toBe("Bendo");
  });

  it("puts villages short of data last whatever their score, and changes nothing it was given", () => {
    const before = names(rows);
    expect(names(ordered(rows, { column: "score", direction: "descending" }).lacking)).toEqual(["Alas", "Watu"]);
    expect(names(rows)).toEqual(before);
  });

  it("is walked by keys, over the line that names those short of data, never past its ends", () => {
    const { assessed, lacking } = ordered(rows, { column: "rank", direction: "ascending" });
    const lines = [...assessed, null, ...lacking];
    expect(lineAfter("ArrowDown", -1, lines, 10)?.name).toBe("Ajung");
    expect(lineAfter("ArrowDown", 2, lines, 10)?.name).toBe("Alas");
    expect(lineAfter("ArrowUp", 4, lines, 10)?.name).toBe("Bendo");
    expect(lineAfter("ArrowUp", 0, lines, 10)?.name).toBe("Ajung");
    expect(lineAfter("End", 0, lines, 10)?.name).toBe("Watu");
    expect(lineAfter("x", 0, lines, 10)).toBeNull();
  });
});
