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

/** Removes a setting; false when it was not there, so that of two who remove it at once one knows. */
export async function removeSetting(transaction: Queryable, key: string): Promise<boolean> {
  const rows = await transaction.query("delete from setting where key = $1 returning 1 as removed", [key]);
  return rows.length === 1;
}

/** Marks that incidents, indicators or areas changed; caches and numbers are tied to this count. */
export async function bumpDataVersion(transaction: Queryable): Promise<void> {
  await bump(transaction, "data_version");
}

/** Marks that an assessment was published: what is told of data alone stays as it is. */
export async function bumpPublicationVersion(transaction: Queryable): Promise<void> {
  await bump(transaction, "publication_version");
}

async function bump(transaction: Queryable, key: string): Promise<void> {
  await transaction.query(
    `insert into setting (key, value) values ($1, '1'::jsonb)
     on conflict (key) do update set value = to_jsonb((setting.value #>> '{}')::bigint + 1)`,
    [key],
  );
}

/** How often data changed, assessments were published and areas were imported. */
export async function versions(
  database: Queryable,
): Promise<{ readonly data: number; readonly publications: number; readonly areas: number }> {
  const keys = ["data_version", "publication_version", "areas_version"] as const;
  const rows = await database.query<{ key: string; value: number }>("select key, value from setting where key = any ($1::text[])", [keys]);
  const [data = 0, publications = 0, areas = 0] = keys.map((key) => rows.find((row) => row.key === key)?.value ?? 0);
  return { data, publications, areas };
}
