import { toldColumns } from "./incidentColumns.ts";
import type { CollectionSql } from "./items.ts";

const text = (sql: string) => ({ sql, type: "text" }) as const;
const number = (sql: string) => ({ sql, type: "number" }) as const;
const time = (sql: string) => ({ sql, type: "time" }) as const;

const areaFrom = `area a
  left join area district on district.code = a.district_code and a.level = 'village'
  left join area regency on regency.code = a.regency_code and a.level in ('village', 'district')
  left join area province on province.code = a.province_code and a.level <> 'province'
  left join lateral (
    select value as population, year as population_year
      from indicator_value
     where area_code = a.code and indicator = 'population'
     order by year desc
     limit 1
  ) people on true`;

const parents = {
  village: `a.district_code, district.name as district_name, a.regency_code, regency.name as regency_name, a.province_code, province.name as province_name`,
  district: `a.regency_code, regency.name as regency_name, a.province_code, province.name as province_name`,
  regency: `a.province_code, province.name as province_name`,
  province: null,
} as const;

const parentQueryables = {
  district_code: text("a.district_code"),
  district_name: text("district.name"),
  regency_code: text("a.regency_code"),
  regency_name: text("regency.name"),
  province_code: text("a.province_code"),
  province_name: text("province.name"),
};

function areas(level: keyof typeof parents): CollectionSql {
  return {
    from: areaFrom,
    key: "a.code",
    keyType: "text",
    columns: ["a.code", "a.name", "a.kind", parents[level], "a.area_km2", "people.population", "people.population_year", "a.vintage"]
      .filter(Boolean)
      .join(", "),
    geojson: "a.geojson",
    queryables: {
      code: text("a.code"),
      name: text("a.name"),
      kind: text("a.kind"),
      ...parentQueryables,
      area_km2: number("a.area_km2"),
      population: number("people.population"),
      population_year: number("people.population_year"),
      vintage: text("a.vintage"),
    },
    geometry: "a.geometry",
    areaCode: "a.code",
    time: null,
    always: `a.level = '${level}'`,
  };
}

const incidentColumns = ["village_code", ...toldColumns, "recorded_at", "version"];

const villageCandidates = `(select json_agg(json_build_object('village_code', candidate.village_code, 'probability', candidate.probability)
                                order by candidate.probability desc, candidate.village_code collate "C")
     from incident_candidate candidate
    where candidate.incident_id = i.id) as village_candidates`;

const incidents: CollectionSql = {
  from: "incident i left join area village on village.code = i.village_code",
  key: "i.id",
  keyType: "uuid",
  columns: [
    ...incidentColumns.map((column) => `i.${column}`),
    villageCandidates,
    "village.name as village_name",
    "village.district_code",
    "i.regency_code",
  ].join(", "),
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
  areaCode: "i.village_code",
  time: "i.occurred_from",
  always: "i.withdrawn_at is null",
};

const reports: CollectionSql = {
  from: "report r left join area village on village.code = r.village_code",
  key: "r.id",
  keyType: "uuid",
  columns: `array(select incident_id::text from report_incident where report_id = r.id order by 1) as incident_ids, r.village_code, village.name as village_name,
    r.obtained_at, r.obtained_precision, r.recorded_at, r.channel, r.source_value, r.content_value, r.facts, r.analysis, r.prediction, r.action_taken, r.recommendation,
    r.status, r.nil, r.period_from, r.period_to, r.version`,
  geojson: "null::text",
  queryables: {
    id: text("r.id::text"),
    village_code: text("r.village_code"),
    status: text("r.status"),
    channel: text("r.channel"),
    source_value: text("r.source_value"),
    content_value: number("r.content_value"),
    facts: text("r.facts"),
    obtained_at: time("r.obtained_at"),
    recorded_at: time("r.recorded_at"),
    nil: text("r.nil::text"),
  },
  geometry: "village.label_point",
  areaCode: "r.village_code",
  time: "r.obtained_at",
  always: "true",
};

function standing(kind: "risk" | "hotspots"): CollectionSql {
  return {
    from: "standing_value s join area a on a.code = s.area_code join run on run.id = s.run_id",
    key: "a.code",
    keyType: "text",
    columns: `a.code, a.name, s.regency_code, s.run_id as run, run.data_as_of, s.values`,
    geojson: "a.geojson",
    queryables: {
      code: text("a.code"),
      name: text("a.name"),
      regency_code: text("s.regency_code"),
      run: text("s.run_id"),
      ...(kind === "risk"
        ? { score: number("(s.values ->> 'score')::float8"), band: text("s.values ->> 'band'") }
        : { q: number("(s.values ->> 'q')::float8"), class: text("s.values ->> 'class'") }),
    },
    geometry: "a.geometry",
    areaCode: "a.code",
    time: null,
    always: `s.kind = '${kind}'`,
  };
}

/** Every collection that can be read, by its name in the API. */
export const collections = {
  provinces: areas("province"),
  regencies: areas("regency"),
  districts: areas("district"),
  villages: areas("village"),
  incidents,
  reports,
  risk: standing("risk"),
  hotspots: standing("hotspots"),
} as const satisfies Record<string, CollectionSql>;

export type CollectionId = keyof typeof collections;
