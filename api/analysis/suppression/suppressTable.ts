import { type Amount, isSafe, type LeastCell, together } from "./amount.ts";
import { mergeSmall } from "./mergeSmall.ts";

/** What is told in place of a number that would show a small cell. */
export const suppressed = "suppressed";
export type Told = number | typeof suppressed;

/** Incidents by row and column (kecamatan and month), row after row, and by group (field of the issue) for the whole table. */
export interface CrossTable {
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly Amount[];
  readonly groups: readonly Amount[];
}

/** The same table as it may leave the office: whatever is added or subtracted of it, no small cell appears. */
export interface ToldTable {
  readonly total: Told;
  readonly rows: readonly Told[];
  readonly columns: readonly Told[];
  readonly cells: readonly Told[];
  readonly groups: readonly Told[];
}

/**
 * Decides once which numbers of a table are told, so that no question about it, and no difference of two questions, shows a cell with fewer incidents or reporters
 * than `least`. Everything that is answered to people outside the team is read from tables made here, or added up from numbers told here.
 *
 * 1. Rows, columns and groups that are too small are merged into blocks along their axis (mergeSmall); the sums of blocks are told. What happened in single rows of
 *    a block is told nowhere, so sums over anything that cuts a block are not determined.
 * 2. In the table of blocks, with I the rows and J the columns that hold a small cell, all cells of I × J are kept back. A sum of some of them that follows from the
 *    row and column sums is of whole rows or whole columns of I × J: its coefficients are a[i] + b[j], and when both a and b vary they take three different values,
 *    so they are not all 0 or 1. I and J therefore grow until every row sum and every column sum of I × J is safe; with all rows and columns they are, by 1.
 * 3. A cell of I × J lies between max(0, r + c − t) and min(r, c) (Fréchet), where its row sum r, column sum c and sum t of I × J are safe: those bounds are at
 *    least `least.incidents` apart, unless only one row (column) holds anything, and then the cell is a column (row) sum and not small.
 * 4. Groups are told for the whole table only: by the argument of 2 they follow from nothing else.
 *
 * Unions of safe cells are safe, so no sum of told numbers over several tables is small either. Conservative: more is kept back than an optimal choice would, at
 * the cost of rows × columns and without a solver.
 *
 * Sources: Hundepool et al., Statistical Disclosure Control, Wiley 2012, doi:10.1002/9781118348239; Gusfield, A graph theoretic approach to statistical data
 * security, SIAM J. Comput. 17 (1988), doi:10.1137/0217034; Dobra and Fienberg, Bounds for cell entries in contingency tables given marginal totals, PNAS 97 (2000),
 * doi:10.1073/pnas.97.22.11885.
 * @throws RangeError when the cells are not rows × columns, or are not as many incidents as the groups
 */
export function suppressTable(table: CrossTable, least: LeastCell): ToldTable {
  const { rows, columns, cells, groups } = table;
  const total = together(cells);
  if (cells.length !== rows * columns) throw new RangeError(`${cells.length} cells are not ${rows} rows of ${columns} columns`);
  if (groups.length > 0 && together(groups).incidents !== total.incidents)
    throw new RangeError(`${together(groups).incidents} incidents in groups are not the ${total.incidents} in cells`);
  const at = (row: number, column: number): Amount => cells[row * columns + column]!;
  const sumsOfRows = range(rows).map((row) => together(range(columns).map((column) => at(row, column))));
  const sumsOfColumns = range(columns).map((column) => together(range(rows).map((row) => at(row, column))));
  const rowBlocks = mergeSmall(sumsOfRows, least);
  const columnBlocks = mergeSmall(sumsOfColumns, least);
  const groupBlocks = mergeSmall(groups, least);
  const onlyNothing = (amount: Amount): Told => (amount.incidents === 0 ? 0 : suppressed);
  if (rowBlocks === null || columnBlocks === null || groupBlocks === null)
    return {
      total: onlyNothing(total),
      rows: sumsOfRows.map(onlyNothing),
      columns: sumsOfColumns.map(onlyNothing),
      cells: cells.map(onlyNothing),
      groups: groups.map(onlyNothing),
    };
  const single = (blocks: Int32Array, sums: readonly Amount[]): Told[] => {
    const sizes = sizesOf(blocks);
    return sums.map((sum, index) => (sizes[blocks[index]!] === 1 ? sum.incidents : suppressed));
  };
  const blocks = Array.from({ length: sizesOf(rowBlocks).length }, () =>
    Array.from({ length: sizesOf(columnBlocks).length }, () => [] as Amount[]),
  );
  for (const row of range(rows))
    for (const column of range(columns)) blocks[rowBlocks[row]!]![columnBlocks[column]!]!.push(at(row, column));
  const merged = blocks.map((line) => line.map(together));
  const hidden = hiddenProduct(merged, least);
  const toldRows = single(rowBlocks, sumsOfRows);
  const toldColumns = single(columnBlocks, sumsOfColumns);
  const tellCell = (row: number, column: number): Told => {
    const [i, j] = [rowBlocks[row]!, columnBlocks[column]!];
    if (hidden.rows.has(i) && hidden.columns.has(j)) return suppressed;
    if (merged[i]![j]!.incidents === 0) return 0;
    return toldRows[row] === suppressed || toldColumns[column] === suppressed ? suppressed : at(row, column).incidents;
  };
  return {
    total: total.incidents,
    rows: toldRows,
    columns: toldColumns,
    cells: cells.map((_, index) => tellCell(Math.floor(index / columns), index % columns)),
    groups: single(groupBlocks, groups),
  };
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

function sizesOf(blocks: Int32Array): number[] {
  const sizes: number[] = [];
  for (const block of blocks) sizes[block] = (sizes[block] ?? 0) + 1;
  return sizes;
}

/** The rows and columns whose product is kept back: all with a small cell, and as many more as make every row and column sum of the product safe. */
function hiddenProduct(merged: readonly (readonly Amount[])[], least: LeastCell): { rows: Set<number>; columns: Set<number> } {
  const rows = new Set<number>();
  const columns = new Set<number>();
  merged.forEach((line, i) => {
    line.forEach((cell, j) => {
      if (isSafe(cell, least)) return;
      rows.add(i);
      columns.add(j);
    });
  });
  const at = (i: number, j: number): Amount => merged[i]![j]!;
  const rowSum = (i: number): Amount => together([...columns].map((j) => at(i, j)));
  const columnSum = (j: number): Amount => together([...rows].map((i) => at(i, j)));
  // The one that adds least of what would otherwise be told.
  const grow = (set: Set<number>, length: number, addedBy: (index: number) => number): boolean => {
    const next = range(length)
      .filter((index) => !set.has(index) && addedBy(index) > 0)
      .sort((a, b) => addedBy(a) - addedBy(b) || a - b)[0];
    if (next !== undefined) set.add(next);
    return next !== undefined;
  };
  for (;;) {
    const smallRow = [...rows].find((i) => !isSafe(rowSum(i), least));
    if (smallRow !== undefined && grow(columns, merged[0]!.length, (j) => at(smallRow, j).incidents)) continue;
    const smallColumn = [...columns].find((j) => !isSafe(columnSum(j), least));
    if (smallColumn !== undefined && grow(rows, merged.length, (i) => at(i, smallColumn).incidents)) continue;
    return { rows, columns };
  }
}
