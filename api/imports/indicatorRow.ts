import type { Fault } from "../contract/incident.ts";
import { problem } from "../problem.ts";

export interface IndicatorValue {
  readonly indicator: string;
  readonly year: number;
  readonly value: number;
}

/** Columns that describe an area rather than measure it; no indicator is ever made of them without a mapping. */
const describing =
  /^(no|nomor|id|idx|gid|fid|objectid|lat|lon|lng|lintang|bujur|(kode|code|nama|name|kd|nm|bps)(_.*)?|.*_(code|name|kode|nama)|desa|kelurahan|kecamatan|kabupaten|kota|provinsi|status|flag|keterangan|sumber|source|cara_cocok)$/;

const plainNumber = /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/;
const decimalComma = /^[-+]?\d+,\d+$/;

/** Reads an ordinary number, with a decimal point or comma; NaN for anything else. Thousands separators are not guessed at. */
export function readNumber(value: unknown): number {
  if (typeof value === "number") return Number.isFinite(value) ? value : Number.NaN;
  if (typeof value !== "string") return Number.NaN;
  const text = value.trim();
  const number = plainNumber.test(text) ? Number(text) : decimalComma.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
  return Number.isFinite(number) ? number : Number.NaN;
}

/** The identifier of an indicator by its column's name, or null where none can be made. */
export function indicatorId(column: string): string | null {
  const id = column
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 63);
  return /^[a-z]/.test(id) ? id : null;
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || (typeof value === "string" && value.trim() === "");

function checkedValue(field: string, indicator: string, value: unknown, faults: Fault[]): number | null {
  const number = readNumber(value);
  if (indicator === "population" && !(Number.isInteger(number) && number >= 0 && number <= 1e9))
    faults.push({ field, code: "not_a_count", value });
  else if (Number.isNaN(number)) faults.push({ field, code: "invalid_number", value });
  else return number;
  return null;
}

/** The indicator and value of a row in long form; null, with its faults added, where one is missing or wrong. */
function longValue(record: Readonly<Record<string, unknown>>, faults: Fault[]): { indicator: string; value: number } | null {
  const indicator = indicatorId(String(record.indicator ?? ""));
  if (indicator === null) {
    faults.push({
      field: "indicator",
      code: isBlank(record.indicator) ? "missing_field" : "invalid_field",
      value: record.indicator,
      expected: "a–z, 0–9, _",
    });
    return null;
  }
  if (isBlank(record.value)) {
    faults.push({ field: "value", code: "missing_field" });
    return null;
  }
  const value = checkedValue("value", indicator, record.value, faults);
  return value === null ? null : { indicator, value };
}

/**
 * Makes the reader of one file's rows, in wide form (a column an indicator) or long form (columns indicator and value). Without a mapping a column
 * of unknown name counts as an indicator when its first value is a number; from then on a word in it is a fault. An empty cell says nothing.
 */
export function indicatorReader(file: { readonly name: string; readonly year: number | null; readonly isMapped: boolean }) {
  const idOf = new Map<string, string | null>();
  let isLongForm = false;

  const decide = (column: string, value: unknown): string | null => {
    const id = indicatorId(column);
    const counts =
      file.isMapped || column === "population" || (!describing.test(column.trim().toLowerCase()) && !Number.isNaN(readNumber(value)));
    if (file.isMapped && id === null) throw problem("invalid_parameter", { field: "mapping", value: column, expected: "a–z, 0–9, _" });
    const decided = counts ? id : null;
    idOf.set(column, decided);
    return decided;
  };

  const yearOf = (record: Readonly<Record<string, unknown>>, faults: Fault[]): number | null => {
    if (isBlank(record.year)) {
      if (file.year === null) throw problem("year_needed", { field: "year", name: file.name });
      return file.year;
    }
    const year = readNumber(record.year);
    if (Number.isInteger(year) && year >= 1900 && year <= 2200) return year;
    faults.push({ field: "year", code: "invalid_year", value: record.year });
    return null;
  };

  return {
    /** The values a row tells; what is wrong with it is added to `faults`. */
    read(record: Readonly<Record<string, unknown>>, faults: Fault[]): IndicatorValue[] {
      const year = yearOf(record, faults);
      const isLong = Object.hasOwn(record, "indicator") && Object.hasOwn(record, "value");
      if (isLong) {
        isLongForm = true;
        const value = longValue(record, faults);
        return value !== null && year !== null ? [{ ...value, year }] : [];
      }
      const values: IndicatorValue[] = [];
      for (const [column, cell] of Object.entries(record)) {
        if (column === "code" || column === "year" || isBlank(cell)) continue;
        const indicator = idOf.has(column) ? idOf.get(column)! : decide(column, cell);
        const value = indicator === null ? null : checkedValue(column, indicator, cell, faults);
        if (indicator !== null && value !== null && year !== null) values.push({ indicator, year, value });
      }
      return values;
    },
    /** Whether any column has been taken for an indicator. */
    hasIndicator: (): boolean => isLongForm || [...idOf.values()].some((id) => id !== null),
  };
}
