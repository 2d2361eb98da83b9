import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../fixtures/database.ts";
import { startTestService, type TestService } from "../fixtures/service.ts";

const region = JSON.parse(readFileSync("data/demo/region.geojson", "utf8")) as {
  features: { properties: { kode: string }; geometry: { coordinates: never } }[];
};
const code = region.features[0]?.properties.kode ?? "";
const few = JSON.stringify({
  type: "FeatureCollection",
  features: region.features.filter((feature) => feature.properties.kode.startsWith(code.slice(0, 9))),
});
const geojson = { "content-type": "application/geo+json" };
const properties = {
  village_code: code,
  occurred_from: "2025-06-27",
  issue: "404",
  form: "F6",
  facts: "Dua kelompok bentrok di lapangan.",
};
const feature = (more: object = {}, geometry: unknown = null, id?: string) => ({
  type: "Feature",
  ...(id ? { id } : {}),
  geometry,
  properties: { ...properties, ...more },
});
const point = (...coordinates: unknown[]) => ({ type: "Point", coordinates });
const text = (body: unknown): string => JSON.stringify(body);

/** What is sent, what must come back, and the field that the answer must name. */
const cases: readonly [string, unknown, number, string, string?][] = [
  ["an unknown village", feature({ village_code: "99.01.99.2999" }), 422, "unknown_village", "village_code"],
  ["a district where a village belongs", feature({ village_code: "99.01.01" }), 422, "not_a_village", "village_code"],
  ["a future date", feature({ occurred_from: "2100-01-01" }), 422, "future_date", "occurred_from"],
  ["a day before 1900", feature({ occurred_from: "1066-10-14" }), 422, "date_too_early", "occurred_from"],
  ["31 February", feature({ occurred_from: "2025-02-31" }), 422, "invalid_date", "occurred_from"],
  ["an end before the beginning", feature({ occurred_to: "2025-06-20" }), 422, "ends_before_it_begins", "occurred_to"],
  ["an issue that does not exist", feature({ issue: "998" }), 422, "invalid_field", "issue"],
  ["no facts", feature({ facts: undefined }), 422, "missing_field", "facts"],
  ["blank facts", feature({ facts: "  " }), 422, "missing_field", "facts"],
  ["nil as an incident", feature({ form: "F0" }), 422, "nil_is_no_incident", "form"],
  ["no place", feature({ village_code: undefined }), 422, "no_place", "village_code"],
  ["a misspelt field", feature({ vilage: code }), 422, "unknown_field", "vilage"],
  ["a negative harm", feature({ killed: -1 }), 422, "invalid_field", "killed"],
  ["a number as text", feature({ severity: "3" }), 422, "invalid_field", "severity"],
  ["a point outside every village", feature({ village_code: undefined }, point(112, -7.5)), 422, "point_outside", "geometry"],
  ["swapped axes", feature({ village_code: undefined }, point(-10.5, 111.5)), 422, "swapped_axes", "geometry"],
  ["coordinates as text", feature({}, point("111.5", "-10.5")), 422, "invalid_point", "geometry"],
  [
    "a line as place",
    feature(
      {},
      {
        type: "LineString",
        coordinates: [
          [111, -10],
          [112, -10],
        ],
      },
    ),
    422,
    "invalid_point",
    "geometry",
  ],
  ["an id that is no UUID", feature({}, null, "../../etc/passwd"), 422, "invalid_field", "id"],
  ["broken JSON", '{"type":"Feature","properties":{', 400, "broken_json"],
  ["an empty body", "", 400, "broken_json"],
  ["1e999", text(feature({}, point(111, -10))).replace("[111,", "[1e999,"), 400, "number_out_of_range"],
  ["a key twice", text(feature()).replace('"issue":"404"', '"issue":"404","issue":"301"'), 400, "duplicate_key", "issue"],
  ["NUL", text(feature({ facts: "a\u0000b" })), 400, "invalid_text"],
  ["a lone surrogate", text(feature()).replace("Dua kelompok", "Dua \\ud800 kelompok"), 400, "invalid_text"],
  ["__proto__", text(feature()).replace('"issue"', '"__proto__":{"role":"admin"},"issue"'), 422, "unknown_field", "__proto__"],
  ["a 100,000-deep nesting", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, 400, "broken_json"],
  ["a list", "[1,2,3]", 422, "invalid_field"],
  ["a 2 MB body", text(feature({ facts: "x".repeat(2_000_000) })), 413, "body_too_large"],
];

describe.each(engines)("what is sent wrong, %s", (engine) => {
  let service: TestService;
  const counts = async (): Promise<string> => {
    const parts = [];
    for (const collection of ["incidents", "reports", "villages"])
      parts.push((await service.call(`/api/collections/${collection}/items?limit=1`)).body.numberMatched);
    return parts.join();
  };
  beforeAll(async () => {
    service = await startTestService(engine);
    expect((await service.load("boundaries", "wilayah.geojson", few)).results).toMatchObject({ rejected: 0 });
  });
  afterAll(() => service?.remove());

  test.each(cases)("%s is refused by name and changes nothing", async (_name, body, status, problem, field) => {
    const before = await counts();
    const answer = await service.call("/api/collections/incidents/items", {
      method: "POST",
      headers: geojson,
      body: typeof body === "string" ? body : text(body),
    });
    expect([answer.status, answer.body.code, answer.body.field ?? null]).toEqual([status, problem, field ?? answer.body.field ?? null]);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(await counts()).toBe(before);
  });

  test("nobody writes without credentials, and wrong ones are not nobody", async () => {
    const send = (token: string | null) =>
      service.call("/api/collections/incidents/items", { method: "POST", headers: geojson, body: text(feature()), token });
    expect((await send(null)).status).toBe(401);
    expect((await send("salah")).body.code).toBe("bad_credentials");
  });

  test.each([
    ["limit=-1", "limit"],
    ["limit=banyak", "limit"],
    ["bbox=1,2,3", "bbox"],
    ["bbox=a,b,c,d", "bbox"],
    ["datetime=kapan", "datetime"],
    ["filter=issue%20==%20(", undefined],
    ["filter=rahasia%20%3D%201", undefined],
    ["sortby=rahasia", "sortby"],
    ["cursor=abc", undefined],
    ["limt=3", "limt"],
    ["f=exe", "f"],
    ["limit=1&limit=2", "limit"],
  ])("the query %s is refused", async (query, field) => {
    const answer = await service.call(`/api/collections/incidents/items?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.field).toBe(field);
  });

  test("a filter cannot reach beyond its collection", async () => {
    const filter = encodeURIComponent("title = 'x' or 1=1; drop table incident --'");
    expect((await service.call(`/api/collections/incidents/items?filter=${filter}`)).status).toBe(400);
    const quoted = encodeURIComponent("title = 'x'' or ''1''=''1'");
    expect((await service.call(`/api/collections/incidents/items?filter=${quoted}`)).body.numberMatched).toBe(0);
  });

  test.each([
    ["cut in half", "boundaries", "wilayah.geojson", few.slice(0, few.length / 2)],
    ["empty", "boundaries", "kosong.geojson", ""],
    ["something else", "boundaries", "gambar.geojson", "\u0089PNG"],
    ["with a word as population", "indicators", "penduduk.csv", `code,population\n${code},banyak\n`],
    [
      "with one unknown village",
      "incidents",
      "kejadian.csv",
      `village_code,occurred_from,issue,form,facts\n${code},2025-05-01,404,F6,satu\n99.01.01.2999,2025-05-02,404,F6,dua\n`,
    ],
  ])("a file %s is refused whole", async (_name, kind, name, content) => {
    const before = await counts();
    const { status, results } = await service.load(kind, name, content, kind === "indicators" ? { year: "2024" } : {});
    expect(["failed", "422", "400"]).toContain(status);
    expect(results.code ?? results.rows[0].field).toBeTruthy();
    expect(await counts()).toBe(before);
  });

  test("swapped axes in boundaries are refused and told", async () => {
    const swapped = few.replace(/\[(1\d\d\.\d+),(-?\d+\.\d+)\]/g, "[$2,$1]").replaceAll(code, `${code.slice(0, 9)}2999`);
    const { results } = await service.load("boundaries", "terbalik.geojson", swapped);
    expect(JSON.stringify(results)).toMatch(/tertukar|swapped/i);
    expect((await service.call(`/api/collections/villages/items/${code}`)).body.geometry.coordinates.flat(9)[0]).toBeGreaterThan(100);
  });

  test("a process refuses what it cannot answer, naming the input", async () => {
    for (const [process, inputs, field] of [
      ["hotspots", { areas: ["35.99"] }, "areas"],
      ["hotspots", { alpha: 2 }, "alpha"],
      ["hotspots", { permutasi: 9 }, "permutasi"],
      ["rates", { period: { from: "2025-01-02", to: "2025-01-01" } }, "period.to"],
    ] as const) {
      const answer = await service.run(process, inputs);
      expect([answer.status, answer.body.field]).toEqual([422, field]);
    }
    const later = await service.call("/api/processes/rates/execution", {
      body: { inputs: { areas: ["35.99"] } },
      headers: { prefer: "respond-async" },
    });
    expect([later.status, later.body.code]).toEqual([422, "unknown_area"]);
    expect((await service.run("forecast", {})).body.code).toBe("not_available_yet");
    expect((await service.run("ramalan", {})).status).toBe(404);
  });
});
