import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { OgcApiEndpoint, setFetchOptions } from "@camptocamp/ogc-client";
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminToken, startTestService, type TestService } from "../fixtures/service.ts";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "waspada-clients-"));
const environment = { ...process.env, GDAL_HTTP_HEADERS: `Authorization: Bearer ${adminToken}`, OGR_CT_FORCE_TRADITIONAL_GIS_ORDER: "YES" };
const gdal = async (program: string, ...options: string[]): Promise<string> =>
  (await run(program, options, { env: environment, maxBuffer: 64e6 })).stdout;
const levels = { provinces: "province", regencies: "regency", districts: "district", villages: "village" } as const;

let service: TestService;
let database: pg.Client;
const sql = async (text: string, values: unknown[] = []) => (await database.query(text, values)).rows;

beforeAll(async () => {
  service = await startTestService("postgres");
  const loaded = await service.load("boundaries", "wilayah.geojson", readFileSync("data/demo/region.geojson"));
  expect(loaded.results).toMatchObject({ rejected: 0 });
  const villages = (await service.call("/api/collections/villages/items?limit=12")).body.features as { id: string }[];
  const rows = villages.map(({ id }, index) => `${id},2025-01-${String(index + 10)},404,F6,Uji ${index},,`);
  const told = await service.load("incidents", "kejadian.csv", `village_code,occurred_from,issue,form,facts,lon,lat\n${rows.join("\n")}\n`);
  expect(told.status).toBe("successful");
  database = new pg.Client({ connectionString: service.databaseUrl ?? "" });
  await database.connect();
}, 300_000);
afterAll(async () => {
  await database?.end();
  await service?.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe("clients that know nothing of Waspada", () => {
  test("ogrinfo lists the collections with the counts that SQL gives", async () => {
    const text = await gdal("ogrinfo", "-ro", "-al", "-so", `OAPIF:${service.url}/api`);
    const counts = Object.fromEntries(
      [...text.matchAll(/Layer name: (\w+)[\s\S]*?Feature Count: (\d+)/g)].map(([, name, count]) => [name, Number(count)]),
    );
    for (const [collection, level] of Object.entries(levels)) {
      const [{ n }] = await sql("select count(*)::int as n from area where level = $1", [level]);
      expect([collection, counts[collection]]).toEqual([collection, n]);
    }
    expect(counts).toMatchObject({ villages: 302, incidents: 12, reports: 12, potentials: 0 });
  });

  test("ogr2ogr copies the villages of a box as SQL has them: count, codes, shapes", async () => {
    const box = [111.4, -10.55, 111.55, -10.45];
    const file = join(folder, "desa.gpkg");
    await gdal("ogr2ogr", "-spat", ...box.map(String), file, `OAPIF:${service.url}/api`, "villages");
    const copied = JSON.parse(await gdal("ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=6", "/vsistdout/", file, "villages"));
    const kept = await sql(
      `select code, geojson from area
        where level = 'village' and ST_Intersects(geometry, ST_MakeEnvelope($1, $2, $3, $4, 4326))
        order by code`,
      box,
    );
    expect(kept.length).toBeGreaterThan(20);
    expect(kept.length).toBeLessThan(302);
    const shapes = new Map(
      copied.features.map((feature: { properties: { code: string }; geometry: unknown }) => [feature.properties.code, feature.geometry]),
    );
    expect([...shapes.keys()].sort()).toEqual(kept.map(({ code }) => code));
    const [{ different }] = await sql(
      `select count(*)::int as different
         from jsonb_each($1::jsonb) as sent(code, shape)
         join area on area.code = sent.code
        where not ST_Equals(ST_SetSRID(ST_GeomFromGeoJSON(sent.shape::text), 4326), area.geometry)`,
      [JSON.stringify(Object.fromEntries(shapes))],
    );
    expect(different).toBe(0);
  });

  test("ogc-client finds the collections and pages through all villages", async () => {
    setFetchOptions({ headers: { authorization: `Bearer ${adminToken}` } });
    const endpoint = new OgcApiEndpoint(`${service.url}/api`);
    expect(await endpoint.featureCollections).toEqual(expect.arrayContaining(["villages", "incidents", "reports"]));
    expect(await endpoint.vectorTileCollections).toContain("villages");
    const codes: string[] = [];
    for (let offset = 0; ; offset += 100) {
      const page = await endpoint.getCollectionItems("villages", 100, offset);
      codes.push(...page.map((feature) => String((feature as { id: string }).id)));
      if (page.length < 100) break;
    }
    expect(codes).toEqual((await sql("select code from area where level = 'village' order by code collate \"C\"")).map(({ code }) => code));
  });

  test("a tile says the same to GDAL and to vector-tile, within one grid unit of the shape", async () => {
    const [{ x: lon, y: lat, code }] = await sql(
      "select ST_X(label_point) as x, ST_Y(label_point) as y, code from area where level = 'village' order by code limit 1",
    );
    const z = 12;
    const x = Math.floor(((lon + 180) / 360) * 2 ** z);
    const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);
    const { body, status } = await service.call(`/api/collections/villages/tiles/WebMercatorQuad/${z}/${y}/${x}`);
    expect(status).toBe(200);
    const layer = new VectorTile(new PbfReader(body)).layers.villages;
    const file = join(folder, `${z}-${x}-${y}.mvt`);
    writeFileSync(file, body);
    const options = ["-oo", "CLIP=NO", "-oo", `X=${x}`, "-oo", `Y=${y}`, "-oo", `Z=${z}`];
    const told = await gdal(
      "ogr2ogr",
      "-f",
      "GeoJSON",
      "-t_srs",
      "EPSG:4326",
      "-lco",
      "COORDINATE_PRECISION=9",
      ...options,
      "/vsistdout/",
      `MVT:${file}`,
    );
    const features = JSON.parse(told).features as { properties: { code: string }; geometry: { coordinates: unknown } }[];
    expect(features.map((feature) => feature.properties.code).sort()).toEqual(
      Array.from({ length: layer?.length ?? 0 }, (_, index) => layer?.feature(index).properties.code).sort(),
    );
    const unit = 360 / 2 ** z / 4096;
    const own = Array.from({ length: layer?.length ?? 0 }, (_, index) => layer?.feature(index)).find(
      (feature) => feature?.properties.code === code,
    );
    const boxOf = (geometry: unknown): number[] => {
      const numbers =
        JSON.stringify(geometry)
          .match(/-?\d+\.?\d*(e-?\d+)?/g)
          ?.map(Number) ?? [];
      const [xs, ys] = [numbers.filter((_, index) => index % 2 === 0), numbers.filter((_, index) => index % 2 === 1)];
      return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    };
    const byGdal = boxOf(features.find((feature) => feature.properties.code === code)?.geometry.coordinates);
    const byVectorTile = boxOf((own?.toGeoJSON(x, y, z).geometry as { coordinates: unknown } | undefined)?.coordinates);
    const [{ box }] = await sql(
      `select array[ST_XMin(shape), ST_YMin(shape), ST_XMax(shape), ST_YMax(shape)] as box
         from (select ST_Intersection(geometry, ST_Transform(ST_Expand(ST_TileEnvelope($2, $3, $4), 40075016.685578488 / (1 << $2) * 64 / 4096), 4326)) as shape from area where code = $1) cut`,
      [code, z, x, y],
    );
    for (const corner of [0, 1, 2, 3]) {
      expect(Math.abs((byGdal[corner] as number) - (byVectorTile[corner] as number))).toBeLessThan(unit);
      expect(Math.abs((byVectorTile[corner] as number) - box[corner])).toBeLessThan(unit * 1.01);
    }
  });

  test.each(["villages", "incidents"])("FlatGeobuf of %s is read by GDAL with every row and type", async (collection) => {
    const { body } = await service.call(`/api/collections/${collection}/items?f=fgb&limit=1000`);
    const file = join(folder, `${collection}.fgb`);
    writeFileSync(file, body);
    const text = await gdal("ogrinfo", "-so", "-al", file);
    expect(text).toContain(`Feature Count: ${collection === "villages" ? 302 : 12}`);
    expect(text).toContain('ID["EPSG",4326]');
    expect(text).toMatch(collection === "villages" ? /area_km2: Real/ : /severity: Real/);
  });
});
