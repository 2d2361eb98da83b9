import type { Queryable } from "../database/database.ts";

/** Codes of the areas whose shapes together are the region asked for: those given, or all kabupaten; ascending. */
export async function regionCodes(database: Queryable, areas: readonly string[] | null): Promise<string[]> {
  const rows = await database.query<{ code: string }>(
    `select code
       from area
      where code = any ($1::text[]) or ($1::text[] is null and level = 'regency')
      order by code collate "C"`,
    [areas],
  );
  return rows.map((row) => row.code);
}
