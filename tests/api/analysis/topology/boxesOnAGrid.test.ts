import { describe, expect, it } from "vitest";
import { findOverlapsAndGaps, isSliver } from "../../../../api/analysis/topology/overlapsAndGaps.ts";
import { measureRing, placeInRing } from "../../../../api/analysis/topology/regions.ts";
import { findSlivers } from "../../../../api/analysis/topology/rings.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { box, flat, type Ring, squareMetresPerUnit } from "./drawnAreas.ts";

const size = 12;
const options = { overlapSquareMetres: 0, gapSquareMetres: 0, sliverWidthMetres: 1, sliverCompactness: 0.5, kept: 1000 };
/** Metres of a unit east and north at the equator, by hand from the WGS 84 ellipsoid. */
const east = (6_378_137 * Math.PI) / 180e6;
const north = east * (1 - 0.00669437999014);

type Box = readonly [west: number, south: number, east: number, north: number];
const cellsOf = ([west, south, right, top]: Box): number[] => {
  const cells: number[] = [];
  for (let y = south; y < top; y++) for (let x = west; x < right; x++) cells.push(y * size + x);
  return cells;
};
/** Cells whose sides meet, together; those that touch the outside are left out. */
function enclosed(isCovered: (cell: number) => boolean): number[][] {
  const seen = new Set<number>();
  const groups: number[][] = [];
  for (let first = 0; first < size * size; first++) {
    if (isCovered(first) || seen.has(first)) continue;
    const group = [first];
    seen.add(first);
    let isOpen = false;
    for (const cell of group) {
      const [x, y] = [cell % size, Math.floor(cell / size)];
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const [a, b] = [x + dx, y + dy];
        if (a < 0 || b < 0 || a >= size || b >= size) isOpen = true;
        else if (!isCovered(b * size + a) && !seen.has(b * size + a)) {
          seen.add(b * size + a);
          group.push(b * size + a);
        }
      }
    }
    if (!isOpen) groups.push(group);
  }
  return groups;
}
/** Length of the border of some cells in metres, and which of the boxes has how much of it. */
function borderOf(cells: readonly number[], boxes: readonly Box[]): { metres: number; units: Map<number, number> } {
  const own = new Set(cells);
  const covered = boxes.map((each) => new Set(cellsOf(each)));
  const units = new Map<number, number>();
  let metres = 0;
  for (const cell of cells) {
    for (const [beyond, length] of [
      [cell + 1, north],
      [cell - 1, north],
      [cell + size, east],
      [cell - size, east],
    ] as const) {
      if (own.has(beyond)) continue;
      metres += length;
      covered.forEach((set, area) => {
        if (set.has(cell) !== set.has(beyond)) units.set(area, (units.get(area) ?? 0) + 1);
      });
    }
  }
  return { metres, units };
}
/** The cells that drawn rings hold, by the even-odd rule at their middles. */
function cellsIn(polygons: readonly (readonly Int32Array[])[]): number[] {
  const doubled = polygons.flat().map((ring) => ring.map((value) => 2 * value));
  return Array.from({ length: size * size }, (_, cell) => cell).filter(
    (cell) => doubled.filter((ring) => placeInRing(ring, 2 * (cell % size) + 1, 2 * Math.floor(cell / size) + 1) > 0).length % 2 === 1,
  );
}

describe("random boxes on a small grid, where cells can be counted", () => {
  it.each([3, 5, 8])("overlaps, gaps, their borders and what is drawn of them are those of the cells (%i boxes)", (count) => {
    const random = seededRandom(count);
    const below = (limit: number): number => Math.floor(random() * limit);
    for (let round = 0; round < 14; round++) {
      const boxes = Array.from({ length: count }, (): Box => {
        const [west, south] = [1 + below(size - 4), 1 + below(size - 4)];
        return [west, south, west + 1 + below(size - 2 - west), south + 1 + below(size - 2 - south)];
      });
      const { overlaps, gaps } = findOverlapsAndGaps(flat(boxes.map((each) => [box(...each)])), options);
      const covered = boxes.map((each) => new Set(cellsOf(each)));
      const expected: { key: string; cells: number[] }[] = [];
      for (let one = 0; one < count; one++)
        for (let other = one + 1; other < count; other++) {
          const cells = [...covered[one]!].filter((cell) => covered[other]!.has(cell));
          if (cells.length > 0) expected.push({ key: `${one}-${other}`, cells });
        }
      expect(overlaps.kept.map(({ one, other }) => `${one}-${other}`).sort()).toEqual(expected.map(({ key }) => key).sort());
      for (const found of overlaps.kept) {
        const { cells } = expected.find(({ key }) => key === `${found.one}-${found.other}`)!;
        expect(found.squareMetres / squareMetresPerUnit).toBeCloseTo(cells.length, 6);
        expect(found.perimeterMetres).toBeCloseTo(borderOf(cells, []).metres, 6);
        expect(cellsIn(found.polygons)).toEqual(cells.toSorted((a, b) => a - b));
      }
      const holes = enclosed((cell) => covered.some((set) => set.has(cell)));
      const places = (cells: readonly number[]): string => cells.toSorted((a, b) => a - b).join();
      expect(gaps.kept.map(({ polygons }) => places(cellsIn(polygons))).sort()).toEqual(holes.map(places).sort());
      for (const gap of gaps.kept) {
        const cells = cellsIn(gap.polygons);
        expect(gap.squareMetres / squareMetresPerUnit).toBeCloseTo(cells.length, 6);
        const { metres, units } = borderOf(cells, boxes);
        expect(gap.perimeterMetres).toBeCloseTo(metres, 6);
        for (const area of gap.around) expect(units.has(area)).toBe(true);
      }
      for (const { kept, total, squareMetres, slivers } of [overlaps, gaps]) {
        expect(total).toBe(kept.length);
        expect(squareMetres).toBeCloseTo(
          kept.reduce((sum, region) => sum + region.squareMetres, 0),
          9,
        );
        expect(slivers).toBe(kept.filter((region) => isSliver(region, options)).length);
        kept.slice(1).forEach((region, at) => {
          expect(region.squareMetres).toBeLessThanOrEqual(kept[at]!.squareMetres);
        });
      }
    }
  });

  it("those around a gap come by their length of border, of equals the lower number first", () => {
    const frame = [box(0, 0, 10, 2), box(8, 2, 10, 5), box(0, 5, 10, 7), box(0, 2, 2, 5)].map((ring) => [ring]);
    expect(findOverlapsAndGaps(flat(frame), options).gaps.kept[0]!.around).toEqual([0, 2, 1, 3]);
    expect(findOverlapsAndGaps(flat(frame), { ...options, members: Int32Array.of(0, 1, 2) }).gaps.kept).toEqual([]);
    expect(findOverlapsAndGaps(flat(frame), { ...options, changed: Uint8Array.of(0, 0, 0, 1) }).gaps.total).toBe(1);
    expect(() => findOverlapsAndGaps(flat(frame), { ...options, changed: new Uint8Array(3) })).toThrow();
    expect(() => findOverlapsAndGaps(flat(frame), { ...options, kept: -1 })).toThrow();
  });
});

describe("one ring", () => {
  const whole = (ring: Ring): Int32Array => Int32Array.from(ring.flat());
  it.each([
    ["inside", 5, 5, 1],
    ["on a side", 10, 5, 0],
    ["on the lower side", 5, 0, 0],
    ["on a corner", 10, 10, 0],
    ["on a side made longer", 10, 12, -1],
    ["on the lower side made longer", 12, 0, -1],
    ["level with a corner", -3, 10, -1],
    ["west", -1, 5, -1],
    ["east", 11, 5, -1],
  ])("a point %s", (_, x, y, place) => {
    for (const ring of [box(0, 0, 10, 10), [...box(0, 0, 10, 10)].reverse()]) expect(placeInRing(whole(ring), x, y)).toBe(place);
  });

  it("has the area and length that its plane gives it, less than nothing where it runs clockwise, smaller away from the equator", () => {
    const ring = whole(box(0, -20, 30, 20));
    expect(measureRing(ring).squareMetres / squareMetresPerUnit).toBeCloseTo(1200, 6);
    expect(measureRing(ring).perimeterMetres).toBeCloseTo(60 * east + 80 * north, 6);
    const back = whole([...box(0, -20, 30, 20)].reverse());
    expect(measureRing(back).squareMetres).toBeCloseTo(-measureRing(ring).squareMetres, 9);
    // The middle of 58 and 62 degrees north: a degree east of the ellipsoid at 60° is a cos 60° over √(1 − e² sin² 60°).
    const far = measureRing(whole(box(0, 59_999_900, 1000, 60_000_100)));
    const [sin, cos, e2] = [Math.sin(Math.PI / 3), 0.5, 0.00669437999014];
    const normal = Math.sqrt(1 - e2 * sin * sin);
    expect(far.squareMetres).toBeCloseTo(1000 * 200 * east * (cos / normal) * (north / normal ** 3), 0);
  });

  it.each([
    ["thin and long", 1, 100, 10, 0.2, true],
    ["thin, but as wide as the limit", 1, 100, (2 * 100) / 202, 0.2, false],
    ["thin, but as round as the limit", 1, 100, 10, (4 * Math.PI * 100) / 202 ** 2, false],
    ["broad", 20, 100, 10, 0.9, false],
    ["round", 5, 5, 10, 0.2, false],
  ])("%s: a sliver or not", (_, width, length, sliverWidthMetres, sliverCompactness, expected) => {
    const region = { squareMetres: width * length, perimeterMetres: 2 * (width + length) };
    expect(isSliver(region, { sliverWidthMetres, sliverCompactness })).toBe(expected);
  });

  it("slivers come by size, then by area; a closing vertex is none, and only areas that changed or are asked for are looked at", () => {
    const closed = (ring: Ring): Ring => [...ring, ring[0]!];
    const thin = (west: number, length: number): Ring => box(west, 0, west + 10, length);
    const areas = [[closed(thin(0, 1000))], [thin(100, 3000)], [thin(200, 1000)], [thin(300, 1000), [...thin(302, 500)].reverse()]];
    const limits = { sliverWidthMetres: 10, sliverCompactness: 0.2 };
    expect(findSlivers(flat(areas), limits).map(({ area }) => area)).toEqual([1, 0, 2, 3, 3]);
    expect(findSlivers(flat(areas), limits)[1]!.polygons[0]![0]).toHaveLength(8);
    expect(findSlivers(flat(areas), limits)[4]!.squareMetres).toBeGreaterThan(0);
    expect(findSlivers(flat(areas), { ...limits, changed: Uint8Array.of(0, 0, 1, 0) }).map(({ area }) => area)).toEqual([2]);
    expect(findSlivers(flat(areas), { ...limits, members: Int32Array.of(1) }).map(({ area }) => area)).toEqual([1]);
  });
});
