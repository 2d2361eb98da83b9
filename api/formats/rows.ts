import type { ProblemCode } from "../contract/problems.ts";

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
}

/** The bytes of a file and what its sender says about them. */
export interface FileSource {
  readonly name: string;
  readonly contentType: string | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A reader turns unpacked bytes into batches of rows, holding no more than one record and one batch in memory. */
export type RowReader = (source: FileSource) => AsyncGenerator<FileRow[]>;

/** Rows handed over at a time. */
export const rowsPerBatch = 500;

/** The longest record any format may hold: a province with five million vertices is longer and is better split. */
export const recordLimitBytes = 64 * 1024 * 1024;
