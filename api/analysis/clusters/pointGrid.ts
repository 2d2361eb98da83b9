import { requireInput } from "../significance/refusal.ts";

/** Points sorted into square cells, row by row: cells in compressed sparse form, only those that hold a point. */
export interface PointGrid {
  /** The point at each position. Positions run cell after cell, within a cell in the order in which the points were given. */
  readonly order: Int32Array;
  /** Coordinates by position, so that points near each other lie near each other in memory. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The first position of each cell, and the end. */
  readonly starts: Int32Array;
  /** The column of each cell, ascending within a row. */
  readonly columns: Int32Array;
  /** The first cell of each row of the grid, and the end. */
  readonly rowStarts: Int32Array;
}

/** Rows or columns that a grid may have: once around the earth in steps of 0.6 m. */
const mostSlices = 2 ** 26;

/**
 * Sorts points into cells of the size given by two counting sorts (column, then row), so that it takes no hashing and no cell without a point.
 * x, y: metres, finite; cell > 0. A grid of over 2^26 rows or columns is refused (`wrong_input`): the cell is far too small for the extent.
 * Cost: O(points + rows + columns); coordinates travel with the points, since fetching them afterwards takes longer than both sorts.
 */
export function gridOfPoints(x: Float64Array, y: Float64Array, cell: number): PointGrid {
  const n = x.length;
  const column = slicesOf(x, cell);
  const row = slicesOf(y, cell);
  const byColumn = sortIntoSlices(column, x, y, undefined);
  const byRow = sortIntoSlices(row, byColumn.other, byColumn.along, byColumn.order);
  const sorted = { order: byRow.order, x: byRow.other, y: byRow.along };
  const starts = new Int32Array(n + 1);
  const columns = new Int32Array(n);
  const rowStarts = new Int32Array(row.count + 1);
  let cells = 0;
  let [lastRow, lastColumn] = [-1, -1];
  for (let at = 0; at < n; at++) {
    const r = ((sorted.y[at]! - row.least) / cell) | 0;
    const c = ((sorted.x[at]! - column.least) / cell) | 0;
    if (r === lastRow && c === lastColumn) continue;
    lastRow = r;
    lastColumn = c;
    starts[cells] = at;
    columns[cells++] = c;
    rowStarts[r + 1]! += 1;
  }
  for (let r = 0; r < row.count; r++) rowStarts[r + 1]! += rowStarts[r]!;
  starts[cells] = n;
  return { ...sorted, starts: starts.subarray(0, cells + 1), columns: columns.subarray(0, cells), rowStarts };
}

interface Slices {
  readonly least: number;
  readonly width: number;
  readonly count: number;
}

function slicesOf(along: Float64Array, width: number): Slices {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < along.length; i++) {
    least = Math.min(least, along[i]!);
    most = Math.max(most, along[i]!);
  }
  const count = along.length === 0 ? 0 : Math.floor((most - least) / width) + 1;
  requireInput(count <= mostSlices, "cellMetres", width);
  return { least, width, count };
}

/** One stable counting sort by the slice that `along` falls in; without `order` points are numbered as they come. */
function sortIntoSlices(
  { least, width, count }: Slices,
  along: Float64Array,
  other: Float64Array,
  order: Int32Array | undefined,
): { along: Float64Array; other: Float64Array; order: Int32Array } {
  const n = along.length;
  const fill = new Int32Array(count + 1);
  for (let i = 0; i < n; i++) fill[(((along[i]! - least) / width) | 0) + 1]! += 1;
  for (let slice = 0; slice < count; slice++) fill[slice + 1]! += fill[slice]!;
  const sorted = { along: new Float64Array(n), other: new Float64Array(n), order: new Int32Array(n) };
  for (let i = 0; i < n; i++) {
    const value = along[i]!;
    const at = fill[((value - least) / width) | 0]!++;
    sorted.along[at] = value;
    sorted.other[at] = other[i]!;
    sorted.order[at] = order ? order[i]! : i;
  }
  return sorted;
}

/**
 * The cells around each cell: for each of the rows from −reach to +reach the range of cells whose columns are at most `reach` away, as first and end.
 * Cell c's ranges begin at c × 2 × (2 × reach + 1). Pointers only move forward along a row, so all cells together cost O(cells × reach).
 */
export function neighbourhoodsOf(grid: PointGrid, reach: number): Int32Array {
  const { columns, rowStarts } = grid;
  const width = 2 * reach + 1;
  const ranges = new Int32Array(columns.length * 2 * width);
  const rowCount = rowStarts.length - 1;
  for (let row = 0; row < rowCount; row++) {
    for (let r = 0; r < width; r++) {
      const other = row + r - reach;
      if (other < 0 || other >= rowCount) continue;
      const last = rowStarts[other + 1]!;
      let from = rowStarts[other]!;
      let to = from;
      for (let cell = rowStarts[row]!; cell < rowStarts[row + 1]!; cell++) {
        const column = columns[cell]!;
        while (from < last && columns[from]! < column - reach) from++;
        while (to < last && columns[to]! <= column + reach) to++;
        ranges[2 * (cell * width + r)] = from;
        ranges[2 * (cell * width + r) + 1] = to;
      }
    }
  }
  return ranges;
}
