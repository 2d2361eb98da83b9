import type { Block } from "./pieces.ts";
import { metresPerDegreeAt } from "./plane.ts";

const blockDegreesNorth = 0.1;
const blockDegreesEast = 0.5;
/** Fewer than there are anywhere, so that margins in degrees are never too narrow. */
export const fewestMetresPerDegree = 110_500;
/** The extent is this much wider than the boxes, so that rounding leaves no border outside. */
const hairDegrees = 1e-9;

/**
 * Cuts the land of some areas into blocks, each with the areas whose boxes reach into it or its margin of `reachMetres`, in the order given.
 * A block is low enough for one plane to hold (scale right to 1e-4) and small enough for its pieces of border to stay in the processor's cache,
 * so that the nation takes no longer a vertex than a province. Blocks without areas are left out.
 * Cost: O(areas + blocks of the extent), at most two million blocks for the whole world.
 */
export function* blocksOf(boxes: Float64Array, areas: Int32Array, reachMetres: number): Generator<{ block: Block; areas: Int32Array }> {
  const { west, south, east, north } = extentOf(boxes, areas);
  if (!(west <= east)) return;
  const rows = Math.floor((north - south) / blockDegreesNorth) + 1;
  const columns = Math.floor((east - west) / blockDegreesEast) + 1;
  const marginLatitude = reachMetres / fewestMetresPerDegree;
  const planes = Array.from({ length: rows }, (_, row) => metresPerDegreeAt(south + (row + 0.5) * blockDegreesNorth));
  // A degree of longitude is shorter at the far side of the block than in its middle.
  const marginLongitude = planes.map((plane) => (1.01 * reachMetres) / plane.east);

  const visit = (meet: (cell: number, area: number) => void): void => {
    for (const area of areas) {
      const firstRow = Math.max(0, Math.floor((boxes[4 * area + 1]! - marginLatitude - south) / blockDegreesNorth));
      const lastRow = Math.min(rows - 1, Math.floor((boxes[4 * area + 3]! + marginLatitude - south) / blockDegreesNorth));
      for (let row = firstRow; row <= lastRow; row++) {
        const first = Math.max(0, Math.floor((boxes[4 * area]! - marginLongitude[row]! - west) / blockDegreesEast));
        const last = Math.min(columns - 1, Math.floor((boxes[4 * area + 2]! + marginLongitude[row]! - west) / blockDegreesEast));
        for (let column = first; column <= last; column++) meet(row * columns + column, area);
      }
    }
  };
  const starts = new Int32Array(rows * columns + 1);
  visit((cell) => {
    starts[cell + 1]! += 1;
  });
  for (let cell = 0; cell < rows * columns; cell++) starts[cell + 1]! += starts[cell]!;
  const entries = new Int32Array(starts[rows * columns]!);
  const free = starts.slice(0, rows * columns);
  visit((cell, area) => {
    entries[free[cell]!++] = area;
  });

  for (let cell = 0; cell < rows * columns; cell++) {
    if (starts[cell] === starts[cell + 1]) continue;
    const row = Math.floor(cell / columns);
    const column = cell % columns;
    const block: Block = {
      west: west + column * blockDegreesEast,
      south: south + row * blockDegreesNorth,
      east: west + (column + 1) * blockDegreesEast,
      north: south + (row + 1) * blockDegreesNorth,
      marginLongitude: marginLongitude[row]!,
      marginLatitude,
      metresPerLongitude: planes[row]!.east,
      metresPerLatitude: planes[row]!.north,
    };
    yield { block, areas: entries.subarray(starts[cell]!, starts[cell + 1]!) };
  }
}

function extentOf(boxes: Float64Array, areas: Int32Array): { west: number; south: number; east: number; north: number } {
  let west = Number.POSITIVE_INFINITY;
  let south = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (const i of areas) {
    west = Math.min(west, boxes[4 * i]!);
    south = Math.min(south, boxes[4 * i + 1]!);
    east = Math.max(east, boxes[4 * i + 2]!);
    north = Math.max(north, boxes[4 * i + 3]!);
  }
  return { west: west - hairDegrees, south: south - hairDegrees, east: east + hairDegrees, north: north + hairDegrees };
}
