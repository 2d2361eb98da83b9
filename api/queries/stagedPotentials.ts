import type { Queryable, Transaction } from "../database/database.ts";
import { potentialHistoryOf, toldColumns, toldGeometry, toldPotential, toldReplaced } from "./potentials.ts";

/**
 * Gives disputes that have only a point the village that holds it; of overlapping ones the smallest, then the first by code. Those whose point lies in no village are
 * taken out of staging and returned. Leans on area_geometry.
 */
export async function placePotentials(database: Queryable, importId: string): Promise<{ row: number; lon: number; lat: number }[]> {
  await database.query(
    `update staged_record s
        set area_codes = array[found.code],
            record = s.record || jsonb_build_object('village_code', found.code, 'village_codes', jsonb_build_array(found.code), 'regency_code', left(found.code, 5))
       from staged_record lacking
      cross join lateral (
        select a.code
          from area a
         where a.level = 'village'
           and ST_Covers(a.geometry, ST_SetSRID(ST_MakePoint((lacking.record ->> 'lon')::float8, (lacking.record ->> 'lat')::float8), 4326))
         order by a.area_km2, a.code
         limit 1) found
      where lacking.import_id = $1 and cardinality(lacking.area_codes) = 0 and s.import_id = $1 and s.row = lacking.row`,
    [importId],
  );
  return database.query(
    `delete from staged_record
      where import_id = $1 and cardinality(area_codes) = 0
     returning row, (record ->> 'lon')::float8 as lon, (record ->> 'lat')::float8 as lat`,
    [importId],
  );
}

/** Takes disputes out of staging that the last file, or whoever made them, told as they are, even where a person has changed them since; returns how many those were. */
export async function unstageSamePotentials(database: Queryable, importId: string): Promise<number> {
  const rows = await database.query(
    `delete from staged_record s
      using potential p
      where s.import_id = $1 and p.id = s.id and p.withdrawn_at is null
        and s.content_hash = (
          select h.record ->> 'content_hash'
            from potential_history h
           where h.potential_id = s.id and h.operation in ('create', 'import')
           order by h.version desc
           limit 1)
     returning s.row`,
    [importId],
  );
  return rows.length;
}

/** Takes disputes out of staging whose id belongs to a withdrawn one, or to one outside of the scope (null: everywhere). */
export async function unstageTakenPotentials(
  database: Queryable,
  importId: string,
  scope: readonly string[] | null,
): Promise<{ row: number; id: string }[]> {
  return database.query(
    `delete from staged_record s
      using potential p
      where s.import_id = $1 and p.id = s.id
        and (p.withdrawn_at is not null
          or ($2::text[] is not null
            and not exists (select 1 from unnest($2::text[]) as allowed(code) where p.village_code = allowed.code or p.village_code like allowed.code || '.%')))
     returning s.row, s.id::text as id`,
    [importId, scope],
  );
}

/** Stores the staged disputes, new ones and next versions, each with its line in the history; returns the villages they lie in and lay in before. */
export async function storeStagedPotentials(
  transaction: Transaction,
  importId: string,
  entry: { readonly recordedAt: Date; readonly person: string },
): Promise<string[]> {
  const before = await transaction.query<{ code: string }>(
    `select distinct p.village_code as code
       from potential p join staged_record s on s.id = p.id
      where s.import_id = $1`,
    [importId],
  );
  await transaction.query(
    `insert into potential (id, ${toldColumns}, geometry, recorded_at, recorded_by, import_id, content_hash)
     select s.id, told.${toldColumns.replaceAll(", ", ", told.")}, ${toldGeometry}, $2, $3, $1, s.content_hash
       from staged_record s
      cross join lateral ${toldPotential("s.record")}
      where s.import_id = $1
     on conflict (id) do update set version = potential.version + 1, import_id = excluded.import_id, ${toldReplaced}`,
    [importId, entry.recordedAt, entry.person],
  );
  await transaction.query(
    `insert into potential_history (potential_id, version, operation, changed_at, changed_by, record)
     select p.id, p.version, 'import', $2, $3, ${potentialHistoryOf("p")}
       from potential p join staged_record s on s.id = p.id
      where s.import_id = $1`,
    [importId, entry.recordedAt, entry.person],
  );
  const after = await transaction.query<{ code: string }>(
    "select distinct named.code from staged_record s cross join lateral unnest(s.area_codes) as named(code) where s.import_id = $1",
    [importId],
  );
  return [...new Set([...before, ...after].map((row) => row.code))];
}
