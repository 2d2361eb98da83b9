import type { Fault } from "../contract/incident.ts";
import { problem } from "../problem.ts";
import { ambiguityTold } from "./cellReader.ts";
import { indicatorId, measuredColumns } from "./indicatorColumns.ts";
import { readNumber } from "./numberText.ts";

export interface IndicatorValue {
  readonly indicator: string;
  readonly year: number;
  readonly value: number;
  /** As the row itself says them; null where it does not. */
  readonly source: string | null;
  readonly unit: string | null;
  readonly licence: string | null;
}

const aboutTheRow: ReadonlySet<string> = new Set(["code", "year", "source", "unit", "licence"]);
const isBlank = (value: unknown): boolean => value === undefined || value === null || (typeof value === "string" && value.trim() === "");
const shortText = (value: unknown): string | null => (isBlank(value) ? null : String(value).trim().slice(0, 300));

function checkedValue(field: string, indicator: string, value: unknown, faults: Fault[]): number | null {
  const number = readNumber(value);
  if (indicator === "population" && !(Number.isInteger(number) && number >= 0 && number <= 1e9))
    faults.push(ambiguityTold({ field, code: "not_a_count", value }));
  else if (Number.isNaN(number)) faults.push(ambiguityTold({ field, code: "invalid_number", value }));
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
 * Makes the reader of one file's rows, in wide form (a column an indicator, perhaps of a year of its own) or long form (columns indicator and value). A word
 * in a column of numbers is a fault. An empty cell says nothing.
 */
export function indicatorReader(file: {
  readonly name: string;
  readonly year: number | null;
  readonly indicator: string | null;
  readonly isMapped: boolean;
}) {
  const columns = measuredColumns(file);
  let isLongForm = false;

  const yearOf = (record: Readonly<Record<string, unknown>>, faults: Fault[]): number | null => {
    if (isBlank(record.year)) {
      if (file.year === null) throw problem("year_needed", { field: "year", name: file.name });
      return file.year;
    }
    const year = readNumber(record.year);
    if (Number.isInteger(year) && year >= 1900 && year <= 2200) return year;
    if (!faults.some(({ field }) => field === "year")) faults.push({ field: "year", code: "invalid_year", value: record.year });
    return null;
  };

  return {
    /** The values a row tells; what is wrong with it is added to `faults`. */
    read(record: Readonly<Record<string, unknown>>, faults: Fault[]): IndicatorValue[] {
      const about = { source: shortText(record.source), unit: shortText(record.unit), licence: shortText(record.licence) };
      if (Object.hasOwn(record, "value") && (Object.hasOwn(record, "indicator") || file.indicator !== null)) {
        isLongForm = true;
        const year = yearOf(record, faults);
        const value = longValue({ indicator: file.indicator, ...record }, faults);
        return value !== null && year !== null ? [{ ...value, year, ...about }] : [];
      }
      const values: IndicatorValue[] = [];
      for (const [column, cell] of Object.entries(record)) {
        if (aboutTheRow.has(column) || isBlank(cell)) continue;
        const measured = columns.of(column, cell);
        if (measured === null) continue;
        const value = checkedValue(column, measured.indicator, cell, faults);
        const year = measured.year ?? yearOf(record, faults);
        if (value !== null && year !== null) values.push({ indicator: measured.indicator, year, value, ...about });
      }
      return values;
    },
    /** Whether any column has been taken for an indicator. */
    hasIndicator: (): boolean => isLongForm || columns.hasAny(),
    nameless: columns.nameless,
  };
}
