import type { Queryable, Transaction } from "../database/database.ts";

/** A table whose rows a file may tell anew, with the history of what was told; names are those of the schema, never of a request. */
export interface KeptTable {
  readonly table: string;
  /** The column of the area that decides who may change the row. */
  readonly area: string;
  /** The column that is null while the row holds, and whether a row that holds no longer keeps its id for good. */
  readonly ended: string;
  readonly isIdKept: boolean;
  readonly history: { readonly table: string; readonly id: string; readonly record: string };
}

/** Takes rows out of staging that the last file, or whoever made them, told as they are, even where a person has changed them since; returns how many those were. */
export async function unstageSame(database: Queryable, { table, ended, history }: KeptTable, importId: string): Promise<number> {
  const rows = await database.query(
    `delete from staged_record s
      using ${table} kept
      where s.import_id = $1 and kept.id = s.id and kept.${ended} is null
        and s.content_hash = (
          select h.${history.record} ->> 'content_hash'
            from ${history.table} h
           where h.${history.id} = s.id and h.operation in ('create', 'import')
           order by h.version desc
           limit 1)
     returning s.row`,
    [importId],
  );
  return rows.length;
}

/** Takes rows out of staging whose id belongs to a row outside of the scope (null: everywhere), or to an ended one that keeps its id. */
export async function unstageIdTaken(
  database: Queryable,
  { table, area, ended, isIdKept }: KeptTable,
  importId: string,
  scope: readonly string[] | null,
): Promise<{ row: number; id: string }[]> {
  return database.query(
    `delete from staged_record s
      using ${table} kept
      where s.import_id = $1 and kept.id = s.id
        and (${isIdKept ? `kept.${ended} is not null` : "false"}
          or ($2::text[] is not null
            and not exists (select 1 from unnest($2::text[]) as allowed(code) where kept.${area} = allowed.code or kept.${area} like allowed.code || '.%')))
     returning s.row, s.id::text as id`,
    [importId, scope],
  );
}

/** Stores by `store` what is staged; returns the areas that it bears on, with those that the rows bore on before. */
export async function areasTouched(
  transaction: Transaction,
  { table, area }: KeptTable,
  importId: string,
  store: () => Promise<void>,
): Promise<string[]> {
  const before = await transaction.query<{ code: string }>(
    `select distinct kept.${area} as code
       from ${table} kept join staged_record s on s.id = kept.id
      where s.import_id = $1`,
    [importId],
  );
  await store();
  const after = await transaction.query<{ code: string }>(
    "select distinct named.code from staged_record s cross join lateral unnest(s.area_codes) as named(code) where s.import_id = $1",
    [importId],
  );
  return [...new Set([...before, ...after].map((row) => row.code))];
}
