import { metresPerDegreeAt } from "../neighbours/plane.ts";
import type { FlatPolygons } from "../neighbours/polygons.ts";
import { isSliver, type TopologyOptions } from "./overlapsAndGaps.ts";
import { measureRing, placeInRing, type Region, unitsPerDegree } from "./regions.ts";

/** A thin part or hole of an area. */
export interface Sliver extends Region {
  readonly area: number;
}

/** The ring in whole millionths of a degree without its closing vertex. */
function wholeRing({ coordinates, ringOffsets }: FlatPolygons, ring: number): Int32Array {
  const start = 2 * ringOffsets[ring]!;
  let end = 2 * ringOffsets[ring + 1]!;
  if (end - start > 2 && coordinates[start] === coordinates[end - 2] && coordinates[start + 1] === coordinates[end - 1]) end -= 2;
  // By hand: a call for each of a nation's twenty million numbers takes ten times as long.
  const whole = new Int32Array(end - start);
  for (let i = 0; i < whole.length; i++) whole[i] = Math.round(coordinates[start + i]! * unitsPerDegree);
  return whole;
}

/**
 * Rings of areas, parts as well as holes, that are slivers: what was left of tracing a border twice. Sorted by area, the largest first.
 * Cost: O(vertices). Measures as in `findOverlapsAndGaps`.
 */
export function findSlivers(
  polygons: FlatPolygons,
  options: Pick<TopologyOptions, "sliverWidthMetres" | "sliverCompactness" | "changed" | "members">,
): Sliver[] {
  const slivers: Sliver[] = [];
  for (const area of options.members ?? Int32Array.from({ length: polygons.n }, (_, i) => i)) {
    if (options.changed && options.changed[area] !== 1) continue;
    for (let r = polygons.areaOffsets[area]!; r < polygons.areaOffsets[area + 1]!; r++) {
      const ring = wholeRing(polygons, r);
      const measured = measureRing(ring);
      const squareMetres = Math.abs(measured.squareMetres);
      if (isSliver({ ...measured, squareMetres }, options)) slivers.push({ ...measured, squareMetres, area, polygons: [[ring]] });
    }
  }
  return slivers.sort((a, b) => b.squareMetres - a.squareMetres || a.area - b.area);
}

/**
 * Distance in metres of a point from an area's shape: 0 inside it, NaN where the point is NaN or the area has no ring.
 * Even-odd rule over all rings. In a plane at the point's latitude (right to 1e-4 within a tenth of a degree). Cost: O(vertices).
 */
export function metresOutside(polygons: FlatPolygons, area: number, x: number, y: number): number {
  const { coordinates, ringOffsets, areaOffsets } = polygons;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const metres = metresPerDegreeAt(y);
  let nearest = Number.NaN;
  let inside = false;
  for (let ring = areaOffsets[area]!; ring < areaOffsets[area + 1]!; ring++) {
    const end = ringOffsets[ring + 1]!;
    for (let v = ringOffsets[ring]!, w = end - 1; v < end; w = v++) {
      const ax = (coordinates[2 * w]! - x) * metres.east;
      const ay = (coordinates[2 * w + 1]! - y) * metres.north;
      const dx = (coordinates[2 * v]! - x) * metres.east - ax;
      const dy = (coordinates[2 * v + 1]! - y) * metres.north - ay;
      if (ay > 0 !== ay + dy > 0 && ax - (ay * dx) / dy > 0) inside = !inside;
      const length = dx * dx + dy * dy;
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
      const distance = Math.hypot(ax + along * dx, ay + along * dy);
      if (!(distance >= nearest)) nearest = distance;
    }
  }
  return inside ? 0 : nearest;
}

export interface HoleOutside {
  readonly ring: Int32Array;
  readonly squareMetres: number;
  /** False when it only reaches over its shell. */
  readonly isWhollyOutside: boolean;
}

/**
 * Holes that have a vertex outside their shell, of polygons in whole millionths of a degree: shell first, then holes, first vertices not repeated.
 * Such a hole takes nothing off; what it should have taken off is unknown. Cost: O(vertices of the hole × vertices of its shell).
 */
export function findHolesOutside(polygons: readonly (readonly Int32Array[])[]): HoleOutside[] {
  return polygons.flatMap(([shell, ...holes]) =>
    holes.flatMap((ring) => {
      let outside = 0;
      let inside = 0;
      for (let i = 0; i < ring.length; i += 2) {
        const place = placeInRing(shell!, ring[i]!, ring[i + 1]!);
        if (place < 0) outside++;
        if (place > 0) inside++;
      }
      return outside === 0 ? [] : [{ ring, squareMetres: Math.abs(measureRing(ring).squareMetres), isWhollyOutside: inside === 0 }];
    }),
  );
}
