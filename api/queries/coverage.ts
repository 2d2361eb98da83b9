import type { Queryable } from "../database/database.ts";

/** A report as far as coverage goes; days are numbers since 1 January 1970. */
export interface HeardRow {
  readonly code: string;
  readonly coversFrom: number;
  readonly coversTo: number;
  /** null where the day of obtaining was not told, as in a file of incidents. */
  readonly receivedOn: number | null;
  readonly isNil: boolean;
}

// Drafts were never sent, and what was found false is no word from a village. A report without a period tells of the day it was obtained; of a file that told no
// day of obtaining, the days of its incidents. $1 villages, $2 time zone. Leans on report_village.
const heard = `
  select r.village_code as code, r.nil,
         coalesce(r.period_from, case when told.is_told then told.day else about.first_on end, told.day) as covers_from,
         coalesce(r.period_to, r.period_from, case when told.is_told then told.day else about.last_on end, told.day) as covers_to,
         case when told.is_told then told.day end as received_on
    from report r
   cross join lateral (
     select (r.obtained_at at time zone $2)::date as day, r.import_id is null or r.obtained_at <> r.recorded_at as is_told) told
    left join lateral (
     select min(i.occurred_on) as first_on, max(i.occurred_on) as last_on
       from report_incident tie
       join incident i on i.id = tie.incident_id
      where tie.report_id = r.id and not told.is_told) about on true
   where r.village_code = any ($1::text[]) and r.withdrawn_at is null and r.status in ('reported', 'verified', 'merged')`;

/** The reports of the villages that tell of days from `from` on and were obtained before `to`. */
export async function heardReports(
  database: Queryable,
  codes: readonly string[],
  frame: { readonly from: string; readonly to: string; readonly timeZone: string },
): Promise<HeardRow[]> {
  return database.query(
    `select code, covers_from - date '1970-01-01' as "coversFrom", covers_to - date '1970-01-01' as "coversTo",
            received_on - date '1970-01-01' as "receivedOn", nil as "isNil"
       from (${heard}) heard
      where (covers_to >= $3::date or received_on >= $3::date) and coalesce(received_on, covers_to) < $4::date`,
    [codes, frame.timeZone, frame.from, frame.to],
  );
}

/** The last day before `to` on which each village was heard of; villages never heard of are left out. */
export async function lastHeard(
  database: Queryable,
  codes: readonly string[],
  frame: { readonly to: string; readonly timeZone: string },
): Promise<Map<string, number>> {
  const rows = await database.query<{ code: string; day: number }>(
    `select code, max(coalesce(received_on, covers_to)) - date '1970-01-01' as day
       from (${heard}) heard
      where coalesce(received_on, covers_to) < $3::date
      group by code`,
    [codes, frame.timeZone, frame.to],
  );
  return new Map(rows.map((row) => [row.code, row.day]));
}
