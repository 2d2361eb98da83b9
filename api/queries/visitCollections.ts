import type { CollectionSql } from "./items.ts";

const text = (sql: string) => ({ sql, type: "text" }) as const;
const number = (sql: string) => ({ sql, type: "number" }) as const;
const boolean = (sql: string) => ({ sql, type: "boolean" }) as const;
// A day begins at midnight of the session's time zone, which is the service's.
const day = (sql: string) => ({ sql: `(${sql})::timestamptz`, type: "time" }) as const;
const moment = (sql: string) => ({ sql, type: "time" }) as const;

const point = (geometry: string): string => `case when ${geometry} is null then null else ST_AsGeoJSON(${geometry}, 6) end`;

/** Sums over those who were met; null where nobody told. */
const met = (sum: string): string => `(select ${sum} from jsonb_array_elements(v.participants) as one(who))`;
const heard = (field: string): string =>
  met(`sum((one.who ->> '${field}')::int) filter (where (one.who ->> 'heard')::boolean and one.who ->> '${field}' is not null)`);
const isHeard = (side: string): string =>
  `coalesce(bool_or((one.who ->> 'heard')::boolean) filter (where one.who ->> 'side' = '${side}'), false)`;
/** Both sides were heard; null where nobody told whom they met. */
const sidesHeard = met(`case when count(*) = 0 then null else ${isHeard("first")} and ${isHeard("second")} end`);
const reviewOverdue = "case when v.status = 'done' and v.next_review is not null then greatest(current_date - v.next_review, 0) else 0 end";

const visitColumns = `v.village_code, village.name as village_name, village.district_code, v.regency_code, v.plan_id, v.position, v.team_id, v.team, v.day, v.starts_at, v.ends_at,
    v.status, v.locked, v.sequence, v.exploration, v.gain, v.reason, v.alternative, v.purpose, v.issue, v.potential_id, v.participants,
    ${met("sum((one.who ->> 'count')::int)")} as people_met, ${heard("women")} as women_heard, ${heard("youth")} as youth_heard, ${sidesHeard} as sides_heard,
    v.interests, v.minutes, v.assessment, v.outcome, v.next_review, ${reviewOverdue} as days_overdue,
    (select count(*)::int from agreement made where made.visit_id = v.id and made.withdrawn_at is null) as agreements,
    (select count(*)::int from visit_attachment file where file.visit_id = v.id and file.withdrawn_at is null) as attachments,
    v.recorded_at, v.version`;

/** Visits: planned, done, missed; whom the team met and what came of it. */
export const visits: CollectionSql = {
  from: "visit v left join area village on village.code = v.village_code",
  key: "v.id",
  keyType: "uuid",
  columns: visitColumns,
  geojson: point("village.label_point"),
  queryables: {
    id: text("v.id::text"),
    plan_id: text("v.plan_id::text"),
    team_id: text("v.team_id::text"),
    team: text("v.team"),
    village_code: text("v.village_code"),
    village_name: text("village.name"),
    district_code: text("village.district_code"),
    regency_code: text("v.regency_code"),
    potential_id: text("v.potential_id::text"),
    status: text("v.status"),
    issue: text("v.issue"),
    outcome: text("v.outcome"),
    locked: boolean("v.locked"),
    exploration: boolean("v.exploration"),
    gain: number("v.gain"),
    position: number("v.position"),
    day: day("v.day"),
    starts_at: moment("v.starts_at"),
    next_review: day("v.next_review"),
    days_overdue: number(`(${reviewOverdue})`),
    overdue: boolean(`(${reviewOverdue} > 0)`),
    recorded_at: moment("v.recorded_at"),
  },
  geometry: "village.label_point",
  areaCode: "v.village_code",
  time: "(v.day)::timestamptz",
  always: "v.withdrawn_at is null",
};

const openItems = (what: string): string =>
  `(select ${what} from jsonb_to_recordset(g.items) as item(status text, due_on date) where item.status = 'open')`;
const daysOverdue = `case when g.status = 'open' then greatest(
      coalesce(${openItems("max(current_date - item.due_on)")}, 0), coalesce(current_date - g.review_on, 0), 0) else 0 end`;
const overdueItems = `case when g.status = 'open' then ${openItems("count(*) filter (where item.due_on < current_date)")}::int else 0 end`;
const nextDue = `case when g.status = 'open' then least(${openItems("min(item.due_on)")}, g.review_on) end`;

/** What was agreed on visits, with its items. */
export const agreements: CollectionSql = {
  from: "agreement g left join area village on village.code = g.village_code",
  key: "g.id",
  keyType: "uuid",
  columns: `g.visit_id, g.village_code, village.name as village_name, village.district_code, g.regency_code, g.title, g.issue, g.facts, g.parties, g.agreed_on,
    g.review_on, g.status, g.closing_note, g.items, ${openItems("count(*)")}::int as open_items, ${overdueItems} as overdue_items,
    ${daysOverdue} as days_overdue, ${nextDue} as next_due_on, g.recorded_at, g.version`,
  geojson: point("village.label_point"),
  queryables: {
    id: text("g.id::text"),
    visit_id: text("g.visit_id::text"),
    village_code: text("g.village_code"),
    village_name: text("village.name"),
    district_code: text("village.district_code"),
    regency_code: text("g.regency_code"),
    title: text("g.title"),
    issue: text("g.issue"),
    status: text("g.status"),
    agreed_on: day("g.agreed_on"),
    review_on: day("g.review_on"),
    next_due_on: day(nextDue),
    open_items: number(`(${openItems("count(*)")})`),
    overdue_items: number(`(${overdueItems})`),
    days_overdue: number(`(${daysOverdue})`),
    overdue: boolean(`(${daysOverdue} > 0)`),
    recorded_at: moment("g.recorded_at"),
  },
  geometry: "village.label_point",
  areaCode: "g.village_code",
  time: "(g.agreed_on)::timestamptz",
  always: "g.withdrawn_at is null",
};

const consents = "(m.consent_on <= current_date and (m.consent_until is null or m.consent_until >= current_date))";

/** Who can talk to both sides. Where the consent has run out, how to reach them is not told. */
export const mediators: CollectionSql = {
  from: "mediator m left join area place on place.code = m.area_code",
  key: "m.id",
  keyType: "uuid",
  columns: `m.area_code, place.name as area_name, left(m.area_code, 5) as regency_code, m.name, m.role, case when ${consents} then m.contact end as contact, m.skills,
    m.languages, m.issues, m.serves, m.consent_on, m.consent_until, m.consent_how, ${consents} as consent_valid, m.available, m.note, m.recorded_at, m.version`,
  geojson: point("place.label_point"),
  queryables: {
    id: text("m.id::text"),
    area_code: text("m.area_code"),
    area_name: text("place.name"),
    regency_code: text("left(m.area_code, 5)"),
    name: text("m.name"),
    role: text("m.role"),
    skills: text("array_to_string(m.skills, ',')"),
    languages: text("array_to_string(m.languages, ',')"),
    issues: text("array_to_string(m.issues, ',')"),
    serves: text("array_to_string(m.serves, ',')"),
    available: boolean("m.available"),
    consent_valid: boolean(consents),
    consent_on: day("m.consent_on"),
    consent_until: day("m.consent_until"),
  },
  geometry: "place.label_point",
  areaCode: "m.area_code",
  time: null,
  always: "m.withdrawn_at is null",
};

const base =
  "coalesce(case when t.base_lon is null then null else ST_SetSRID(ST_MakePoint(t.base_lon, t.base_lat), 4326) end, place.label_point)";

/** Teams, each at its base. */
export const teams: CollectionSql = {
  from: "visit_team t left join area place on place.code = t.base_code",
  key: "t.id",
  keyType: "uuid",
  columns: `t.area_code, left(t.area_code, 5) as regency_code, t.name, t.base_code, place.name as base_name, t.hours_per_day, t.starts_at, t.weekdays, t.skills, t.languages,
    t.members, t.recorded_at, t.version`,
  geojson: point(base),
  queryables: {
    id: text("t.id::text"),
    area_code: text("t.area_code"),
    regency_code: text("left(t.area_code, 5)"),
    name: text("t.name"),
    base_code: text("t.base_code"),
    base_name: text("place.name"),
    starts_at: text("t.starts_at"),
    hours_per_day: number("t.hours_per_day"),
    skills: text("array_to_string(t.skills, ',')"),
    languages: text("array_to_string(t.languages, ',')"),
  },
  geometry: base,
  areaCode: "t.area_code",
  time: null,
  always: "t.withdrawn_at is null",
};
