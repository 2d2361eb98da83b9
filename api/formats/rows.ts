import type { ProblemCode } from "../contract/problems.ts";
import type { DeclaredCrs } from "./declaredCrs.ts";

/** What is wrong with one row, before anybody knows what the row means. */
export interface RowFault {
  readonly code: ProblemCode;
  readonly field?: string;
  readonly value?: unknown;
  readonly [detail: string]: unknown;
}

/** One record of a file: a feature, a line of a table, a tuple of a dump. */
export interface FileRow {
  /** Counted from 1; in a table the header is row 1, as in a spreadsheet. */
  readonly row: number;
  readonly properties: Readonly<Record<string, unknown>>;
  /** A GeoJSON geometry with [longitude, latitude], null where the record has none; absent in formats without shapes. */
  readonly geometry?: unknown;
  readonly fault?: RowFault;
  /** The coordinate system that the file declares for this shape; null where the format can declare one and this file does not. */
  readonly crs?: DeclaredCrs | null;
}

/** The bytes of a file and what its sender says about them. */
export interface FileSource {
  readonly name: string;
  readonly contentType: string | null;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Where the file lies on disk, as it was sent; null or absent where it only flows by. */
  readonly path?: string | null;
  /** The layer to read, in formats that hold several; null takes the only one of polygons. */
  readonly layer?: string | null;
  /** In a workbook: the sheet to read; null or absent takes the first that holds a table. */
  readonly sheet?: string | null;
  /** Hears what the file as a whole deserves to have said about it: taken, with a word. */
  readonly tell?: (note: RowFault) => void;
}

/** A reader turns unpacked bytes into batches of rows, holding no more than one record and one batch in memory. */
export type RowReader = (source: FileSource) => AsyncGenerator<FileRow[]>;

/** A reader of a format that is read here and there: it is handed the unpacked file on disk, and does not remove it. */
export type DiskReader = (path: string, source: FileSource) => AsyncGenerator<FileRow[]>;

/** Rows handed over at a time. */
export const rowsPerBatch = 500;
// What is parsed takes many times that: in small batches it is gone before the collector of garbage has moved it about.
const bytesPerBatch = 512 * 1024;

/** The longest record any format may hold: a province with five million vertices is longer and is better split. */
export const recordLimitBytes = 64 * 1024 * 1024;

/** The most vertices one shape may have; parsed, each takes some seventy bytes. */
export const mostVertices = 4_000_000;

/** Gathers rows until there are enough for a batch, by number or by size. Has a life: it is filled and emptied. */
export class RowBatch {
  #rows: FileRow[] = [];
  #bytes = 0;

  /** @param bytes about how long the record was in the file. */
  add(row: FileRow, bytes: number): void {
    this.#rows.push(row);
    this.#bytes += bytes;
  }

  get isFull(): boolean {
    return this.#rows.length >= rowsPerBatch || this.#bytes >= bytesPerBatch;
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  take(): FileRow[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#bytes = 0;
    return rows;
  }
}
