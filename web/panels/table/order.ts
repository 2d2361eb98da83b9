import type { Band } from "../detail/riskValues.ts";

/** One village of the table, as on the map; null is unknown. */
export interface AreaRow {
  readonly code: string;
  readonly name: string;
  readonly districtName: string;
  readonly score: number | null;
  readonly scoreLower: number | null;
  readonly scoreUpper: number | null;
  readonly band: Band | null;
  readonly rank: number | null;
  readonly count: number | null;
  readonly population: number | null;
  /** `hot` or `cold` where significant. */
  readonly hotspotClass: string | null;
  readonly q: number | null;
}

export type Column = "name" | "score" | "rank" | "count" | "population" | "hotspot";

export interface SortOrder {
  readonly column: Column;
  readonly direction: "ascending" | "descending";
}

/** How a column is first sorted when it is pressed: what matters most on top. */
export const firstDirection: Record<Column, SortOrder["direction"]> = {
  name: "ascending",
  score: "descending",
  rank: "ascending",
  count: "descending",
  population: "descending",
  hotspot: "ascending",
};

function keyOf(row: AreaRow, column: Column): number | null {
  if (column !== "hotspot") return column === "name" ? null : row[column];
  if (row.hotspotClass === "hot") return row.q ?? 0;
  return row.hotspotClass === "cold" ? 2 + (row.q ?? 0) : null;
}

/** Whether a village was assessed: the others stand below, each with its reason. */
export function isAssessed(row: AreaRow): boolean {
  return row.band !== null && row.band !== "DATA KURANG";
}

/**
 * The assessed villages in the order asked, then those short of data by name. What is unknown stands after what is known, whichever the direction; equal ones
 * follow by rank, then name.
 */
export function ordered(rows: readonly AreaRow[], order: SortOrder): { readonly assessed: AreaRow[]; readonly lacking: AreaRow[] } {
  const byName = new Intl.Collator("id").compare;
  const sign = order.direction === "ascending" ? 1 : -1;
  const compare = (a: AreaRow, b: AreaRow): number => {
    const named = byName(a.name, b.name) || byName(a.districtName, b.districtName);
    if (order.column === "name") return sign * named || (a.code < b.code ? -1 : 1);
    const [keyA, keyB] = [keyOf(a, order.column), keyOf(b, order.column)];
    if (keyA !== null && keyB !== null && keyA !== keyB) return sign * (keyA - keyB);
    if ((keyA === null) !== (keyB === null)) return keyA === null ? 1 : -1;
    return (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER) || named || (a.code < b.code ? -1 : 1);
  };
  return {
    assessed: rows.filter(isAssessed).sort(compare),
    lacking: rows.filter((row) => !isAssessed(row)).sort((a, b) => byName(a.name, b.name) || (a.code < b.code ? -1 : 1)),
  };
}

/** Where a key leads from one line of the table (-1: none yet) to another; null for other keys. The line between assessed and lacking, null, is stepped over. */
export function lineAfter(key: string, from: number, lines: readonly (AreaRow | null)[], page: number): AreaRow | null {
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -lines.length, End: lines.length }[key];
  if (steps === undefined) return null;
  const to = Math.max(0, Math.min(lines.length - 1, from + steps));
  return lines[to] ?? lines[to + Math.sign(steps)] ?? null;
}
