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
  /** Where the findings of an import of boundaries are: its boundary report. */
  readonly boundaryReport?: string;
  /** Indicators: which rows found their area, and which areas found no row. */
  readonly join?: JoinReport;
}

/** How the rows of a table and the stored areas met. Every list holds at most 10,000; `isCut` tells of more. */
export interface JoinReport {
  readonly matched: { readonly rows: number; readonly areas: number };
  /** Rows whose code is none, or stands for no area of a loaded kabupaten. */
  readonly unmatched: {
    readonly rows: number;
    readonly list: readonly { row: number; value: unknown; code: string }[];
    readonly isCut: boolean;
  };
  /** Rows of kabupaten whose areas are not loaded. */
  readonly notLoaded: { readonly rows: number; readonly regencies: readonly { code: string; rows: number }[]; readonly isCut: boolean };
  /** Areas that the file tells the same thing about more than once. */
  readonly twice: { readonly areas: number; readonly list: readonly { code: string; rows: readonly number[] }[]; readonly isCut: boolean };
  /**
   * Stored areas of the file's levels that it has no row for: how many, of how many, in each area above, and by code where the file does know others there.
   */
  readonly withoutRow: {
    readonly areas: number;
    readonly parents: readonly { code: string; missing: number; of: number }[];
    readonly codes: readonly string[];
    readonly isCut: boolean;
  };
}

export const importKinds = ["boundaries", "indicators", "incidents", "reports", "vintage", "roster", "potentials"] as const;
export type ImportKind = (typeof importKinds)[number];
