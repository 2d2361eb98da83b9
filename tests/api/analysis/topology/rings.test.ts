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

test.each([
  ["on its border", 1000, 500, 0],
  ["beside a side's middle", 500, -30, 30],
  ["beside a side's beginning", -40, 0, 40],
  ["beyond the corner where the ring closes", -30, -40, 50],
  ["nearest to the second part", 2300, 500, 100],
  ["in the second part", 2100, 500, 0],
])("of an area in two parts, a point %s", (_, x, y, units) => {
  const area = flat([[box(9000, 0, 9100, 100)], [before, box(2000, 0, 2200, 1000)]]);
  // East and north are not equally long on the ellipsoid: by seven parts in a thousand.
  expect(metresOutside(area, 1, x / 1e6, y / 1e6) / Math.sqrt(squareMetresPerUnit)).toBeCloseTo(units, units === 0 ? 9 : 0);
});

test("holes of several polygons are told one by one, with their size", () => {
  const whole = (ring: Ring): Int32Array => Int32Array.from(ring.flat());
  const found = findHolesOutside([
    [whole(before), whole(box(200, 200, 300, 300)), whole([...box(2000, 0, 2020, 50)].reverse())],
    [whole(box(5000, 0, 6000, 1000))],
    [whole(box(7000, 0, 8000, 1000)), whole(box(7990, 100, 8010, 110))],
  ]);
  expect(found.map(({ ring, isWhollyOutside }) => [ring[0], isWhollyOutside])).toEqual([
    [2000, true],
    [7990, false],
  ]);
  expect(found.map(({ squareMetres }) => Math.round(squareMetres / squareMetresPerUnit))).toEqual([1000, 200]);
});

test("a group reaches as far as one box meets the next, and the largest comes first", () => {
  const chain = [box(0, 0, 10, 10), box(40, 0, 50, 10), box(10, 10, 20, 20), box(20, 20, 30, 30), box(41, 1, 42, 2), box(90, 0, 95, 5)];
  const boxes = boundingBoxes(flat(chain.map((ring) => [ring])));
  const groupsOf = (sizes: number[], most: number): number[][] =>
    separateGroups(boxes, Int32Array.from(sizes), most).map((group) => [...group]);
  expect(groupsOf([4, 4, 4, 4, 4, 4], 1)).toEqual([[0, 2, 3], [1, 4], [5]]);
  expect(groupsOf([4, 40, 4, 4, 4, 4], 1)).toEqual([[1, 4], [0, 2, 3], [5]]);
  expect(groupsOf([4, 4, 4, 4, 4, 4], 12)).toEqual([
    [0, 2, 3],
    [1, 4, 5],
  ]);
  expect(groupsOf([4, 4, 4, 4, 4, 4], 11)).toEqual([[0, 2, 3], [1, 4], [5]]);
  expect(groupsOf([4, 4, 4, 4, 4, 4], 24)).toEqual([[0, 1, 2, 3, 4, 5]]);
  expect(separateGroups(boundingBoxes(flat([[]])), Int32Array.of(0), 10)).toEqual([]);
});

test("moves are told area by area, each with its own, and lists of other lengths are refused", () => {
  const after = box(0, 0, 1000, 900);
  const moves = measureMoves(flat([[before], [before], [before]]), flat([[before], [after], []]));
  expect(moves.map(({ share }) => Number(share.toFixed(9)))).toEqual([0, 0.1, 1]);
  expect(() => measureMoves(flat([[before]]), flat([]))).toThrow();
});
