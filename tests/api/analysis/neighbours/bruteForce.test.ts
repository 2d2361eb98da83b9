import { describe, expect, it } from "vitest";
import { isInside } from "../../../../api/analysis/neighbours/containment.ts";
import { findNeighbours } from "../../../../api/analysis/neighbours/contiguity.ts";
import { metresPerDegreeAt } from "../../../../api/analysis/neighbours/plane.ts";
import { boundingBoxes, type FlatPolygons } from "../../../../api/analysis/neighbours/polygons.ts";
import { seededRandom } from "../../../fixtures/random.ts";

type Point = readonly [x: number, y: number];

const middle = -7.5;
const degree = metresPerDegreeAt(middle);

/** Areas of one ring each, from metres of one plane around a point of Java. */
function flat(rings: readonly (readonly Point[])[]): FlatPolygons {
  const ringOffsets = Int32Array.from([0, ...rings.map((_, i) => rings.slice(0, i + 1).reduce((sum, ring) => sum + ring.length, 0))]);
  return {
    n: rings.length,
    coordinates: Float64Array.from(rings.flat().flatMap(([x, y]) => [112 + x / degree.east, middle + y / degree.north])),
    ringOffsets,
    areaOffsets: Int32Array.from({ length: rings.length + 1 }, (_, i) => i),
  };
}

const sides = (ring: readonly Point[]): [Point, Point][] => ring.map((point, i) => [point, ring[(i + 1) % ring.length]!]);

function distanceTo([[ax, ay], [bx, by]]: readonly [Point, Point], [x, y]: Point): number {
  const share = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const along = Math.max(0, Math.min(1, share));
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}

/** Metres of one border within 30 m of the other, and the least distance seen, walking along it in steps of about 1 m. */
function walk(ring: readonly Point[], other: readonly Point[]): { border: number; gap: number } {
  let [border, gap] = [0, Number.POSITIVE_INFINITY];
  const others = sides(other);
  for (const [[ax, ay], [bx, by]] of sides(ring)) {
    const length = Math.hypot(bx - ax, by - ay);
    const steps = Math.ceil(length);
    for (let step = 0; step < steps; step++) {
      const at: Point = [ax + ((step + 0.5) / steps) * (bx - ax), ay + ((step + 0.5) / steps) * (by - ay)];
      const distance = Math.min(...others.map((side) => distanceTo(side, at)));
      gap = Math.min(gap, distance);
      if (distance <= 30) border += length / steps;
    }
  }
  return { border, gap };
}

/** Columns of ragged four-sided areas, 16 km from south to north, so over three strips; some overlap, some miss each other by up to 50 m. */
function raggedAreas(seed: number): Point[][] {
  const random = seededRandom(seed);
  const jitter = (): number => 40 * random() - 20;
  const rings: Point[][] = [];
  for (let row = 0; row < 12; row++) {
    for (let column = 0; column < 2; column++) {
      const [west, south] = [700 * column, 1300 * row - 8000];
      rings.push([
        [west + jitter(), south + jitter()],
        [west + 700 + jitter(), south + jitter()],
        [west + 700 + jitter(), south + 1300 + jitter()],
        [west + jitter(), south + 1300 + jitter()],
      ]);
    }
  }
  return rings;
}

describe("contiguity against walking along every border", () => {
  it.each([1, 2])("ragged areas %d: the same pairs, gaps, borders and rook marks", (seed) => {
    const rings = raggedAreas(seed);
    const found = findNeighbours(flat(rings));
    const seen = new Map([...found.from].map((from, p) => [`${from}-${found.to[p]}`, p]));
    let compared = 0;
    for (let i = 0; i < rings.length; i++) {
      for (let j = i + 1; j < Math.min(rings.length, i + 4); j++) {
        const [there, back] = [walk(rings[i]!, rings[j]!), walk(rings[j]!, rings[i]!)];
        const gap = Math.min(there.gap, back.gap);
        const p = seen.get(`${i}-${j}`);
        // Steps of 1 m see a gap, or that there is none, only so far; what lies so near to the limit proves nothing.
        if (gap > 9.3 && gap < 10.2) continue;
        expect(p !== undefined).toBe(gap <= 10);
        if (p === undefined) continue;
        compared++;
        seen.delete(`${i}-${j}`);
        expect(found.gapMetres[p]!).toBeLessThan(gap * 1.001 + 1e-3);
        expect(found.gapMetres[p]!).toBeGreaterThan(gap - 0.8);
        const border = (there.border + back.border) / 2;
        expect(Math.abs(found.borderMetres[p]! - border)).toBeLessThan(6 + 0.001 * border);
        if (Math.abs(border - 100) > 7) expect(found.rook[p]).toBe(border >= 100 ? 1 : 0);
        expect(found.byTolerance[p]).toBe(1);
      }
    }
    expect(compared).toBeGreaterThan(30);
    expect([...seen.values()].filter((p) => found.gapMetres[p]! < 8.5)).toEqual([]);
  });

  it("pairs come sorted, each once, lower area first", () => {
    const { from, to } = findNeighbours(flat(raggedAreas(3).reverse()));
    for (let p = 0; p < from.length; p++) {
      expect(from[p]!).toBeLessThan(to[p]!);
      if (p > 0) expect(from[p - 1]! * 100 + to[p - 1]!).toBeLessThan(from[p]! * 100 + to[p]!);
    }
  });
});

describe("boxes and insides", () => {
  const bent: Point[] = [
    [0, 0],
    [3000, 500],
    [3500, 2500],
    [1500, 1000],
    [-400, 2800],
  ];

  it("the box of an area runs from its least to its greatest coordinates; without rings it is the wrong way round", () => {
    const polygons = flat([bent]);
    const [west, south, east, north] = boundingBoxes(polygons);
    expect([west, south]).toEqual([112 - 400 / degree.east, middle]);
    expect([east, north]).toEqual([112 + 3500 / degree.east, middle + 2800 / degree.north]);
    const none = { ...polygons, areaOffsets: Int32Array.of(0, 0) };
    const infinite = Number.POSITIVE_INFINITY;
    expect([...boundingBoxes(none)]).toEqual([infinite, infinite, -infinite, -infinite]);
  });

  it("a point is inside where a ray from it crosses the border an odd number of times: by winding angle", () => {
    const polygons = flat([bent]);
    const random = seededRandom(5);
    let inside = 0;
    for (let k = 0; k < 500; k++) {
      const [x, y] = [5000 * random() - 1000, 4000 * random() - 500];
      const turned = sides(bent).reduce((sum, [[ax, ay], [bx, by]]) => {
        const angle = Math.atan2(by - y, bx - x) - Math.atan2(ay - y, ax - x);
        return sum + Math.atan2(Math.sin(angle), Math.cos(angle));
      }, 0);
      const isWithin = Math.abs(turned) > 1;
      if (isWithin) inside++;
      expect(isInside(polygons, 0, 112 + x / degree.east, middle + y / degree.north)).toBe(isWithin);
    }
    expect(inside).toBeGreaterThan(100);
    expect(inside).toBeLessThan(400);
  });
});
