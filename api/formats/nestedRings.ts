import Flatbush from "flatbush";

type Ring = readonly (readonly number[])[];

const mostSteps = 500_000_000;

/** Twice the area; positive when clockwise. */
function turning(ring: Ring): number {
  let sum = 0;
  const [x0, y0] = [ring[0]![0]!, ring[0]![1]!];
  for (let at = 1; at < ring.length; at++) {
    const [a, b] = [ring[at - 1]!, ring[at]!];
    sum += (b[0]! - x0) * (a[1]! - y0) - (a[0]! - x0) * (b[1]! - y0);
  }
  return sum;
}

/** Whether a point lies inside (1), outside (-1) or on the line (0) of a ring. */
function position(ring: Ring, x: number, y: number): number {
  let isInside = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [xi, yi] = ring[at] as [number, number];
    const [xj, yj] = ring[before] as [number, number];
    const cross = (xj - xi) * (y - yi) - (x - xi) * (yj - yi);
    if (cross === 0 && Math.min(xi, xj) <= x && x <= Math.max(xi, xj) && Math.min(yi, yj) <= y && y <= Math.max(yi, yj)) return 0;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside;
  }
  return isInside ? 1 : -1;
}

const holds = (outer: Ring, hole: Ring): boolean => {
  for (const [x, y] of hole as readonly [number, number][]) {
    const where = position(outer, x, y);
    if (where !== 0) return where > 0;
  }
  return false;
};

/**
 * Puts the rings of a Shapefile's polygon together: clockwise rings are outer ones, the others are holes of the smallest outer ring around them.
 * A hole around which there is none becomes a polygon of its own: its writer turned it the wrong way.
 * Outer rings near a hole are found by their boxes, so thousands of islands and lakes take no longer than they must.
 * @returns null where it would take more than a few seconds: many thousand holes in outlines of millions of points
 */
export function nestedRings(rings: readonly Ring[]): Ring[][] | null {
  const outers = rings.filter((ring) => turning(ring) >= 0);
  const holes = rings.filter((ring) => turning(ring) < 0);
  if (outers.length === 0) return holes.map((ring) => [ring]);
  const polygons: Ring[][] = outers.map((ring) => [ring]);
  if (holes.length === 0) return polygons;
  const index = new Flatbush(outers.length);
  for (const ring of outers) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of ring as readonly [number, number][]) {
      west = Math.min(west, x);
      south = Math.min(south, y);
      east = Math.max(east, x);
      north = Math.max(north, y);
    }
    index.add(west, south, east, north);
  }
  index.finish();
  const sizes = outers.map(turning);
  let steps = 0;
  for (const hole of holes) {
    const [x, y] = hole[0] as readonly [number, number];
    const around = index.search(x, y, x, y).sort((a, b) => sizes[a]! - sizes[b]!);
    const owner = around.find((candidate) => {
      steps += outers[candidate]!.length;
      return steps <= mostSteps && holds(outers[candidate]!, hole);
    });
    steps += around.length;
    if (steps > mostSteps) return null;
    if (owner === undefined) polygons.push([hole]);
    else polygons[owner]!.push(hole);
  }
  return polygons;
}
