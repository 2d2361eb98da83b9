import { readFileSync } from "node:fs";
import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestService, type TestService } from "../fixtures/service.ts";

let service: TestService;
let stored: { id: string; etag: string };
const get = (path: string) => service.call(path);
const told = "/api/collections/incidents/items";
const inputs = { areas: ["99.01.01"], period: { from: "2025-01-01", to: "2025-12-31" }, smoothing: "none" };

beforeAll(async () => {
  service = await startTestService("postgres");
  await service.load("boundaries", "wilayah.geojson", readFileSync("data/demo/region.geojson"));
  await service.load("indicators", "indikator.csv", readFileSync("data/demo/indicators.csv"), { year: "2024", partial: "true" });
}, 300_000);
afterAll(() => service?.remove());

test("/req/create-replace-delete/insert-post-op: 201 with Location and ETag, and the item is there", async () => {
  const properties = {
    village_code: "99.01.01.1001",
    occurred_from: "2025-06-27",
    issue: "404",
    form: "F6",
    facts: "Bentrokan.",
    injured: 3,
  };
  const { status, headers, body } = await service.call(told, {
    method: "POST",
    headers: { "content-type": "application/geo+json" },
    body: JSON.stringify({ type: "Feature", geometry: null, properties }),
  });
  expect([status, headers.get("location")]).toEqual([201, `${told}/${body.id}`]);
  stored = { id: body.id, etag: headers.get("etag") ?? "" };
  expect((await get(`${told}/${stored.id}`)).headers.get("etag")).toBe(stored.etag);
});

test("/req/optimistic-locking-etags: without If-Match 428, with an old one 412, unchanged 304", async () => {
  const patch = { method: "PATCH", body: JSON.stringify({ properties: { injured: 4 } }) };
  const type = { "content-type": "application/merge-patch+json" };
  expect((await service.call(`${told}/${stored.id}`, { ...patch, headers: type })).status).toBe(428);
  expect((await service.call(`${told}/${stored.id}`, { ...patch, headers: { ...type, "if-match": '"99"' } })).status).toBe(412);
  expect((await service.call(`${told}/${stored.id}`, { headers: { "if-none-match": stored.etag } })).status).toBe(304);
});

test("/req/update/patch: what is named changes, null takes away, the rest stays", async () => {
  const { status, body, headers } = await service.call(`${told}/${stored.id}`, {
    method: "PATCH",
    headers: { "content-type": "application/merge-patch+json", "if-match": stored.etag },
    body: JSON.stringify({ properties: { injured: null, killed: 1 } }),
  });
  expect([status, body.properties.injured, body.properties.killed, body.properties.facts]).toEqual([200, null, 1, "Bentrokan."]);
  expect(headers.get("etag")).not.toBe(stored.etag);
  stored = { id: stored.id, etag: headers.get("etag") ?? "" };
});

test("/req/create-replace-delete/put-op, delete-op: what was read can be put back, and what is withdrawn is gone", async () => {
  const feature = (await get(`${told}/${stored.id}`)).body;
  const put = await service.call(`${told}/${stored.id}`, {
    method: "PUT",
    headers: { "content-type": "application/geo+json", "if-match": stored.etag },
    body: JSON.stringify(feature),
  });
  expect([put.status, put.body.properties.killed]).toEqual([200, 1]);
  const gone = await service.call(`${told}/${stored.id}`, { method: "DELETE", headers: { "if-match": put.headers.get("etag") ?? "" } });
  expect(gone.status).toBe(204);
  expect((await get(`${told}/${stored.id}`)).status).toBe(404);
});

test("/req/tilesets-list, /req/tileset: a set tells its scheme, its limits and where its tiles are", async () => {
  const { tilesets } = (await get("/api/collections/villages/tiles")).body;
  const set = (await get("/api/collections/villages/tiles/WebMercatorQuad")).body;
  expect(tilesets).toEqual([set]);
  expect(set).toMatchObject({ dataType: "vector", crs: "http://www.opengis.net/def/crs/EPSG/0/3857" });
  const item = set.links.find(({ rel }: { rel: string }) => rel === "item");
  expect(item.href).toMatch(/\/villages\/tiles\/WebMercatorQuad\/\{tileMatrix\}\/\{tileRow\}\/\{tileCol\}$/);
  const json = (await get("/api/collections/villages/tiles/WebMercatorQuad/tilejson")).body;
  expect(json).toMatchObject({ tilejson: "3.0.0", minzoom: 6, maxzoom: 12, vector_layers: [{ id: "villages" }] });
  expect((await get("/api/collections/incidents/tiles")).status).toBe(404);
});

test("the tiling scheme has the scales of OGC's WebMercatorQuad", async () => {
  const { tileMatrices } = (await get("/api/tileMatrixSets/WebMercatorQuad")).body;
  // 17-083r4, annex D.1.
  expect(tileMatrices[0].scaleDenominator).toBeCloseTo(559082264.028717, 4);
  expect(tileMatrices[12].cellSize).toBeCloseTo(38.21851414258813, 9);
  expect(tileMatrices[12].matrixWidth).toBe(4096);
});

test("/req/core/process-success: every process tells its inputs and outputs by schema", async () => {
  const { processes } = (await get("/api/processes")).body;
  for (const { id } of processes) {
    const { body } = await get(`/api/processes/${id}`);
    expect(Object.keys(body.inputs).length, id).toBeGreaterThan(0);
    for (const input of Object.values(body.inputs)) expect(input).toMatchObject({ schema: expect.anything(), maxOccurs: 1 });
    expect(Object.keys(body.outputs)).toEqual(expect.arrayContaining(["run", "codes", "columns", "summary"]));
  }
  expect((await get("/api/processes/rahasia")).body.status).toBe(404);
});

test("/req/core/process-execute-sync-one, job-creation-success-async, job-results: at once or as a job, the same numbers", async () => {
  const sync = await service.run("rates", inputs);
  const job = await service.call("/api/processes/rates/execution", { body: { inputs }, headers: { prefer: "respond-async" } });
  expect([sync.status, job.status, job.headers.get("preference-applied")]).toEqual([200, 201, "respond-async"]);
  const location = job.headers.get("location") ?? "";
  await expect.poll(async () => (await get(location)).body.status).toBe("successful");
  const status = (await get(location)).body;
  expect(status).toMatchObject({ type: "process", processID: "rates", progress: 100 });
  expect(status.links).toContainEqual(expect.objectContaining({ rel: "http://www.opengis.net/def/rel/ogc/1.0/results" }));
  expect((await get(`${location}/results`)).body.columns).toEqual(sync.body.columns);
});

test("/req/job-list/job-list-success: pages join up and filters hold", async () => {
  const all = (await get("/api/jobs")).body.jobs.map(({ jobID }: { jobID: string }) => jobID);
  const paged: string[] = [];
  for (let next: string | undefined = "/api/jobs?limit=1"; next; ) {
    const { jobs, links }: { jobs: { jobID: string }[]; links: { rel: string; href: string }[] } = (await get(next)).body;
    paged.push(...jobs.map(({ jobID }) => jobID));
    next = links.find(({ rel }) => rel === "next")?.href.slice(service.url.length);
  }
  expect(paged).toEqual(all);
  expect((await get("/api/jobs?processID=rates&status=successful")).body.jobs).toHaveLength(1);
  expect((await get("/api/jobs?cursor=palsu")).body.code).toBe("invalid_cursor");
});

test("a kept run travels as CSV, Arrow, GeoJSON and FlatGeobuf, each with run, period and data date", async () => {
  const { run, codes, columns } = (await service.run("rates", inputs)).body;
  const table = tableFromIPC((await get(`/api/runs/${run}?f=arrow`)).body);
  expect(table.schema.metadata.get("run")).toBe(run);
  expect(table.toArray().map((row) => [row.code, row.population])).toEqual(
    codes.map((code: string, at: number) => [code, columns.population[at]]),
  );
  const { features } = (await get(`/api/runs/${run}?f=geojson`)).body;
  expect(features.map(({ id }: { id: string }) => id)).toEqual(codes);
  expect(features[0].properties).toMatchObject({ run, period_from: "2025-01-01", period_to: "2025-12-31" });
  expect(features[0].geometry.type).toBe("Polygon");
  expect((await get(`/api/runs/${run}?f=csv`)).body).toContain(run);
  expect(new TextDecoder().decode((await get(`/api/runs/${run}?f=fgb`)).body.slice(0, 3))).toBe("fgb");
});
