import type { FileRow } from "../formats/rows.ts";
import { type StagedIncident, stageIncidents, storeStagedIncidents, unstageTaken } from "../queries/stagedIncidents.ts";
import { countStagedRecords, type StagedRecord, stageRecords } from "../queries/stagedRecords.ts";
import {
  stagedReport,
  storeStagedReports,
  unstageOrphans,
  unstageRows,
  unstageStrayReports,
  unstageTakenReports,
} from "../queries/stagedReports.ts";
import { recordReader } from "./columns.ts";
import { incidentHash, uuidOf } from "./incidentRow.ts";
import type { ReportBuilder } from "./report.ts";
import { madeIncidentId, readReportRow, reportFieldKind, reportFields } from "./reportRow.ts";
import type { ImportParts, ImportRequest, Prepared, Say } from "./request.ts";
import { settleStaged, warnOfIgnored } from "./settleStaged.ts";
import { dropUnknown } from "./stageRecordFile.ts";

const rowsPerCopy = 1000;
const judged: readonly string[] = ["verified", "rejected", "merged"];
const mayJudge = (role: string): boolean => role === "verifier" || role === "admin";

async function stageFile(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
): Promise<void> {
  const read = recordReader(reportFields, request.options.mapping, {
    name: request.name,
    keepOthers: true,
    ...(parts.cells ? { cells: parts.cells } : {}),
    kindOf: reportFieldKind,
  });
  const ignored = new Set<string>();
  const timesTold = new Map<string, number>();
  let records: StagedRecord[] = [];
  let incidents: StagedIncident[] = [];
  const stage = async (): Promise<void> => {
    if (records.length > 0) await stageRecords(parts.database, request.id, records);
    if (incidents.length > 0) await stageIncidents(parts.database, request.id, incidents);
    [records, incidents] = [[], []];
  };
  for await (const part of rows) {
    parts.signal.throwIfAborted();
    for (const row of part) {
      const record = read(row.properties);
      dropUnknown(record, reportFields, ignored);
      const checked = readReportRow(row, record, parts);
      if ("faults" in checked) {
        report.reject(row.row, checked.faults);
        continue;
      }
      const { properties } = checked.report;
      if (judged.includes(properties.status) && !mayJudge(request.role)) {
        report.reject(row.row, [{ field: "status", code: "not_allowed", value: properties.status, role: request.role }]);
        continue;
      }
      const times = (timesTold.get(checked.contentHash) ?? 0) + 1;
      if (!properties.id) timesTold.set(checked.contentHash, times);
      const id = properties.id?.toLowerCase() ?? uuidOf(`report ${checked.contentHash} ${times}`);
      const made = checked.incident && { ...checked.incident, id: madeIncidentId(id) };
      records.push({
        row: row.row,
        id,
        areaCodes: [properties.village_code],
        contentHash: checked.contentHash,
        record: stagedReport(checked.report, made ? [made.id] : properties.incident_ids),
      });
      if (made) incidents.push({ ...made, row: row.row, reportId: id, contentHash: incidentHash(made) });
    }
    if (records.length >= rowsPerCopy) await stage();
  }
  await stage();
  warnOfIgnored(ignored, report);
}

/**
 * Reads, checks and stages reports, nil ones too. A report without an id gets one made from its content, so that the same file twice changes nothing; a row that
 * names no incident makes its own when it tells what happened and when.
 * @returns what stores them, or null when nothing is to be stored: rows rejected without `partial`, a dry run, or no change.
 */
export async function prepareReports(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
  say: Say,
): Promise<Prepared | null> {
  const { database } = parts;
  await stageFile(request, rows, parts, report);
  say(60, "Mencari desa dan kejadian", "Finding villages and incidents");
  await settleStaged(request, parts, report, { field: "village_code", unknown: "unknown_village" });
  for (const { row, id, isSame } of await unstageTakenReports(database, request.id)) {
    if (isSame) report.unchanged++;
    else report.reject(row, [{ field: "id", code: "id_taken", value: id }]);
  }
  for (const { row, incident } of await unstageStrayReports(database, request.id, request.areas))
    report.reject(row, [{ field: "incident_ids", code: "not_found", value: `incidents ${incident}` }]);
  await unstageOrphans(database, request.id);
  const taken = await unstageTaken(database, request.id);
  await unstageRows(
    database,
    request.id,
    taken.map(({ row }) => row),
  );
  for (const { row, id } of taken) report.reject(row, [{ field: "id", code: "id_taken", value: id }]);
  const fresh = await countStagedRecords(database, request.id);
  report.accepted += fresh;
  if ((report.rejected > 0 && !request.options.partial) || request.options.dryRun || fresh === 0) return null;
  const entry = { recordedAt: parts.now, person: request.person };
  return {
    store: async (transaction) => {
      await storeStagedIncidents(transaction, request.id, { ...entry, timeZone: parts.timeZone });
      return storeStagedReports(transaction, request.id, entry);
    },
  };
}
