import { problem } from "../problem.ts";
import { normalColumn } from "./columns.ts";
import { looksNumeric } from "./numberText.ts";

/** What a column of a wide table measures; `year` null means that of its row or its file. */
export interface MeasuredColumn {
  readonly indicator: string;
  readonly year: number | null;
}

/** Columns that describe an area rather than measure it; no indicator is ever made of them without a mapping. */
const describing =
  /^(no|nomor|id|idx|gid|fid|objectid|lat|lon|lng|lintang|bujur|(kode|code|nama|name|kd|nm|bps)(_.*)?|.*_(code|name|kode|nama)|desa|kelurahan|kecamatan|kabupaten|kota|provinsi|status|flag|keterangan|sumber|source|satuan|unit|lisensi|licen[cs]e|cara_cocok)$/;
const population = /^(population|(jumlah_)?penduduk|jumlah_jiwa|jiwa)$/;

/** Whether a column of this name only says which area a row is about, or something about its numbers. */
export function isDescribing(column: string): boolean {
  return describing.test(normalColumn(column));
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

/** A column's name parted from the year at its end: penduduk_2010, "Penduduk (2010)", 2010. */
export function withYear(column: string): { name: string; year: number | null } {
  const match = /^(.*?)_?((?:19|20|21)\d{2})$/.exec(normalColumn(column));
  return match ? { name: match[1]!, year: Number(match[2]) } : { name: normalColumn(column), year: null };
}

/** What a field of a mapping names: an indicator, or with `@2010` one of that year. @throws invalid_parameter. */
function mappedColumn(field: string): MeasuredColumn {
  const [, name, year] = /^(.*?)(?:@((?:19|20|21)\d{2}))?$/.exec(field)!;
  const indicator = indicatorId(name ?? "");
  if (indicator === null) throw problem("invalid_parameter", { field: "mapping", value: field, expected: "a–z, 0–9, _ (@2010)" });
  return { indicator, year: year === undefined ? null : Number(year) };
}

/**
 * Decides of each column of a wide table once, by its name and its first value, whether and what it measures. Without a mapping a column of unknown name
 * measures something when its first value is a number.
 * @param given.indicator what columns measure that are named by a year alone
 */
export function measuredColumns(given: { readonly isMapped: boolean; readonly indicator: string | null }) {
  const decided = new Map<string, MeasuredColumn | null>();
  const nameless = new Set<string>();

  const decide = (column: string, value: unknown): MeasuredColumn | null => {
    if (given.isMapped) return mappedColumn(column);
    if (column === "population") return { indicator: column, year: null };
    const { name, year } = withYear(column);
    if (isDescribing(name) || !looksNumeric(value)) return null;
    if (population.test(name)) return { indicator: "population", year };
    if (name !== "") {
      const indicator = indicatorId(name);
      return indicator === null ? null : { indicator, year };
    }
    if (given.indicator === null) nameless.add(column);
    return given.indicator === null ? null : { indicator: given.indicator, year };
  };

  return {
    of(column: string, value: unknown): MeasuredColumn | null {
      const known = decided.get(column);
      if (known !== undefined) return known;
      const found = decide(column, value);
      decided.set(column, found);
      return found;
    },
    hasAny: (): boolean => [...decided.values()].some((column) => column !== null),
    /** Columns named by a year alone, of which nobody said what they measure. */
    nameless: (): readonly string[] => [...nameless],
  };
}
