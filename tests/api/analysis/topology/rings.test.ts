import { expect, test } from "vitest";
import { boundingBoxes } from "../../../../api/analysis/neighbours/polygons.ts";
import { separateGroups } from "../../../../api/analysis/topology/groups.ts";
import { measureMoves } from "../../../../api/analysis/topology/moves.ts";
import { findHolesOutside, findSlivers, metresOutside } from "../../../../api/analysis/topology/rings.ts";
import { box, flat, type Ring, squareMetresPerUnit } from "./drawnAreas.ts";

const before = box(0, 0, 1000, 1000);
test.each<[string, Ring, number, number]>([
  ["unmoved", before, 0, 0],
  ["moved by half its width", box(500, 0, 1500, 1000), 2 / 3, 1_000_000],
  ["moved away", box(5000, 0, 6000, 1000), 1, 2_000_000],
  [
    "a corner cut off",
    [
      [0, 0],
      [1000, 0],
      [1000, 1000],
      [100, 1000],
      [0, 900],
    ],
    0.005,
    5000,
  ],
])("a shape %s differs by its symmetric difference", (_, after, share, squareUnits) => {
  const [move] = measureMoves(flat([[before]]), flat([[after]]));
  expect(move!.share).toBeCloseTo(share, 6);
  expect(move!.squareMetres / squareMetresPerUnit).toBeCloseTo(squareUnits, 0);
  expect(move!.polygons.length > 0).toBe(share > 0);
});

test("shapes without a surface have no share", () => {
  expect(measureMoves(flat([[]]), flat([[]]))[0]!.share).toBeNaN();
});

test("a thin part is a sliver, a small round one and a long but broad one are not", () => {
  const areas = [[before, box(2000, 0, 2020, 1000), box(3000, 0, 3030, 30), box(4000, 0, 4200, 9000)]];
  const slivers = findSlivers(flat(areas), { sliverWidthMetres: 10, sliverCompactness: 0.2 });
  expect(slivers.map(({ polygons }) => polygons[0]![0]![0])).toEqual([2000]);
  // 2 × 20 × 1000 / 2040 units wide.
  expect((2 * slivers[0]!.squareMetres) / slivers[0]!.perimeterMetres / Math.sqrt(squareMetresPerUnit)).toBeCloseTo(19.6, 0);
});

test.each([
  ["inside", 500, 500, 0],
  ["east of it", 1500, 500, 500],
  ["beyond a corner", 1300, 1400, 500],
  ["in its hole", 250, 250, 50],
])("a reference point %s lies as far outside as to the nearest border", (_, x, y, units) => {
  const area = flat([[before, box(200, 200, 300, 300)]]);
  expect(metresOutside(area, 0, x / 1e6, y / 1e6) / Math.sqrt(squareMetresPerUnit)).toBeCloseTo(units, -1);
});

test("no point or no ring: unknown", () => {
  expect(metresOutside(flat([[before]]), 0, Number.NaN, 0)).toBeNaN();
  expect(metresOutside(flat([[]]), 0, 0, 0)).toBeNaN();
});

test.each([
  ["inside its shell", box(200, 200, 300, 300), null],
  ["touching its shell", box(0, 200, 300, 300), null],
  ["outside its shell", box(2000, 200, 2100, 300), true],
  ["across its shell", box(900, 200, 1100, 300), false],
])("a hole %s", (_, hole, isWhollyOutside) => {
  const whole = (ring: Ring): Int32Array => Int32Array.from(ring.flat());
  expect(findHolesOutside([[whole(before), whole(hole)]])[0]?.isWhollyOutside ?? null).toBe(isWhollyOutside);
});

test("groups are what boxes connect, small ones together, and every area is in one", () => {
  const polygons = flat([[box(0, 0, 10, 10)], [box(50, 0, 60, 10)], [box(10, 10, 20, 20)], [], [box(100, 0, 110, 10)]]);
  const sizes = Int32Array.of(4, 4, 4, 0, 4);
  const groups = separateGroups(boundingBoxes(polygons), sizes, 8);
  expect(groups.map((group) => [...group])).toEqual([
    [0, 2],
    [1, 4],
  ]);
  expect(separateGroups(boundingBoxes(polygons), sizes, 4).map((group) => [...group])).toEqual([[0, 2], [1], [4]]);
});
