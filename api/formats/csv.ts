import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { problem } from "../problem.ts";
import { guessSeparator } from "./csvSeparator.ts";
import { decodedText, encodingOf } from "./encodings.ts";
import { type FileRow, type FileSource, rowsPerBatch } from "./rows.ts";
import { type RawRow, tableRows } from "./table.ts";
import { peek } from "./unpack.ts";

const longestRowBytes = 4 * 1024 * 1024;
const headBytes = 64 * 1024;

async function* rawRows(source: FileSource): AsyncGenerator<RawRow[]> {
  const { head, all } = await peek(source.bytes, headBytes);
  const { separator, announced } = guessSeparator(new TextDecoder(encodingOf(head)).decode(head.subarray(0, headBytes)));
  const parser = parse({
    bom: true,
    delimiter: separator,
    relax_column_count: true,
    trim: true,
    max_record_size: longestRowBytes,
    from_line: announced ? 2 : 1,
  });
  const input = Readable.from(decodedText(all, head, source));
  input.on("error", (error) => parser.destroy(error));
  input.pipe(parser);

  let row = 0;
  let batch: RawRow[] = [];
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      batch.push({ row: ++row, cells });
      if (batch.length >= rowsPerBatch) {
        yield batch;
        batch = [];
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as { lines?: number }).lines ?? row;
    throw problem("file_damaged", {
      name: source.name,
      where_id: `baris ${line}`,
      where_en: `line ${line}`,
      reason: error.message.slice(0, 160),
    });
  } finally {
    input.destroy();
  }
  if (batch.length > 0) yield batch;
}

/**
 * Reads a table of comma, semicolon, tab or bar separated values in UTF-8, UTF-16 or Windows-1252. Every value is text, trimmed; a formula stays the text it is.
 * Rows count as in a spreadsheet: the first is 1, empty ones count too.
 * @throws what `tableRows` throws, and file_damaged naming the line of a quote that is not closed or of bytes that are no text.
 */
export function readCsv(source: FileSource): AsyncGenerator<FileRow[]> {
  return tableRows(rawRows(source), source, { isRagged: false });
}
