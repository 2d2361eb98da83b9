import fc from "fast-check";
import { issueCodes } from "../../../api/contract/taxonomy.ts";
import { hostileText } from "./hostile.ts";
import type { Known } from "./place.ts";
import type { Vocabulary } from "./schemaArbitrary.ts";

const one = (list: readonly string[], otherwise: string): fc.Arbitrary<string> =>
  fc.constantFrom(...(list.length > 0 ? list : [otherwise]));
const noId = "00000000-0000-4000-8000-000000000000";

const day = fc.integer({ min: 0, max: 2200 }).map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10));
const filters = [
  "issue = '404'",
  "severity >= 3 AND issue IN ('404','301')",
  "facts LIKE 'Putaran%'",
  "NOT (form = 'F6') OR killed IS NULL",
  "severity BETWEEN 1 AND 3",
  "population > 5000",
  "name LIKE 'Desa%'",
  "title = 'x' or 1=1; drop table incident --'",
  "S_INTERSECTS(geometry, BBOX(112,-8,113,-7))",
  "issue == (",
  "((((((((((issue = '404'))))))))))",
  "a".repeat(2000),
  "issue IN ()",
  "severity = 1e999",
  "occurred_from > DATE('2025-02-31')",
  "S_WITHIN(geometry, POLYGON((1 1,1 2)))",
  '{"op":"=","args":[{"property":"issue"},"404"]}',
  '{"op":"and","args":[]}',
];

/** What the fields of the service's own schemas usually hold: so chosen that most requests reach beyond the first check, and that no work takes minutes. */
export function vocabularyOf(known: Known): Vocabulary {
  const village = one(known.villages, "99.01.01.2001");
  const area = one(known.areas, "99.01");
  const position = fc.tuple(fc.double({ min: 111.9, max: 112.6, noNaN: true }), fc.double({ min: -7.2, max: -6.9, noNaN: true }));
  const few = fc.constantFrom(99, 99, 199, 99.5, -1, 1e12);
  return {
    village_code: village,
    village: village,
    area: area,
    areas: fc.oneof(area, fc.array(area, { minLength: 1, maxLength: 3 })),
    area_code: area,
    within: area,
    geometry: fc.oneof(
      fc.constant(null),
      position.map((coordinates) => ({ type: "Point", coordinates })),
    ),
    issue: fc.constantFrom(...issueCodes),
    occurred_from: day,
    occurred_to: day,
    obtained_at: day,
    opened_on: day,
    review_due: day,
    valid_from: day,
    valid_to: day,
    period_from: day,
    period_to: day,
    from: fc.oneof(day, fc.constantFrom("2020", "2025")),
    to: fc.oneof(day, fc.constantFrom("2025", "reported", "district", "regency")),
    period: fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
    asOf: day,
    on: day,
    datetime: fc.oneof(
      day,
      day.map((text) => `../${text}`),
    ),
    facts: fc.constantFrom("Bentrokan dua kelompok.", "Unjuk rasa di balai desa.", "<b>tebal</b>", "=1+1"),
    incident_ids: fc.array(one(known.ids.incidents, noId), { maxLength: 2 }),
    into: one(known.ids.incidents, noId),
    first: one(known.ids.incidents, noId),
    second: one(known.ids.incidents, noId),
    incident: one(known.ids.incidents, noId),
    bbox: fc.constantFrom("112,-8,113,-7", "-180,-90,180,90", "112,-7,112", "113,-8,112,-7", "112,-8,0,113,-7,0", "1e999,0,1,1", "a,b,c,d"),
    filter: fc.constantFrom(...filters),
    "filter-lang": fc.constantFrom("cql2-text", "cql2-json", "sql"),
    sortby: fc.constantFrom("occurred_from", "-severity", "+name", "rahasia", "facts"),
    cursor: fc.oneof(
      one(known.cursors, "abc"),
      hostileText.map((text) => Buffer.from(text).toString("base64url")),
      hostileText.map((text) => Buffer.from(JSON.stringify({ sorted: null, key: text })).toString("base64url")),
    ),
    limit: fc.constantFrom(1, 2, 100, 10_000, 0, -1, 1.5, 1e9),
    f: fc.constantFrom("json", "geojson", "csv", "arrow", "fgb", "html", "exe"),
    column: fc.constantFrom("score", "z,p", "rahasia", "score,score"),
    inputs: fc.constant({}),
    permutations: few,
    simulations: few,
    runs: fc.constantFrom(2, 5, -1),
    steps: fc.constantFrom(4, 8, 0),
    stepDays: fc.constantFrom(7, 30, 0),
    cellMetres: fc.constantFrom(1000, 2000, 0),
    edges: fc.array(fc.tuple(village, village), { maxLength: 4 }),
    token: fc.constantFrom("salah", "uji-hentikan"),
    link: fc.constant("salah"),
    name: fc.constantFrom("uji.csv", "uji.geojson", "uji.xlsx", "uji.zip", "../../etc/passwd", "a'b.csv", "x".repeat(300)),
    year: fc.constantFrom("2024", "2010", "1", "99999", "dua"),
    mapping: fc.constantFrom("{}", '{"code":"kode"}', '{"code":{"value":"99.01"}}', "{", '{"__proto__":"a"}', "[]"),
    q: fc.constantFrom("Desa 1", "wonorejo kec. uji", "' or 1=1", "a".repeat(200)),
  };
}

/** What stands in the places of a path. */
export function pathValues(known: Known, path: string, name: string): fc.Arbitrary<string> {
  const itemsOf = (kind: keyof Known["ids"]): fc.Arbitrary<string> => one(known.ids[kind], noId);
  const kinds: Readonly<Record<string, fc.Arbitrary<string>>> = {
    collection: fc.constantFrom("villages", "incidents", "reports", "potentials", "districts", "risk", "hotspots", "tabel", "visits"),
    item: path.includes("reports/items/{item}")
      ? itemsOf("reports")
      : path.includes("potentials")
        ? itemsOf("potentials")
        : fc.oneof(itemsOf("incidents"), one(known.villages, "99.01.01.2001")),
    report: itemsOf("reports"),
    attachment: itemsOf("attachments"),
    line: itemsOf("roster"),
    job: itemsOf("jobs"),
    run: itemsOf("runs"),
    village: one(known.villages, "99.01.01.2001"),
    areaSet: one(known.areaSets, "abc"),
    process: fc.constantFrom("rates", "hotspots", "weights", "autocorrelation", "risk", "clusters", "density", "surge", "visit-plan", "x"),
    kind: fc.constantFrom("boundaries", "incidents", "indicators", "reports", "x"),
    year: fc.constantFrom("1899", "2199", "x"),
    z: fc.constantFrom("0", "8", "12", "22", "23", "-1", "1.5"),
    x: fc.constantFrom("0", "207", "3323", "4294967296", "-1"),
    y: fc.constantFrom("0", "133", "2127", "4294967296", "a"),
  };
  return Object.hasOwn(kinds, name) ? (kinds[name] as fc.Arbitrary<string>) : one([], noId);
}
