import type { JoinReport } from "../contract/importReport.ts";

/** How rows and areas met as a table: a line for each row without an area, each kabupaten not loaded, each area told twice and each area without a row. */
export function joinTable(
  join: JoinReport | undefined,
): { part: string; code: string; row: string; value: unknown; number: number | null }[] {
  if (!join) return [];
  const line = (part: string, code: string, more: { row?: string; value?: unknown; number?: number }) => ({
    part,
    code,
    row: more.row ?? "",
    value: more.value ?? "",
    number: more.number ?? null,
  });
  return [
    line("matched", "", { number: join.matched.areas }),
    ...join.unmatched.list.map(({ row, value, code }) => line("unmatched", code, { row: String(row), value })),
    ...join.notLoaded.regencies.map(({ code, rows }) => line("notLoaded", code, { number: rows })),
    ...join.twice.list.map(({ code, rows }) => line("twice", code, { row: rows.join(" ") })),
    ...join.withoutRow.codes.map((code) => line("withoutRow", code, {})),
    ...join.withoutRow.parents.map(({ code, missing, of }) =>
      line("withoutRowByArea", code, { value: `${missing}/${of}`, number: missing }),
    ),
  ];
}
