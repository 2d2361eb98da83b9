import { incidents } from "./incidentCollection.ts";
import type { CollectionSql } from "./items.ts";
import { potentials } from "./potentialCollection.ts";
import { reports } from "./reportCollection.ts";
import { agreements, mediators, teams, visits } from "./visitCollections.ts";

const text = (sql: string) => ({ sql, type: "text" }) as const;
const number = (sql: string) => ({ sql, type: "number" }) as const;

// Looked up for the rows that are told, not joined: counting and sorting go without them.
const nameOf = (code: string): string => `(select parent.name from area parent where parent.code = ${code})`;
const latest = (column: "value" | "year"): string =>
  `(select known.${column} from indicator_value known where known.area_code = a.code and known.indicator = 'population' order by known.year desc limit 1)`;

const [district, regency, province] = ["district", "regency", "province"].map(
  (level) => `a.${level}_code, ${nameOf(`a.${level}_code`)} as ${level}_name`,
);
const parents = {
  village: `${district}, ${regency}, ${province}`,
  district: `${regency}, ${province}`,
  regency: province,
  province: null,
} as const;

const parentQueryables = {
  district_code: text("a.district_code"),
  district_name: text(nameOf("a.district_code")),
  regency_code: text("a.regency_code"),
  regency_name: text(nameOf("a.regency_code")),
  province_code: text("a.province_code"),
  province_name: text(nameOf("a.province_code")),
};

function areas(level: keyof typeof parents): CollectionSql {
  return {
    from: "area a",
    key: "a.code",
    keyType: "text",
    columns: [
      "a.code",
      "a.name",
      "a.kind",
      parents[level],
      "a.area_km2",
      `${latest("value")} as population`,
      `${latest("year")} as population_year`,
      "a.vintage",
    ]
      .filter(Boolean)
      .join(", "),
    changing:
      "(select array[known.value, known.year] from indicator_value known where known.area_code = a.code and known.indicator = 'population' order by known.year desc limit 1) as figures",
    geojson: "a.geojson",
    queryables: {
      code: text("a.code"),
      name: text("a.name"),
      kind: text("a.kind"),
      ...parentQueryables,
      area_km2: number("a.area_km2"),
      population: number(latest("value")),
      population_year: number(latest("year")),
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
    columns: `a.code, a.name, s.regency_code, s.run_id as run, run.inputs -> 'period' ->> 'from' as period_from, run.inputs -> 'period' ->> 'to' as period_to, run.data_as_of, s.values`,
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
  visits,
  agreements,
  mediators,
  teams,
  risk: standing("risk"),
  hotspots: standing("hotspots"),
} as const satisfies Record<string, CollectionSql>;

export type CollectionId = keyof typeof collections;
