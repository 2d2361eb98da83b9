import type { FlatPolygons } from "./polygons.ts";

/** Border pieces longer than this are cut, so that each lies in few cells of the grid. */
export const longestPieceMetres = 500;
const longestPieceDegrees = longestPieceMetres / 111_700;

/** Flags of a piece: its ends are vertices of the polygon, and it belongs to this block (not to the margin). */
export const startIsVertex = 1;
export const endIsVertex = 2;
export const isHome = 4;

/** Straight pieces of border in metres of a local plane, in growing flat arrays that are used again for every block. */
export interface Pieces {
  count: number;
  /** Start x, start y, end x, end y, unit direction x, y, length: seven numbers a piece. */
  numbers: Float64Array;
  area: Int32Array;
  flags: Uint8Array;
}

export const numbersPerPiece = 7;

export function createPieces(): Pieces {
  return { count: 0, numbers: new Float64Array(numbersPerPiece * 1024), area: new Int32Array(1024), flags: new Uint8Array(1024) };
}

/** A rectangle of degrees with its local plane: origin at its south-west corner, metres a degree, and the margin around it in which others' border counts. */
export interface Block {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly marginLongitude: number;
  readonly marginLatitude: number;
  readonly metresPerLongitude: number;
  readonly metresPerLatitude: number;
}

/**
 * Appends the border pieces of one area that lie in the block or its margin. A piece is home in the block of the south-west corner of its box, so every one is home once.
 * Cost: O(vertices of the area).
 */
export function appendPieces(pieces: Pieces, polygons: FlatPolygons, area: number, block: Block): void {
  const { coordinates, ringOffsets, areaOffsets } = polygons;
  const low = block.south - block.marginLatitude;
  const high = block.north + block.marginLatitude;
  const left = block.west - block.marginLongitude;
  const right = block.east + block.marginLongitude;
  for (let ring = areaOffsets[area]!; ring < areaOffsets[area + 1]!; ring++) {
    const first = ringOffsets[ring]!;
    const last = ringOffsets[ring + 1]! - 1;
    for (let v = first; v <= last; v++) {
      // A ring that is not closed is closed here; in a closed one the last step has no length.
      const w = v === last ? first : v + 1;
      const latitude = coordinates[2 * v + 1]!;
      const rise = coordinates[2 * w + 1]! - latitude;
      if ((latitude < low && latitude + rise < low) || (latitude > high && latitude + rise > high)) continue;
      const longitude = coordinates[2 * v]!;
      const run = coordinates[2 * w]! - longitude;
      if ((longitude < left && longitude + run < left) || (longitude > right && longitude + run > right)) continue;
      if (run === 0 && rise === 0) continue;
      const ax = (longitude - block.west) * block.metresPerLongitude;
      const ay = (latitude - block.south) * block.metresPerLatitude;
      const bx = (coordinates[2 * w]! - block.west) * block.metresPerLongitude;
      const by = (coordinates[2 * w + 1]! - block.south) * block.metresPerLatitude;
      const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
      // Parts and home depend on degrees alone, so that every block cuts a segment alike.
      const degrees = Math.abs(run) + Math.abs(rise);
      const parts = degrees > longestPieceDegrees ? Math.ceil(degrees / longestPieceDegrees) : 1;
      for (let part = 0; part < parts; part++) {
        const from = part / parts;
        const to = (part + 1) / parts;
        const southern = latitude + (rise > 0 ? from : to) * rise;
        const northern = latitude + (rise > 0 ? to : from) * rise;
        if (northern < low || southern > high) continue;
        const western = longitude + (run > 0 ? from : to) * run;
        const eastern = longitude + (run > 0 ? to : from) * run;
        if (eastern < left || western > right) continue;
        const isHere = southern >= block.south && southern < block.north && western >= block.west && western < block.east;
        const isFirst = part === 0;
        const isLast = part === parts - 1;
        const p = pieces.count++;
        if (p === pieces.area.length) grow(pieces);
        const at = p * numbersPerPiece;
        pieces.numbers[at] = isFirst ? ax : ax + from * (bx - ax);
        pieces.numbers[at + 1] = isFirst ? ay : ay + from * (by - ay);
        pieces.numbers[at + 2] = isLast ? bx : ax + to * (bx - ax);
        pieces.numbers[at + 3] = isLast ? by : ay + to * (by - ay);
        pieces.numbers[at + 4] = (bx - ax) / length;
        pieces.numbers[at + 5] = (by - ay) / length;
        pieces.numbers[at + 6] = length / parts;
        pieces.area[p] = area;
        pieces.flags[p] = (isFirst ? startIsVertex : 0) | (isLast ? endIsVertex : 0) | (isHere ? isHome : 0);
      }
    }
  }
}

function grow(pieces: Pieces): void {
  const numbers = new Float64Array(2 * pieces.numbers.length);
  numbers.set(pieces.numbers);
  const area = new Int32Array(2 * pieces.area.length);
  area.set(pieces.area);
  const flags = new Uint8Array(2 * pieces.flags.length);
  flags.set(pieces.flags);
  pieces.numbers = numbers;
  pieces.area = area;
  pieces.flags = flags;
}
