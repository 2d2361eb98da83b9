import { incidents } from "./incidentCollection.ts";
import type { CollectionSql } from "./items.ts";
import { potentials } from "./potentialCollection.ts";
import { reports } from "./reportCollection.ts";

const text = (sql: string) => ({ sql, type: "text" }) as const;
const number = (sql: string) => ({ sql, type: "number" }) as const;

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
  potentials,
  risk: standing("risk"),
  hotspots: standing("hotspots"),
} as const satisfies Record<string, CollectionSql>;

export type CollectionId = keyof typeof collections;
