import type { Database } from "../database/database.ts";
import { problem } from "../problem.ts";
import { builtUpon, findUndo, type ImportUndo, keepUndo, restoreValues, withdrawImported } from "../queries/importUndo.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { markDue } from "../queries/standing.ts";

/** Kinds whose imports can be taken back. Borders and lists of areas carry everything that came after them. */
export const undoableKinds: readonly string[] = ["incidents", "indicators"];

/**
 * Takes a stored import back, in one transaction: its incidents are withdrawn, its numbers become those of before, both as new versions, so that what was known then
 * can still be asked. Doing it again changes nothing.
 * @throws import_built_upon when somebody has worked on what it brought.
 */
export async function undoImport(
  database: Database,
  importId: string,
  change: { at: Date; person: string; reason: string | null },
): Promise<ImportUndo> {
  return database.transaction(
    async (transaction) => {
      await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`import ${importId}`]);
      const known = await findUndo(transaction, importId);
      if (known) return known;
      const { count, examples } = await builtUpon(transaction, importId);
      if (count > 0) throw problem("import_built_upon", { value: importId, count, examples: examples.join(", ") });
      const incidents = await withdrawImported(transaction, importId, change);
      const values = await restoreValues(transaction, importId, change.at);
      await keepUndo(transaction, importId, { ...change, incidents: incidents.length, indicatorValues: values.length });
      await markDue(transaction, [...new Set([...incidents, ...values])], change.at);
      await bumpDataVersion(transaction);
      return { incidents: incidents.length, indicatorValues: values.length, undoneAt: change.at.toISOString() };
    },
    { durable: true, bulk: true },
  );
}
