import type { CollectionSql } from "./items.ts";

const text = (sql: string) => ({ sql, type: "text" }) as const;
const number = (sql: string) => ({ sql, type: "number" }) as const;
// A day begins at midnight of the session's time zone, which is the service's.
const day = (sql: string) => ({ sql: `(${sql})::timestamptz`, type: "time" }) as const;

/** Days since the review was due, 0 where it is not overdue or the dispute is closed. */
const daysOverdue = "case when p.status = 'open' then greatest(current_date - p.review_due, 0) else 0 end";

const last = (at: string): string => `(
  select stood.*
    from (select distinct on (potential_id) potential_id, operation, record
            from potential_history
           where changed_at <= ${at}
           order by potential_id, version desc) last
   cross join lateral jsonb_populate_record(null::potential, last.record) as stood
   where last.operation <> 'withdraw')`;

const columns = `p.village_code, p.village_codes, village.name as village_name, village.district_code, p.regency_code, p.title, p.issue, p.stage, p.status, p.owner,
    p.opened_on, p.review_due, p.closed_on, p.closing_note, p.actors, p.facts, p.opinion, p.recorded_at, ${daysOverdue} as days_overdue, p.version`;

/** Standing disputes: place, issue, actors, stage, owner and when they are to be looked at again. */
export const potentials: CollectionSql = {
  from: "potential p left join area village on village.code = p.village_code",
  key: "p.id",
  keyType: "uuid",
  columns,
  geojson: "case when p.geometry is null then null else ST_AsGeoJSON(p.geometry, 6) end",
  queryables: {
    id: text("p.id::text"),
    village_code: text("p.village_code"),
    village_codes: text("array_to_string(p.village_codes, ',')"),
    village_name: text("village.name"),
    district_code: text("village.district_code"),
    regency_code: text("p.regency_code"),
    title: text("p.title"),
    issue: text("p.issue"),
    stage: text("p.stage"),
    status: text("p.status"),
    owner: text("p.owner"),
    facts: text("p.facts"),
    overdue: { sql: `(${daysOverdue} > 0)`, type: "boolean" },
    days_overdue: number(`(${daysOverdue})`),
    opened_on: day("p.opened_on"),
    review_due: day("p.review_due"),
    closed_on: day("p.closed_on"),
    recorded_at: { sql: "p.recorded_at", type: "time" },
  },
  // Without a point of its own a dispute is found by its village's label point.
  geometry: "coalesce(p.geometry, village.label_point)",
  areaCode: "p.village_code",
  time: "(p.opened_on)::timestamptz",
  always: "p.withdrawn_at is null",
  past: {
    from: (at) => `${last(at)} p left join area village on village.code = p.village_code`,
    columns,
    always: "true",
  },
};
