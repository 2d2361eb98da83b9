import { createHash } from "node:crypto";
import type { Fault } from "../contract/incident.ts";
import { isTurned } from "../contract/incident.ts";
import { type FlatPolygons, polygonsOf } from "../formats/flatPolygons.ts";

/** Rings of whole millionths of a degree: x0, y0, x1, y1, … without the closing vertex. */
type Ring = Int32Array;

/** An area's shape in its normal form: rounded to 1e-6°, without repeated vertices, rings in a fixed order. */
export interface Shape {
  /** Outer ring counter-clockwise, then its holes clockwise; one list a polygon. */
  readonly polygons: readonly (readonly Ring[])[];
  /** Equal hashes, equal shapes; 32 hexadecimal digits. */
  readonly hash: string;
  /** West, south, east, north in degrees. */
  readonly box: readonly [number, number, number, number];
}

const scale = 1_000_000;

/** Twice the signed area in square millionths; positive when counter-clockwise. */
function doubleArea(ring: Ring): number {
  let sum = 0;
  const n = ring.length;
  // Relative to the first vertex, so that the products keep their digits.
  const [x0, y0] = [ring[0]!, ring[1]!];
  for (let i = 2; i + 3 < n; i += 2) sum += (ring[i]! - x0) * (ring[i + 3]! - y0) - (ring[i + 2]! - x0) * (ring[i + 1]! - y0);
  return sum;
}

/** Whole millionths without vertices that repeat their predecessor and without the closing one. */
function rounded(coordinates: readonly (readonly number[])[]): Ring {
  const ring = new Int32Array(coordinates.length * 2);
  let length = 0;
  for (const vertex of coordinates) {
    const x = Math.round(vertex[0]! * scale);
    const y = Math.round(vertex[1]! * scale);
    if (length > 0 && ring[length - 2] === x && ring[length - 1] === y) continue;
    ring[length++] = x;
    ring[length++] = y;
  }
  while (length > 2 && ring[length - 2] === ring[0] && ring[length - 1] === ring[1]) length -= 2;
  return ring.subarray(0, length);
}

/** The ring in the direction asked for, beginning at its lowest vertex (by x, then y). */
function normalised(ring: Ring, isCounterClockwise: boolean): Ring {
  const vertices = ring.length / 2;
  let first = 0;
  for (let i = 1; i < vertices; i++) {
    const x = ring[2 * i]! - ring[2 * first]!;
    if (x < 0 || (x === 0 && ring[2 * i + 1]! < ring[2 * first + 1]!)) first = i;
  }
  const step = doubleArea(ring) > 0 === isCounterClockwise ? 1 : vertices - 1;
  const result = new Int32Array(ring.length);
  for (let i = 0, at = first; i < vertices; i++, at = (at + step) % vertices) {
    result[2 * i] = ring[2 * at]!;
    result[2 * i + 1] = ring[2 * at + 1]!;
  }
  return result;
}

const digest = (data: Uint8Array | string): string => createHash("sha256").update(data).digest("hex").slice(0, 32);
const ringDigest = (ring: Ring): string => digest(new Uint8Array(ring.buffer, ring.byteOffset, ring.byteLength));

function coordinateFault(rings: readonly unknown[]): Fault | null {
  for (const ring of rings) {
    if (!Array.isArray(ring)) return { field: "geometry", code: "invalid_coordinates", value: ring };
    for (const vertex of ring) {
      if (!Array.isArray(vertex) || vertex.length < 2) return { field: "geometry", code: "invalid_coordinates", value: vertex };
      const [x, y] = vertex as unknown[];
      if (typeof x !== "number" || typeof y !== "number" || !Number.isFinite(x) || !Number.isFinite(y))
        return { field: "geometry", code: "invalid_coordinates", value: vertex.map(String) };
      if (isTurned(x, y)) return { field: "geometry", code: "swapped_axes", value: [x, y], suggestion: [y, x] };
      if (Math.abs(x) > 180 || Math.abs(y) > 90) return { field: "geometry", code: "coordinates_out_of_range", value: [x, y] };
    }
  }
  return null;
}

const byDigest = (a: { digest: string }, b: { digest: string }): number => (a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0);

/** Puts rings of whole millionths into the normal form; rings without a surface are dropped. */
function shapeOf(polygons: readonly (readonly Ring[])[]): Shape | null {
  const kept = polygons.flatMap((rings) => {
    const [outer, ...holes] = rings.map((ring, index) => (ring.length >= 6 ? normalised(ring, index === 0) : null));
    if (!outer) return [];
    const sortedHoles = holes.flatMap((ring) => (ring ? [{ ring, digest: ringDigest(ring) }] : [])).sort(byDigest);
    return [
      {
        rings: [outer, ...sortedHoles.map((hole) => hole.ring)],
        digest: digest([ringDigest(outer), ...sortedHoles.map((hole) => hole.digest)].join()),
      },
    ];
  });
  if (kept.length === 0) return null;
  kept.sort(byDigest);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { rings } of kept) {
    const outer = rings[0]!;
    for (let i = 0; i < outer.length; i += 2) {
      west = Math.min(west, outer[i]!);
      east = Math.max(east, outer[i]!);
      south = Math.min(south, outer[i + 1]!);
      north = Math.max(north, outer[i + 1]!);
    }
  }
  return {
    polygons: kept.map(({ rings }) => rings),
    hash: digest(kept.map((polygon) => polygon.digest).join()),
    box: [west / scale, south / scale, east / scale, north / scale],
  };
}

/**
 * Reads a GeoJSON Polygon or MultiPolygon into its normal form. Open rings are closed; heights are dropped; rings of less than three different
 * vertices vanish. Says nothing about crossings: that is for the geometry engine.
 */
export function readShape(geometry: unknown): { shape: Shape } | { fault: Fault } {
  if (geometry === null || geometry === undefined) return { fault: { field: "geometry", code: "missing_geometry" } };
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  if ((type !== "Polygon" && type !== "MultiPolygon") || !Array.isArray(coordinates))
    return { fault: { field: "geometry", code: "not_a_polygon", value: type ?? geometry } };
  const polygons: unknown[] = type === "Polygon" ? [coordinates] : coordinates;
  if (polygons.length === 0 || (polygons.length === 1 && Array.isArray(polygons[0]) && polygons[0].length === 0))
    return { fault: { field: "geometry", code: "missing_geometry" } };
  for (const rings of polygons) {
    const fault = Array.isArray(rings)
      ? coordinateFault(rings)
      : ({ field: "geometry", code: "invalid_coordinates", value: rings } as const);
    if (fault) return { fault };
  }
  const shape = shapeOf((polygons as number[][][][]).map((rings) => rings.map(rounded)));
  return shape ? { shape } : { fault: { field: "geometry", code: "geometry_lost", reason: "< 3" } };
}

/** The shape of an area in degrees; null where nothing of it is left. */
export function shapeOfRings(drawn: FlatPolygons, area: number): Shape | null {
  return shapeOf(polygonsOf(drawn, area).map((rings) => rings.map(rounded)));
}

/** How many rings of a GeoJSON Polygon or MultiPolygon that `readShape` took do not end where they begin; it closed them by a straight line. */
export function countOpenRings(geometry: unknown): number {
  const { type, coordinates } = geometry as { type: string; coordinates: number[][][] | number[][][][] };
  const rings = (type === "Polygon" ? coordinates : coordinates.flat()) as number[][][];
  return rings.filter((ring) => {
    const [first, last] = [ring[0], ring.at(-1)];
    return first !== undefined && last !== undefined && (first[0] !== last[0] || first[1] !== last[1]);
  }).length;
}
