import type { ProblemCode } from "../contract/problems.ts";
import { unstageOutOfScope, unstageRecordsTwice, unstageUnknownAreas } from "../queries/stagedRecords.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest } from "./request.ts";

const namedExamples = 5;

/** Sorts out staged records that stand twice, lie nowhere that is loaded, or outside of where the sender may change things. */
export async function settleStaged(
  request: ImportRequest,
  { database }: ImportParts,
  report: ReportBuilder,
  { field, unknown }: { readonly field: string; readonly unknown: ProblemCode },
): Promise<void> {
  for (const { id, rows, isDiffering } of await unstageRecordsTwice(database, request.id)) {
    if (!isDiffering) report.unchanged += rows.length - 1;
    else for (const row of rows) report.queue(row, { field: "id", code: "twice_not_loaded", value: id, rows: rows.join(", ") });
  }
  if (request.areas !== null) {
    for (const { row, code } of await unstageOutOfScope(database, request.id, request.areas))
      report.reject(row, [{ field, code: "outside_scope", value: code }]);
  }
  const elsewhere = new Set<string>();
  for (const { row, code, isFault } of await unstageUnknownAreas(database, request.id)) {
    if (isFault) report.reject(row, [{ field, code: unknown, value: code }]);
    else {
      report.notLoaded++;
      elsewhere.add(code.slice(0, 5));
    }
  }
  if (elsewhere.size === 0) return;
  const examples = [...elsewhere].slice(0, namedExamples).join(", ");
  report.warn(null, { field, code: "rows_not_loaded", value: report.notLoaded, regencies: elsewhere.size, examples });
}

/** Tells which columns were not read. */
export function warnOfIgnored(columns: ReadonlySet<string>, report: ReportBuilder): void {
  for (const column of columns) report.warn(null, { field: column, code: "column_ignored", value: column });
}
