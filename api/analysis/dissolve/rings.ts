import type { EdgeTable } from "./edges.ts";
import { endOf, startOf, type Ways } from "./windings.ts";

/** A closed line of points of the grid, x0, y0, x1, y1, … without the closing one. */
export type GridRing = Float64Array;

/** Twice the area inside, positive when anticlockwise. Relative to the first point, so that the products keep their digits. */
export function doubleArea(ring: GridRing): number {
  const [x, y] = [ring[0]!, ring[1]!];
  let sum = 0;
  for (let i = 2; i + 3 < ring.length; i += 2) sum += (ring[i]! - x) * (ring[i + 3]! - y) - (ring[i + 2]! - x) * (ring[i + 1]! - y);
  return sum;
}

/**
 * The border of what has a winding number of at least 1, as simple rings with the inside on their left: anticlockwise around, clockwise for holes.
 * Follows one face at a time and parts a ring where it comes back to a point, so rings touch each other in points at most. Cost: O(n).
 */
export function borderRings(table: EdgeTable, ways: Ways, windings: Int32Array): GridRing[] {
  const { starts, order, places } = ways;
  const isInside = (way: number): boolean => windings[way]! >= 1;
  const isBorder = (way: number): boolean => isInside(way) && !isInside(way ^ 1);
  const isDone = new Uint8Array(2 * table.count);
  const heldAt = new Int32Array(table.points).fill(-1);
  const rings: GridRing[] = [];
  const close = (points: readonly number[]): void => {
    const ring = new Float64Array(2 * points.length);
    for (let i = 0; i < points.length; i++) {
      ring[2 * i] = table.x[points[i]!]!;
      ring[2 * i + 1] = table.y[points[i]!]!;
    }
    rings.push(ring);
  };
  for (const begin of order) {
    if (isDone[begin] === 1 || !isBorder(begin)) continue;
    const line: number[] = [];
    for (let way = begin; isDone[way] === 0; ) {
      isDone[way] = 1;
      const point = startOf(table, way);
      const earlier = heldAt[point]!;
      if (earlier !== -1) {
        const loop = line.splice(earlier);
        for (const left of loop) heldAt[left] = -1;
        close(loop);
      }
      heldAt[point] = line.length;
      line.push(point);
      // Clockwise from the way back lies the inside; the first border met there goes on around the same face.
      const end = endOf(table, way);
      const count = starts[end + 1]! - starts[end]!;
      let place = places[way ^ 1]! - starts[end]!;
      do place = (place + count - 1) % count;
      while (!isBorder(order[starts[end]! + place]!));
      way = order[starts[end]! + place]!;
    }
    for (const left of line) heldAt[left] = -1;
    close(line);
  }
  return rings;
}

/** Whether a point lies inside the ring; null on the ring itself. */
function contains(ring: GridRing, x: number, y: number): boolean | null {
  let isIn = false;
  const n = ring.length;
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    const [ax, ay, bx, by] = [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!];
    const side = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
    if (side === 0 && x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by)) return null;
    if (ay > y !== by > y && side > 0 === by > ay) isIn = !isIn;
  }
  return isIn;
}

/** Whether `inner` lies inside `outer`, which it may touch but not cross. */
function liesIn(inner: GridRing, outer: GridRing): boolean {
  for (let v = 0; v < inner.length; v += 2) {
    const verdict = contains(outer, inner[v]!, inner[v + 1]!);
    if (verdict !== null) return verdict;
  }
  return Math.abs(doubleArea(inner)) < Math.abs(doubleArea(outer));
}

/** The rings without holes of less than the given double area, and without what lies in those. Cost: O(n), and n for each hole that goes. */
export function withoutSmallHoles(rings: readonly GridRing[], leastDoubleArea: number): GridRing[] {
  const areas = rings.map(doubleArea);
  const isSmall = (i: number): boolean => areas[i]! < 0 && -areas[i]! < leastDoubleArea;
  const filled = rings.map((_, i) => i).filter(isSmall);
  return rings.filter(
    (ring, i) => !isSmall(i) && !filled.some((hole) => Math.abs(areas[i]!) < -areas[hole]! && liesIn(ring, rings[hole]!)),
  );
}

/** Each anticlockwise ring with the clockwise ones that lie in it; a hole belongs to the smallest ring around it. Cost: O(n), and n for each hole. */
export function polygonsOf(rings: readonly GridRing[]): GridRing[][] {
  const areas = rings.map(doubleArea);
  const shells = rings.map((_, i) => i).filter((i) => areas[i]! > 0);
  const polygons = new Map(shells.map((i) => [i, [rings[i]!]]));
  const bySize = shells.toSorted((a, b) => areas[a]! - areas[b]!);
  for (let i = 0; i < rings.length; i++) {
    if (areas[i]! >= 0) continue;
    const hole = rings[i]!;
    const around = bySize.find((shell) => areas[shell]! > -areas[i]! && liesIn(hole, rings[shell]!));
    if (around !== undefined) polygons.get(around)!.push(hole);
  }
  return [...polygons.values()];
}
