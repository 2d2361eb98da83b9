import type { Queryable } from "../database/database.ts";
import type { EventFilter } from "./samples.ts";

/** Incidents of a kecamatan in a month of one issue, with some of those who reported them. */
export interface CellCount {
  readonly district: string;
  /** The month's first day. */
  readonly month: string;
  readonly issue: string;
  readonly incidents: number;
  /** At most `mostReporters` different ones: enough to know whether a cell, or several together, have that many. */
  readonly reporters: readonly string[];
}

/**
 * Counts by kecamatan, month and issue in the kabupaten and the half-open period. Reporters are those who recorded an incident or a report of it; a file does not
 * say who told its rows, so the rows of one village in files count as told by one. Leans on incident_regency.
 */
export async function countCells(
  database: Queryable,
  regencies: readonly string[],
  filter: EventFilter,
  mostReporters: number,
): Promise<CellCount[]> {
  const rows = await database.query<CellCount & { incidents: number | string }>(
    `select left(i.village_code, 8) as district, to_char(i.occurred_on, 'YYYY-MM-01') as month, i.issue, count(distinct i.id) as incidents,
            (array_agg(distinct teller.name))[1:$6::int4] as reporters
       from incident i
      cross join lateral (
        select case when i.import_id is null then 'person ' || i.recorded_by else 'file ' || i.village_code end as name
         union
        select case when r.import_id is null then 'person ' || r.recorded_by else 'file ' || r.village_code end
          from report_incident tie
          join report r on r.id = tie.report_id
         where tie.incident_id = i.id and r.withdrawn_at is null) teller
      where i.withdrawn_at is null and i.regency_code = any ($1::text[]) and i.occurred_on >= $2::date and i.occurred_on < $3::date
        and i.issue = any ($4::text[]) and i.status = any ($5::text[])
      group by 1, 2, 3`,
    [regencies, filter.from, filter.to, filter.issues, filter.statuses, mostReporters],
  );
  return rows.map((row) => ({ ...row, incidents: Number(row.incidents) }));
}

/** The kecamatan that hold villages inside the areas (null: everywhere), ascending. */
export async function districtCodes(database: Queryable, areas: readonly string[] | null): Promise<string[]> {
  const rows = await database.query<{ code: string }>(
    `select distinct district_code collate "C" as code
       from area
      where level = 'village'
        and ($1::text[] is null or code = any ($1) or district_code = any ($1) or regency_code = any ($1) or province_code = any ($1))
      order by 1`,
    [areas],
  );
  return rows.map((row) => row.code);
}
