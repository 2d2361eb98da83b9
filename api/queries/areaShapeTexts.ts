import type { Queryable } from "../database/database.ts";

/** The shapes of areas as the GeoJSON that is kept of them; those without a shape are left out. */
export async function readShapeTexts(database: Queryable, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await database.query<{ code: string; geojson: string }>(
    `select code, geojson
  from area
 where code = any ($1::text[])
   and geojson is not null`,
    [codes],
  );
  return new Map(rows.map(({ code, geojson }) => [code, geojson]));
}
