import type { Queryable } from "../database/database.ts";

export interface AreaShape {
  readonly code: string;
  readonly name: string;
  /** A GeoJSON geometry, as text. */
  readonly geojson: string;
  /** Where a label stands, longitude and latitude. */
  readonly label: readonly [number, number];
}

/** Shapes and names of the areas of a level inside another one, codes ascending. */
export async function areaShapes(database: Queryable, level: "district" | "village", within: string): Promise<AreaShape[]> {
  const rows = await database.query<Omit<AreaShape, "label"> & { lon: number; lat: number }>(
    `select code, name, geojson, ST_X(label_point) as lon, ST_Y(label_point) as lat
       from area
      where level = $1 and (code = $2 or code like $2 || '.%')
      order by code collate "C"`,
    [level, within],
  );
  return rows.map(({ lon, lat, ...shape }) => ({ ...shape, label: [lon, lat] }));
}

/** The name and kind of an area, or null where it is not loaded. */
export async function areaNamed(
  database: Queryable,
  code: string,
): Promise<{ readonly name: string; readonly kind: string | null } | null> {
  const rows = await database.query<{ name: string; kind: string | null }>("select name, kind from area where code = $1", [code]);
  return rows[0] ?? null;
}

/** The shapes of these areas as GeoJSON texts, by code. */
export async function geojsonOf(database: Queryable, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await database.query<{ code: string; geojson: string }>(
    `select code, geojson
       from area
      where code = any ($1::text[])`,
    [codes],
  );
  return new Map(rows.map(({ code, geojson }) => [code, geojson]));
}
