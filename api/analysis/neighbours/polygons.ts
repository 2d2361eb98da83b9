/**
 * Polygons of many areas in flat arrays. `coordinates` are longitude, latitude pairs in degrees (WGS 84); ring r holds the vertices
 * ringOffsets[r] .. ringOffsets[r + 1), closed or not; area i holds the rings areaOffsets[i] .. areaOffsets[i + 1), outer ones and holes alike.
 * An area without rings is allowed and has no neighbours.
 */
export interface FlatPolygons {
  readonly n: number;
  readonly coordinates: Float64Array;
  readonly ringOffsets: Int32Array;
  readonly areaOffsets: Int32Array;
}

/** Bounding boxes in degrees, four numbers an area: west, south, east, north; infinite the wrong way round for an area without rings. Cost: O(vertices). */
export function boundingBoxes(polygons: FlatPolygons): Float64Array {
  const boxes = new Float64Array(4 * polygons.n);
  for (let i = 0; i < polygons.n; i++) {
    let west = Number.POSITIVE_INFINITY;
    let south = Number.POSITIVE_INFINITY;
    let east = Number.NEGATIVE_INFINITY;
    let north = Number.NEGATIVE_INFINITY;
    const start = polygons.ringOffsets[polygons.areaOffsets[i]!]!;
    const end = polygons.ringOffsets[polygons.areaOffsets[i + 1]!]!;
    for (let v = start; v < end; v++) {
      const longitude = polygons.coordinates[2 * v]!;
      const latitude = polygons.coordinates[2 * v + 1]!;
      west = Math.min(west, longitude);
      east = Math.max(east, longitude);
      south = Math.min(south, latitude);
      north = Math.max(north, latitude);
    }
    boxes.set([west, south, east, north], 4 * i);
  }
  return boxes;
}
