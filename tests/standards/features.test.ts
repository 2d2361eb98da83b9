import { readFileSync } from "node:fs";
import * as turf from "@turf/turf";
import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../fixtures/database.ts";
import { startTestService, type TestService } from "../fixtures/service.ts";

interface Village {
  readonly id: string;
  readonly geometry: GeoJSON.Polygon;
  readonly properties: Readonly<Record<string, string | number | null>> & { readonly name: string };
}
interface Incident {
  readonly id: string;
  readonly properties: { readonly occurred_from: string; readonly severity: number; readonly injured: number | null };
}
type Links = readonly { readonly rel: string; readonly type: string; readonly href: string }[];

const area = "POLYGON((111.42 -10.55, 111.5 -10.55, 111.5 -10.47, 111.42 -10.47, 111.42 -10.55))";
const shape = turf.polygon([
  [
    [111.42, -10.55],
    [111.5, -10.55],
    [111.5, -10.47],
    [111.42, -10.47],
    [111.42, -10.55],
  ],
]);

describe.each(engines)("OGC API Features, %s", (engine) => {
  let service: TestService;
  let villages: Village[];
  let incidents: Incident[];
  const items = "/api/collections/villages/items";
  const told = "/api/collections/incidents/items";
  const get = (path: string, headers: Record<string, string> = {}) => service.call(path, { headers });
  const rels = (links: Links) => links.map(({ rel, type }) => `${rel} ${type}`);
  beforeAll(async () => {
    service = await startTestService(engine);
    await service.load("boundaries", "wilayah.geojson", readFileSync("data/demo/region.geojson"));
    await service.load("indicators", "indikator.csv", readFileSync("data/demo/indicators.csv"), { year: "2024", partial: "true" });
    villages = (await get(`${items}?limit=1000`)).body.features;
    const rows = villages
      .slice(0, 20)
      .map(
        ({ id }, index) => `${id},2025-01-${String(index + 1).padStart(2, "0")},404,F6,${(index % 5) + 1},Uji ${index},${index % 3 || ""}`,
      );
    await service.load("incidents", "kejadian.csv", `village_code,occurred_from,issue,form,severity,facts,injured\n${rows.join("\n")}\n`);
    incidents = (await get(`${told}?limit=100`)).body.features;
    expect([villages.length, incidents.length]).toEqual([302, 20]);
  }, 300_000);
  afterAll(() => service?.remove());

  test("/req/core/root-success: the landing page links to the API's description, conformance and data", async () => {
    const { body, status } = await service.call("/api", { token: null });
    expect(status).toBe(200);
    for (const rel of ["self", "service-desc", "service-doc", "conformance", "data"])
      expect(body.links).toContainEqual(expect.objectContaining({ rel }));
  });

  test("/req/core/conformance-success: every class told of has an address of its own", async () => {
    const { conformsTo } = (await get("/api/conformance")).body;
    expect(conformsTo).toContain("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core");
    expect(new Set(conformsTo).size).toBe(conformsTo.length);
  });

  test("/req/core/sfc-md-success, /req/core/fc-md-items-links: each collection links to its items in every format", async () => {
    const { collections } = (await get("/api/collections")).body;
    for (const { id, links } of collections) {
      expect((await get(`/api/collections/${id}`)).body.id).toBe(id);
      expect(rels(links)).toEqual(expect.arrayContaining(["items application/geo+json", "items text/csv", "items text/html"]));
    }
  });

  test("/req/core/fc-limit-response: never more than asked for, and a limit beyond the greatest is the greatest", async () => {
    expect((await get(`${items}?limit=7`)).body.features).toHaveLength(7);
    expect((await get(`${items}?limit=1000000`)).status).toBe(200);
    expect((await get(`${items}?limit=0`)).status).toBe(400);
  });

  test("/req/core/fc-response, fc-links, fc-timeStamp, fc-numberMatched, fc-numberReturned", async () => {
    const { body, headers } = await get(`${items}?limit=5`);
    expect(headers.get("content-type")).toContain("application/geo+json");
    expect(body).toMatchObject({ type: "FeatureCollection", numberMatched: 302, numberReturned: 5 });
    expect(Date.parse(body.timeStamp)).not.toBeNaN();
    expect(rels(body.links)).toEqual(
      expect.arrayContaining(["self application/geo+json", "alternate text/html", "next application/geo+json"]),
    );
  });

  test("/req/core/f-success, /req/core/f-links: a feature links to itself and its collection", async () => {
    const { body } = await get(`${items}/${villages[0]?.id}`);
    expect(body.geometry).toEqual(villages[0]?.geometry);
    expect(rels(body.links)).toEqual(
      expect.arrayContaining(["self application/geo+json", "alternate text/html", "collection application/json"]),
    );
    expect((await get(`${items}/99.99.99.9999`)).status).toBe(404);
  });

  test("/req/core/query-param-unknown, /req/core/query-param-invalid: 400 that names the parameter", async () => {
    for (const [
      query,
      field,
    ] of [["rahasia=1", "rahasia"], ["bbox=1,2,3", "bbox"], ["datetime=kemarin", "datetime"], ["f=xml", "f"], ["crs=EPSG:3857", "crs"], ["bbox=-7,112,-6,113", "bbox"]]) // biome-ignore format: a table
      expect([query, (await get(`${items}?${query}`)).body]).toMatchObject([query, { status: 400, field }]);
  });

  test("/req/core/fc-bbox-response: what meets the box, also one that goes around the back of the world", async () => {
    const inside = villages.filter((village) => turf.booleanIntersects(village.geometry, shape)).map(({ id }) => id);
    const found = async (box: string) => (await get(`${items}?limit=1000&bbox=${box}`)).body.features.map(({ id }: Village) => id);
    expect(await found("111.42,-10.55,111.5,-10.47")).toEqual(inside);
    expect(await found("111.42,-10.55,0,111.5,-10.47,100")).toEqual(inside);
    expect(await found("179,-11,111.29,-10")).toHaveLength(villages.filter(({ geometry }) => turf.bbox(geometry)[0] <= 111.29).length);
    expect(await found("112,-11,111,-10")).toHaveLength(0);
  });

  test("/req/core/fc-time-response: moments, days, and intervals open at either end", async () => {
    const count = async (datetime: string) => (await get(`${told}?datetime=${encodeURIComponent(datetime)}`)).body.numberMatched;
    expect(await count("2025-01-05")).toBe(1);
    expect(await count("2025-01-05/2025-01-07")).toBe(3);
    expect([await count("../2025-01-05"), await count("2025-01-05/..")]).toEqual([5, 16]);
    expect(await count("2025-01-04T17:00:00Z")).toBe(1);
  });

  test("/req/queryables/queryables-endpoint, /req/filter: every property told of can be asked, each with its type", async () => {
    const { body, headers } = await get("/api/collections/incidents/queryables");
    expect(headers.get("content-type")).toContain("application/schema+json");
    expect(body.properties).toMatchObject({
      severity: { type: "number" },
      occurred_from: { format: "date-time" },
      geometry: { format: "geometry-any" },
    });
    for (const name of Object.keys(body.properties))
      expect((await get(`${told}?limit=1&filter=${encodeURIComponent(`"${name}" IS NOT NULL`)}`)).status, name).toBe(200);
    for (const name of Object.keys((await get("/api/collections/incidents/sortables")).body.properties))
      expect((await get(`${told}?limit=1&sortby=-${name}`)).status, name).toBe(200);
  });

  const day = (incident: Incident) => incident.properties.occurred_from;
  const overVillages: [string, (village: Village) => boolean][] = [
    ["population > 5000 AND name LIKE 'S%'", ({ properties }) => Number(properties.population) > 5000 && properties.name.startsWith("S")],
    ["CASEI(name) LIKE casei('%RAYA%')", ({ properties }) => /raya/i.test(properties.name)],
    ["population NOT BETWEEN 2000 AND 6000", ({ properties: { population: p } }) => p !== null && (Number(p) < 2000 || Number(p) > 6000)],
    [
      "district_code IN ('99.01.01', '99.01.03') OR population IS NULL",
      ({ properties: p }) => p.population === null || ["99.01.01", "99.01.03"].includes(String(p.district_code)),
    ],
    ["population / area_km2 >= 1000", ({ properties: p }) => p.population !== null && Number(p.population) / Number(p.area_km2) >= 1000],
    ["NOT (population % 2 = 0)", ({ properties: { population: p } }) => p !== null && Number(p) % 2 === 1],
    [`S_INTERSECTS(geometry, ${area})`, ({ geometry }) => turf.booleanIntersects(geometry, shape)],
    [`S_DISJOINT(geometry, ${area})`, ({ geometry }) => turf.booleanDisjoint(geometry, shape)],
    [`S_WITHIN(geometry, ${area})`, ({ geometry }) => turf.booleanWithin(turf.feature(geometry), shape)],
    [
      "S_CONTAINS(geometry, POINT(111.480822 -10.507233))",
      ({ geometry }) => turf.booleanContains(geometry, turf.point([111.480822, -10.507233])),
    ],
    ["S_CROSSES(LINESTRING(111 -10.5, 112 -10.5), geometry)", ({ geometry }) => turf.booleanIntersects(geometry, turf.lineString([[111, -10.5], [112, -10.5]]))], // biome-ignore format: a table
    [
      `S_OVERLAPS(geometry, ${area})`,
      ({ geometry }) => turf.booleanIntersects(geometry, shape) && !turf.booleanWithin(turf.feature(geometry), shape),
    ],
    ["S_TOUCHES(geometry, BBOX(111.42,-10.55,111.5,-10.47)) AND FALSE", () => false],
  ];
  test.each(overVillages)("/req/cql2: villages where %s", async (filter, holds) => {
    const { body } = await get(`${items}?limit=1000&filter=${encodeURIComponent(filter)}`);
    expect(
      body.features?.map(({ id }: Village) => id),
      JSON.stringify(body).slice(0, 200),
    ).toEqual(villages.filter(holds).map(({ id }) => id));
  });
  const overIncidents: [string, (incident: Incident) => boolean][] = [
    ["T_AFTER(occurred_from, DATE('2025-01-05'))", (one) => day(one) > "2025-01-05"],
    ["T_BEFORE(occurred_from, DATE('2025-01-05'))", (one) => day(one) < "2025-01-05"],
    ["T_DURING(occurred_from, INTERVAL('2025-01-05', '2025-01-07'))", (one) => day(one) >= "2025-01-05" && day(one) <= "2025-01-07"],
    ["T_INTERSECTS(occurred_from, INTERVAL('..', '2025-01-03'))", (one) => day(one) <= "2025-01-03"],
    ["T_EQUALS(occurred_from, DATE('2025-01-09'))", (one) => day(one) === "2025-01-09"],
    ["T_DISJOINT(occurred_from, INTERVAL('2025-01-02', '..'))", (one) => day(one) === "2025-01-01"],
    ["occurred_from >= TIMESTAMP('2025-01-18T17:00:00Z')", (one) => day(one) >= "2025-01-19"],
    ["injured > 1 OR severity = 5", ({ properties: { injured, severity } }) => Number(injured) > 1 || severity === 5],
    ["severity > injured", ({ properties: { injured, severity } }) => injured !== null && severity > injured],
  ];
  test.each(overIncidents)("/req/cql2: incidents where %s", async (filter, holds) => {
    const { body } = await get(`${told}?limit=1000&filter=${encodeURIComponent(filter)}`);
    expect(
      body.features?.map(({ id }: Incident) => id),
      JSON.stringify(body).slice(0, 200),
    ).toEqual(incidents.filter(holds).map(({ id }) => id));
  });

  test("/req/cql2-json: the same answer as the text", async () => {
    const json = { op: "s_intersects", args: [{ property: "geometry" }, { bbox: [111.42, -10.55, 111.5, -10.47] }] };
    const { body } = await get(`${items}?limit=1&filter-lang=cql2-json&filter=${encodeURIComponent(JSON.stringify(json))}`);
    expect(body.numberMatched).toBe(villages.filter(({ geometry }) => turf.booleanIntersects(geometry, shape)).length);
  });

  test.each([
    "S_INTERSECTS(geometry, POLYGON((111 -11, 112 -10, 112 -11, 111 -10, 111 -11)))",
    "population ^ 1000 > 1",
    "name LIKE 'a\\'",
    "name = 'a\u0000'",
    "population = 'banyak'",
  ])("what no database can answer is a 400, not a failure: %s", async (filter) =>
    expect((await get(`${items}?filter=${encodeURIComponent(filter)}`)).body).toMatchObject({ status: 400 }),
  );

  test("CSV, Arrow and GeoJSON of the same page hold the same values", async () => {
    const query = "limit=50&sortby=-population";
    const features = (await get(`${items}?${query}`)).body.features as Village[];
    const table = tableFromIPC((await get(`${items}?${query}`, { accept: "application/vnd.apache.arrow.stream" })).body);
    expect(table.toArray().map((row) => [row.code, row.population])).toEqual(
      features.map(({ id, properties }) => [id, properties.population]),
    );
    expect(table.getChild("geometry")?.get(0)).toBeInstanceOf(Uint8Array);
    const csv = (await get(`${items}?${query}&f=csv`)).body as string;
    expect(csv.split("\n").filter(Boolean)).toHaveLength(51);
  });

  test("a browser gets pages without script, escaped, under a policy that lets none run", async () => {
    const accept = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    const facts = "<script>alert(1)</script>";
    const sent = {
      type: "Feature",
      geometry: null,
      properties: { village_code: villages[0]?.id, occurred_from: "2025-02-01", issue: "404", form: "F6", facts },
    };
    const { body: stored } = await service.call(told, {
      method: "POST",
      body: JSON.stringify(sent),
      headers: { "content-type": "application/geo+json" },
    });
    for (const path of [
      "/api",
      "/api/conformance",
      "/api/collections",
      "/api/collections/incidents",
      told,
      `${told}/${stored.id}`,
      "/api/processes",
      "/api/processes/hotspots",
      "/api/jobs",
    ]) {
      const { body, headers, status } = await get(path, accept);
      expect([path, status, headers.get("content-type")]).toEqual([path, 200, "text/html; charset=utf-8"]);
      expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(body).not.toMatch(/<script|javascript:|\son\w+=/i);
      expect(body).toContain('<html lang="id">');
    }
    const { headers } = await get(`${told}/${stored.id}`);
    await service.call(`${told}/${stored.id}`, { method: "DELETE", headers: { "if-match": headers.get("etag") ?? "" } });
  });
});
