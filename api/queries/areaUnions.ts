import type { Database, Queryable } from "../database/database.ts";

/** Districts with at least one staged village, and whether a file of their own is stored for them. */
export async function districtsTouched(database: Queryable, importId: string): Promise<{ code: string; hasFile: boolean }[]> {
  return database.query(
    `select s.district_code as code, coalesce(bool_or(a.origin = 'file'), false) as "hasFile"
       from staged_area s
       left join area a on a.code = s.district_code
      where s.import_id = $1 and s.level = 'village'
      group by s.district_code
      order by s.district_code`,
    [importId],
  );
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

// What will be stored once the import is committed: staged areas, and stored ones that are not staged anew.
const villagesOfDistrict = `
  select geometry from staged_area where import_id = $1 and level = 'village' and district_code = $2
  union all
  select a.geometry from area a
   where a.level = 'village' and a.district_code = $2
     and not exists (select 1 from staged_area s where s.import_id = $1 and s.code = a.code)`;
const partsOfRegency = `
  select geometry from staged_area where import_id = $1 and level = 'district' and origin = 'union' and regency_code = $2
  union all
  select a.geometry from area a
   where a.level = 'district' and a.origin = 'union' and a.regency_code = $2
     and not exists (select 1 from staged_area s where s.import_id = $1 and s.code = a.code)
  union all
  select v.geometry from staged_area v join area d on d.code = v.district_code and d.origin = 'file'
   where v.import_id = $1 and v.level = 'village' and v.regency_code = $2
  union all
  select v.geometry from area v join area d on d.code = v.district_code and d.origin = 'file'
   where v.level = 'village' and v.regency_code = $2
     and not exists (select 1 from staged_area s where s.import_id = $1 and s.code = v.code)`;
const partsOfProvince = `
  select geometry from staged_area where import_id = $1 and level = 'regency' and province_code = $2
  union all
  select a.geometry from area a
   where a.level = 'regency' and a.province_code = $2
     and not exists (select 1 from staged_area s where s.import_id = $1 and s.code = a.code)`;
const parts = { district: villagesOfDistrict, regency: partsOfRegency, province: partsOfProvince } as const;

/**
 * The union of what lies inside an area as GeoJSON with six decimals, or null where nothing does. A province is made of its regencies as stored, the rest of villages.
 * A server unites as drawn and falls back by itself where that fails. The embedded engine cannot: built without C++ exceptions, a failing overlay ends
 * the statement with neither rows nor error (seen on 1 of 60 districts of East Java). There the union is made on a grid of 1e-6°, which does not fail
 * and takes six times as long.
 */
export async function unionInside(database: Database, importId: string, code: string, level: keyof typeof parts): Promise<string | null> {
  const union = database.kind === "embedded" ? "ST_Union(geometry, 0.000001)" : "ST_Union(geometry)";
  const rows = await database.query<{ geojson: string | null }>(
    `select ST_AsGeoJSON(ST_CollectionExtract(${union}, 3), 6) as geojson from (${parts[level]}) part`,
    [importId, code],
  );
  if (rows.length === 0) throw new Error(`the union of ${code} gave no row: the geometry engine failed`);
  return rows[0]?.geojson ?? null;
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
