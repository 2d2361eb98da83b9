import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { problem } from "../problem.ts";
import { type FileRow, type FileSource, rowsPerBatch } from "./rows.ts";
import { peek } from "./unpack.ts";

const separators = [",", ";", "\t", "|"] as const;
const longestRowBytes = 4 * 1024 * 1024;

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return "utf-8";
}

/** The separator that the first line uses most, outside of quotes; Excel's `sep=;` line says it outright. */
export function guessSeparator(start: string): { separator: string; announced: boolean } {
  const announced = /^sep=(.)\r?\n/i.exec(start)?.[1];
  if (announced) return { separator: announced, announced: true };
  const line = (/^\s*([^\r\n]+)/.exec(start)?.[1] ?? "").replace(/"(?:[^"]|"")*"/g, "");
  const counts = separators.map((separator) => line.split(separator).length);
  return { separator: separators[counts.indexOf(Math.max(...counts))] ?? ",", announced: false };
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: Encoding, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let length = 0;
  try {
    for await (const chunk of bytes) {
      yield decoder.decode(chunk, { stream: true });
      length += chunk.length;
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw problem("file_damaged", { name, where_id: `setelah bita ke-${length}`, where_en: `after byte ${length}`, reason: `${encoding}` });
  }
}

function checkHeader(header: readonly string[], name: string): void {
  const seen = new Set<string>();
  for (const column of header) {
    if (column !== "" && seen.has(column.toLowerCase())) throw problem("column_twice", { name, field: column });
    seen.add(column.toLowerCase());
  }
}

/**
 * Reads a table of comma, semicolon, tab or bar separated values in UTF-8 or UTF-16. The first line names the columns; every value is text, trimmed.
 * The row counts as in a spreadsheet: the header is 1. A line with too many or too few cells is a faulty row.
 * @throws column_twice, file_damaged naming the line of a quote that is not closed or the place of a byte that is no text.
 */
export async function* readCsv(source: FileSource): AsyncGenerator<FileRow[]> {
  const { head, all } = await peek(source.bytes, 64 * 1024);
  const encoding = encodingOf(head);
  const { separator, announced } = guessSeparator(new TextDecoder(encoding).decode(head.subarray(0, 64 * 1024)));
  const parser = parse({
    bom: true,
    delimiter: separator,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: longestRowBytes,
    from_line: announced ? 2 : 1,
  });
  const input = Readable.from(decoded(all, encoding, source.name));
  input.on("error", (error) => parser.destroy(error));
  input.pipe(parser);

  let header: string[] | null = null;
  let row = 0;
  let batch: FileRow[] = [];
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row++;
      if (!header) {
        header = cells;
        checkHeader(header, source.name);
        continue;
      }
      const properties: Record<string, unknown> = {};
      for (let index = 0; index < header.length; index++) properties[header[index]!] = cells[index];
      const isWhole =
        cells.length === header.length || (cells.length > header.length && cells.slice(header.length).every((cell) => cell === ""));
      batch.push(
        isWhole
          ? { row, properties }
          : { row, properties, fault: { code: "wrong_cell_count", value: cells.length, expected: header.length } },
      );
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
