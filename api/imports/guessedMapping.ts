import { formCodes, issueCodes } from "../contract/taxonomy.ts";
import type { FileRow } from "../formats/rows.ts";
import { readAreaCode } from "./areaCode.ts";
import { columnsByAlias } from "./columns.ts";
import { isAmbiguousDay, readDay } from "./dayText.ts";
import type { ImportField } from "./fieldList.ts";
import { isDescribing, measuredColumns } from "./indicatorColumns.ts";
import { looksNumeric, readDegrees } from "./numberText.ts";

export interface GuessedField {
  readonly field: string;
  readonly column: string;
  readonly why: "alias" | "content";
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const mostlyShare = 0.8;
const longTextLetters = 30;

type Test = (value: unknown) => boolean;
const between = (low: number, high: number): Test => {
  return (value) => {
    const degrees = readDegrees(value);
    return degrees >= low && degrees <= high && !Number.isInteger(degrees);
  };
};
const isCode: Test = (value) => "code" in readAreaCode(value) && String(value).replace(/\D/g, "").length >= 4;
const isDayLike: Test = (value) => readDay(value, "dmy", "UTC") !== null || readDay(value, "mdy", "UTC") !== null || isAmbiguousDay(value);
const longitude = between(90, 145);
const latitude = between(-15, 10);

/** What the values of a field look like, for fields that can be told by that. */
const looks: Readonly<Record<string, Test>> = {
  id: (value) => uuid.test(String(value)),
  code: isCode,
  area_code: isCode,
  village_code: isCode,
  issue: (value) => issueCodes.includes(String(value) as never),
  form: (value) => formCodes.includes(String(value).toUpperCase() as never),
  occurred_from: isDayLike,
  obtained_at: isDayLike,
  lon: longitude,
  longitude,
  lat: latitude,
  latitude,
  facts: (value) => String(value).length >= longTextLetters && /\s/.test(String(value)),
};

/** Share of a column's values that look like that; 0 where it holds none. */
function shareOf(values: readonly unknown[], test: Test): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length;
}

/**
 * Guesses which column is which field: by its name first, then by what it holds, where at least four of five values look like that field's. For indicators
 * each column of numbers is one of its own. Nothing is taken by a guess of content alone until a person has seen it.
 */
export function guessMapping(
  fields: readonly ImportField[],
  columns: readonly string[],
  sample: readonly FileRow[],
  isIndicators: boolean,
): GuessedField[] {
  const byAlias = columnsByAlias(Object.fromEntries(fields.map(({ name, aliases }) => [name, aliases])), columns);
  const guessed: GuessedField[] = [...byAlias].map(([field, column]) => ({ field, column, why: "alias" }));
  const taken = new Set(byAlias.values());
  const valuesOf = (column: string): unknown[] =>
    sample.map(({ properties }) => properties[column]).filter((value) => value !== null && value !== undefined && value !== "");
  for (const { name } of fields) {
    const test = looks[name];
    if (!test || byAlias.has(name)) continue;
    const shares = columns.filter((column) => !taken.has(column)).map((column) => ({ column, share: shareOf(valuesOf(column), test) }));
    const best = shares.reduce((a, b) => (b.share > a.share ? b : a), { column: "", share: 0 });
    if (best.share < mostlyShare) continue;
    taken.add(best.column);
    guessed.push({ field: name, column: best.column, why: "content" });
  }
  const isLongForm = byAlias.has("indicator") && byAlias.has("value");
  if (!isIndicators || isLongForm) return guessed;
  const measured = measuredColumns({ isMapped: false, indicator: null });
  for (const column of columns) {
    const first = taken.has(column) || isDescribing(column) ? undefined : valuesOf(column)[0];
    const found = looksNumeric(first) ? measured.of(column, first) : null;
    if (found) guessed.push({ field: found.year === null ? found.indicator : `${found.indicator}@${found.year}`, column, why: "content" });
  }
  return guessed;
}
