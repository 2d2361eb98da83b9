import writeExcelFile from "write-excel-file/node";

export interface WrittenSheet {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

type Cell = string | number | boolean | null;

// What a spreadsheet would run when the cell is edited or goes on as CSV; the same signs that are guarded in CSV.
const runsAsFormula = /^[=+\-@\t\r＝＋－＠]/;
const widest = 40;

/** A text that no spreadsheet takes for a formula. */
export const formulaSafe = (text: string): string => (runsAsFormula.test(text) ? `'${text}` : text);

function cellOf(value: Cell) {
  if (value === null) return null;
  if (typeof value === "number") return Number.isFinite(value) ? { value, type: Number } : null;
  if (typeof value === "boolean") return { value, type: Boolean };
  return { value: formulaSafe(value), type: String };
}

/** Sheets as XLSX: texts stay texts (never formulas), numbers are numbers, unknown is an empty cell; the first row stays in sight. */
export async function writeXlsx(sheets: readonly WrittenSheet[]): Promise<Uint8Array> {
  const written = sheets.map(({ name, columns, rows }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: columns.map((title, column) => ({
      width: Math.min(widest, 2 + Math.max(title.length, ...rows.slice(0, 200).map((row) => String(row[column] ?? "").length))),
    })),
    data: [columns.map((value) => ({ value, type: String, fontWeight: "bold" as const })), ...rows.map((row) => row.map(cellOf))],
  }));
  return new Uint8Array(await writeExcelFile(written as Parameters<typeof writeExcelFile>[0]).toBuffer());
}
