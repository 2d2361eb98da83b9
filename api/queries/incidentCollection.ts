import { toldColumns } from "./incidentColumns.ts";
import type { CollectionSql } from "./items.ts";
import { ownItemSql } from "./ownItems.ts";
import { pastIncidents } from "./pastItems.ts";
import { levelSql } from "./verification.ts";

const text = (sql: string) => ({ sql, type: "text" }) as const;
const number = (sql: string) => ({ sql, type: "number" }) as const;
const time = (sql: string) => ({ sql, type: "time" }) as const;

const mostReportsListed = 1000;

const villageCandidates = `(select json_agg(json_build_object('village_code', candidate.village_code, 'probability', candidate.probability)
                                order by candidate.probability desc, candidate.village_code collate "C")
     from incident_candidate candidate
    where candidate.incident_id = i.id) as village_candidates`;

const reportsNow = `array(select tied.report_id::text
            from report_incident tied
            join report told on told.id = tied.report_id and told.withdrawn_at is null
           where tied.incident_id = i.id
           order by 1
           limit ${mostReportsListed}) as report_ids,
    (select count(*)
       from report_incident tied
       join report told on told.id = tied.report_id and told.withdrawn_at is null
      where tied.incident_id = i.id) as report_count`;

const columns = (more: readonly string[]): string =>
  [
    ...["village_code", ...toldColumns, "recorded_at", "version"].map((column) => `i.${column}`),
    `${levelSql("i")} as verification_level`,
    "i.merged_into::text as merged_into",
    ...more,
    "village.name as village_name",
    "village.district_code",
    "i.regency_code",
  ].join(", ");

/** What happened, once; at most 1,000 of its reports are listed by id, and all of them counted. */
export const incidents: CollectionSql = {
  from: "incident i left join area village on village.code = i.village_code",
  key: "i.id",
  keyType: "uuid",
  columns: columns([villageCandidates, reportsNow]),
  geojson: "case when i.geometry is null then null else ST_AsGeoJSON(i.geometry, 6) end",
  queryables: {
    id: text("i.id::text"),
    village_code: text("i.village_code"),
    village_name: text("village.name"),
    district_code: text("village.district_code"),
    regency_code: text("i.regency_code"),
    issue: text("i.issue"),
    form: text("i.form"),
    field: text("i.field"),
    source_class: text("i.source_class"),
    stage: text("i.stage"),
    status: text("i.status"),
    verification_level: text(`(${levelSql("i")})`),
    merged_into: text("i.merged_into::text"),
    source_value: text("i.source_value"),
    content_value: number("i.content_value"),
    severity: number("i.severity"),
    title: text("i.title"),
    facts: text("i.facts"),
    killed: number("i.killed"),
    injured: number("i.injured"),
    displaced: number("i.displaced"),
    location_precision: number("i.location_precision"),
    occurred_from: time("i.occurred_from"),
    occurred_to: time("i.occurred_to"),
    recorded_at: time("i.recorded_at"),
  },
  // Without a point of its own an incident is found by its village's label point.
  geometry: "coalesce(i.geometry, village.label_point)",
  // Leans on incident_geometry for those with a point, and on incident_without_point for those that stand on the label point of their village. Boxes are compared
  // by themselves: that gives nothing away, so the index may be used before the rules of the rows have been asked (migration 0015).
  inBox: (box) => `(i.geometry && ${box} or ((i.geometry is null) is true and i.village_code = any (array(
      select code from area where level = 'village' and geometry && ${box} and ST_Intersects(label_point, ${box})))))
   and ((i.geometry is null) is true or ST_Intersects(i.geometry, ${box}))`,
  areaCode: "i.village_code",
  time: "i.occurred_from",
  always: "i.withdrawn_at is null",
  own: (name) => ownItemSql("incident", "i.id", name),
  past: {
    from: (at, zone) => `${pastIncidents(at, zone())} i left join area village on village.code = i.village_code`,
    columns: columns([
      "i.village_candidates",
      `i.report_ids[1:${mostReportsListed}] as report_ids`,
      "cardinality(i.report_ids) as report_count",
    ]),
    always: "true",
  },
};
