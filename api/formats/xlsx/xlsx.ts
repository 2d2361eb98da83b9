import { problem } from "../../problem.ts";
import type { FileRow, FileSource } from "../rows.ts";
import { type RawRow, tableRows } from "../table.ts";
import { type Archive, openArchive } from "./archive.ts";
import { readSheet } from "./sheet.ts";
import { readWorkbook, type Sheet, type Workbook } from "./workbook.ts";

const hasCells = (rows: readonly RawRow[]): boolean => rows.some(({ cells }) => cells.length > 0);

/** The rows of a sheet from its first row that holds anything; null where none does. */
async function begun(archive: Archive, file: string, sheet: Sheet, book: Workbook): Promise<AsyncIterable<RawRow[]> | null> {
  const rows = readSheet(archive, file, sheet, book);
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    if (!hasCells(next.value)) continue;
    const first = next.value;
    return (async function* () {
      yield first;
      yield* rows;
    })();
  }
  return null;
}

function sheetNamed(book: Workbook, wanted: string, file: string): Sheet {
  const named = book.sheets.find(({ name }) => name.trim().toLowerCase() === wanted.trim().toLowerCase());
  const found = named ?? (/^\d+$/.test(wanted) ? book.sheets[Number(wanted) - 1] : undefined);
  if (!found)
    throw problem("sheet_missing", { field: "sheet", name: file, value: wanted, sheets: book.sheets.map(({ name }) => name).join(", ") });
  return found;
}

async function* rawRows(source: FileSource): AsyncGenerator<RawRow[]> {
  const archive = await openArchive(source.bytes, source.name);
  const book = await readWorkbook(archive, source.name);
  const wanted = source.sheet ? [sheetNamed(book, source.sheet, source.name)] : book.sheets.filter(({ isHidden }) => !isHidden);
  for (const sheet of wanted) {
    const rows = await begun(archive, source.name, sheet, book);
    if (!rows) continue;
    if (!source.sheet && book.sheets.length > 1)
      source.tell?.({
        code: "sheet_chosen",
        value: sheet.name,
        sheets: book.sheets.map(({ name }) => name).join(", "),
        names: book.sheets.map(({ name }) => name),
      });
    yield* rows;
    return;
  }
}

/**
 * Reads a sheet of an XLSX workbook: the one that is told or the first visible one that holds anything. Streamed, but for the texts that cells share.
 * @throws what `openArchive`, `readWorkbook` and `tableRows` throw, and sheet_missing.
 */
export function readXlsx(source: FileSource): AsyncGenerator<FileRow[]> {
  return tableRows(rawRows(source), source, { isRagged: true });
}
