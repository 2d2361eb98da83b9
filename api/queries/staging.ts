import type { Queryable } from "../database/database.ts";

const tables = [
  "staged_area",
  "staged_neighbour",
  "staged_tile",
  "staged_indicator_value",
  "staged_incident",
  "staged_vintage_area",
  "staged_report",
  "staged_record",
] as const;

/** Removes what one import had prepared. */
export async function removeStaged(database: Queryable, importId: string): Promise<void> {
  for (const table of tables) await database.query(`delete from ${table} where import_id = $1`, [importId]);
}

/** Removes what imports that are no longer running had prepared: all but the given ones. */
export async function removeStaleStaged(database: Queryable, running: readonly string[]): Promise<void> {
  for (const table of tables) await database.query(`delete from ${table} where import_id <> all($1::uuid[])`, [running]);
}
