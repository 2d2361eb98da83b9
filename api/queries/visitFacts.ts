import type { Queryable } from "../database/database.ts";
import { incidentSource } from "./knownThen.ts";

export interface VisitFacts {
  readonly code: string;
  /** The last day of which anything was told, a report of nothing included; null when never. */
  readonly heardOn: string | null;
  /** Stage of the last incident that has one. */
  readonly stage: string | null;
}

/** What a plan of visits asks about each village up to a day (exclusive): when it was last heard of, and how heated its last incident was. Silent villages are left out. */
export async function visitFacts(
  database: Queryable,
  codes: readonly string[],
  { from, to, knownAt }: { readonly from: string; readonly to: string; readonly knownAt: Date },
): Promise<VisitFacts[]> {
  const incidents = incidentSource(database, 5);
  return database.query(
    `select code, max(day) as "heardOn", (array_agg(stage order by day desc, id) filter (where stage is not null))[1] as stage
       from (
         select village_code as code, occurred_on as day, stage, id
           from ${incidents.from} as incident
          where withdrawn_at is null and status in ('reported', 'verified') and village_code = any ($1::text[])
            and occurred_on >= $2::date and occurred_on < $3::date
         union all
         select village_code, obtained_at::date, null, id
           from report
          where status in ('reported', 'verified') and village_code = any ($1::text[])
            and obtained_at >= $2::date and obtained_at < $3::date and recorded_at <= $4::timestamptz
       ) told
      group by code`,
    [codes, from, to, knownAt, ...incidents.values],
  );
}
