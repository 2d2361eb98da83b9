import { metresPerDegreeAt } from "../neighbours/plane.ts";
import type { EdgeTable } from "./edgeTable.ts";
import { type Faces, originOf } from "./faces.ts";

/** Units a degree: coordinates are whole millionths. */
export const unitsPerDegree = 1_000_000;

function metresPerUnitAt(y: number): { east: number; north: number } {
  const { east, north } = metresPerDegreeAt(y / unitsPerDegree);
  return { east: east / unitsPerDegree, north: north / unitsPerDegree };
}

/** Rings of whole millionths of a degree, x0, y0, x1, y1, …, the first vertex not repeated: for each polygon its shell, anticlockwise, then its holes. */
export type Polygons = Int32Array[][];

export interface Region {
  readonly polygons: Polygons;
  readonly squareMetres: number;
  readonly perimeterMetres: number;
}

/** Which outer cycles lie directly in each face. */
export function partsInside(faces: Faces): ReadonlyMap<number, readonly number[]> {
  const inside = new Map<number, number[]>();
  for (let c = 0; c < faces.cycles; c++) {
    const face = faces.faceOf[c]!;
    if (face === c || face === -1) continue;
    const others = inside.get(face);
    if (others) others.push(c);
    else inside.set(face, [c]);
  }
  return inside;
}

/** Marks which cycles belong to the region at hand; used again from region to region. */
export interface Marks {
  readonly stamps: Int32Array;
  stamp: number;
}

export const createMarks = (faces: Faces): Marks => ({ stamps: new Int32Array(faces.cycles), stamp: 0 });

const isIn = ({ cycle }: Faces, marks: Marks, half: number): boolean => marks.stamps[cycle[half]!] === marks.stamp;

function mark(members: readonly number[], marks: Marks): void {
  marks.stamp++;
  for (const c of members) marks.stamps[c] = marks.stamp;
}

/**
 * Area and perimeter of the region made of some faces together: borders between two of them do not count.
 * `members` are the anticlockwise cycles of the faces and the outer cycles directly inside them.
 * On the WGS 84 ellipsoid, by a plane for each face at its middle latitude (right to 1e-4). Cost: O(edges around the faces).
 */
export function measureRegion(faces: Faces, members: readonly number[], marks: Marks): Omit<Region, "polygons"> {
  const { table, next, firstOf, doubleArea } = faces;
  mark(members, marks);
  let squareMetres = 0;
  let perimeterMetres = 0;
  for (const c of members) {
    const first = firstOf[c]!;
    let [south, north] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let half = first;
    do {
      const y = table.y[originOf(table, half)]!;
      south = Math.min(south, y);
      north = Math.max(north, y);
      half = next[half]!;
    } while (half !== first);
    const metres = metresPerUnitAt((south + north) / 2);
    squareMetres += (doubleArea[c]! / 2) * metres.east * metres.north;
    do {
      if (!isIn(faces, marks, half ^ 1)) {
        const [a, b] = [originOf(table, half), originOf(table, half ^ 1)];
        const dx = (table.x[a]! - table.x[b]!) * metres.east;
        const dy = (table.y[a]! - table.y[b]!) * metres.north;
        perimeterMetres += Math.sqrt(dx * dx + dy * dy);
      }
      half = next[half]!;
    } while (half !== first);
  }
  return { squareMetres, perimeterMetres };
}

/** The same region drawn: borders between two of its faces vanish, what lies inside and is not of it becomes a hole. */
export function regionPolygons(faces: Faces, members: readonly number[], marks: Marks): Polygons {
  const { table, next, firstOf } = faces;
  mark(members, marks);
  const rings: Int32Array[] = [];
  const walked = new Set<number>();
  for (const c of members) {
    let start = firstOf[c]!;
    do {
      if (!isIn(faces, marks, start ^ 1) && !walked.has(start)) {
        const points: number[] = [];
        let half = start;
        do {
          walked.add(half);
          points.push(originOf(table, half));
          half = next[half]!;
          // Over a border between two faces of the region to the edge beyond it.
          while (isIn(faces, marks, half ^ 1)) half = next[half ^ 1]!;
        } while (half !== start);
        rings.push(...simpleRings(table, points));
      }
      start = next[start]!;
    } while (start !== firstOf[c]);
  }
  return polygonsOf(rings);
}

/** Cuts a walk that comes by a point twice into rings that do not. */
function simpleRings(table: EdgeTable, points: readonly number[]): Int32Array[] {
  const rings: Int32Array[] = [];
  const path: number[] = [];
  const placeOf = new Map<number, number>();
  const take = (from: number): void => {
    const loop = path.splice(from);
    for (const point of loop) placeOf.delete(point);
    const ring = new Int32Array(2 * loop.length);
    for (const [i, point] of loop.entries()) {
      ring[2 * i] = table.x[point]!;
      ring[2 * i + 1] = table.y[point]!;
    }
    if (loop.length >= 3) rings.push(ring);
  };
  for (const point of points) {
    const before = placeOf.get(point);
    if (before !== undefined) take(before);
    placeOf.set(point, path.length);
    path.push(point);
  }
  take(0);
  return rings;
}

const doubleAreaOf = (ring: Int32Array): number => {
  let sum = 0;
  for (let i = 2; i + 3 < ring.length; i += 2)
    sum += (ring[i]! - ring[0]!) * (ring[i + 3]! - ring[1]!) - (ring[i + 2]! - ring[0]!) * (ring[i + 1]! - ring[1]!);
  return sum;
};

/** Area (negative for clockwise) and length of a ring of whole millionths. */
export function measureRing(ring: Int32Array): { squareMetres: number; perimeterMetres: number } {
  let [south, north] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 1; i < ring.length; i += 2) {
    south = Math.min(south, ring[i]!);
    north = Math.max(north, ring[i]!);
  }
  const { east, north: up } = metresPerUnitAt((south + north) / 2);
  let perimeterMetres = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const dx = (ring[i]! - ring[j]!) * east;
    const dy = (ring[i + 1]! - ring[j + 1]!) * up;
    perimeterMetres += Math.sqrt(dx * dx + dy * dy);
  }
  return { squareMetres: (doubleAreaOf(ring) / 2) * east * up, perimeterMetres };
}

/** Shells with the holes that lie in them, the largest shell first. */
function polygonsOf(rings: readonly Int32Array[]): Polygons {
  const sized = rings.map((ring) => ({ ring, area: doubleAreaOf(ring) })).sort((a, b) => b.area - a.area);
  const polygons: Polygons = sized.filter(({ area }) => area > 0).map(({ ring }) => [ring]);
  for (const { ring, area } of sized) {
    if (area >= 0) continue;
    // The smallest shell that holds it; a hole shares at most points with its shell.
    const around = polygons.findLast(([shell]) => holds(shell!, ring)) ?? polygons[0];
    around?.push(ring);
  }
  return polygons;
}

function holds(shell: Int32Array, hole: Int32Array): boolean {
  for (let i = 0; i < hole.length; i += 2) {
    const place = placeInRing(shell, hole[i]!, hole[i + 1]!);
    if (place !== 0) return place > 0;
  }
  return true;
}

/** 1 inside the ring, −1 outside, 0 on it. */
export function placeInRing(ring: Int32Array, x: number, y: number): number {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!];
    const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    if (side === 0 && Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by)) return 0;
    if (ay > y !== by > y && side > 0 === by > ay) inside = !inside;
  }
  return inside ? 1 : -1;
}
