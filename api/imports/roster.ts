import type { FileRow } from "../formats/rows.ts";
import { villageCodes } from "../queries/samples.ts";
import { countStagedRecords, type StagedRecord, stageRecords } from "../queries/stagedRecords.ts";
import { storeStagedRoster, unstageSameLines, unstageTakenLines } from "../queries/stagedRoster.ts";
import { recordReader } from "./columns.ts";
import { uuidOf } from "./incidentRow.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest, Prepared, Say } from "./request.ts";
import { readRosterRow, rosterFields, rosterHash } from "./rosterRow.ts";
import { settleStaged, warnOfIgnored } from "./settleStaged.ts";

const rowsPerCopy = 2000;

async function stageFile(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
): Promise<void> {
  const read = recordReader(rosterFields, request.options.mapping, { name: request.name, keepOthers: true });
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
      for (const column of Object.keys(record)) {
        if (Object.hasOwn(rosterFields, column)) continue;
        ignored.add(column);
        delete record[column];
      }
      const checked = readRosterRow(row, record, parts);
      if ("faults" in checked) {
        report.reject(row.row, checked.faults);
        continue;
      }
      const { line } = checked;
      batch.push({
        row: row.row,
        // The same reporter of the same area from the same day is the same line, whose other cells may change from file to file.
        id: line.id ?? uuidOf(`roster ${line.areaCode} ${line.reporter ?? line.reporterRole ?? ""} ${line.validFrom}`),
        areaCodes: [line.areaCode],
        contentHash: rosterHash(line),
        record: {
          area_code: line.areaCode,
          cadence: line.cadence,
          every_days: line.everyDays,
          grace_days: line.graceDays,
          valid_from: line.validFrom,
          valid_to: line.validTo,
          reporter_role: line.reporterRole,
        },
        reporter: line.reporter,
      });
    }
    if (batch.length >= rowsPerCopy) await stage();
  }
  await stage();
  warnOfIgnored(ignored, report);
}

/**
 * Reads, checks and stages the lines of a roster. A line without an id is known by its area, its reporter and its first day: the same file twice changes nothing,
 * and a changed cell changes its line.
 * @returns what stores them, or null when nothing is to be stored: rows rejected without `partial`, a dry run, or no change.
 */
export async function prepareRoster(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
  say: Say,
): Promise<Prepared | null> {
  await stageFile(request, rows, parts, report);
  say(60, "Memeriksa", "Checking");
  await settleStaged(request, parts, report, { field: "area_code", unknown: "unknown_area" });
  for (const { row, id } of await unstageTakenLines(parts.database, request.id, request.areas))
    report.reject(row, [{ field: "id", code: "id_taken", value: id }]);
  report.unchanged += await unstageSameLines(parts.database, request.id);
  const fresh = await countStagedRecords(parts.database, request.id);
  report.accepted += fresh;
  if ((report.rejected > 0 && !request.options.partial) || request.options.dryRun || fresh === 0) return null;
  return {
    async store(transaction) {
      const areas = await storeStagedRoster(transaction, request.id, { recordedAt: parts.now, person: request.person });
      return villageCodes(transaction, areas);
    },
  };
}
