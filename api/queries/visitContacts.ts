import type { Queryable } from "../database/database.ts";

export interface VisitContact {
  readonly code: string;
  /** The last day on which a visit was made; null when none is on record. */
  readonly visitedOn: string | null;
  /** The first day on which a promise or a review of an open agreement, or the review of a visit, is due; null when nothing is. */
  readonly dueOn: string | null;
}

/**
 * Of villages that were visited: when last, and what is due of it, as it was known at a moment, up to a day (exclusive). Read from the versions that are kept,
 * so that a plan can be worked out again. Villages without either are left out.
 */
export async function visitContacts(
  database: Queryable,
  codes: readonly string[],
  { before, knownAt }: { readonly before: string; readonly knownAt: Date },
): Promise<VisitContact[]> {
  return database.query(
    `with made as (
         select stood.village_code, stood.day, stood.next_review, row_number() over (partition by stood.village_code order by stood.day desc, last.item_id) as latest
           from (select distinct on (item_id) item_id, operation, record
                   from visit_work_history
                  where kind = 'visits' and changed_at <= $3
                  order by item_id, version desc) last
          cross join lateral jsonb_to_record(last.record) as stood(village_code text, status text, day date, next_review date)
          where last.operation <> 'withdraw' and stood.status = 'done' and stood.day < $2::date
       ), promised as (
         select stood.village_code, least((select min(item.due_on) from jsonb_to_recordset(stood.items) as item(status text, due_on date) where item.status = 'open'),
                stood.review_on) as due
           from (select distinct on (item_id) operation, record
                   from visit_work_history
                  where kind = 'agreements' and changed_at <= $3
                  order by item_id, version desc) last
          cross join lateral jsonb_to_record(last.record) as stood(village_code text, status text, review_on date, items jsonb)
          where last.operation <> 'withdraw' and stood.status = 'open'
       )
     select told.code, max(told.visited)::text as "visitedOn", min(told.due)::text as "dueOn"
       from (
         select village_code as code, day as visited, case when latest = 1 then next_review end as due from made
         union all
         select village_code, null, due from promised
       ) told
      where told.code = any ($1::text[])
      group by told.code
     having max(told.visited) is not null or min(told.due) is not null
      order by told.code`,
    [codes, before, knownAt],
  );
}
