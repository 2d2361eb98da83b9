import type { ProblemCode } from "../contract/problems.ts";
import type { Database } from "../database/database.ts";
import { stagedQueued, unstageSettled } from "../queries/importQueue.ts";
import type { ReportBuilder } from "./report.ts";

/**
 * Tells in the report which staged rows will wait for a person; rows that somebody settled before are unchanged.
 * @returns how many will wait.
 */
export async function tellQueued(database: Database, importId: string, report: ReportBuilder): Promise<number> {
  report.unchanged += await unstageSettled(database, importId);
  const waiting = await stagedQueued(database, importId);
  for (const { row, reason, details } of waiting) report.queue(row, { field: "", ...details, code: reason as ProblemCode });
  return waiting.length;
}
