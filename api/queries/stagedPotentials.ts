import type { Queryable, Transaction } from "../database/database.ts";
import { potentialHistoryOf, toldColumns, toldGeometry, toldPotential, toldReplaced } from "./potentials.ts";
import { areasTouched, type KeptTable } from "./stagedKept.ts";

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

/** Standing disputes as a file tells them anew. */
export const keptPotentials: KeptTable = {
  table: "potential",
  area: "village_code",
  ended: "withdrawn_at",
  isIdKept: true,
  history: { table: "potential_history", id: "potential_id", record: "record" },
};

/** Stores the staged disputes, new ones and next versions, each with its line in the history; returns the villages they lie in and lay in before. */
export async function storeStagedPotentials(
  transaction: Transaction,
  importId: string,
  entry: { readonly recordedAt: Date; readonly person: string },
): Promise<string[]> {
  return areasTouched(transaction, keptPotentials, importId, async () => {
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
  });
}
