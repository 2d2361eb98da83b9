/** Points sorted into square cells, row by row: cells in compressed sparse form, only those that hold a point. */
export interface PointGrid {
  /** Point indices, cell after cell, ascending within a cell. */
  readonly order: Int32Array;
  /** Where each cell begins in `order`, and the end. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  /** The first cell of each row of the grid, and the end. */
  readonly rowStarts: Int32Array;
}

/**
 * Sorts points into cells of the size given by two counting sorts (column, then row), so that it takes no hashing and no cell without a point.
 * x, y: metres; cell > 0. A grid of over 2^26 rows or columns throws a RangeError: the cell is far too small for the extent. Cost: O(points + rows + columns).
 */
export function gridOfPoints(x: Float64Array, y: Float64Array, cell: number): PointGrid {
  const n = x.length;
  const column = indicesAlong(x, cell);
  const row = indicesAlong(y, cell);
  const byColumn = countingSort(column.index, column.size, undefined);
  const order = countingSort(row.index, row.size, byColumn);
  const starts: number[] = [];
  const columns: number[] = [];
  const rows: number[] = [];
  const rowStarts = new Int32Array(row.size + 1);
  for (let at = 0; at < n; at++) {
    const point = order[at]!;
    const isSame = starts.length > 0 && columns[columns.length - 1] === column.index[point] && rows[rows.length - 1] === row.index[point];
    if (isSame) continue;
    starts.push(at);
    columns.push(column.index[point]!);
    rows.push(row.index[point]!);
    rowStarts[row.index[point]! + 1]! += 1;
  }
  for (let r = 0; r < row.size; r++) rowStarts[r + 1]! += rowStarts[r]!;
  starts.push(n);
  return { order, starts: Int32Array.from(starts), columns: Int32Array.from(columns), rows: Int32Array.from(rows), rowStarts };
}

function indicesAlong(along: Float64Array, cell: number): { index: Int32Array; size: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of along) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const size = along.length === 0 ? 0 : Math.floor((most - least) / cell) + 1;
  if (!(size <= 2 ** 26)) throw new RangeError(`${size} cells of ${cell} m along one side`);
  return { index: Int32Array.from(along, (value) => Math.floor((value - least) / cell)), size };
}

function countingSort(key: Int32Array, size: number, previous: Int32Array | undefined): Int32Array {
  const fill = new Int32Array(size + 1);
  for (const value of key) fill[value + 1]! += 1;
  for (let k = 0; k < size; k++) fill[k + 1]! += fill[k]!;
  const order = new Int32Array(key.length);
  for (let at = 0; at < key.length; at++) {
    const point = previous ? previous[at]! : at;
    order[fill[key[point]!]!++] = point;
  }
  return order;
}

/**
 * For each cell in turn, the range of cells in each of the rows from −reach to +reach whose columns are at most `reach` away, as pairs first, end in `ranges`.
 * Pointers only move forward along a row, so all cells together cost O(cells × reach).
 */
export function forEachCellNeighbourhood(grid: PointGrid, reach: number, visit: (cell: number, ranges: Int32Array) => void): void {
  const width = 2 * reach + 1;
  const ranges = new Int32Array(2 * width);
  const rowCount = grid.rowStarts.length - 1;
  for (let row = 0; row < rowCount; row++) {
    const begin = grid.rowStarts[row]!;
    const end = grid.rowStarts[row + 1]!;
    if (begin === end) continue;
    for (let r = 0; r < width; r++) {
      const other = row + r - reach;
      const start = other >= 0 && other < rowCount ? grid.rowStarts[other]! : 0;
      ranges[2 * r] = start;
      ranges[2 * r + 1] = start;
    }
    for (let cell = begin; cell < end; cell++) {
      const column = grid.columns[cell]!;
      for (let r = 0; r < width; r++) {
        const other = row + r - reach;
        if (other < 0 || other >= rowCount) continue;
        const last = grid.rowStarts[other + 1]!;
        while (ranges[2 * r]! < last && grid.columns[ranges[2 * r]!]! < column - reach) ranges[2 * r]! += 1;
        ranges[2 * r + 1] = Math.max(ranges[2 * r + 1]!, ranges[2 * r]!);
        while (ranges[2 * r + 1]! < last && grid.columns[ranges[2 * r + 1]!]! <= column + reach) ranges[2 * r + 1]! += 1;
      }
      visit(cell, ranges);
    }
  }
}
