import { type Database, StatementError } from "../database/database.ts";

const tables = [
  "staged_area",
  "staged_neighbour",
  "staged_tile",
  "staged_indicator_value",
  "staged_incident",
  "staged_vintage_area",
  "staged_record",
  "staged_queued_row",
  "staged_incident_candidate",
] as const;

/** Removes what one import had prepared. */
export async function removeStaged(database: Database, importId: string): Promise<void> {
  for (const table of tables) await empty(database, table, "import_id = $1::uuid", importId);
}

/** Removes what imports that are no longer running had prepared: all but the given ones. */
export async function removeStaleStaged(database: Database, running: readonly string[]): Promise<void> {
  for (const table of tables) await empty(database, table, "import_id <> all($1::uuid[])", running);
}

// Lock not available, and not the owner of the table: then the rows go one by one.
const notNow = new Set(["55P03", "42501"]);

/**
 * Takes rows out of a table of staging. Where nobody else has rows in it, it is cut short, which gives the disk back at once: the nation is half a gigabyte
 * that deleted rows would go on holding.
 */
async function empty(database: Database, table: (typeof tables)[number], where: string, value: unknown): Promise<void> {
  const [found] = await database.query<{ isAny: boolean }>(`select exists (select 1 from ${table} where ${where}) as "isAny"`, [value]);
  if (!found?.isAny) return;
  try {
    await database.transaction(
      async (transaction) => {
        await transaction.query(`lock table ${table} in access exclusive mode nowait`);
        const [others] = await transaction.query<{ isAny: boolean }>(
          `select exists (select 1 from ${table} where not (${where})) as "isAny"`,
          [value],
        );
        await (others?.isAny ? transaction.query(`delete from ${table} where ${where}`, [value]) : transaction.query(`truncate ${table}`));
      },
      { durable: false },
    );
  } catch (error) {
    if (!(error instanceof StatementError) || !notNow.has(error.code)) throw error;
    await database.query(`delete from ${table} where ${where}`, [value]);
  }
}
