import Flatbush from "flatbush";
import type { FlatPolygons } from "./polygons.ts";

/**
 * Areas drawn inside another one that has no hole for them: [inner, outer] pairs, of areas whose bounding box lies inside the other's and whose first vertex lies inside the other.
 * Why: overlapping polygons have no gap however far apart their borders are. Even-odd rule over all rings of the outer area, so a hole is outside.
 * Partly overlapping areas have crossing borders and need no looking at here. Cost: O(m log m) plus the vertices of each outer area once per candidate.
 */
export function findContained(polygons: FlatPolygons, boxes: Float64Array, areas: Int32Array): [inner: number, outer: number][] {
  if (areas.length < 2) return [];
  const index = new Flatbush(areas.length);
  for (const i of areas) index.add(boxes[4 * i]!, boxes[4 * i + 1]!, boxes[4 * i + 2]!, boxes[4 * i + 3]!);
  index.finish();
  const contained: [number, number][] = [];
  for (const inner of areas) {
    const [west, south, east, north] = [boxes[4 * inner]!, boxes[4 * inner + 1]!, boxes[4 * inner + 2]!, boxes[4 * inner + 3]!];
    const hits = index.search(west, south, west, south, (at) => {
      const outer = areas[at]!;
      return outer !== inner && boxes[4 * outer + 2]! >= east && boxes[4 * outer + 3]! >= north;
    });
    const vertex = polygons.ringOffsets[polygons.areaOffsets[inner]!]!;
    for (const at of hits) {
      const outer = areas[at]!;
      if (isInside(polygons, outer, polygons.coordinates[2 * vertex]!, polygons.coordinates[2 * vertex + 1]!))
        contained.push([inner, outer]);
    }
  }
  return contained;
}

/** Whether the point lies inside the area by the even-odd rule over all of its rings; undefined on the border itself. Cost: O(vertices). */
export function isInside(polygons: FlatPolygons, area: number, longitude: number, latitude: number): boolean {
  const { coordinates, ringOffsets, areaOffsets } = polygons;
  let inside = false;
  for (let ring = areaOffsets[area]!; ring < areaOffsets[area + 1]!; ring++) {
    const first = ringOffsets[ring]!;
    const end = ringOffsets[ring + 1]!;
    for (let v = first, w = end - 1; v < end; w = v++) {
      const y = coordinates[2 * v + 1]!;
      const z = coordinates[2 * w + 1]!;
      if (y > latitude === z > latitude) continue;
      const x = coordinates[2 * v]!;
      if (longitude < ((coordinates[2 * w]! - x) * (latitude - y)) / (z - y) + x) inside = !inside;
    }
  }
  return inside;
}
