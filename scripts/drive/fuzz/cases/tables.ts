import { gzipSync } from "node:zlib";
import { sheetRows, workbookParts, zipOf } from "../archive.ts";
import { file, type NamedCase, village } from "./namedCase.ts";

const people = (name: string, content: string | (() => Uint8Array), code: string, field?: string | null, status?: number): NamedCase =>
  file(name, ["indicators", "penduduk.csv", { year: "2024" }], content, code, field, status);
const events = (name: string, content: string, code: string, field?: string | null): NamedCase =>
  file(name, ["incidents", "kejadian.csv"], content, code, field);
const head = "village_code,occurred_from,issue,form,facts,severity,lon,lat\n";
const row = (...cells: (string | undefined)[]): string => {
  const usual = [village, "2025-06-01", "404", "F6", "Bentrok", "", "", ""];
  return `${head}${usual.map((cell, index) => cells[index] ?? cell).join(",")}\n`;
};
const mebibytes = 1024 * 1024;
/** So many bytes of one letter; packed it is a thousandth of that. */
const letters = (size: number): Buffer => Buffer.alloc(size, "a");
const book = (sheet: string, more: Parameters<typeof workbookParts>[1] = {}): Record<string, string> =>
  workbookParts({ Data: sheet }, more);

/** Tables and packed files that cannot be taken, and some that would burst whoever unpacks them. */
export const tableCases: readonly NamedCase[] = [
  people("an empty table", "", "invalid_field", "file"),
  people("a table of a header alone", "kode,population\n", "no_indicator"),
  people("a table without codes", "penduduk\n12\n", "column_missing"),
  people("a word as population", `kode,population\n${village},banyak\n`, "not_a_count", "population"),
  people("half a person as population", `kode,population\n${village},10.5\n`, "not_a_count", "population"),
  people("fewer than no people", `kode,population\n${village},-4\n`, "not_a_count", "population"),
  people("people beyond all numbers", `kode,population\n${village},1e999\n`, "not_a_count", "population"),
  people("thousands or a fraction", `kode,skor\n${village},1.000\n`, "ambiguous_number", "skor"),
  people("the same column twice", "kode,skor,Skor\n1,2,3\n", "column_twice"),
  people("a formula as a number", `kode,population\n${village},=2+1\n`, "not_a_count", "population"),
  people("a village that is not there", "kode,population\n99.01.01.2999,7\n", "unknown_village"),
  people("more cells than names", `kode,population\n${village},7,8,9\n`, "wrong_cell_count"),
  people("a quote left open", `kode,population\n"${village},7\n`, "file_damaged"),
  people("NUL in a header", "kode,pop\u0000ulation\n1,2\n", "file_not_understood"),
  people("10,000 columns", `kode,${Array.from({ length: 10_000 }, (_, n) => `k${n}`).join(",")}\n`, "too_many_columns"),
  people("a cell of 40 MB", () => Buffer.concat([Buffer.from('kode,population\n"'), letters(40 * mebibytes)]), "file_damaged"),
  file(
    "a year in words",
    ["indicators", "p.csv", { year: "dua ribu" }],
    `kode,population\n${village},7\n`,
    "invalid_parameter",
    "year",
    400,
  ),
  file(
    "a year of another age",
    ["indicators", "p.csv", { year: "99999" }],
    `kode,population\n${village},7\n`,
    "invalid_parameter",
    "year",
    400,
  ),
  file("people without a year", ["indicators", "p.csv"], `kode,population\n${village},7\n`, "year_needed"),
  events("a village of nobody", row("99.01.01.2999"), "unknown_village", "village_code"),
  events("a day before 1900 in a table", row(undefined, "31/12/1899"), "date_too_early", "occurred_from"),
  events("a day after tomorrow in a table", row(undefined, "2100-01-01"), "future_date", "occurred_from"),
  events("a day that could be another", row(undefined, "03/04/2025"), "ambiguous_date", "occurred_from"),
  events("a serial number as a day", row(undefined, "45809"), "invalid_date", "occurred_from"),
  events("an issue of nobody in a table", row(undefined, undefined, "998"), "invalid_field", "issue"),
  events("blank facts in a table", row(undefined, undefined, undefined, undefined, "\u200b "), "missing_field", "facts"),
  events("nil in a table of incidents", row(undefined, undefined, undefined, "F0"), "nil_is_no_incident", "form"),
  events(
    "swapped axes in a table",
    row("", undefined, undefined, undefined, undefined, undefined, "-7.01", "112.01"),
    "swapped_axes",
    "geometry",
  ),
  file(
    "a workbook that says it unpacks to 4 GB",
    ["indicators", "p.xlsx", { year: "2024" }],
    () => zipOf(book(""), { claimedSize: 4_000_000_000 }),
    "file_too_large",
  ),
  file(
    "a workbook with a password",
    ["indicators", "p.xlsx", { year: "2024" }],
    () => zipOf(book(""), { encrypted: true }),
    "file_encrypted",
  ),
  file(
    "entities in a workbook",
    ["indicators", "p.xlsx", { year: "2024" }],
    () => zipOf({ ...book(""), "xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>' }),
    "file_damaged",
  ),
  file(
    "a workbook cut in half",
    ["indicators", "p.xlsx", { year: "2024" }],
    () => zipOf(book(sheetRows([["kode"], ["a"]]))).subarray(0, 400),
    "file_damaged",
  ),
  file(
    "a sheet that is not there",
    ["indicators", "p.xlsx", { year: "2024", sheet: "Tiada" }],
    () =>
      zipOf(
        book(
          sheetRows([
            ["kode", "population"],
            [village, 7],
          ]),
        ),
      ),
    "sheet_missing",
  ),
  file(
    "Excel's 60th day",
    ["incidents", "k.xlsx"],
    () =>
      zipOf(
        book(
          sheetRows([
            ["village_code", "occurred_from", "issue", "form", "facts"],
            [village, { value: 60, style: 1 }, "404", "F6", "Tak ada"],
          ]),
          { formats: ["dd/mm/yyyy"] },
        ),
      ),
    "invalid_date",
    "occurred_from",
  ),
  file(
    "a zip that climbs out",
    ["boundaries", "b.zip"],
    () => zipOf({ "../../../../tmp/desa.shp": "a", "../../desa.dbf": "b" }),
    "zip_refused",
  ),
  file("a zip of nothing", ["boundaries", "b.zip"], () => zipOf({}), "zip_refused"),
  file(
    "a shapefile without its table",
    ["boundaries", "b.zip"],
    () => zipOf({ "desa.shp": letters(200), "desa.shx": letters(100) }),
    "part_missing",
  ),
  file(
    "a zip bomb",
    ["boundaries", "b.zip"],
    () => zipOf({ "desa.shp": letters(300 * mebibytes), "desa.dbf": "b", "desa.shx": "c" }),
    "file_damaged",
  ),
  file(
    "a zip that lies about its size",
    ["boundaries", "b.zip"],
    () => zipOf({ "desa.shp": letters(1000), "desa.dbf": "b", "desa.shx": "c" }, { claimedSize: 10 }),
    "file_damaged",
  ),
  people("a gzip bomb", () => gzipSync(letters(300 * mebibytes)), "file_damaged"),
  people("a picture packed with gzip", () => gzipSync(Buffer.from("89504e470000", "hex")), "file_not_understood"),
  people("a gzip cut in half", () => gzipSync(Buffer.from(`kode,population\n${village},7\n`.repeat(2000))).subarray(0, 60), "file_cut"),
];
