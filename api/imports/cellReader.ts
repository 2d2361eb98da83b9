import type { Fault } from "../contract/incident.ts";
import type { FileRow } from "../formats/rows.ts";
import { readAreaCode } from "./areaCode.ts";
import { type DayOrder, isAmbiguousDay, judgeDayOrder, readDay } from "./dayText.ts";
import { type DecimalMark, isAmbiguousNumber, judgeDecimalMark, readDegrees, readNumber } from "./numberText.ts";

/** What a field holds, which says how the text of a cell is read. */
export type FieldKind = "text" | "number" | "coordinate" | "day" | "code";

/** Reads a cell of a column as that kind; what cannot be read so stays as it is, for the check of the field to name. */
export type CellReader = (column: string, kind: FieldKind, value: unknown) => unknown;

const signs = { point: "1234.5", comma: "1234,5" } as const;
const orders = { dmy: "31/12/2025", mdy: "12/31/2025" } as const;

/**
 * Makes the reader of a table's cells. How a column writes its numbers and days is judged by a sample of it, unless the sender says so for all of them; it is
 * told where it made a difference.
 */
export function cellReader(
  sample: readonly FileRow[],
  told: { readonly decimal: DecimalMark | null; readonly dates: DayOrder | null; readonly timeZone: string },
  warn: (fault: Fault) => void,
): CellReader {
  const marks = new Map<string, DecimalMark | null>();
  const dayOrders = new Map<string, DayOrder | null>();
  const valuesOf = (column: string): unknown[] => sample.map(({ properties }) => properties[column]);

  const markOf = (column: string): DecimalMark | null => {
    const known = marks.get(column);
    if (known !== undefined) return known;
    const { mark, matters } = judgeDecimalMark(valuesOf(column));
    const taken = told.decimal ?? mark;
    if (taken !== null && matters) warn({ field: column, code: "number_style", value: signs[taken] });
    marks.set(column, taken);
    return taken;
  };
  const orderOf = (column: string): DayOrder | null => {
    const known = dayOrders.get(column);
    if (known !== undefined) return known;
    const { order, matters } = judgeDayOrder(valuesOf(column));
    const taken = told.dates ?? order;
    if (taken !== null && matters) warn({ field: column, code: "date_style", value: orders[taken] });
    dayOrders.set(column, taken);
    return taken;
  };

  return (column, kind, value) => {
    if (kind === "text") {
      if (typeof value === "number" || typeof value === "boolean") return String(value);
      // A cell of nothing but marks that show nothing is empty.
      return typeof value === "string" && value.length < 10 && /^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*$/.test(value)
        ? ""
        : value;
    }
    if (kind === "code") {
      const code = readAreaCode(value);
      return "code" in code ? code.code : value;
    }
    if (typeof value !== "string" || value === "") return value;
    if (kind === "day") return readDay(value, orderOf(column), told.timeZone) ?? value;
    const number = kind === "coordinate" ? readDegrees(value) : readNumber(value, markOf(column));
    return Number.isNaN(number) ? value : number;
  };
}

/** Says of a value that could be read in two ways that it could, in place of calling it wrong. */
export function ambiguityTold(fault: Fault): Fault {
  if (["invalid_field", "invalid_number", "not_a_count"].includes(fault.code) && isAmbiguousNumber(fault.value))
    return { ...fault, code: "ambiguous_number" };
  if (fault.code === "invalid_date" && isAmbiguousDay(fault.value)) return { ...fault, code: "ambiguous_date" };
  return fault;
}
