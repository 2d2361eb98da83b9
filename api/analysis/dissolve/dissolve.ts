import type { FlatPolygons } from "../neighbours/polygons.ts";
import { requireInput } from "../significance/refusal.ts";
import { createEdgeTable, type EdgeTable, emptyEdgeTable, pointOf, walk } from "./edges.ts";
import { nodeEdges } from "./node.ts";
import { borderRings, doubleArea, type GridRing, polygonsOf, withoutSmallHoles } from "./rings.ts";
import { waysOf, windingsOf } from "./windings.ts";

/** Areas and the group of each, −1 for none. */
export interface DissolveSource {
  readonly polygons: FlatPolygons;
  readonly groupOf: Int32Array;
}

const largestKept = 32_768;

/** Steps of the grid in a degree; where edges cannot be parted on the first, the next and coarser one is tried. */
const grids = [1_000_000, 100_000, 10_000];

/**
 * Dissolve: the union of the areas of each group, on a grid of a millionth of a degree.
 *
 * Why: districts, kabupaten and provinces are made of villages whose borders partly agree digit for digit, partly overlap or miss each other.
 * In words: every area is walked around with its inside on the left. Ways walked there and back cancel, which most inner borders do; it leaves the winding number
 * of every place as it was. The few edges left are parted where they cross, crossings rounded to the grid, and what is walked around at least once is the union.
 * Whole numbers below 2^53 throughout, so no answer depends on rounding but the place of a crossing, to two steps (20 cm).
 * Rings of an area may run either way, as long as its holes run against its outer rings.
 * Returns the unions in the order of the groups: a ring that runs anticlockwise begins a polygon, the clockwise ones after it are its holes.
 * @param smallestHoleSquareDegrees holes smaller than this are filled: slivers between villages that do not quite meet.
 * Source: own derivation; positive winding rule as in Vatti 1992, doi:10.1145/129902.129906. Cost: O(vertices), and O(m log m) for the m edges that do not cancel.
 */
export function dissolve(sources: readonly DissolveSource[], groups: number, smallestHoleSquareDegrees: number): FlatPolygons {
  const members: { polygons: FlatPolygons; area: number }[][] = Array.from({ length: groups }, () => []);
  for (const { polygons, groupOf } of sources) {
    requireInput(groupOf.length === polygons.n, "groupOf", groupOf.length);
    for (let area = 0; area < polygons.n; area++) if (groupOf[area]! >= 0) members[groupOf[area]!]!.push({ polygons, area });
  }
  let table = createEdgeTable();
  return flat(
    members.map((areas) => {
      for (const stepsPerDegree of grids) {
        // After a large group a small table again: emptying costs as much as there is room.
        if (table.x.length > largestKept) table = createEdgeTable();
        else emptyEdgeTable(table);
        for (const { polygons, area } of areas) walkAround(table, polygons, area, stepsPerDegree);
        if (nodeEdges(table)) return { rings: unionRings(table, 2 * smallestHoleSquareDegrees * stepsPerDegree ** 2), stepsPerDegree };
      }
      throw new Error(`the edges of ${areas.length} areas could not be parted`);
    }),
  );
}

function unionRings(table: EdgeTable, leastHole: number): GridRing[] {
  const ways = waysOf(table);
  return polygonsOf(withoutSmallHoles(borderRings(table, ways, windingsOf(table, ways)), leastHole)).flat();
}

/** The ring of an area as points of the grid; without repeated ones. */
function walkAround(table: EdgeTable, polygons: FlatPolygons, area: number, stepsPerDegree: number): void {
  const { coordinates, ringOffsets, areaOffsets } = polygons;
  let signed = 0;
  const rings: GridRing[] = [];
  for (let ring = areaOffsets[area]!; ring < areaOffsets[area + 1]!; ring++) {
    const grid = new Float64Array(2 * (ringOffsets[ring + 1]! - ringOffsets[ring]!));
    for (let i = 0; i < grid.length; i++) grid[i] = Math.round(coordinates[2 * ringOffsets[ring]! + i]! * stepsPerDegree);
    signed += doubleArea(grid);
    rings.push(grid);
  }
  const times = signed < 0 ? -1 : 1;
  for (const grid of rings) {
    let before = pointOf(table, grid[grid.length - 2]!, grid[grid.length - 1]!);
    for (let i = 0; i < grid.length; i += 2) {
      const point = pointOf(table, grid[i]!, grid[i + 1]!);
      walk(table, before, point, times);
      before = point;
    }
  }
}

function flat(unions: readonly { readonly rings: readonly GridRing[]; readonly stepsPerDegree: number }[]): FlatPolygons {
  const rings = unions.flatMap((union) => union.rings.map((ring) => ({ ring, stepsPerDegree: union.stepsPerDegree })));
  const coordinates = new Float64Array(rings.reduce((sum, { ring }) => sum + ring.length, 0));
  const ringOffsets = new Int32Array(rings.length + 1);
  rings.forEach(({ ring, stepsPerDegree }, index) => {
    const at = 2 * ringOffsets[index]!;
    for (let i = 0; i < ring.length; i++) coordinates[at + i] = ring[i]! / stepsPerDegree;
    ringOffsets[index + 1] = ringOffsets[index]! + ring.length / 2;
  });
  const areaOffsets = new Int32Array(unions.length + 1);
  unions.forEach((union, group) => {
    areaOffsets[group + 1] = areaOffsets[group]! + union.rings.length;
  });
  return { n: unions.length, coordinates, ringOffsets, areaOffsets };
}
