/**
 * A backup is one file: a line that names the format, a line of JSON that says what is inside, a gzip stream, and a last line with the SHA-256
 * of all before it. The stream is a row of pieces, each a line of JSON and as many bytes as it says; the last piece tells how much there was.
 * `tail -n +3 FILE | zcat` shows it: rows are PostgreSQL's own COPY text, alike on both engines.
 */

export const firstLine = "WASPADA BACKUP 1\n";
/** The format's own name, whatever its number: a file of a later format is newer, not foreign. */
export const anyFirstLine = /^WASPADA BACKUP (\d+)\n/;
/** SHA-256 in hexadecimal digits and a line end. */
export const trailerBytes = 65;
export const longestHeaderBytes = 1_000_000;

export interface BackupHeader {
  readonly madeAt: string;
  readonly software: string;
  readonly engine: "embedded" | "postgres";
  readonly migrations: readonly { readonly number: number; readonly checksum: string }[];
  /** Whether the key of the reporters' vault is inside: then the file opens every identity in it. */
  readonly holdsIdentityKey: boolean;
}

/** What precedes the bytes of a piece. */
export type PieceHead =
  | { readonly piece: "rows"; readonly table: string; readonly columns: readonly string[]; readonly bytes: number }
  | { readonly piece: "identity-key"; readonly bytes: number }
  | { readonly piece: "end"; readonly bytes: number };

/** How much of each table is inside, and at which number each sequence stands. */
export interface Contents {
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly sha256: string }[];
  readonly sequences: readonly { readonly sequence: string; readonly lastValue: number | null }[];
}

export interface Piece {
  readonly head: PieceHead;
  readonly bytes: Uint8Array;
}
