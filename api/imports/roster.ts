import type { FileRow } from "../formats/rows.ts";
import { villageCodes } from "../queries/samples.ts";
import { keptLines, storeStagedRoster } from "../queries/stagedRoster.ts";
import { uuidOf } from "./incidentRow.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest, Prepared, Say } from "./request.ts";
import { readRosterRow, rosterFields, rosterHash } from "./rosterRow.ts";
import { settleKept } from "./settleKept.ts";
import { settleStaged } from "./settleStaged.ts";
import { stageRecordFile } from "./stageRecordFile.ts";

/** One row as it is staged, or what is wrong with it. */
function stagedLine(row: FileRow, record: Record<string, unknown>, parts: ImportParts) {
  const checked = readRosterRow(row, record, parts);
  if ("faults" in checked) return checked;
  const { line } = checked;
  return {
    staged: {
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
    },
  };
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
  await stageRecordFile(request, rows, parts, report, rosterFields, (row, record) => stagedLine(row, record, parts));
  say(60, "Memeriksa", "Checking");
  await settleStaged(request, parts, report, { field: "area_code", unknown: "unknown_area" });
  if (!(await settleKept(request, parts, report, keptLines))) return null;
  return {
    async store(transaction) {
      const areas = await storeStagedRoster(transaction, request.id, { recordedAt: parts.now, person: request.person });
      return villageCodes(transaction, areas);
    },
  };
}
