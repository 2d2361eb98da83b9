import { expect, it } from "vitest";
import { checkDrawing } from "../../../../api/analysis/topology/checkDrawing.ts";
import { measureMoves } from "../../../../api/analysis/topology/moves.ts";
import { findOverlapsAndGaps } from "../../../../api/analysis/topology/overlapsAndGaps.ts";
import { placeInRing } from "../../../../api/analysis/topology/regions.ts";
import { findSlivers, metresOutside } from "../../../../api/analysis/topology/rings.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { box, flat, type Ring, squareMetresPerUnit } from "./drawnAreas.ts";

type Point = readonly [number, number];
const options = { overlapSquareMetres: 0, gapSquareMetres: 0, sliverWidthMetres: 1, sliverCompactness: 0.5, kept: 1000 };

/** Triangles of whole corners on a small field: corners on corners, on sides, and sides along sides come often. */
function triangles(seed: number, count: number, field: number): Ring[] {
  const random = seededRandom(seed);
  const point = (): Point => [Math.floor(field * random()), Math.floor(field * random())];
  const found: Ring[] = [];
  while (found.length < count) {
    const [a, b, c] = [point(), point(), point()];
    const turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    if (turn !== 0) found.push([a, b, c]);
  }
  return found;
}

/** The eight ways to lay a sheet of paper. */
const ways: ((point: Point) => Point)[] = [
  ([x, y]) => [x, y],
  ([x, y]) => [-x, y],
  ([x, y]) => [x, -y],
  ([x, y]) => [-x, -y],
  ([x, y]) => [y, x],
  ([x, y]) => [-y, x],
  ([x, y]) => [y, -x],
  ([x, y]) => [-y, -x],
];

it("a drawing turned, mirrored, numbered otherwise and begun elsewhere has the same overlaps and gaps", () => {
  let [overlapping, gaping] = [0, 0];
  for (let seed = 1; seed <= 30; seed++) {
    // A thousand units a step, so that the grid on which crossings are rounded hardly moves them.
    const rings = triangles(seed, 9, 12).map((ring) => ring.map(([x, y]): Point => [1000 * x, 1000 * y]));
    const told = (way: (point: Point) => Point, turnBy: number) => {
      const laid = rings.map((ring) => ring.map(way));
      const areas = laid.map((_, at) => {
        const ring = laid[(at + turnBy) % laid.length]!;
        return [turnBy % 2 === 0 ? ring : [...ring].reverse()];
      });
      const numberOf = (area: number): number => (area + turnBy) % laid.length;
      const { overlaps, gaps } = findOverlapsAndGaps(flat(areas), options);
      const overlap = new Map<string, number>();
      for (const { one, other, squareMetres } of overlaps.kept) {
        const pair = [numberOf(one), numberOf(other)].sort((a, b) => a - b).join("-");
        overlap.set(pair, (overlap.get(pair) ?? 0) + squareMetres / squareMetresPerUnit);
      }
      return {
        overlap,
        gap: gaps.kept.map((gap) => gap.squareMetres / squareMetresPerUnit).sort((a, b) => b - a),
        around: gaps.kept
          .map(({ around }) =>
            around
              .map(numberOf)
              .sort((a, b) => a - b)
              .join(),
          )
          .sort(),
        totals: [overlaps.total, gaps.total],
      };
    };
    const plain = told(ways[0]!, 0);
    overlapping += plain.overlap.size;
    gaping += plain.gap.length;
    for (const [number, way] of ways.entries()) {
      const laid = told(way, number);
      // A gap of a few units may close where its corners are rounded: a step squared is a million of them.
      const [large, laidLarge] = [plain, laid].map(({ gap }) => gap.filter((units) => units > 20_000)) as [number[], number[]];
      expect(laidLarge.length, `seed ${seed}, way ${number}`).toBe(large.length);
      large.forEach((units, at) => void expect(Math.abs(laidLarge[at]! - units) / units).toBeLessThan(0.05));
      for (const [pair, units] of plain.overlap) {
        if (units > 20_000) expect(Math.abs((laid.overlap.get(pair) ?? 0) - units) / units, `seed ${seed}, ${pair}`).toBeLessThan(0.05);
      }
    }
  }
  expect(Math.min(overlapping, gaping)).toBeGreaterThan(20);
});

/** By the three sides: 1 where the point is left of all or right of all, 0 where it is on one and beyond none, −1 else. */
function placeByDefinition(ring: Ring, x: number, y: number): number {
  const sides = ring.map(([ax, ay], at) => {
    const [bx, by] = ring[(at + 1) % 3]!;
    return Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  });
  if (sides.every((side) => side > 0) || sides.every((side) => side < 0)) return 1;
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0) ? 0 : -1;
}

it("every point of a field lies in, on or outside a triangle as its three sides say, and as far outside as its shape is away", () => {
  for (const ring of triangles(7, 60, 9)) {
    const polygons = flat([[ring]]);
    for (let x = -1; x <= 9; x++) {
      for (let y = -1; y <= 9; y++) {
        const place = placeByDefinition(ring, x, y);
        expect(placeInRing(Int32Array.from(ring.flat()), x, y), `${x} ${y} in ${ring.join(" ")}`).toBe(place);
        const metres = metresOutside(polygons, 0, x / 1e6, y / 1e6);
        if (place >= 0) expect(metres).toBeLessThan(1e-6);
        else expect(metres).toBeGreaterThan(0.009);
      }
    }
  }
});

it("what changed between two triangles is what one has and the other has not", () => {
  const rings = triangles(9, 40, 9).map((ring) => ring.map(([x, y]): Point => [1000 * x, 1000 * y]));
  const areaOf = ([[ax, ay] = [0, 0], [bx, by] = [0, 0], [cx, cy] = [0, 0]]: Ring): number =>
    Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / 2;
  for (let at = 0; at + 1 < rings.length; at += 2) {
    const [one, other] = [rings[at]!, rings[at + 1]!];
    const { overlaps } = findOverlapsAndGaps(flat([[one], [other]]), options);
    const common = overlaps.squareMetres / squareMetresPerUnit;
    const together = areaOf(one) + areaOf(other) - common;
    const [move] = measureMoves(flat([[one]]), flat([[other]]));
    expect(Math.abs(move!.squareMetres / squareMetresPerUnit / (together - common) - 1)).toBeLessThan(1e-3);
    expect(Math.abs(move!.share * together - (together - common)) / together).toBeLessThan(1e-3);
  }
});

it("a check of the drawing is its overlaps, gaps, slivers and points together, the kept ones cut off and all of them counted", () => {
  const areas = flat([
    [box(0, 0, 1000, 1000), box(3000, 0, 3001, 1000), box(5000, 0, 5001, 3000)],
    [box(900, 0, 2000, 1000)],
    [box(8000, 0, 8001, 2000)],
  ]);
  const asked = { ...options, sliverWidthMetres: 10, members: Int32Array.of(0, 1, 2), kept: 2 };
  const points = { longitude: Float64Array.of(500, 2500, Number.NaN).map((x) => x / 1e6), latitude: new Float64Array(3).fill(500 / 1e6) };
  const { overlaps, gaps, slivers, metresOutside: outside } = checkDrawing(areas, points, asked);
  expect({ overlaps, gaps }).toEqual(findOverlapsAndGaps(areas, asked));
  const all = findSlivers(areas, asked);
  expect(all).toHaveLength(3);
  expect(slivers).toMatchObject({ total: 3, slivers: 3, kept: all.slice(0, 2) });
  // By hand: strips a unit wide, 1,000, 2,000 and 3,000 long.
  expect(slivers.squareMetres / squareMetresPerUnit).toBeCloseTo(6000, 0);
  expect(slivers.kept.map(({ area }) => area)).toEqual([0, 2]);
  // 500 units east of the second area at the equator; the third has no point.
  expect(outside[0]).toBe(0);
  expect(outside[1]).toBeCloseTo((500 * 6_378_137 * Math.PI) / 180e6, 3);
  expect(outside[2]).toBeNaN();
});
