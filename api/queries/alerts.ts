import type { Queryable, Transaction } from "../database/database.ts";
import type { CollectionSql } from "./items.ts";

const text = (sql: string) => ({ sql, type: "text" }) as const;

/** Alerts as the reader of pages takes them. */
export const alertRows: CollectionSql = {
  from: "alert a left join area place on place.code = a.area_code",
  key: "a.id",
  keyType: "uuid",
  columns: `a.kind, a.area_code, place.name as area_name, a.subject_kind, a.subject_id, a.due_on, case when a.due_on is null then null else greatest(current_date - a.due_on, 0) end as days_overdue,
    a.details, a.raised_at, a.owner, a.owned_at, a.state, a.answer, a.answered_at, a.answered_by, a.settled_at, a.version`,
  geojson: "null",
  queryables: {
    state: text("a.state"),
    kind: text("a.kind"),
    area_code: text("a.area_code"),
    audience: text("a.audience"),
    owner: text("a.owner"),
    subject_id: text("a.subject_id"),
    raised_at: { sql: "a.raised_at", type: "time" },
    due_on: { sql: "(a.due_on)::timestamptz", type: "time" },
  },
  geometry: "place.label_point",
  areaCode: "a.area_code",
  time: "a.raised_at",
  always: "true",
};

/** What crossed a rule: raised once for kind, subject and occasion. */
export interface NewAlert {
  readonly kind: string;
  readonly areaCode: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Tells this crossing from an earlier one of the same subject, such as the day on which it was due or the run that found it. */
  readonly occasion: string;
  readonly audience: "team" | "leaders";
  readonly dueOn: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}
export interface Raised {
  readonly id: string;
  readonly areaCode: string;
  readonly audience: "team" | "leaders";
}

const columns = "id, kind, area_code, subject_kind, subject_id, occasion, audience, due_on, details, raised_at, state";
// What was over and is true again is open again; what somebody answered stays answered.
const again = `on conflict (kind, subject_id, occasion) do update
     set state = case when alert.owner is null then 'open' else 'owned' end, settled_at = null, version = alert.version + 1
   where alert.state = 'settled'
 returning id::text as id, area_code as "areaCode", audience`;

/** Raises alerts; those that stand already are left as they are. The new ones. Done by the keeper or the assessor. */
export async function raiseAlerts(transaction: Queryable, alerts: readonly NewAlert[], at: Date): Promise<Raised[]> {
  if (alerts.length === 0) return [];
  return transaction.query<Raised>(
    `insert into alert (${columns})
     select gen_random_uuid(), told."kind", told."areaCode", told."subjectKind", told."subjectId", told."occasion", told."audience", told."dueOn", told."details", $2, 'open'
       from jsonb_to_recordset($1::jsonb) as told("kind" text, "areaCode" text, "subjectKind" text, "subjectId" text, "occasion" text, "audience" text, "dueOn" date, "details" jsonb)
     ${again}`,
    [JSON.stringify(alerts), at],
  );
}

/** Settles what is told of no more: open or owned alerts of the kinds whose subject and occasion are not in the list. How many. */
export async function settleAlerts(
  transaction: Queryable,
  kinds: readonly string[],
  standing: readonly { readonly kind: string; readonly subjectId: string; readonly occasion: string }[],
  at: Date,
): Promise<number> {
  const settled = await transaction.query(
    `update alert
        set state = 'settled', settled_at = $3, version = version + 1
      where kind = any ($1::text[]) and state in ('open', 'owned')
        and not exists (select from jsonb_to_recordset($2::jsonb) as still("kind" text, "subjectId" text, "occasion" text)
                         where still."kind" = alert.kind and still."subjectId" = alert.subject_id and still."occasion" = alert.occasion)
     returning 1 as settled`,
    [kinds, JSON.stringify(standing.map(({ kind, subjectId, occasion }) => ({ kind, subjectId, occasion }))), at],
  );
  return settled.length;
}

/** One at a time settles and raises what is due, so that two never wait for each other's alerts. Held until the transaction ends. */
export async function lockDueAlerts(transaction: Queryable): Promise<void> {
  await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", ["due alerts"]);
}

/** What of visits and agreements is due on a day: items past their date, reviews, and visits of which nobody has told anything since. */
export async function dueOfVisits(database: Queryable, today: string): Promise<NewAlert[]> {
  return database.query<NewAlert>(
    `select due.kind, due.area as "areaCode", due.subject_kind as "subjectKind", due.subject as "subjectId", due.occasion, 'leaders' as audience,
            due.due_on as "dueOn", due.details
       from (
         select 'agreement_item_overdue' as kind, g.village_code as area, 'agreements' as subject_kind, g.id::text as subject,
                item.id || ' ' || item.due_on as occasion, item.due_on, jsonb_build_object('item', item.id) as details
           from agreement g
          cross join lateral jsonb_to_recordset(g.items) as item(id text, status text, due_on date)
          where g.withdrawn_at is null and g.status = 'open' and item.status = 'open' and item.due_on < $1::date
         union all
         select 'agreement_review_due', g.village_code, 'agreements', g.id::text, g.review_on::text, g.review_on, '{}'::jsonb
           from agreement g
          where g.withdrawn_at is null and g.status = 'open' and g.review_on <= $1::date
         union all
         select 'visit_review_due', v.village_code, 'visits', v.id::text, v.next_review::text, v.next_review, '{}'::jsonb
           from visit v
          where v.withdrawn_at is null and v.status = 'done' and v.next_review <= $1::date
            and not exists (select from visit later
                             where later.village_code = v.village_code and later.withdrawn_at is null and later.id <> v.id
                               and (later.status = 'done' and later.day > v.day or later.status = 'planned' and later.day >= $1::date))
         union all
         select 'visit_not_recorded', v.village_code, 'visits', v.id::text, v.day::text, v.day, '{}'::jsonb
           from visit v
          where v.withdrawn_at is null and v.status = 'planned' and v.day < $1::date - 1
       ) due`,
    [today],
  );
}

/** Standing disputes that were to be looked at again by a day. */
export async function dueOfPotentials(database: Queryable, today: string): Promise<NewAlert[]> {
  return database.query<NewAlert>(
    `select 'potential_review_due' as kind, village_code as "areaCode", 'potentials' as "subjectKind", id::text as "subjectId", review_due::text as occasion,
            'team' as audience, review_due as "dueOn", '{}'::jsonb as details
       from potential
      where withdrawn_at is null and status = 'open' and review_due <= $1::date`,
    [today],
  );
}

export interface LockedAlert {
  readonly id: string;
  readonly version: number;
  readonly state: "open" | "owned" | "answered" | "settled";
  readonly owner: string | null;
  readonly areaCode: string;
  readonly audience: "team" | "leaders";
}

/** One alert, locked until the transaction ends; null where there is none that the asker may see. */
export async function lockAlert(transaction: Transaction, id: string): Promise<LockedAlert | null> {
  const rows = await transaction.query<LockedAlert>(
    `select id::text as id, version, state, owner, area_code as "areaCode", audience
       from alert
      where id = $1::uuid
        for update`,
    [id],
  );
  return rows[0] ?? null;
}

/** Somebody takes an alert; null gives it back. */
export async function ownAlert(transaction: Transaction, id: string, owner: string | null, at: Date): Promise<void> {
  await transaction.query(
    "update alert set owner = $2, owned_at = case when $2::text is null then null else $3::timestamptz end, state = case when $2::text is null then 'open' else 'owned' end, version = version + 1 where id = $1::uuid",
    [id, owner, at],
  );
}

/** Answers an alert: what was done about it. */
export async function answerAlert(transaction: Transaction, id: string, answer: string, person: string, at: Date): Promise<void> {
  await transaction.query(
    `update alert
        set state = 'answered', answer = $2, answered_by = $3, answered_at = $4, owner = coalesce(owner, $3), owned_at = coalesce(owned_at, $4), version = version + 1
      where id = $1::uuid`,
    [id, answer, person, at],
  );
}
