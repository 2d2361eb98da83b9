import { describe, expect, it } from "vitest";
import { referenceBandwidth } from "../../../../api/analysis/density/bandwidth.ts";
import { analyseDensity, type DensityInput } from "../../../../api/analysis/density/density.ts";
import { densityContours } from "../../../../api/analysis/density/densityContours.ts";
import { boxOf, cellsInside, gridOver } from "../../../../api/analysis/density/densityGrid.ts";
import { metresPerDegreeAt } from "../../../../api/analysis/neighbours/plane.ts";
import type { FlatPolygons } from "../../../../api/analysis/neighbours/polygons.ts";
import { seededRandom } from "../../../fixtures/random.ts";

type Ring = readonly (readonly [number, number])[];
/** Areas of rings in kilometres east and north of 112° E, 7.5° S. */
function region(...areas: Ring[][]): FlatPolygons {
  const perDegree = metresPerDegreeAt(-7.5);
  const rings = areas.flat();
  return {
    n: areas.length,
    coordinates: Float64Array.from(
      rings.flat().flatMap(([east, north]) => [112 + (1000 * east) / perDegree.east, -7.5 + (1000 * north) / perDegree.north]),
    ),
    ringOffsets: Int32Array.from([0, ...rings.map((_, at) => rings.slice(0, at + 1).flat().length)]),
    areaOffsets: Int32Array.from([0, ...areas.map((_, at) => areas.slice(0, at + 1).flat().length)]),
  };
}
/** Squares of kilometres, closed as GeoJSON closes rings. */
const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const rows = (inside: Uint8Array, columns: number): string[] =>
  Array.from({ length: inside.length / columns }, (_, row) =>
    [...inside.subarray(row * columns, (row + 1) * columns)].map((cell) => "·#"[cell]).join(""),
  );

describe("the grid over a region", () => {
  it("covers the box around it from the south-west corner, with square cells", () => {
    // The box is symmetric to 7.5° S, so its plane is the one that the rings are laid out in.
    const found = boxOf(region([box(0, -5, 7.9, 5)]));
    expect(found.west).toBe(112);
    expect(found.widthMetres).toBeCloseTo(7900, 6);
    expect(found.heightMetres).toBeCloseTo(10_000, 6);
    const grid = gridOver(found, 1000);
    expect([grid.columns, grid.rows, grid.cellMetres]).toEqual([8, 10, 1000]);
    expect([gridOver(found, 7900).columns, gridOver(found, 50_000).rows]).toEqual([1, 1]);
  });

  it.each<[string, Ring[][], string[]]>([
    ["a square", [[box(0, -2, 4, 2)]], ["####", "####", "####", "####"]],
    ["a square with a hole", [[box(0, -2, 4, 2), box(1, -1, 3, 1)]], ["####", "#··#", "#··#", "####"]],
    [
      "two areas side by side, and one of them twice",
      [[box(0, -2, 1, 2)], [box(3, -2, 4, 2)], [box(3, -2, 4, 2)]],
      ["#··#", "#··#", "#··#", "#··#"],
    ],
    ["two areas that overlap", [[box(0, -2, 3, 2)], [box(1, -2, 4, 2)]], ["####", "####", "####", "####"]],
    ["one area of two parts", [[box(0, -2, 4, -1), box(2, 1, 4, 2)]], ["####", "····", "····", "··##"]],
    [
      "a triangle, by the centres of cells",
      [
        [
          [
            [0, -2],
            [3.9, -2],
            [0, 1.9],
          ],
        ],
      ],
      ["###·", "##··", "#···", "····"],
    ],
  ])("%s", (_, areas, expected) => {
    const polygons = region(...areas);
    const grid = gridOver(boxOf(polygons), 1000);
    const inside = cellsInside(grid, polygons);
    expect(rows(inside, grid.columns)).toEqual(expected);
  });

  it("a centre on the west or south side belongs to the area, on the east or north side not; what lies beyond the grid is cut", () => {
    const grid = { west: 0, south: 0, columns: 4, rows: 4, cellMetres: 1, metresPerDegree: { east: 1, north: 1 } };
    const one = (ring: Ring): FlatPolygons => ({
      n: 1,
      coordinates: Float64Array.from(ring.flat()),
      ringOffsets: Int32Array.of(0, ring.length),
      areaOffsets: Int32Array.of(0, 1),
    });
    expect(rows(cellsInside(grid, one(box(0.5, 0.5, 2.5, 2.5))), 4)).toEqual(["##··", "##··", "····", "····"]);
    expect(rows(cellsInside(grid, one(box(0.6, 0.6, 2.6, 2.6))), 4)).toEqual(["····", "·##·", "·##·", "····"]);
    expect(rows(cellsInside(grid, one(box(-3, -3, 1, 9))), 4)).toEqual(["#···", "#···", "#···", "#···"]);
    expect(rows(cellsInside(grid, one(box(2, 2, 9, 9))), 4)).toEqual(["····", "····", "··##", "··##"]);
    // Not closed: the last vertex is joined to the first.
    expect(rows(cellsInside(grid, one(box(1, 1, 3, 3).slice(0, 4))), 4)).toEqual(["····", "·##·", "·##·", "····"]);
  });

  it("an area without rings covers nothing; a region without any is refused", () => {
    const polygons = region([box(0, -2, 4, 2)], []);
    expect(cellsInside(gridOver(boxOf(polygons), 1000), polygons)).toEqual(new Uint8Array(16).fill(1));
    expect(() => boxOf(region())).toThrowError(expect.objectContaining({ code: "wrong_input" }));
    expect(() => boxOf(region([box(0, 0, 0, 4)]))).toThrowError(expect.objectContaining({ code: "wrong_input" }));
  });
});

describe("contours by share of the incidents", () => {
  const polygons = region([box(0, -3, 6, 3)]);
  const grid = gridOver(boxOf(polygons), 1000);
  const values = new Float64Array(36).fill(Number.NaN);
  values.fill(1, 6, 30);
  values[14] = 20;
  values[15] = 16;

  it("hold their share on the fewest cells, at the density of the last of them", () => {
    // 22 cells of 1, then 16 and 20: 58 in all; half of it is reached with the two high ones, a quarter with the highest.
    const found = densityContours(values, grid, [0.25, 0.5, 36 / 58, 0.63, 1]);
    expect(found.map(({ share, perKm2, areaKm2 }) => [share, perKm2, areaKm2])).toEqual([
      [0.25, 20, 1],
      [0.5, 16, 2],
      [36 / 58, 16, 2],
      [0.63, 1, 3],
      [1, 1, 24],
    ]);
  });

  it("are GeoJSON polygons around the right place: closed, outer rings counter-clockwise, holes clockwise", () => {
    const signed = (ring: number[][]): number =>
      ring.slice(1).reduce((sum, [x = 0, y = 0], at) => sum + ring[at]![0]! * y - x * ring[at]![1]!, 0);
    const [top] = densityContours(values, grid, [0.5]);
    expect(top!.geometry.coordinates.length).toBe(1);
    const [ring] = top!.geometry.coordinates[0]!;
    expect(ring![0]).toEqual(ring!.at(-1));
    expect(signed(ring!)).toBeGreaterThan(0);
    // Around the centres of the two cells, column 2 and 3 of row 2: 2.5 to 3.5 km east, 0.5 km south.
    const perDegree = metresPerDegreeAt(-7.5);
    const middle = ring!
      .slice(1)
      .reduce(([x = 0, y = 0], [east = 0, north = 0]) => [x + east / (ring!.length - 1), y + north / (ring!.length - 1)], [0, 0]);
    expect((middle[0]! - 112) * perDegree.east).toBeCloseTo(3000, -3);
    expect((middle[1]! + 7.5) * perDegree.north).toBeCloseTo(-500, -2);
    const ringed = new Float64Array(36).fill(5);
    ringed[14] = 0;
    const [holed] = densityContours(ringed, grid, [1]);
    const [outer, hole] = holed!.geometry.coordinates[0]!;
    expect([signed(outer!) > 0, signed(hole!) < 0]).toEqual([true, true]);
    for (const [longitude = 0] of outer!) expect(Math.abs(longitude * 1e6 - Math.round(longitude * 1e6))).toBeLessThan(1e-4);
  });

  it("of nothing there are none", () => {
    expect(densityContours(new Float64Array(36), grid, [0.5])).toEqual([]);
    expect(densityContours(new Float64Array(36).fill(Number.NaN), grid, [0.5])).toEqual([]);
  });
});

const random = seededRandom(4);
const perDegree = metresPerDegreeAt(-7.5);
/** 300 incidents around two towns of a region of 20 × 20 km with a lake. */
const east = Float64Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? 4 : 15) + 3 * (random() + random() - 1));
const north = Float64Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? -5 : 4) + 3 * (random() + random() - 1));
const input = (more: Partial<DensityInput> = {}): DensityInput => ({
  longitude: east.map((km) => 112 + (1000 * km) / perDegree.east),
  latitude: north.map((km) => -7.5 + (1000 * km) / perDegree.north),
  region: region([box(0, -10, 20, 10), box(9, -1, 11, 1)]),
  adaptive: false,
  ...more,
});
const integral = ({ perKm2, grid }: ReturnType<typeof analyseDensity>): number =>
  perKm2.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0) * (grid.cellMetres / 1000) ** 2;

describe("incident density", () => {
  const result = analyseDensity(input());

  it.each([
    ["fixed", false],
    ["adaptive", true],
  ])("%s: adds up to the incidents over the region, and is unknown outside it", (_, adaptive) => {
    const density = analyseDensity(input({ adaptive }));
    expect(integral(density)).toBeCloseTo(300, 8);
    const { grid, perKm2, summary } = density;
    const cell = (km: number, kmNorth: number): number =>
      perKm2[Math.floor(((kmNorth + 10) * 1000) / grid.cellMetres) * grid.columns + Math.floor((km * 1000) / grid.cellMetres)]!;
    expect(cell(10, 0)).toBeNaN();
    expect(cell(15, 4)).toBeGreaterThan(cell(4, -5));
    expect(cell(4, -5)).toBeGreaterThan(20 * cell(1, 9));
    expect(summary.regionKm2).toBeCloseTo(396, -1);
    expect(summary.highestPerKm2).toBe(Math.max(...perKm2.filter((value) => !Number.isNaN(value))));
  });

  it("the bandwidth comes from the points and is stated with its rule, unless it is given", () => {
    const expected = referenceBandwidth(
      east.map((km) => 1000 * km),
      north.map((km) => 1000 * km),
    );
    expect(result.summary.bandwidthMetres).toBeCloseTo(expected, 6);
    expect(result.summary).toMatchObject({ bandwidthRule: "normal reference, robust", incidents: 300, outside: 0 });
    expect([result.summary.narrowestMetres, result.summary.widestMetres]).toEqual([
      result.summary.bandwidthMetres,
      result.summary.bandwidthMetres,
    ]);
    expect(analyseDensity(input({ bandwidthMetres: 2500 })).summary).toMatchObject({ bandwidthMetres: 2500, bandwidthRule: "given" });
  });

  it("adaptive bandwidths are narrower in the town and wider outside, never below two cells", () => {
    const { summary, grid } = analyseDensity(input({ bandwidthMetres: 2500, adaptive: true }));
    expect(summary.narrowestMetres).toBeLessThan(2500);
    expect(summary.widestMetres).toBeGreaterThan(2500);
    expect(summary.narrowestMetres).toBeGreaterThanOrEqual(2 * grid.cellMetres);
  });

  // Without a size: a sixth of the bandwidth, but what makes 2,500 to 40,000 cells of the box (400 to 100 m here), at most half the bandwidth, in two digits rounded down.
  it.each([
    [3000, undefined, 400],
    [2000, undefined, 330],
    [450, undefined, 100],
    [150, undefined, 75],
    [3000, 1500, 1500],
  ])("a bandwidth of %d m and a cell of %s: cells of %d m", (bandwidthMetres, cellMetres, expected) => {
    expect(analyseDensity(input({ bandwidthMetres, cellMetres })).grid.cellMetres).toBeCloseTo(expected, 9);
  });

  it("contours hold a quarter to nine tenths, each within the next", () => {
    expect(result.contours.map(({ share }) => share)).toEqual([0.25, 0.5, 0.75, 0.9]);
    for (let at = 1; at < 4; at++) {
      expect(result.contours[at]!.areaKm2).toBeGreaterThan(result.contours[at - 1]!.areaKm2);
      expect(result.contours[at]!.perKm2).toBeLessThan(result.contours[at - 1]!.perKm2);
    }
  });

  it("incidents in another order, twice as many or beyond the border change what they must", () => {
    const order = Array.from({ length: 300 }, (_, i) => (i * 7) % 300);
    const shuffled = analyseDensity(
      input({
        longitude: input().longitude.map((_, i) => input().longitude[order[i]!]!),
        latitude: input().latitude.map((_, i) => input().latitude[order[i]!]!),
      }),
    );
    shuffled.perKm2.forEach((value, cell) => void (Number.isNaN(value) || expect(value).toBeCloseTo(result.perKm2[cell]!, 9)));
    const far = analyseDensity(
      input({
        longitude: Float64Array.of(...input().longitude, 113, 113),
        latitude: Float64Array.of(...input().latitude, -7.5, -7.5),
        bandwidthMetres: 2000,
      }),
    );
    expect(far.summary.outside).toBe(2);
    expect(integral(far)).toBeCloseTo(300, 8);
    expect(far.warnings).toEqual([
      { code: "density_not_risk", details: {} },
      { code: "outside_region", details: { incidents: 2 } },
    ]);
    expect(result.warnings).toEqual([{ code: "density_not_risk", details: {} }]);
  });

  it("the cell size that would do is named with the rows and columns that are rounded up", () => {
    // 9.99 × 0.101 km: cells of 2 m are 4995 × 51 = 254,745, still too many.
    const narrow = region([box(0, -0.0505, 9.99, 0.0505)]);
    const asked = input({ region: narrow, bandwidthMetres: 2, cellMetres: 1 });
    expect(() => analyseDensity(asked)).toThrowError(
      expect.objectContaining({ details: { cells: 9990 * 101, most: 250_000, cellMetres: 3, bandwidthMetres: 6 } }),
    );
  });

  it("inputs are not changed, and one incident with a bandwidth is enough", () => {
    const given = input();
    const before = [...given.longitude, ...given.latitude, ...given.region.coordinates];
    analyseDensity(given);
    expect([...given.longitude, ...given.latitude, ...given.region.coordinates]).toEqual(before);
    const one = analyseDensity(input({ longitude: Float64Array.of(112.05), latitude: Float64Array.of(-7.5), bandwidthMetres: 3000 }));
    expect(integral(one)).toBeCloseTo(1, 12);
  });

  it.each<[string, Partial<DensityInput>, Record<string, unknown>]>([
    ["no incident", { longitude: new Float64Array(0), latitude: new Float64Array(0) }, { code: "no_events" }],
    [
      "all in one place without a bandwidth",
      { longitude: new Float64Array(3).fill(112.1), latitude: new Float64Array(3).fill(-7.5) },
      { code: "points_coincide", details: { incidents: 3 } },
    ],
    [
      "cells wider than half the bandwidth",
      { bandwidthMetres: 1000, cellMetres: 501 },
      { code: "cell_too_large", details: { cellMetres: 501, bandwidthMetres: 1000, most: 500 } },
    ],
    // 20 km / 30 m = 667 cells a side; 500 a side of 40 m are 250,000.
    [
      "too many cells",
      { bandwidthMetres: 1000, cellMetres: 30 },
      { code: "too_many_cells", details: { cells: 667 * 667, most: 250_000, cellMetres: 40, bandwidthMetres: 80 } },
    ],
    ["a bandwidth too narrow for the region", { bandwidthMetres: 20 }, { code: "too_many_cells" }],
    ["places that do not match", { latitude: new Float64Array(4) }, { code: "wrong_input" }],
  ])("%s: refused", (_, more, refusal) => {
    expect(() => analyseDensity(input(more))).toThrowError(expect.objectContaining(refusal));
  });
});
