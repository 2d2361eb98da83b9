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
  await bump(transaction, "data");
}

/** Marks that an assessment was published: what is told of data alone stays as it is. */
export async function bumpPublicationVersion(transaction: Queryable): Promise<void> {
  await bump(transaction, "publication");
}

// A row that every writer changes is held by each until its commit is on disk, and all wait in one line. Counted in several, they need not; one connection
// keeps to one of them, so that none waits for another that waits for it. The first was the only one once.
const places = 16;
const counters = ["data", "publication"] as const;
const keysOf = (counter: (typeof counters)[number]): string[] => [
  `${counter}_version`,
  ...Array.from({ length: places }, (_, place) => `${counter}_${place}_version`),
];
const counterOf = new Map<string, (typeof counters)[number] | "areas">([
  ...counters.flatMap((counter) => keysOf(counter).map((key) => [key, counter] as const)),
  ["areas_version", "areas"],
]);

async function bump(transaction: Queryable, counter: (typeof counters)[number]): Promise<void> {
  await transaction.query(
    `insert into setting (key, value) values ($1::text || '_' || pg_backend_pid() % ${places} || '_version', '1'::jsonb)
     on conflict (key) do update set value = to_jsonb((setting.value #>> '{}')::bigint + 1)`,
    [counter],
  );
}

/** How often data changed, assessments were published and areas were imported. */
export async function versions(
  database: Queryable,
): Promise<{ readonly data: number; readonly publications: number; readonly areas: number }> {
  const rows = await database.query<{ key: string; value: number }>("select key, value from setting where key = any ($1::text[])", [
    [...counterOf.keys()],
  ]);
  const sums = { data: 0, publication: 0, areas: 0 };
  for (const { key, value } of rows) sums[counterOf.get(key) ?? "data"] += value;
  return { data: sums.data, publications: sums.publication, areas: sums.areas };
}
