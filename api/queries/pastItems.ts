/** Incidents and reports as rows of then: what each one's last version before a moment said, withdrawn ones left out. Scans the history up to then. */

const lastIncidents = (at: string): string => `
    (select distinct on (incident_id) incident_id, version, operation, feature
       from incident_history
      where changed_at <= ${at}
      order by incident_id, version desc) last`;

const lastReports = (at: string): string => `
    (select distinct on (report_id) report_id, operation, content
       from report_history
      where changed_at <= ${at}
      order by report_id, version desc) last`;

const when = (column: string, zone: string): string =>
  `case when length(${column}) = 10 then ${column}::timestamp at time zone ${zone} else ${column}::timestamptz end`;

/** What stands in a `from` in place of the table of incidents; `at` and `zone` are the places of the moment and of the time zone among the parameters. */
export function pastIncidents(at: string, zone: string): string {
  return `(
  select last.incident_id as id, last.version, told.village_code, left(told.village_code, 5) as regency_code, kept.recorded_at,
         ${when("told.occurred_from", zone)} as occurred_from, ${when("told.occurred_to", zone)} as occurred_to,
         case when length(told.occurred_from) = 10 then 'day' else 'moment' end as occurred_precision,
         (${when("told.occurred_from", zone)} at time zone ${zone})::date as occurred_on,
         told.issue, told.form, told.field, told.source_class, told.stage, told.severity, told.status, told.source_value, told.content_value, told.title, told.facts,
         told.opinion, told.killed, told.injured, told.displaced, told.buildings_damaged, told.buildings_destroyed, told.location_precision, told.verification_level,
         told.merged_into, told.village_candidates, coalesce(reported.ids, array[]::text[]) as report_ids,
         ST_SetSRID(ST_GeomFromGeoJSON(last.feature ->> 'geometry'), 4326) as geometry
    from ${lastIncidents(at)}
    join incident kept on kept.id = last.incident_id
   cross join lateral jsonb_to_record(last.feature -> 'properties') as told(
           village_code text, occurred_from text, occurred_to text, issue text, form text, field text, source_class text, stage text, severity smallint, status text,
           source_value text, content_value smallint, title text, facts text, opinion text, killed integer, injured integer, displaced integer, buildings_damaged integer,
           buildings_destroyed integer, location_precision smallint, verification_level text, merged_into text, village_candidates json)
    left join (
      select tied.id as incident_id, array_agg(last.report_id::text order by last.report_id) as ids
        from ${lastReports(at)}
       cross join lateral jsonb_array_elements_text(last.content -> 'incident_ids') as tied(id)
       where last.operation <> 'withdraw'
       group by tied.id) reported on reported.incident_id = last.incident_id::text
   where last.operation <> 'withdraw')`;
}

/** The same for reports. */
export function pastReports(at: string): string {
  return `(
  select stood.*, array(select jsonb_array_elements_text(last.content -> 'incident_ids')) as incident_ids,
         (select count(*) from attachment a where a.report_id = last.report_id and a.added_at <= ${at} and (a.withdrawn_at is null or a.withdrawn_at > ${at})) as attachment_count
    from ${lastReports(at)}
   cross join lateral jsonb_populate_record(null::report, last.content) as stood
   where last.operation <> 'withdraw')`;
}
