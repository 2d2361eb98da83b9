import type { Queryable } from "../database/database.ts";

/** Districts with at least one staged village. */
export async function districtsTouched(database: Queryable, importId: string): Promise<string[]> {
  const rows = await database.query<{ code: string }>(
    `select distinct district_code as code
       from staged_area
      where import_id = $1 and level = 'village'
      order by district_code`,
    [importId],
  );
  return rows.map((row) => row.code);
}

export interface KnownArea {
  readonly code: string;
  readonly name: string;
  readonly origin: "file" | "union";
  readonly ringHash: string;
}

export async function knownAreas(database: Queryable, codes: readonly string[]): Promise<KnownArea[]> {
  return database.query(`select code, name, origin, ring_hash as "ringHash" from area where code = any($1::text[])`, [codes]);
}

export interface StoredShape {
  readonly code: string;
  readonly geojson: string;
}

const notStaged = "not exists (select 1 from staged_area s where s.import_id = $1 and s.code = a.code)";

/** Stored villages of districts that the import leaves as they are. */
export async function otherVillages(database: Queryable, importId: string, districts: readonly string[]): Promise<StoredShape[]> {
  return database.query(
    `select code, geojson
       from area a
      where level = 'village' and district_code = any($2::text[]) and ${notStaged}
      order by code`,
    [importId, districts],
  );
}

/**
 * What a regency is made of besides the districts that the import unites: stored united districts, and stored villages of districts that have a file
 * of their own, whose borders may be drawn differently.
 */
export async function otherPartsOfRegencies(
  database: Queryable,
  importId: string,
  regencies: readonly string[],
  united: readonly string[],
): Promise<StoredShape[]> {
  return database.query(
    `select code, geojson
       from area a
      where level = 'district' and origin = 'union' and regency_code = any($2::text[]) and code <> all($3::text[]) and ${notStaged}
     union all
     select code, geojson
       from area a
      where level = 'village' and regency_code = any($2::text[]) and ${notStaged}
        and (exists (select 1 from area d where d.code = a.district_code and d.origin = 'file')
             or exists (select 1 from staged_area d where d.import_id = $1 and d.code = a.district_code and d.origin = 'file'))
      order by code`,
    [importId, regencies, united],
  );
}

/** The regencies of a province as they will be stored, but for those that the import unites; `filed` are those that stand in its file. */
export async function otherRegencies(
  database: Queryable,
  importId: string,
  province: string,
  { united, filed }: { readonly united: readonly string[]; readonly filed: readonly string[] },
): Promise<StoredShape[]> {
  return database.query(
    `select code, geojson
       from staged_area
      where import_id = $1 and code = any($4::text[]) and origin = 'file'
     union all
     select code, geojson
       from area a
      where level = 'regency' and province_code = $2 and code <> all($3::text[]) and ${notStaged}
      order by code`,
    [importId, province, united, filed],
  );
}

/** Stages a stored union anew under another name. */
export async function stageRenamed(database: Queryable, importId: string, row: number, code: string, name: string): Promise<void> {
  await database.query(
    `insert into staged_area (import_id, row, code, level, name, kind, vintage, province_code, regency_code, district_code, origin, source, geojson, ring_hash, geometry, label_point, area_km2)
     select $1, $2, code, level, $4, kind, vintage, province_code, regency_code, district_code, origin, source, geojson, ring_hash, geometry, label_point, area_km2
       from area
      where code = $3`,
    [importId, row, code, name],
  );
}
