/** What an import tells when it has ended, whether it was taken or not. */

export interface ReportRow {
  /** The row in the file: features and tuples from 1, table lines as in a spreadsheet (the header is 1). */
  readonly row: number | null;
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
  readonly value: unknown;
}

export interface ImportReport {
  /** Rows stored, new or changed. */
  readonly accepted: number;
  readonly rejected: number;
  readonly unchanged: number;
  /** Rows of a kabupaten whose villages are not loaded: left aside, no fault. */
  readonly notLoaded: number;
  /** Rows that a person has to decide on, such as one code twice. */
  readonly queued: number;
  /** What was taken but deserves a look, such as a repaired shape. */
  readonly warnings: readonly ReportRow[];
  /** Every rejected and every queued row with its reason. */
  readonly rows: readonly ReportRow[];
}

export const importKinds = ["boundaries", "indicators", "incidents", "roster"] as const;
export type ImportKind = (typeof importKinds)[number];
