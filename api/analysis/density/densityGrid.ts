import { metresPerDegreeAt } from "../neighbours/plane.ts";
import type { FlatPolygons } from "../neighbours/polygons.ts";
import { requireInput } from "../significance/refusal.ts";

/** Square cells over a region, row after row from the south-west corner; in degrees they are rectangles of one size, so rows and columns run along parallels and meridians. */
export interface DensityGrid {
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  readonly rows: number;
  readonly cellMetres: number;
  readonly metresPerDegree: { readonly east: number; readonly north: number };
}

/** The box around a region in degrees and metres. */
export interface RegionBox {
  readonly west: number;
  readonly south: number;
  readonly widthMetres: number;
  readonly heightMetres: number;
  readonly metresPerDegree: { readonly east: number; readonly north: number };
}

/** The box around polygons, in metres of the plane at its middle latitude. Cost: O(vertices). */
export function boxOf(polygons: FlatPolygons): RegionBox {
  let [west, south, east, north] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const { coordinates } = polygons;
  for (let v = 0; v < coordinates.length; v += 2) {
    west = Math.min(west, coordinates[v]!);
    east = Math.max(east, coordinates[v]!);
    south = Math.min(south, coordinates[v + 1]!);
    north = Math.max(north, coordinates[v + 1]!);
  }
  requireInput(east > west && north > south, "region", `${west} ${south} ${east} ${north}`);
  const metresPerDegree = metresPerDegreeAt((south + north) / 2);
  return {
    west,
    south,
    widthMetres: (east - west) * metresPerDegree.east,
    heightMetres: (north - south) * metresPerDegree.north,
    metresPerDegree,
  };
}

/** The grid of the cell size given that covers the box, from its south-west corner on. */
export function gridOver(box: RegionBox, cellMetres: number): DensityGrid {
  return {
    west: box.west,
    south: box.south,
    columns: Math.max(1, Math.ceil(box.widthMetres / cellMetres - 1e-9)),
    rows: Math.max(1, Math.ceil(box.heightMetres / cellMetres - 1e-9)),
    cellMetres,
    metresPerDegree: box.metresPerDegree,
  };
}

/**
 * Marks (1) the cells whose centre lies in any of the areas; rings within an area are taken together, even and odd, so holes are holes, and areas that overlap stay inside.
 * Cost: O(vertices + edges × rows crossed + cells of each area's row).
 */
export function cellsInside(grid: DensityGrid, polygons: FlatPolygons): Uint8Array {
  const { columns, rows, cellMetres, metresPerDegree } = grid;
  const { coordinates, ringOffsets, areaOffsets } = polygons;
  const inside = new Uint8Array(columns * rows);
  const column = (v: number): number => ((coordinates[2 * v]! - grid.west) * metresPerDegree.east) / cellMetres;
  const row = (v: number): number => ((coordinates[2 * v + 1]! - grid.south) * metresPerDegree.north) / cellMetres;
  for (let area = 0; area < polygons.n; area++) {
    // Where the area's border crosses the line through the centres of a row.
    const crossings = new Map<number, number[]>();
    for (let ring = areaOffsets[area]!; ring < areaOffsets[area + 1]!; ring++) {
      const [start, end] = [ringOffsets[ring]!, ringOffsets[ring + 1]!];
      for (let v = start, before = end - 1; v < end; before = v++) {
        const [x0, y0, x1, y1] = [column(before), row(before), column(v), row(v)];
        const first = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5));
        const last = Math.min(rows, Math.max(y0, y1) - 0.5);
        for (let r = first; r < last; r++) {
          const at = x0 + ((r + 0.5 - y0) * (x1 - x0)) / (y1 - y0);
          const list = crossings.get(r);
          if (list) list.push(at);
          else crossings.set(r, [at]);
        }
      }
    }
    for (const [r, list] of crossings) {
      list.sort((one, other) => one - other);
      for (let pair = 0; pair + 1 < list.length; pair += 2) {
        const from = Math.max(0, Math.ceil(list[pair]! - 0.5));
        const to = Math.min(columns, Math.ceil(list[pair + 1]! - 0.5));
        if (to > from) inside.fill(1, r * columns + from, r * columns + to);
      }
    }
  }
  return inside;
}
