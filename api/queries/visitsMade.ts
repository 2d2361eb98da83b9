import type { Queryable } from "../database/database.ts";

export interface VisitMade {
  readonly code: string;
  readonly day: string;
}

/** Visits to the villages in the list that were made in the half-open period, in the order of their days. Leans on the index by village and day. */
export async function visitsMade(
  database: Queryable,
  codes: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<VisitMade[]> {
  return database.query<{ code: string; day: string }>(
    `select village_code as code, day::text as day
       from visit
      where village_code = any ($1::text[]) and day >= $2::date and day < $3::date
        and status = 'done' and withdrawn_at is null
      order by day, village_code, id`,
    [codes, from, to],
  );
}
