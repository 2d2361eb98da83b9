import type { FileRow } from "../formats/rows.ts";
import { potentialRecord } from "../queries/potentials.ts";
import { keptPotentials, placePotentials, storeStagedPotentials } from "../queries/stagedPotentials.ts";
import { uuidOf } from "./incidentRow.ts";
import { potentialFields, readPotentialRow } from "./potentialRow.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest, Prepared, Say } from "./request.ts";
import { settleKept } from "./settleKept.ts";
import { settleStaged } from "./settleStaged.ts";
import { stageRecordFile } from "./stageRecordFile.ts";

/** One row as it is staged, or what is wrong with it. */
function stagedPotential(row: FileRow, record: Record<string, unknown>, parts: ImportParts) {
  const checked = readPotentialRow(row, record, parts);
  if ("faults" in checked) return checked;
  const { potential, contentHash } = checked;
  const place = potential.villageCode ?? potential.point?.join(" ") ?? "";
  return {
    staged: {
      // The same title about the same issue in the same place is the same dispute, whose other cells may change from file to file.
      id: potential.id ?? uuidOf(`potential ${place} ${potential.issue} ${potential.title}`),
      areaCodes: potential.villageCodes,
      contentHash,
      record: potentialRecord({ ...potential, villageCode: potential.villageCode ?? "" }),
    },
  };
}

/**
 * Reads, checks, places and stages standing disputes. One without an id is known by its place, issue and title: the same file twice changes nothing, not even what
 * people have changed in the meantime, and a changed cell makes a new version.
 * @returns what stores them, or null when nothing is to be stored: rows rejected without `partial`, a dry run, or no change.
 */
export async function preparePotentials(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
  say: Say,
): Promise<Prepared | null> {
  await stageRecordFile(request, rows, parts, report, potentialFields, (row, record) => stagedPotential(row, record, parts));
  say(60, "Mencari desa", "Finding villages");
  for (const { row, lon, lat } of await placePotentials(parts.database, request.id))
    report.reject(row, [{ field: "geometry", code: "point_outside", value: [lon, lat] }]);
  await settleStaged(request, parts, report, { field: "village_code", unknown: "unknown_village" });
  if (!(await settleKept(request, parts, report, keptPotentials))) return null;
  return {
    store: (transaction) => storeStagedPotentials(transaction, request.id, { recordedAt: parts.now, person: request.person }),
  };
}
