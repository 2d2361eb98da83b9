import type { Database, Queryable, Transaction } from "../database/database.ts";
import { getSetting, setSetting } from "./settings.ts";

/** A list of areas by the year for which it holds. */
export interface VintageEntry {
  readonly year: number;
  readonly origin: "file" | "package";
  readonly source: string;
  readonly licence: string | null;
  readonly loadedAt: string;
  readonly areas: number;
  readonly villages: number;
  /** Of how many the shape is known. */
  readonly shapes: number;
}

/** One area of a file's list. `ewkb` is its shape, a multipolygon as hexadecimal EWKB; null where the file has none. */
export interface StagedVintageArea {
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly ewkb: string | null;
}

/** Which lists are stored, the earliest first. */
export async function knownVintages(database: Queryable): Promise<Pick<VintageEntry, "year" | "origin" | "source" | "licence">[]> {
  return database.query("select year, origin, source, licence from vintage order by year");
}

/** The lists that are stored, the earliest first, with how much they hold: a pass over all of them. */
export async function listVintages(database: Queryable): Promise<VintageEntry[]> {
  return database.query(
    `select v.year, v.origin, v.source, v.licence, v.loaded_at as "loadedAt", count(a.code) as areas,
            count(a.code) filter (where length(a.code) = 13) as villages, count(a.geometry) as shapes
       from vintage v
       left join vintage_area a on a.year = v.year
      group by v.year
      order by v.year`,
  );
}

export async function stageVintageAreas(database: Database, importId: string, areas: readonly StagedVintageArea[]): Promise<void> {
  const rows = areas.map(({ row, code, name, ewkb }) => [importId, row, code, name, ewkb]);
  await database.transaction(
    async (transaction) => {
      await transaction.copy("staged_vintage_area", ["import_id", "row", "code", "name", "geometry"], rows);
      if (areas.some(({ ewkb }) => ewkb !== null))
        await transaction.query(
          `update staged_vintage_area
              set geometry = ST_Multi(ST_CollectionExtract(ST_MakeValid(geometry), 3))
            where import_id = $1 and row = any ($2::int[]) and not ST_IsValid(geometry)`,
          [importId, areas.map(({ row }) => row)],
        );
    },
    { durable: false },
  );
}

/** Takes codes that stand more than once out of staging: all of them where the names differ, all but the first where they do not. */
export async function unstageCodesTwice(
  database: Queryable,
  importId: string,
): Promise<{ code: string; rows: number[]; isDiffering: boolean }[]> {
  const twice = await database.query<{ code: string; rows: number[]; isDiffering: boolean }>(
    `select code, array_agg(row order by row) as rows, count(distinct name) > 1 as "isDiffering"
       from staged_vintage_area
      where import_id = $1
      group by code
     having count(*) > 1
      order by min(row)`,
    [importId],
  );
  const gone = twice.flatMap(({ rows, isDiffering }) => (isDiffering ? rows : rows.slice(1)));
  if (gone.length > 0)
    await database.query("delete from staged_vintage_area where import_id = $1 and row = any ($2::int[])", [importId, gone]);
  return twice;
}

/** How many staged areas are new or say something else than is stored for that year, and how many say the same. */
export async function compareStagedVintage(database: Queryable, importId: string, year: number): Promise<{ same: number; fresh: number }> {
  const rows = await database.query<{ n: number; same: number }>(
    `select count(*) as n,
            count(*) filter (where a.name = s.name and (s.geometry is null or coalesce(a.geometry = s.geometry, false))) as same
       from staged_vintage_area s
       left join vintage_area a on a.year = $2 and a.code = s.code and exists (select 1 from vintage where year = $2 and origin = 'file')
      where s.import_id = $1`,
    [importId, year],
  );
  const { n, same } = rows[0] ?? { n: 0, same: 0 };
  return { same, fresh: n - same };
}

/** Codes and names of a stored list, ascending; with an import its staged areas laid over it. */
export async function readVintage(
  database: Queryable,
  year: number,
  staged: string | null = null,
): Promise<{ year: number; codes: string[]; names: string[] }> {
  const rows = await database.query<{ codes: string[] | null; names: string[] | null }>(
    `with told as (
       select code, name from staged_vintage_area where import_id = $2::uuid
        union all
       select code, name from vintage_area a
        where year = $1 and not exists (select 1 from staged_vintage_area s where s.import_id = $2::uuid and s.code = a.code)
          and ($2::uuid is null or exists (select 1 from vintage where year = $1 and origin = 'file')))
     select array_agg(code order by code) as codes, array_agg(name order by code) as names from told`,
    [year, staged],
  );
  return { year, codes: rows[0]?.codes ?? [], names: rows[0]?.names ?? [] };
}

const shapesOf = (year: string, staged: string): string => `
  select code, geometry from staged_vintage_area where import_id = ${staged}::uuid and geometry is not null
   union all
  select code, geometry from vintage_area where year = ${year} and geometry is not null
   union all
  select a.code collate "C", a.geometry from area a
   where a.vintage = ${year}::text and a.level = 'village'
     and not exists (select 1 from vintage_area v where v.year = ${year} and v.code = a.code collate "C" and v.geometry is not null)`;

/** Of how many villages of a year the shape is known: from its list, or because the boundaries loaded now are of that year. */
export async function countShapes(database: Queryable, year: number, staged: string | null): Promise<number> {
  const rows = await database.query<{ n: number }>(`select count(*) as n from (${shapesOf("$1::int", "$2")}) shapes`, [year, staged]);
  return rows[0]?.n ?? 0;
}

/**
 * What villages of two years have in common on the ground, where both shapes are known: pairs of which one code is only in its own list, and what the
 * partners in them have in common with themselves. Leans on the GiST indexes. `staged` is the import that holds the shapes of the year that is being loaded.
 */
export async function readOverlaps(
  database: Queryable,
  fromYear: number,
  toYear: number,
  staged: { readonly importId: string; readonly year: number },
): Promise<{ from: string; to: string; shareOfFrom: number; shareOfTo: number }[]> {
  const stagedOf = (year: number): string | null => (year === staged.year ? staged.importId : null);
  return database.query(
    `with before as (${shapesOf("$1::int", "$3")}), after as (${shapesOf("$2::int", "$4")}),
          changed as (
            select b.code from before b where length(b.code) = 13 and not exists (select 1 from after a where a.code = b.code)
             union all
            select a.code from after a where length(a.code) = 13 and not exists (select 1 from before b where b.code = a.code)),
          touched as (
            select b.code as from_code, a.code as to_code, b.geometry as before_shape, a.geometry as after_shape
              from before b
              join after a on a.geometry && b.geometry
             where length(b.code) = 13 and length(a.code) = 13
               and (b.code in (select code from changed) or a.code in (select code from changed))),
          partners as (
            select from_code, to_code, before_shape, after_shape from touched
             union all
            select b.code, a.code, b.geometry, a.geometry
              from before b
              join after a on a.code = b.code
             where b.code in (select from_code from touched) or b.code in (select to_code from touched)),
          measured as (
            select from_code, to_code, ST_Area(before_shape) as of_before, ST_Area(after_shape) as of_after,
                   ST_Area(ST_Intersection(before_shape, after_shape)) as both_have
              from partners)
     select distinct from_code as "from", to_code as "to", both_have / nullif(of_before, 0) as "shareOfFrom", both_have / nullif(of_after, 0) as "shareOfTo"
       from measured
      where both_have > 0.02 * least(of_before, of_after)
      order by 1, 2`,
    [fromYear, toYear, stagedOf(fromYear), stagedOf(toYear)],
  );
}

/** Counts every change of the lists, so that a crosswalk is not stored over lists that it was not made from. */
export async function vintagesVersion(database: Queryable): Promise<number> {
  return (await getSetting<number>(database, "vintages_version")) ?? 0;
}

/** Stores the staged list under its year, laid over what is stored for it; a list that came from the package is put aside whole. */
export async function storeStagedVintage(
  transaction: Transaction,
  importId: string,
  entry: { readonly year: number; readonly source: string; readonly licence: string | null; readonly at: Date; readonly person: string },
): Promise<void> {
  await transaction.query("delete from vintage where year = $1 and origin = 'package'", [entry.year]);
  await keepVintage(transaction, { ...entry, origin: "file" });
  await transaction.query(
    `insert into vintage_area (year, code, name, geometry)
     select $2, code, name, geometry from staged_vintage_area where import_id = $1
     on conflict (year, code) do update
        set name = excluded.name, geometry = coalesce(excluded.geometry, vintage_area.geometry)`,
    [importId, entry.year],
  );
}

/** Stores a list that ships with the service. */
export async function storePackagedVintage(
  transaction: Transaction,
  entry: { readonly year: number; readonly source: string; readonly licence: string | null; readonly at: Date; readonly person: string },
  list: Iterable<{ readonly code: string; readonly name: string }>,
): Promise<void> {
  await transaction.query("delete from vintage where year = $1", [entry.year]);
  await keepVintage(transaction, { ...entry, origin: "package" });
  await transaction.copy("vintage_area", ["year", "code", "name"], rowsOf(entry.year, list));
}

function* rowsOf(year: number, list: Iterable<{ readonly code: string; readonly name: string }>): Generator<unknown[]> {
  for (const { code, name } of list) yield [year, code, name];
}

async function keepVintage(
  transaction: Transaction,
  entry: { year: number; origin: string; source: string; licence: string | null; at: Date; person: string },
): Promise<void> {
  await transaction.query(
    `insert into vintage (year, origin, source, licence, loaded_at, loaded_by)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (year) do update
        set origin = excluded.origin, source = excluded.source, licence = excluded.licence, loaded_at = excluded.loaded_at, loaded_by = excluded.loaded_by`,
    [entry.year, entry.origin, entry.source, entry.licence, entry.at, entry.person],
  );
}

/** Removes a list with all crosswalks that begin or end there; false where there is none. */
export async function removeVintage(transaction: Transaction, year: number): Promise<boolean> {
  const rows = await transaction.query("delete from vintage where year = $1 returning year", [year]);
  await transaction.query("delete from area_link where from_year = $1 or to_year = $1", [year]);
  await transaction.query("delete from area_unknown where from_year = $1 or to_year = $1", [year]);
  await setSetting(transaction, "vintages_version", (await vintagesVersion(transaction)) + 1);
  return rows.length > 0;
}
