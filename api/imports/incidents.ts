import type { FileRow } from "../formats/rows.ts";
import {
  countStagedIncidents,
  placeByPoint,
  pointsElsewhere,
  type StagedIncident,
  stageIncidents,
  storeStagedIncidents,
  unstageIdsTwice,
  unstageMisplaced,
  unstageOutside,
  unstageTaken,
} from "../queries/stagedIncidents.ts";
import { recordReader } from "./columns.ts";
import { incidentFieldKind, incidentFields, incidentHash, readIncidentRow, uuidOf } from "./incidentRow.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest, Prepared, Say } from "./request.ts";

const rowsPerCopy = 2000;
const judged: readonly string[] = ["verified", "rejected", "merged"];
const mayJudge = (role: string): boolean => role === "verifier" || role === "admin";

async function stageFile(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
): Promise<void> {
  const cells = parts.cells ? { cells: parts.cells } : {};
  const read = recordReader(incidentFields, request.options.mapping, {
    name: request.name,
    keepOthers: true,
    ...cells,
    kindOf: incidentFieldKind,
  });
  const known = new Set(Object.keys(incidentFields));
  const ignored = new Set<string>();
  const timesTold = new Map<string, number>();
  let batch: StagedIncident[] = [];
  for await (const part of rows) {
    parts.signal.throwIfAborted();
    for (const row of part) {
      const record = read(row.properties);
      for (const column of Object.keys(record)) {
        if (known.has(column)) continue;
        ignored.add(column);
        delete record[column];
      }
      const checked = readIncidentRow(row, record, parts);
      if ("faults" in checked) {
        report.reject(row.row, checked.faults);
        continue;
      }
      const { incident } = checked;
      if (judged.includes(incident.status) && !mayJudge(request.role)) {
        report.reject(row.row, [{ field: "status", code: "not_allowed", value: incident.status, role: request.role }]);
        continue;
      }
      const contentHash = incidentHash(incident);
      let id = incident.id;
      if (id === null) {
        const times = (timesTold.get(contentHash) ?? 0) + 1;
        timesTold.set(contentHash, times);
        id = uuidOf(`incident ${contentHash} ${times}`);
      }
      batch.push({ ...incident, row: row.row, id, reportId: uuidOf(`report ${id}`), contentHash });
    }
    if (batch.length >= rowsPerCopy) {
      await stageIncidents(parts.database, request.id, batch);
      batch = [];
    }
  }
  if (batch.length > 0) await stageIncidents(parts.database, request.id, batch);
  for (const column of ignored) report.warn(null, { field: column, code: "column_ignored", value: column });
}

/** Finds the places and sorts out what is there already, twice, or nowhere. */
async function checkStaged(request: ImportRequest, parts: ImportParts, report: ReportBuilder): Promise<void> {
  const { database } = parts;
  for (const { id, rows, isDiffering } of await unstageIdsTwice(database, request.id)) {
    if (!isDiffering) report.unchanged += rows.length - 1;
    else for (const row of rows) report.queue(row, { field: "id", code: "code_twice", value: id, rows: rows.join(", ") });
  }
  for (const { row, id, isSame } of await unstageTaken(database, request.id)) {
    if (isSame) report.unchanged++;
    else report.reject(row, [{ field: "id", code: "id_taken", value: id }]);
  }
  await placeByPoint(database, request.id);
  const elsewhere = new Set<string>();
  for (const { row, villageCode, lon, lat, isFault } of await unstageMisplaced(database, request.id)) {
    if (villageCode === null) report.reject(row, [{ field: "geometry", code: "point_outside", value: [lon, lat] }]);
    else if (isFault) report.reject(row, [{ field: "village_code", code: "unknown_village", value: villageCode }]);
    else {
      report.notLoaded++;
      elsewhere.add(villageCode.slice(0, 5));
    }
  }
  if (elsewhere.size > 0) {
    report.warn(null, {
      field: "village_code",
      code: "rows_not_loaded",
      value: report.notLoaded,
      regencies: elsewhere.size,
      examples: [...elsewhere].slice(0, 5).join(", "),
    });
  }
  if (request.areas !== null) {
    for (const { row, villageCode } of await unstageOutside(database, request.id, request.areas))
      report.reject(row, [{ field: "village_code", code: "outside_scope", value: villageCode }]);
  }
  for (const { row, villageCode, metres } of await pointsElsewhere(database, request.id)) {
    report.warn(row, { field: "geometry", code: "point_elsewhere", value: villageCode, metres: Math.round(metres) });
  }
}

/**
 * Reads, checks, places and stages incidents. An incident without an id gets one made from its content, so that the same file twice changes nothing.
 * @returns what stores them, or null when nothing is to be stored: rows rejected without `partial`, a dry run, or no change.
 */
export async function prepareIncidents(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
  say: Say,
): Promise<Prepared | null> {
  await stageFile(request, rows, parts, report);
  say(60, "Mencari desa", "Finding villages");
  await checkStaged(request, parts, report);
  const fresh = await countStagedIncidents(parts.database, request.id);
  report.accepted += fresh;
  if ((report.rejected > 0 && !request.options.partial) || request.options.dryRun || fresh === 0) return null;
  return {
    store: (transaction) =>
      storeStagedIncidents(transaction, request.id, { recordedAt: parts.now, person: request.person, timeZone: parts.timeZone }),
  };
}
