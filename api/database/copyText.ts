import { textOf } from "./values.ts";

type Rows = Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>;

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One row as a line of PostgreSQL's text format for COPY, with its line end. */
export function copyLine(row: readonly unknown[]): string {
  let line = "";
  for (let column = 0; column < row.length; column++) {
    if (column > 0) line += "\t";
    const text = textOf(row[column]);
    line += text === null ? "\\N" : text.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character);
  }
  return `${line}\n`;
}

/**
 * Rows as UTF-8 pieces of COPY text, each ending with a whole row and closed once it holds `pieceBytes` (16 MB unless told).
 * Throws when a row has another number of values than `columnCount`.
 */
export async function* copyPieces(
  rows: Rows,
  columnCount: number,
  pieceBytes = 16 * 2 ** 20,
): AsyncGenerator<{ bytes: Uint8Array; rows: number }> {
  let piece = "";
  let rowsInPiece = 0;
  for await (const row of rows) {
    if (row.length !== columnCount) throw new RangeError(`a row has ${row.length} values for ${columnCount} columns`);
    piece += copyLine(row);
    rowsInPiece++;
    // String length stands in for bytes: village names and digits are nearly all ASCII.
    if (piece.length >= pieceBytes) {
      yield { bytes: new TextEncoder().encode(piece), rows: rowsInPiece };
      piece = "";
      rowsInPiece = 0;
    }
  }
  if (rowsInPiece > 0) yield { bytes: new TextEncoder().encode(piece), rows: rowsInPiece };
}

/** The COPY statement for a table and columns named in our own code. Throws on anything that is not a plain name. */
export function copyStatement(table: string, columns: readonly string[], source: string): string {
  refuseOddNames(table, columns);
  return `copy ${table} (${quoted(columns)}) from ${source}`;
}

/** The COPY statement that reads a table, or the rows of it that a condition in our own code names. Throws like `copyStatement`. */
export function copyOutStatement(table: string, columns: readonly string[], target: string, condition = ""): string {
  refuseOddNames(table, columns);
  return `copy (select ${quoted(columns)} from ${table}${condition}) to ${target}`;
}

const quoted = (columns: readonly string[]): string => columns.map((name) => `"${name}"`).join(", ");

function refuseOddNames(table: string, columns: readonly string[]): void {
  for (const name of [...table.split("."), ...columns]) {
    if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new RangeError(`"${name}" is not a plain name of a table or column`);
  }
}

/** Bytes of COPY text put together anew in pieces of whole rows, each of at least `pieceBytes` but the last. */
export async function* wholeRows(chunks: AsyncIterable<Uint8Array>, pieceBytes = 2 ** 20): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    // A line end inside a value is written as two other characters.
    const end = chunk.lastIndexOf(10) + 1;
    if (size + end >= pieceBytes && end > 0) {
      yield Buffer.concat([...waiting, chunk.subarray(0, end)]);
      waiting = end === chunk.length ? [] : [chunk.subarray(end)];
      size = chunk.length - end;
    } else {
      waiting.push(chunk);
      size += chunk.length;
    }
  }
  if (size > 0) yield Buffer.concat(waiting);
}
