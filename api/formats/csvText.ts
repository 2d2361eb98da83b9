import { stringify } from "csv-stringify/sync";

/** Rows as CSV: UTF-8 with BOM so that spreadsheets read it right, and cells that could run as a formula made harmless with an apostrophe. */
export function writeCsv(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = rows[0] ? Object.keys(rows[0]) : [];
  const cells = rows.map((row) =>
    columns.map((column) => {
      const value = row[column];
      if (value === null || value === undefined) return "";
      return typeof value === "object" ? JSON.stringify(value) : value;
    }),
  );
  return stringify([columns, ...cells], { bom: true, escape_formulas: true, cast: { boolean: String } });
}
