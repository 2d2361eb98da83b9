import { problem } from "../problem.ts";
import { ByteCursor } from "./byteCursor.ts";
import { dbfTextReader } from "./dbfText.ts";
import type { FileSource, RowFault } from "./rows.ts";

/** One line of a Shapefile's table; null where it is marked as deleted. */
export type DbfRecord = { readonly properties: Readonly<Record<string, unknown>>; readonly fault?: RowFault } | null;

interface Field {
  readonly name: string;
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

const descriptorBytes = 32;
const endOfFields = 0x0d;
const endOfFile = 0x1a;
const deleted = 0x2a;

const isPadding = (byte: number | undefined): boolean => byte === 0x20 || byte === 0;

function trimmed(bytes: Uint8Array): Uint8Array {
  let [from, to] = [0, bytes.length];
  while (to > from && isPadding(bytes[to - 1])) to--;
  while (from < to && isPadding(bytes[from])) from++;
  return bytes.subarray(from, to);
}

/** A number, unless it may be a code whose last zero would be lost: 35.10 stays text. */
function numeric(text: string): number | string | null {
  if (text === "" || /^\*+$/.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) && !/^\d\d\.\d\d$/.test(text) ? value : text;
}

function cellValue(type: string, text: string): unknown {
  if (type === "N" || type === "F") return numeric(text);
  if (type === "L") return /^[yt]$/i.test(text) ? true : /^[nf]$/i.test(text) ? false : null;
  if (type === "D") return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text || null;
  return text === "" ? null : text;
}

/**
 * Reads a .dbf line by line.
 * @param codePage the text of the .cpg beside it, null without one
 * @throws file_damaged or file_cut naming the place, dbf_encoding_unknown
 */
export async function* readDbf(bytes: AsyncIterable<Uint8Array>, codePage: string | null, source: FileSource): AsyncGenerator<DbfRecord> {
  const { name } = source;
  const damaged = (reason: string) =>
    problem("file_damaged", { name, where_id: "judul kolom .dbf", where_en: "the columns of the .dbf", reason });
  const cursor = new ByteCursor(bytes);
  try {
    const head = Buffer.from(await cursor.take(descriptorBytes));
    if (head.length < descriptorBytes) throw problem("file_cut", { name, where_id: "awal .dbf", where_en: "the beginning of the .dbf" });
    const records = head.readUInt32LE(4);
    const headerBytes = head.readUInt16LE(8);
    const recordBytes = head.readUInt16LE(10);
    if (headerBytes < descriptorBytes + 1 || recordBytes < 1) throw damaged(`${headerBytes}, ${recordBytes}`);
    const descriptors = Buffer.from(await cursor.take(headerBytes - descriptorBytes));
    if (descriptors.length < headerBytes - descriptorBytes)
      throw problem("file_cut", { name, where_id: "judul kolom .dbf", where_en: "the columns of the .dbf" });
    const textOf = dbfTextReader(codePage, head[29]!, source);
    const fields: Field[] = [];
    const seen = new Set<string>();
    let at = 1;
    for (let from = 0; from + descriptorBytes <= descriptors.length && descriptors[from] !== endOfFields; from += descriptorBytes) {
      const end = descriptors.subarray(from, from + 11).indexOf(0);
      const column = textOf(descriptors.subarray(from, from + (end < 0 ? 11 : end))).trim();
      const width = descriptors[from + 16]!;
      if (seen.has(column.toLowerCase())) throw problem("column_twice", { name, field: column });
      seen.add(column.toLowerCase());
      fields.push({ name: column, type: String.fromCharCode(descriptors[from + 11]!), from: at, to: at + width });
      at += width;
    }
    if (fields.length === 0 || at > recordBytes) throw damaged(`${at} > ${recordBytes} byte`);

    for (let row = 1; row <= records; row++) {
      const record = await cursor.take(recordBytes);
      if (record.length < recordBytes || record[0] === endOfFile)
        throw problem("file_cut", { name, where_id: `.dbf, baris ke-${row} dari ${records}`, where_en: `.dbf, row ${row} of ${records}` });
      if (record[0] === deleted) {
        yield null;
        continue;
      }
      const properties: Record<string, unknown> = {};
      let fault: RowFault | undefined;
      for (const field of fields) {
        try {
          properties[field.name] = cellValue(field.type, textOf(trimmed(record.subarray(field.from, field.to))).trim());
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
          fault ??= {
            code: "unreadable_row",
            field: field.name,
            reason: `${field.name}: bukan huruf dalam pengodean .cpg / no text in the encoding of the .cpg`,
          };
        }
      }
      yield fault ? { properties, fault } : { properties };
    }
    await cursor.drain();
  } finally {
    await cursor.close();
  }
}
