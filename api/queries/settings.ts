import type { Queryable } from "../database/database.ts";

/** A setting of the instance, or null where it was never set. */
export async function getSetting<T>(database: Queryable, key: string): Promise<T | null> {
  const rows = await database.query<{ value: T }>("select value from setting where key = $1", [key]);
  return rows[0]?.value ?? null;
}

export async function setSetting(transaction: Queryable, key: string, value: unknown): Promise<void> {
  await transaction.query(
    "insert into setting (key, value) values ($1, $2::jsonb) on conflict (key) do update set value = excluded.value",
    [key, JSON.stringify(value)],
  );
}

export async function removeSetting(transaction: Queryable, key: string): Promise<void> {
  await transaction.query("delete from setting where key = $1", [key]);
}

/** Marks that incidents, indicators or areas changed; caches and numbers are tied to this count. */
export async function bumpDataVersion(transaction: Queryable): Promise<void> {
  await transaction.query(
    `insert into setting (key, value) values ('data_version', '1'::jsonb)
     on conflict (key) do update set value = to_jsonb((setting.value #>> '{}')::bigint + 1)`,
  );
}

export async function dataVersion(database: Queryable): Promise<number> {
  return (await getSetting<number>(database, "data_version")) ?? 0;
}
