import type { Database, Queryable } from "../database/database.ts";

/** The moment whose knowledge counts, and the time zone in which its days are told. */
interface Known {
  readonly at: Date;
  readonly timeZone: string;
}

/** A database as it was known at a moment: what reads incidents and indicator values through the sources below reads those of then. Boundaries and neighbours are today's. */
export interface PastDatabase extends Database {
  readonly known: Known;
}

export function databaseAsKnown(database: Database, known: Known): PastDatabase {
  return {
    kind: database.kind,
    query: (sql, values) => database.query(sql, values),
    transaction: (work, options) => database.transaction(work, options),
    notify: (channel, payload) => database.notify(channel, payload),
    listen: (channel, handler) => database.listen(channel, handler),
    close: () => database.close(),
    known,
  };
}

const knownOf = (database: Queryable): Known | undefined => (database as Partial<PastDatabase>).known;

/**
 * What stands in a `from` for the incidents: the table, or in a database of the past those known then with the columns that statistics read, each as its last
 * version said, withdrawn ones left out. That scans the whole history, which a replay may cost.
 * @param next the number of the first free parameter; `values` go there.
 */
export function incidentSource(database: Queryable, next: number): { from: string; values: unknown[] } {
  const known = knownOf(database);
  if (!known) return { from: "incident", values: [] };
  const told = (name: string): string => `last.feature #>> '{properties,${name}}'`;
  const from = `(
    select last.incident_id as id, null::timestamptz as withdrawn_at, ${told("village_code")} as village_code, ${told("issue")} as issue, ${told("status")} as status, ${told("stage")} as stage,
           (${told("severity")})::smallint as severity, ${told("source_value")} as source_value, (${told("content_value")})::smallint as content_value,
           (${told("location_precision")})::smallint as location_precision, ST_SetSRID(ST_GeomFromGeoJSON(last.feature ->> 'geometry'), 4326) as geometry,
           case when length(${told("occurred_from")}) = 10 then (${told("occurred_from")})::date
                else ((${told("occurred_from")})::timestamptz at time zone $${next + 1}::text)::date end as occurred_on
      from (select distinct on (incident_id) incident_id, operation, feature
              from incident_history
             where changed_at <= $${next}::timestamptz
             order by incident_id, version desc) last
     where last.operation <> 'withdraw')`;
  return { from, values: [known.at, known.timeZone] };
}

/** The same for the villages in which an incident may have been. */
export function candidateSource(database: Queryable, next: number): { from: string; values: unknown[] } {
  const known = knownOf(database);
  if (!known) return { from: "incident_candidate", values: [] };
  const from = `(
    select last.incident_id, told.village_code, told.probability
      from (select distinct on (incident_id) incident_id, feature
              from incident_history
             where changed_at <= $${next}::timestamptz
             order by incident_id, version desc) last
     cross join lateral jsonb_to_recordset(coalesce(nullif(last.feature #> '{properties,village_candidates}', 'null'::jsonb), '[]'::jsonb))
        as told(village_code text, probability double precision))`;
  return { from, values: [known.at] };
}

/** The same for indicator values: those of now that were there already, and those that were replaced since. */
export function indicatorValueSource(database: Queryable, next: number): { from: string; values: unknown[] } {
  const known = knownOf(database);
  if (!known) return { from: "indicator_value", values: [] };
  const from = `(
    select area_code, indicator, year, value from indicator_value where recorded_at <= $${next}::timestamptz
    union all
    select area_code, indicator, year, value from indicator_value_past where recorded_at <= $${next}::timestamptz and replaced_at > $${next}::timestamptz)`;
  return { from, values: [known.at] };
}
