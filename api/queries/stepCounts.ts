import type { Queryable } from "../database/database.ts";
import { incidentSource } from "./knownThen.ts";
import type { EventFilter } from "./samples.ts";

/**
 * Incidents of the villages in the list by village and step of `stepDays` days, counted from 0 at the start of the half-open period. Villages and steps without any are left out.
 * Leans on the index by village and day.
 */
export async function stepCounts(
  database: Queryable,
  codes: readonly string[],
  filter: EventFilter,
  stepDays: number,
): Promise<{ code: string; step: number; n: number }[]> {
  const incidents = incidentSource(database, 7);
  const rows = await database.query<{ code: string; step: number; n: number }>(
    `select village_code as code, (occurred_on - $2::date) / $6::int4 as step, count(*) as n
       from ${incidents.from} as incident
      where withdrawn_at is null and occurred_on >= $2::date and occurred_on < $3::date
        and issue = any ($4::text[]) and status = any ($5::text[]) and village_code = any ($1::text[])
      group by 1, 2`,
    [codes, filter.from, filter.to, filter.issues, filter.statuses, stepDays, ...incidents.values],
  );
  return rows.map((row) => ({ code: row.code, step: Number(row.step), n: Number(row.n) }));
}

/** The first day in the half-open period with an incident in the villages, null without any: from when on silence is known to be silence. */
export async function firstIncidentDay(database: Queryable, codes: readonly string[], filter: EventFilter): Promise<string | null> {
  const incidents = incidentSource(database, 6);
  const [row] = await database.query<{ day: string | null }>(
    `select min(occurred_on) as day
       from ${incidents.from} as incident
      where withdrawn_at is null and occurred_on >= $2::date and occurred_on < $3::date
        and issue = any ($4::text[]) and status = any ($5::text[]) and village_code = any ($1::text[])`,
    [codes, filter.from, filter.to, filter.issues, filter.statuses, ...incidents.values],
  );
  return row?.day ?? null;
}
