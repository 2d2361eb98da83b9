import type { Queryable } from "../database/database.ts";

export interface CountFilter {
  readonly from: string;
  readonly to: string;
  readonly issues: readonly string[];
  readonly statuses: readonly string[];
  readonly forms: readonly string[] | null;
}

/** Incidents by village and day in the half-open period; days without any are left out. */
export async function dailyCounts(
  database: Queryable,
  codes: readonly string[],
  filter: CountFilter,
): Promise<{ code: string; day: string; n: number }[]> {
  return database.query(
    `select village_code as code, occurred_on as day, count(*) as n
       from incident
      where withdrawn_at is null and occurred_on >= $2::date and occurred_on < $3::date
        and issue = any ($4::text[]) and status = any ($5::text[]) and ($6::text[] is null or form = any ($6))
        and village_code = any ($1::text[])
      group by village_code, occurred_on`,
    [codes, filter.from, filter.to, filter.issues, filter.statuses, filter.forms],
  );
}
