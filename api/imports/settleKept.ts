import { type KeptTable, unstageIdTaken, unstageSame } from "../queries/stagedKept.ts";
import { countStagedRecords } from "../queries/stagedRecords.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest } from "./request.ts";

/**
 * Sorts out staged records whose id is taken or that tell nothing new, and counts the others as accepted.
 * @returns whether anything is to be stored: not with rows rejected without `partial`, in a dry run, or without a change.
 */
export async function settleKept(
  request: ImportRequest,
  { database }: ImportParts,
  report: ReportBuilder,
  table: KeptTable,
): Promise<boolean> {
  for (const { row, id } of await unstageIdTaken(database, table, request.id, request.areas))
    report.reject(row, [{ field: "id", code: "id_taken", value: id }]);
  report.unchanged += await unstageSame(database, table, request.id);
  const fresh = await countStagedRecords(database, request.id);
  report.accepted += fresh;
  return fresh > 0 && !request.options.dryRun && (report.rejected === 0 || request.options.partial);
}
