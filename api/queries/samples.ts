import type { Queryable } from "../database/database.ts";
import { incidentSource, indicatorValueSource } from "./knownThen.ts";

export type Level = "village" | "district" | "regency";
/** How many characters of a village code name its area of a level. */
export const codeLength: Readonly<Record<Level, number>> = { village: 13, district: 8, regency: 5 };

/** The codes among `areas` that are not loaded at all, so that a misspelt area is told rather than answered with nothing. */
export async function unknownAreas(database: Queryable, areas: readonly string[]): Promise<string[]> {
  const rows = await database.query<{ code: string }>(
    `select given.code
       from unnest($1::text[]) as given(code)
      where not exists (select 1 from area where area.code = given.code)`,
    [areas],
  );
  return rows.map((row) => row.code);
}

/** Codes of the loaded villages inside the areas (null: everywhere), ascending. */
export async function villageCodes(database: Queryable, areas: readonly string[] | null): Promise<string[]> {
  const rows = await database.query<{ code: string }>(
    `select code
       from area
      where level = 'village'
        and ($1::text[] is null or code = any ($1) or district_code = any ($1) or regency_code = any ($1) or province_code = any ($1))
      order by code collate "C"`,
    [areas],
  );
  return rows.map((row) => row.code);
}

/** Villages outside of the list that neighbour one inside: the first ring across the border, ascending. */
export async function borderRing(database: Queryable, codes: readonly string[]): Promise<string[]> {
  const rows = await database.query<{ code: string }>(
    `with inside as (select unnest($1::text[]) as code)
     select distinct to_code collate "C" as code
       from neighbour join inside on inside.code = from_code
      where to_code not in (select code from inside)
      order by 1`,
    [codes],
  );
  return rows.map((row) => row.code);
}

/** Neighbouring pairs of villages, both in the list, each pair once. */
export async function neighbourPairs(
  database: Queryable,
  codes: readonly string[],
  isRookOnly: boolean,
): Promise<{ from: string; to: string }[]> {
  return database.query(
    `with inside as (select unnest($1::text[]) as code)
     select from_code as "from", to_code as "to"
       from neighbour
       join inside source on source.code = from_code
       join inside target on target.code = to_code
      where from_code < to_code and ($2::boolean is false or is_rook)`,
    [codes, isRookOnly],
  );
}

export interface EventFilter {
  readonly from: string;
  readonly to: string;
  readonly issues: readonly string[];
  readonly statuses: readonly string[];
}

/** Incidents of each village in the list whose first day lies in the half-open period. Villages without any are left out. */
export async function countIncidents(
  database: Queryable,
  codes: readonly string[],
  filter: EventFilter,
): Promise<{ code: string; n: number }[]> {
  const incidents = incidentSource(database, 6);
  return database.query(
    `select village_code as code, count(*) as n
       from ${incidents.from} as incident
      where withdrawn_at is null and occurred_on >= $2::date and occurred_on < $3::date
        and issue = any ($4::text[]) and status = any ($5::text[]) and village_code = any ($1::text[])
      group by village_code`,
    [codes, filter.from, filter.to, filter.issues, filter.statuses, ...incidents.values],
  );
}

/** Each village's value of an indicator for the year nearest to the one asked for, the later of two equally near ones. */
export async function indicatorNear(
  database: Queryable,
  codes: readonly string[],
  indicator: string,
  year: number,
): Promise<{ code: string; value: number; year: number }[]> {
  const values = indicatorValueSource(database, 4);
  return database.query(
    `select distinct on (area_code) area_code as code, value, year
       from ${values.from} as indicator_value
      where indicator = $2 and area_code = any ($1::text[])
      order by area_code, abs(year - $3::int4), year desc`,
    [codes, indicator, year, ...values.values],
  );
}

export interface ValuesAround {
  readonly code: string;
  readonly yearBefore: number | null;
  readonly valueBefore: number | null;
  readonly yearAfter: number | null;
  readonly valueAfter: number | null;
}

/**
 * Each village's last value of an indicator up to a moment and its first one after it; a year's value is that of the middle of the year.
 * @param moment in years, such as 2024.25 for the end of March
 */
export async function indicatorAround(
  database: Queryable,
  codes: readonly string[],
  indicator: string,
  moment: number,
): Promise<ValuesAround[]> {
  const values = indicatorValueSource(database, 4);
  return database.query(
    `select area_code as code,
            max(year) filter (where year + 0.5 <= $3) as "yearBefore",
            (array_agg(value order by year desc) filter (where year + 0.5 <= $3))[1] as "valueBefore",
            min(year) filter (where year + 0.5 > $3) as "yearAfter",
            (array_agg(value order by year) filter (where year + 0.5 > $3))[1] as "valueAfter"
       from ${values.from} as indicator_value
      where indicator = $2 and area_code = any ($1::text[])
      group by area_code`,
    [codes, indicator, moment, ...values.values],
  );
}

export interface RiskIncident {
  readonly code: string;
  readonly day: string;
  readonly severity: number;
  readonly source: string;
  readonly content: number;
}

/** Incidents for the risk score, oldest first; those from before `from` weigh too little to matter. */
export async function riskIncidents(database: Queryable, codes: readonly string[], filter: EventFilter): Promise<RiskIncident[]> {
  const incidents = incidentSource(database, 6);
  return database.query(
    `select village_code as code, occurred_on as day, severity, source_value as source, content_value as content
       from ${incidents.from} as incident
      where withdrawn_at is null and occurred_on >= $2::date and occurred_on < $3::date
        and issue = any ($4::text[]) and status = any ($5::text[]) and village_code = any ($1::text[])
      order by occurred_on, id`,
    [codes, filter.from, filter.to, filter.issues, filter.statuses, ...incidents.values],
  );
}

/** Indicators with any value loaded, population left out, with the way each points. */
export async function loadedIndicators(database: Queryable): Promise<{ id: string; orientation: "high" | "low" | null }[]> {
  const values = indicatorValueSource(database, 1);
  return database.query(
    `select id, orientation
       from indicator
      where id <> 'population' and exists (select 1 from ${values.from} as indicator_value where indicator_value.indicator = indicator.id)
      order by id`,
    values.values,
  );
}

/** Shapes of the villages as GeoJSON, in ascending order of code. */
export async function villageShapes(database: Queryable, codes: readonly string[]): Promise<{ code: string; geojson: string }[]> {
  return database.query(
    `select code, geojson
       from area
      where code = any ($1::text[])
      order by code collate "C"`,
    [codes],
  );
}

/** Label points of areas of any level, in ascending order of code. */
export async function labelPoints(database: Queryable, codes: readonly string[]): Promise<{ code: string; lon: number; lat: number }[]> {
  return database.query(
    `select code, ST_X(label_point) as lon, ST_Y(label_point) as lat
       from area
      where code = any ($1::text[])
      order by code collate "C"`,
    [codes],
  );
}
