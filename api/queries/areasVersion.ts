import type { Queryable, Transaction } from "../database/database.ts";
import { getSetting } from "./settings.ts";

/** Counts the imports of boundaries: what one has prepared holds only while the count stands. */
export async function areasVersion(database: Queryable): Promise<number> {
  return (await getSetting<number>(database, "areas_version")) ?? 0;
}

/** Makes this transaction the only one that changes areas and returns the count before it; the count goes up with the commit. */
export async function lockAreas(transaction: Transaction): Promise<number> {
  const rows = await transaction.query<{ version: number }>(
    `insert into setting (key, value) values ('areas_version', '1'::jsonb)
     on conflict (key) do update set value = to_jsonb((setting.value #>> '{}')::bigint + 1)
     returning (value #>> '{}')::bigint - 1 as version`,
  );
  return rows[0]?.version ?? 0;
}
