import type { Database, Queryable } from "../database/database.ts";

/** A checked row of a file that waits to be stored. `record` holds the columns of its table by name. */
export interface StagedRecord {
  readonly row: number;
  readonly id: string;
  readonly areaCodes: readonly string[];
  readonly contentHash: string;
  readonly record: Readonly<Record<string, unknown>>;
  /** Who reports, for a roster; kept out of the record. */
  readonly reporter?: string | null;
}

const columns = ["import_id", "row", "id", "area_codes", "content_hash", "record", "reporter"] as const;

export async function stageRecords(database: Database, importId: string, records: readonly StagedRecord[]): Promise<void> {
  const rows = records.map((r) => [
    importId,
    r.row,
    r.id,
    `{${r.areaCodes.join(",")}}`,
    r.contentHash,
    JSON.stringify(r.record),
    r.reporter ?? null,
  ]);
  await database.transaction((transaction) => transaction.copy("staged_record", columns, rows), { durable: false });
}

/** Takes ids that stand more than once out of staging: all of them where the content differs, all but the first where it does not. */
export async function unstageRecordsTwice(
  database: Queryable,
  importId: string,
): Promise<{ id: string; rows: readonly number[]; isDiffering: boolean }[]> {
  const twice = await database.query<{ id: string; rows: readonly number[]; isDiffering: boolean }>(
    `select id, array_agg(row order by row) as rows, count(distinct content_hash) > 1 as "isDiffering"
       from staged_record
      where import_id = $1
      group by id
     having count(*) > 1
      order by min(row)`,
    [importId],
  );
  await database.query(
    `delete from staged_record s
      using (select id, min(row) as first_row, count(distinct content_hash) > 1 as is_differing
               from staged_record
              where import_id = $1
              group by id
             having count(*) > 1) twice
      where s.import_id = $1 and s.id = twice.id and (twice.is_differing or s.row > twice.first_row)`,
    [importId],
  );
  return twice;
}

/** Takes rows that name an area which is not loaded out of staging. `isFault` where its kabupaten is loaded, so that the code must be wrong. */
export async function unstageUnknownAreas(
  database: Queryable,
  importId: string,
): Promise<{ row: number; code: string; isFault: boolean }[]> {
  return database.query(
    `with missing as (
       select s.row, min(named.code) as code
         from staged_record s cross join lateral unnest(s.area_codes) as named(code)
        where s.import_id = $1 and not exists (select 1 from area where area.code = named.code)
        group by s.row),
     gone as (
       delete from staged_record s using missing where s.import_id = $1 and s.row = missing.row),
     loaded as (select distinct regency_code from area where level = 'village')
     select missing.row, missing.code, loaded.regency_code is not null as "isFault"
       from missing
       left join loaded on loaded.regency_code = left(missing.code, 5)
      order by missing.row`,
    [importId],
  );
}

/** Takes rows that name an area outside of the scope out of staging. */
export async function unstageOutOfScope(
  database: Queryable,
  importId: string,
  scope: readonly string[],
): Promise<{ row: number; code: string }[]> {
  return database.query(
    `with outside as (
       select s.row, min(named.code) as code
         from staged_record s cross join lateral unnest(s.area_codes) as named(code)
        where s.import_id = $1
          and not exists (select 1 from unnest($2::text[]) as allowed(code) where named.code = allowed.code or named.code like allowed.code || '.%')
        group by s.row),
     gone as (
       delete from staged_record s using outside where s.import_id = $1 and s.row = outside.row)
     select row, code from outside order by row`,
    [importId, scope],
  );
}

export async function countStagedRecords(database: Queryable, importId: string): Promise<number> {
  const rows = await database.query<{ n: number }>("select count(*) as n from staged_record where import_id = $1", [importId]);
  return Number(rows[0]?.n ?? 0);
}
