import type { Database, Queryable, Transaction } from "../database/database.ts";

export type AreaLevel = "province" | "regency" | "district" | "village";

/** An area that an import has read or made, before its measures are taken. */
export interface StagedArea {
  readonly row: number;
  readonly code: string;
  readonly level: AreaLevel;
  readonly name: string;
  readonly kind: string | null;
  readonly vintage: string;
  readonly origin: "file" | "union";
  readonly source: string | null;
  readonly ringHash: string;
  readonly ewkb: string;
}

const columns = [
  "import_id",
  "row",
  "code",
  "level",
  "name",
  "kind",
  "vintage",
  "province_code",
  "regency_code",
  "district_code",
  "origin",
  "source",
  "ring_hash",
  "geometry",
] as const;

/** The codes an area lies in, itself included: province, regency, district; null above its own level. */
export function ancestry(code: string): readonly [string, string | null, string | null] {
  return [code.slice(0, 2), code.length >= 5 ? code.slice(0, 5) : null, code.length >= 8 ? code.slice(0, 8) : null];
}

export async function stageAreas(database: Database, importId: string, areas: readonly StagedArea[]): Promise<void> {
  const rows = areas.map((a) => [
    importId,
    a.row,
    a.code,
    a.level,
    a.name,
    a.kind,
    a.vintage,
    ...ancestry(a.code),
    a.origin,
    a.source,
    a.ringHash,
    a.ewkb,
  ]);
  await database.transaction((transaction) => transaction.copy("staged_area", columns, rows), { durable: false });
}

export async function unstageCodes(database: Queryable, importId: string, codes: readonly string[]): Promise<void> {
  await database.query("delete from staged_area where import_id = $1 and code = any($2::text[])", [importId, codes]);
}

export async function unstageRows(database: Queryable, importId: string, rows: readonly number[]): Promise<void> {
  await database.query("delete from staged_area where import_id = $1 and row = any($2::int[])", [importId, rows]);
}

/** All that makes an area of a file another one: equal keys, unchanged area. */
export function contentKey(area: {
  readonly name: string;
  readonly vintage: string;
  readonly origin: string;
  readonly ringHash: string;
}): string {
  return `${area.ringHash} ${area.origin} ${area.vintage} ${area.name}`;
}

/** The content key of every stored area by its code; the nation is about 15 MB. */
export async function storedContents(database: Queryable): Promise<Map<string, string>> {
  const rows = await database.query<{ code: string; name: string; vintage: string; origin: string; ringHash: string }>(
    `select code, name, vintage, origin, ring_hash as "ringHash" from area`,
  );
  return new Map(rows.map((row) => [row.code, contentKey(row)]));
}

/** Rows of the import in ascending order, in spans of at most `size`, so that no statement holds the engine for long. */
export async function stagedSpans(database: Queryable, importId: string, size: number): Promise<{ from: number; to: number }[]> {
  return database.query(
    `select min(row) as "from", max(row) as "to"
       from (select row, (row_number() over (order by row) - 1) / $2 as span from staged_area where import_id = $1) numbered
      group by span
      order by 1`,
    [importId, size],
  );
}

/** The same of rows that were not measured yet. */
export async function unmeasuredSpans(database: Queryable, importId: string, size: number): Promise<{ from: number; to: number }[]> {
  return database.query(
    `select min(row) as "from", max(row) as "to"
       from (select row, (row_number() over (order by row) - 1) / $2 as span from staged_area where import_id = $1 and area_km2 is null) numbered
      group by span
      order by 1`,
    [importId, size],
  );
}

export async function countStaged(database: Queryable, importId: string): Promise<number> {
  const rows = await database.query<{ n: number }>("select count(*) as n from staged_area where import_id = $1", [importId]);
  return rows[0]?.n ?? 0;
}

export async function stagedVillageCodes(database: Queryable, importId: string): Promise<string[]> {
  const rows = await database.query<{ code: string }>(
    "select code from staged_area where import_id = $1 and level = 'village' order by code",
    [importId],
  );
  return rows.map((row) => row.code);
}

export interface RepairedArea {
  readonly row: number;
  readonly code: string;
  readonly reason: string;
  readonly before: number;
  readonly after: number;
}

/** The rows of a span whose shape is not valid. */
export async function invalidRows(database: Queryable, importId: string, from: number, to: number): Promise<number[]> {
  const rows = await database.query<{ row: number }>(
    "select row from staged_area where import_id = $1 and row between $2 and $3 and not ST_IsValid(geometry)",
    [importId, from, to],
  );
  return rows.map(({ row }) => row);
}

/**
 * Makes one shape valid and tells what was wrong; an area of 0 km² means that no surface is left. Null when the geometry engine could not do it.
 * By its key, one at a time: as one statement with the search for invalid rows, the planner without statistics tested every pair of rows, a minute for 250.
 * The area before is drawn from the plane: on the ellipsoid the engine refuses some invalid shapes ("returned area < 0.0").
 * Computed before it is written, since a failing overlay ends a statement of the embedded engine halfway.
 */
export async function repairRow(database: Queryable, importId: string, row: number): Promise<(RepairedArea & { geojson: string }) | null> {
  const [mended] = await database.query<RepairedArea & { ewkb: string; geojson: string }>(
    `select row, code, ST_IsValidReason(geometry) as reason, ST_Area(mended::geography) / 1e6 as after,
            coalesce(abs(ST_Area(geometry)) / nullif(ST_Area(mended), 0) * ST_Area(mended::geography) / 1e6, 0) as before,
            encode(ST_AsEWKB(mended), 'hex') as ewkb, ST_AsGeoJSON(mended, 6) as geojson
       from (select row, code, geometry, ST_Multi(ST_CollectionExtract(ST_MakeValid(geometry), 3)) as mended
               from staged_area
              where import_id = $1 and row = $2) invalid`,
    [importId, row],
  );
  if (!mended) return null;
  await database.query(
    `update staged_area
        set geometry = $3::geometry, geojson = $4, invalid_reason = $5, area_before_km2 = $6
      where import_id = $1 and row = $2`,
    [importId, row, mended.ewkb, mended.geojson, mended.reason, mended.before],
  );
  return mended;
}

/**
 * Area on the ellipsoid, a point that lies inside and the GeoJSON that is served, for the rows of a span. Coordinates are whole millionths of a degree, so six
 * decimals are all their digits; a text of its own would travel as long as the shape.
 */
export async function measureSpan(database: Queryable, importId: string, from: number, to: number): Promise<void> {
  await database.query(
    `update staged_area
        set area_km2 = ST_Area(geometry::geography) / 1e6,
            label_point = ST_PointOnSurface(geometry),
            geojson = coalesce(geojson, ST_AsGeoJSON(case when ST_NumGeometries(geometry) = 1 then ST_GeometryN(geometry, 1) else geometry end, 6))
      where import_id = $1 and row between $2 and $3 and area_km2 is null`,
    [importId, from, to],
  );
}

/** Stored villages, not staged anew, whose box comes within about 100 m of a staged village's box. Leans on area_geometry. */
export async function villagesBeside(database: Queryable, importId: string, from: number, to: number): Promise<string[]> {
  const rows = await database.query<{ code: string }>(
    `select distinct a.code
       from staged_area s
       join area a on a.geometry && ST_Expand(s.geometry, 0.001)
      where s.import_id = $1
        and s.level = 'village'
        and s.row between $2 and $3
        and a.level = 'village'
        and not exists (select 1 from staged_area t where t.import_id = $1 and t.code = a.code)`,
    [importId, from, to],
  );
  return rows.map((row) => row.code);
}

export async function geojsonOf(database: Queryable, codes: readonly string[]): Promise<{ code: string; geojson: string }[]> {
  return database.query("select code, geojson from area where code = any($1::text[]) order by code", [codes]);
}

export interface ChangedArea {
  readonly code: string;
  readonly name: string;
  readonly level: AreaLevel;
  /** New under this code, or under another name than before. */
  readonly isNewOrRenamed: boolean;
  /** West, south, east, north of what is and, where it is stored already, of what was. */
  readonly boxes: readonly (readonly [number, number, number, number])[];
}

export async function changedAreas(database: Queryable, importId: string): Promise<ChangedArea[]> {
  type Row = { code: string; name: string; level: AreaLevel; fresh: boolean; now: number[]; was: number[] | null };
  const rows = await database.query<Row>(
    `select s.code, s.name, s.level, a.code is null or a.name <> s.name as fresh,
            array[ST_XMin(s.geometry), ST_YMin(s.geometry), ST_XMax(s.geometry), ST_YMax(s.geometry)]::float8[] as now,
            case when a.code is not null then array[ST_XMin(a.geometry), ST_YMin(a.geometry), ST_XMax(a.geometry), ST_YMax(a.geometry)]::float8[] end as was
       from staged_area s
       left join area a on a.code = s.code
      where s.import_id = $1
      order by s.code`,
    [importId],
  );
  const box = ([west, south, east, north]: number[]) => [west!, south!, east!, north!] as const;
  return rows.map((row) => ({
    code: row.code,
    name: row.name,
    level: row.level,
    isNewOrRenamed: row.fresh,
    boxes: row.was ? [box(row.now), box(row.was)] : [box(row.now)],
  }));
}

/** Stored areas of a level, not staged anew, whose box meets the given one, by code. Leans on area_geometry. */
export async function areasInBox(
  database: Queryable,
  importId: string,
  level: AreaLevel,
  box: readonly [number, number, number, number],
): Promise<{ code: string; name: string }[]> {
  return database.query(
    `select code, name
       from area a
      where level = $2
        and geometry && ST_MakeEnvelope($3, $4, $5, $6, 4326)
        and not exists (select 1 from staged_area s where s.import_id = $1 and s.code = a.code)
      order by code`,
    [importId, level, ...box],
  );
}

/** Name and shape of areas as they will be stored. */
export async function shapesToBe(
  database: Queryable,
  importId: string,
  codes: readonly string[],
): Promise<{ code: string; name: string; geojson: string }[]> {
  return database.query(
    `select code, name, geojson
       from staged_area
      where import_id = $1 and code = any($2::text[])
     union all
     select code, name, geojson
       from area a
      where code = any($2::text[]) and not exists (select 1 from staged_area s where s.import_id = $1 and s.code = a.code)
      order by code`,
    [importId, codes],
  );
}

/** Stores all staged areas of the import, new ones and in place of old ones; returns how many. */
export async function storeStagedAreas(transaction: Transaction, importId: string, importedAt: Date): Promise<number> {
  const rows = await transaction.query<{ n: number }>(
    `with stored as (
       insert into area (code, level, name, kind, vintage, province_code, regency_code, district_code, origin, source, geometry, geojson, label_point, area_km2, ring_hash, import_id, imported_at)
       select code, level, name, kind, vintage, province_code, regency_code, district_code, origin, source, geometry, geojson, label_point, area_km2, ring_hash, import_id, $2
         from staged_area
        where import_id = $1
        order by code
       on conflict (code) do update
          set level = excluded.level, name = excluded.name, kind = excluded.kind, vintage = excluded.vintage, origin = excluded.origin, source = excluded.source,
              geometry = excluded.geometry, geojson = excluded.geojson, label_point = excluded.label_point, area_km2 = excluded.area_km2,
              ring_hash = excluded.ring_hash, import_id = excluded.import_id, imported_at = excluded.imported_at
       returning 1)
     select count(*) as n from stored`,
    [importId, importedAt],
  );
  return rows[0]?.n ?? 0;
}
