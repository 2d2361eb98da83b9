import { numbersPerPiece, type Pieces } from "./pieces.ts";

const cellMetres = 150;

/** Which pieces lie in which square cell, in compressed sparse rows over the cells. */
export interface PieceGrid {
  readonly columns: number;
  readonly rows: number;
  readonly west: number;
  readonly south: number;
  readonly starts: Int32Array;
  readonly entries: Int32Array;
}

/** Sorts the pieces into cells by counting; a piece is entered in every cell that its bounding box touches. Cost: O(pieces + cells). */
export function gridOf(pieces: Pieces): PieceGrid {
  const { numbers, count } = pieces;
  let west = Number.POSITIVE_INFINITY;
  let south = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (let p = 0; p < count; p++) {
    const at = p * numbersPerPiece;
    west = Math.min(west, numbers[at]!, numbers[at + 2]!);
    east = Math.max(east, numbers[at]!, numbers[at + 2]!);
    south = Math.min(south, numbers[at + 1]!, numbers[at + 3]!);
    north = Math.max(north, numbers[at + 1]!, numbers[at + 3]!);
  }
  const columns = count === 0 ? 1 : Math.floor((east - west) / cellMetres) + 1;
  const rows = count === 0 ? 1 : Math.floor((north - south) / cellMetres) + 1;
  const grid = { columns, rows, west, south, starts: new Int32Array(columns * rows + 1), entries: new Int32Array(0) };
  const range = new Int32Array(4);
  for (let p = 0; p < count; p++) {
    cellsAround(grid, pieces, p, 0, range);
    for (let row = range[1]!; row <= range[3]!; row++) {
      for (let column = range[0]!; column <= range[2]!; column++) grid.starts[row * columns + column]! += 1;
    }
  }
  // Summed, each cell holds where its entries end; filled from the last piece to the first, it is left at where they start.
  let total = 0;
  for (let cell = 0; cell <= columns * rows; cell++) {
    total += grid.starts[cell]!;
    grid.starts[cell] = total;
  }
  const entries = new Int32Array(total);
  for (let p = count - 1; p >= 0; p--) {
    cellsAround(grid, pieces, p, 0, range);
    for (let row = range[1]!; row <= range[3]!; row++) {
      for (let column = range[0]!; column <= range[2]!; column++) entries[--grid.starts[row * columns + column]!] = p;
    }
  }
  return { ...grid, entries };
}

/** The cells that the piece's bounding box touches when widened by `margin` metres: first column, first row, last column, last row. */
export function cellsAround(grid: PieceGrid, pieces: Pieces, piece: number, margin: number, range: Int32Array): void {
  const at = piece * numbersPerPiece;
  const { numbers } = pieces;
  const ax = numbers[at]!;
  const ay = numbers[at + 1]!;
  const bx = numbers[at + 2]!;
  const by = numbers[at + 3]!;
  range[0] = Math.max(0, Math.floor((Math.min(ax, bx) - margin - grid.west) / cellMetres));
  range[1] = Math.max(0, Math.floor((Math.min(ay, by) - margin - grid.south) / cellMetres));
  range[2] = Math.min(grid.columns - 1, Math.floor((Math.max(ax, bx) + margin - grid.west) / cellMetres));
  range[3] = Math.min(grid.rows - 1, Math.floor((Math.max(ay, by) + margin - grid.south) / cellMetres));
}
