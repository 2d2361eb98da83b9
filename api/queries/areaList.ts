import type { Queryable } from "../database/database.ts";

export interface ListedArea {
  readonly code: string;
  readonly name: string;
  readonly kind: string | null;
  readonly parent: string | null;
  readonly bbox: readonly [number, number, number, number];
  readonly villages: number;
}

const scopeSql = `($1::text[] is null or exists (
        select 1 from unnest($1::text[]) as allowed(code)
         where a.code = allowed.code or a.code like allowed.code || '.%' or allowed.code like a.code || '.%'))`;

/** Areas of a level inside another one (null: everywhere) with their boxes, for choosing one. */
export async function listAreas(
  database: Queryable,
  level: "province" | "regency" | "district" | "village",
  within: string | null,
  scope: readonly string[] | null,
): Promise<ListedArea[]> {
  const rows = await database.query<Omit<ListedArea, "bbox"> & { w: number; s: number; e: number; n: number }>(
    `select a.code, a.name, a.kind,
            case a.level when 'village' then a.district_code when 'district' then a.regency_code when 'regency' then a.province_code end as parent,
            ST_XMin(a.geometry) as w, ST_YMin(a.geometry) as s, ST_XMax(a.geometry) as e, ST_YMax(a.geometry) as n,
            case when a.level = 'village' then 1 else (select count(*) from area v where v.level = 'village' and v.code like a.code || '.%') end as villages
       from area a
      where a.level = $2 and ($3::text is null or a.code like $3 || '.%' or a.code = $3) and ${scopeSql}
      order by a.code collate "C"`,
    [scope, level, within],
  );
  return rows.map(({ w, s, e, n, ...area }) => ({ ...area, villages: Number(area.villages), bbox: [w, s, e, n] }));
}

/** The box around everything that may be seen, or null while nothing is loaded. */
export async function extentOf(database: Queryable, scope: readonly string[] | null): Promise<[number, number, number, number] | null> {
  const rows = await database.query<{ w: number | null; s: number; e: number; n: number }>(
    `select ST_XMin(box) as w, ST_YMin(box) as s, ST_XMax(box) as e, ST_YMax(box) as n
       from (select ST_Extent(a.geometry) as box from area a where a.level = 'regency' and ${scopeSql}) extent`,
    [scope],
  );
  const row = rows[0];
  return row && row.w !== null ? [row.w, row.s, row.e, row.n] : null;
}

/** Names of villages and of the districts and kabupaten above them, for the given village codes. */
export async function namesOf(
  database: Queryable,
  villageCodes: readonly string[],
): Promise<{ names: Map<string, string>; districts: Record<string, string>; regencies: Record<string, string> }> {
  const rows = await database.query<{ code: string; name: string; level: string }>(
    `select code, name, level
       from area
      where code = any ($1::text[]) or code = any ($2::text[]) or code = any ($3::text[])`,
    [villageCodes, [...new Set(villageCodes.map((code) => code.slice(0, 8)))], [...new Set(villageCodes.map((code) => code.slice(0, 5)))]],
  );
  const of = (level: string) => rows.filter((row) => row.level === level).map((row) => [row.code, row.name] as const);
  return { names: new Map(of("village")), districts: Object.fromEntries(of("district")), regencies: Object.fromEntries(of("regency")) };
}

/** Codes and names of all areas that are loaded, codes ascending. About 10 MB for the nation. */
export async function loadedAreas(database: Queryable): Promise<{ codes: string[]; names: string[] }> {
  const rows = await database.query<{ codes: string[] | null; names: string[] | null }>(
    `select array_agg(code order by code collate "C") as codes, array_agg(name order by code collate "C") as names from area`,
  );
  return { codes: rows[0]?.codes ?? [], names: rows[0]?.names ?? [] };
}

/** The vintage that most of the loaded villages have; null while none is loaded. */
export async function loadedVintage(database: Queryable): Promise<string | null> {
  const rows = await database.query<{ vintage: string }>(
    `select vintage
       from area
      where level = 'village'
      group by vintage
      order by count(*) desc, vintage desc
      limit 1`,
  );
  return rows[0]?.vintage ?? null;
}
