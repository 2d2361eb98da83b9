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
  for (const name of [...table.split("."), ...columns]) {
    if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new RangeError(`"${name}" is not a plain name of a table or column`);
  }
  return `copy ${table} (${columns.join(", ")}) from ${source}`;
}
