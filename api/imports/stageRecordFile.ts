import type { Fault } from "../contract/incident.ts";
import type { FileRow } from "../formats/rows.ts";
import { type StagedRecord, stageRecords } from "../queries/stagedRecords.ts";
import { type FieldAliases, recordReader } from "./columns.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest } from "./request.ts";
import { warnOfIgnored } from "./settleStaged.ts";

const rowsPerCopy = 1000;

/** Takes the columns that are none of the fields out of a record and remembers their names, to be told once. */
export function dropUnknown(record: Record<string, unknown>, fields: FieldAliases, ignored: Set<string>): void {
  for (const column of Object.keys(record)) {
    if (Object.hasOwn(fields, column)) continue;
    ignored.add(column);
    delete record[column];
  }
}

/** Reads a table into staging, a record a row; faulty rows and columns that were not read go to the report. */
export async function stageRecordFile(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
  fields: FieldAliases,
  check: (row: FileRow, record: Record<string, unknown>) => { readonly faults: Fault[] } | { readonly staged: Omit<StagedRecord, "row"> },
): Promise<void> {
  const read = recordReader(fields, request.options.mapping, { name: request.name, keepOthers: true });
  const ignored = new Set<string>();
  let batch: StagedRecord[] = [];
  const stage = async (): Promise<void> => {
    if (batch.length > 0) await stageRecords(parts.database, request.id, batch);
    batch = [];
  };
  for await (const part of rows) {
    parts.signal.throwIfAborted();
    for (const row of part) {
      const record = read(row.properties);
      dropUnknown(record, fields, ignored);
      const checked = check(row, record);
      if ("faults" in checked) report.reject(row.row, checked.faults);
      else batch.push({ row: row.row, ...checked.staged });
    }
    if (batch.length >= rowsPerCopy) await stage();
  }
  await stage();
  warnOfIgnored(ignored, report);
}
