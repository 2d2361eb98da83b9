import { problem } from "../problem.ts";
import { type FileRow, type FileSource, type RowFault, rowsPerBatch } from "./rows.ts";
import { type Cell, findHeader } from "./tableHeader.ts";

/** One row of a table as it stands in the file, counted as a spreadsheet counts. */
export interface RawRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

const rowsLooked = 50;
const mostColumns = 2000;
const isBlank = (cell: Cell | undefined): boolean => cell === null || cell === undefined || cell === "";

/** The letters by which a spreadsheet calls a column, counted from 0: A, B, …, AA. */
function lettersOf(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : lettersOf(Math.floor(column / 26) - 1) + letter;
}

function checkNames(names: readonly string[], name: string): void {
  const seen = new Set<string>();
  for (const column of names) {
    if (column !== "" && seen.has(column.toLowerCase())) throw problem("column_twice", { name, field: column });
    seen.add(column.toLowerCase());
  }
}

/** Columns that are read, with their places. Under `__proto__` a value would silently vanish, so that column counts as unnamed. */
function readColumns(names: readonly string[]): { name: string; at: number }[] {
  return names.map((name, at) => ({ name, at })).filter(({ name }) => name !== "" && name !== "__proto__");
}

function textFault(name: string, cell: Cell | undefined): RowFault | null {
  const isText = typeof cell !== "string" || (cell.isWellFormed() && !cell.includes("\u0000"));
  return isText ? null : { code: "invalid_text", field: name };
}

/**
 * Turns the rows of a table into records by the names of its columns, which may stand below titles and in two rows (told when they do not stand in the first).
 * Empty rows are passed over. A row with text that cannot be stored (NUL, half of a surrogate pair) is faulty; so is one with too many or, where
 * `isRagged` is false, too few cells.
 * @throws column_twice; file_empty where no row holds anything; too_many_columns.
 */
export async function* tableRows(
  raw: AsyncIterable<readonly RawRow[]>,
  source: FileSource,
  { isRagged }: { isRagged: boolean },
): AsyncGenerator<FileRow[]> {
  let looked: RawRow[] | null = [];
  let names: readonly string[] = [];
  let columns: { name: string; at: number }[] = [];
  let width = 0;
  let hasUnnamed = false;
  let batch: FileRow[] = [];

  const begin = (rows: readonly RawRow[]): readonly RawRow[] => {
    if (rows.length === 0) throw problem("file_empty", { name: source.name });
    const header = findHeader(rows.map(({ cells }) => cells));
    names = header.names;
    checkNames(names, source.name);
    width = names.length;
    if (width > mostColumns) throw problem("too_many_columns", { name: source.name, value: width, limit: mostColumns });
    columns = readColumns(names);
    const at = header.rows.map((index) => rows[index]!.row);
    if (at.length > 1 || at[0] !== rows[0]!.row) source.tell?.({ code: "header_row", value: at.join(" + ") });
    return rows.slice(header.height);
  };

  const read = ({ row, cells }: RawRow): FileRow => {
    const properties: Record<string, unknown> = {};
    let fault: RowFault | null = null;
    for (const { name, at } of columns) {
      const cell = cells[at];
      properties[name] = cell ?? (isRagged ? "" : undefined);
      fault ??= textFault(name, cell);
    }
    const beyond = cells.length > width && cells.slice(width).some((cell) => !isBlank(cell));
    if (beyond || (!isRagged && cells.length < width)) fault = { code: "wrong_cell_count", value: cells.length, expected: width };
    if (!hasUnnamed) {
      const unnamed = names.findIndex((name, at) => (name === "" || name === "__proto__") && !isBlank(cells[at]));
      if (unnamed >= 0) {
        hasUnnamed = true;
        source.tell?.({ code: "column_unnamed", value: lettersOf(unnamed) });
      }
    }
    return fault ? { row, properties, fault } : { row, properties };
  };

  for await (const part of raw) {
    let rows = part.filter(({ cells }) => cells.some((cell) => !isBlank(cell)));
    if (looked) {
      looked.push(...rows);
      if (looked.length < rowsLooked) continue;
      rows = [...begin(looked)];
      looked = null;
    }
    for (const row of rows) batch.push(read(row));
    if (batch.length >= rowsPerBatch) {
      yield batch;
      batch = [];
    }
  }
  if (looked) for (const row of begin(looked)) batch.push(read(row));
  if (batch.length > 0) yield batch;
}
