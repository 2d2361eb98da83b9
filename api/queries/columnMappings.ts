import type { Queryable } from "../database/database.ts";

/** The mapping with which a file of these columns last went in; null where none did. */
export async function rememberedMapping(database: Queryable, kind: string, columnsHash: string): Promise<Record<string, unknown> | null> {
  const rows = await database.query<{ mapping: Record<string, unknown> }>(
    `select mapping
       from column_mapping
      where kind = $1 and columns_hash = $2`,
    [kind, columnsHash],
  );
  return rows[0]?.mapping ?? null;
}

/** Keeps a mapping that worked, in place of the one before. */
export async function rememberMapping(
  database: Queryable,
  entry: { kind: string; columnsHash: string; mapping: Readonly<Record<string, unknown>>; person: string; now: Date },
): Promise<void> {
  await database.query(
    `insert into column_mapping (kind, columns_hash, mapping, used_at, used_by)
     values ($1, $2, $3, $4, $5)
     on conflict (kind, columns_hash) do update
        set mapping = excluded.mapping, used_at = excluded.used_at, used_by = excluded.used_by`,
    [entry.kind, entry.columnsHash, JSON.stringify(entry.mapping), entry.now, entry.person],
  );
}
