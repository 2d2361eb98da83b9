import { expect, it } from "vitest";
import { analyseDensity } from "../../../../api/analysis/density/density.ts";
import { densityContours } from "../../../../api/analysis/density/densityContours.ts";
import { adaptiveBandwidths, countedPoints, quarticDensity } from "../../../../api/analysis/density/quarticDensity.ts";
import { metresPerDegreeAt } from "../../../../api/analysis/neighbours/plane.ts";

const perDegree = metresPerDegreeAt(-7.5);
/** A square of 20 × 20 km around 7.5° S. */
const side = 20_000;
const region = {
  n: 1,
  coordinates: Float64Array.from([0, 0, 1, 0, 1, 1, 0, 1], (corner, at) =>
    at % 2 === 0 ? 112 + (corner * side) / perDegree.east : -7.5 + ((corner - 0.5) * side) / perDegree.north,
  ),
  ringOffsets: Int32Array.of(0, 4),
  areaOffsets: Int32Array.of(0, 1),
};
const x = Float64Array.of(3010, 3210, 3310, 4110, 12_070, 15_510, 15_650);
const y = Float64Array.of(4010, 4310, 4110, 3910, 9010, 15_010, 16_210);
const asked = {
  longitude: x.map((metres) => 112 + metres / perDegree.east),
  latitude: y.map((metres) => -7.5 + (metres - side / 2) / perDegree.north),
  region,
  bandwidthMetres: 2400,
  cellMetres: 400,
};

it("a point belongs to the region from its own cell and the eight around it, from no other", () => {
  const inside = new Uint8Array(49);
  inside[3 * 7 + 3] = 1;
  const grid = { columns: 7, rows: 7, cellMetres: 100, inside };
  for (let row = 0; row < 7; row++) {
    for (let column = 0; column < 7; column++) {
      const point = countedPoints(Float64Array.of(100 * column + 50), Float64Array.of(100 * row + 50));
      const { outside } = quarticDensity(point, Float64Array.of(900), grid);
      expect(outside, `${row} ${column}`).toBe(Math.max(Math.abs(row - 3), Math.abs(column - 3)) <= 1 ? 0 : 1);
    }
  }
});

it("whose hill reaches no cell of the region leaves nothing anywhere", () => {
  const inside = new Uint8Array(9);
  inside[0] = 1;
  const point = countedPoints(Float64Array.of(199), Float64Array.of(199));
  const { perKm2, outside } = quarticDensity(point, Float64Array.of(100), { columns: 3, rows: 3, cellMetres: 100, inside });
  expect(outside).toBe(1);
  expect([...perKm2]).toEqual(new Array(9).fill(0));
});

it("adaptive: the first density gives the bandwidths, and they the second", () => {
  const plane = { columns: 50, rows: 50, cellMetres: 400, inside: new Uint8Array(2500).fill(1) };
  const points = countedPoints(x, y);
  const first = quarticDensity(points, new Float64Array(7).fill(2400), plane).perKm2;
  const bandwidths = adaptiveBandwidths(points, first, plane, 2400, 800);
  const second = quarticDensity(points, bandwidths, plane).perKm2;
  const found = analyseDensity({ ...asked, adaptive: true });
  expect(found.summary.narrowestMetres).toBeCloseTo(Math.min(...bandwidths), 6);
  expect(found.summary.widestMetres).toBeCloseTo(Math.max(...bandwidths), 6);
  expect(Math.max(...first.map((value, cell) => Math.abs(value - second[cell]!)))).toBeGreaterThan(0.01);
  second.forEach((value, cell) => void expect(found.perKm2[cell]).toBeCloseTo(value, 9));
  analyseDensity({ ...asked, adaptive: false }).perKm2.forEach((value, cell) => void expect(value).toBeCloseTo(first[cell]!, 9));
});

it("the region is as large as its cells, to the last square metre", () => {
  expect(analyseDensity({ ...asked, adaptive: false }).summary.regionKm2).toBe(400);
});

it("a cell size is rounded down, however little is missing to the next one", () => {
  // A sixth of it is 109.995 m: 100, not 110.
  expect(analyseDensity({ ...asked, cellMetres: undefined, bandwidthMetres: 659.97, adaptive: false }).grid.cellMetres).toBe(100);
});

it("contours stand where they are to the nearest millionth of a degree", () => {
  const grid = { west: 112.0000003, south: -7.5, columns: 7, rows: 7, cellMetres: 333, metresPerDegree: perDegree };
  const block = Float64Array.from({ length: 49 }, (_, cell) => (cell % 7 > 1 && cell % 7 < 5 && cell > 13 && cell < 35 ? 2 : 0));
  const [contour] = densityContours(block, grid, [1]);
  const points = contour!.geometry.coordinates.flat(2);
  expect(points.length).toBeGreaterThan(8);
  for (const [longitude = 0, latitude = 0] of points) {
    const halves = [((longitude - grid.west) * perDegree.east) / 166.5, ((latitude - grid.south) * perDegree.north) / 166.5];
    const [column = 0, row = 0] = halves.map(Math.round);
    expect(Math.abs(longitude - grid.west - (column * 166.5) / perDegree.east)).toBeLessThan(0.5001e-6);
    expect(Math.abs(latitude - grid.south - (row * 166.5) / perDegree.north)).toBeLessThan(0.5001e-6);
  }
});
