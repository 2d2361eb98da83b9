import type { Queryable } from "../database/database.ts";

/** Code and name of every loaded area of all four levels; the nation is 91,000, about 10 MB. */
export async function areaNames(database: Queryable): Promise<{ code: string; name: string }[]> {
  const rows = await database.query<{ codes: string[] | null; names: string[] | null }>(
    `select array_agg(code order by code) as codes, array_agg(name order by code) as names
       from area`,
  );
  const { codes, names } = rows[0] ?? { codes: null, names: null };
  return (codes ?? []).map((code, index) => ({ code, name: names?.[index] ?? "" }));
}
