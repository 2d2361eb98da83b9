import type { FileRow } from "../formats/rows.ts";
import { settleByImport, storeCandidates, unstageDropped } from "../queries/importQueue.ts";
import { renumberUndone } from "../queries/importUndo.ts";
import {
  countStagedIncidents,
  placeByPoint,
  pointsElsewhere,
  storeStagedIncidents,
  unstageIdsTwice,
  unstageMisplaced,
  unstageOutside,
  unstageTaken,
} from "../queries/stagedIncidents.ts";
import { unstagePointsOutside } from "../queries/stagedPoints.ts";
import { nearMetres } from "./incidentPlacing.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest, Prepared, Say } from "./request.ts";
import { stageIncidentFile } from "./stageIncidentFile.ts";

/** Finds the places and sorts out what is there already, twice, or nowhere. */
async function checkStaged(request: ImportRequest, parts: ImportParts, report: ReportBuilder, elsewhere: Set<string>): Promise<void> {
  const { database } = parts;
  await placeByPoint(database, request.id);
  report.unchanged += await unstageDropped(database, request.id);
  for (const { rows, isDiffering } of await unstageIdsTwice(database, request.id, parts.timeZone)) {
    if (!isDiffering) report.unchanged += rows.length - 1;
  }
  await renumberUndone(database, request.id);
  for (const { row, id, isSame } of await unstageTaken(database, request.id)) {
    if (isSame) report.unchanged++;
    else report.reject(row, [{ field: "id", code: "id_taken", value: id }]);
  }
  for (const { row, lon, lat, metres, regencyCode } of await unstagePointsOutside(database, request.id, nearMetres, parts.timeZone)) {
    if (regencyCode !== null) {
      report.notLoaded++;
      elsewhere.add(regencyCode);
    } else if (metres === null) report.reject(row, [{ field: "geometry", code: "point_outside", value: [lon, lat] }]);
  }
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
  const { elsewhere } = await stageIncidentFile(request, rows, parts, report);
  say(60, "Mencari desa", "Finding villages");
  await checkStaged(request, parts, report, new Set(elsewhere));
  const fresh = await countStagedIncidents(parts.database, request.id);
  report.accepted += fresh;
  if ((report.rejected > 0 && !request.options.partial) || request.options.dryRun || fresh === 0) return null;
  return {
    async store(transaction) {
      const entry = { recordedAt: parts.now, person: request.person, timeZone: parts.timeZone };
      const villages = await storeStagedIncidents(transaction, request.id, entry);
      await storeCandidates(transaction, request.id);
      await settleByImport(transaction, request.id, request.person, parts.now);
      return villages;
    },
  };
}
