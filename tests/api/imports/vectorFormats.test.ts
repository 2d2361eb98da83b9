import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { topology } from "topojson-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { zipOf } from "../../../scripts/drive/fuzz/archive.ts";
import { openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { collectionOf, importer, square } from "../../fixtures/imports.ts";
import { hasOutside, outside } from "../../fixtures/outside.ts";

const jombang = outside("data/boundaries/desa_35.17_jombang.geojson");
const columns = ["-select", "kode,nama,kecamatan,kabupaten_kota,provinsi"];

let folder: string;
const gdal = (...parameters: string[]) => execFileSync("ogr2ogr", parameters, { stdio: "pipe" });

function single(format: string, name: string, ...parameters: string[]): Buffer {
  gdal("-f", format, ...columns, ...parameters, join(folder, name), jombang);
  return readFileSync(join(folder, name));
}

function shapefile(encoding: string, epsg: number): Buffer {
  const inside = join(folder, encoding);
  mkdirSync(inside);
  gdal("-f", "ESRI Shapefile", ...columns, "-t_srs", `EPSG:${epsg}`, "-lco", `ENCODING=${encoding}`, join(inside, "desa.shp"), jombang);
  return zipOf(Object.fromEntries(readdirSync(inside).map((name) => [`batas/${name}`, readFileSync(join(inside, name))])));
}

const formats: readonly (readonly [string, () => string | Uint8Array, string | null])[] = [
  ["a Shapefile in UTM 49S, Windows-1252", () => shapefile("WINDOWS-1252", 32749), "EPSG:32749"],
  ["a Shapefile in TM-3 49.1, UTF-8, packed", () => gzipSync(shapefile("UTF-8", 23835)), "EPSG:23835"],
  ["a GeoPackage in Pseudo-Mercator", () => single("GPKG", "desa.gpkg", "-t_srs", "EPSG:3857", "-nlt", "PROMOTE_TO_MULTI"), "EPSG:3857"],
  ["a FlatGeobuf", () => single("FlatGeobuf", "desa.fgb"), null],
  ["a packed FlatGeobuf in ID74", () => gzipSync(single("FlatGeobuf", "id74.fgb", "-t_srs", "EPSG:23889")), "EPSG:23889"],
  ["GeoJSON of 2008 in UTM 49S", () => single("GeoJSON", "utm.geojson", "-t_srs", "EPSG:32749"), "EPSG:32749"],
  ["records begun by a separator", () => single("GeoJSONSeq", "desa.geojsons", "-lco", "RS=YES"), null],
  ["TopoJSON", () => JSON.stringify(topology({ desa: JSON.parse(readFileSync(jombang, "utf8")) })), null],
];

describe.skipIf(!hasOutside)("Jombang's 306 villages, as GDAL and topojson write them", () => {
  let made: TestDatabase;
  let load: ReturnType<typeof importer>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "waspada-formats-"));
    made = await openTestDatabase("postgres");
    load = importer(made.database);
    expect((await load("boundaries", "jombang.geojson", { path: jombang })).report).toMatchObject({ accepted: 306, rejected: 0 });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await made?.remove();
  });

  test.each(formats)("%s holds the very same shapes and names", async (name, content, from) => {
    const { report } = await load("boundaries", name, content());
    expect(report).toMatchObject({ accepted: 0, rejected: 0, unchanged: 306 });
    const told = report.warnings.find(({ code }) => code === "reprojected");
    expect(told?.value ?? null).toBe(from ? 306 : null);
    if (from) expect(told?.message).toContain(from);
  });
});

describe("options of an import of boundaries", () => {
  let made: TestDatabase;
  let load: ReturnType<typeof importer>;
  beforeAll(async () => {
    made = await openTestDatabase("postgres");
    load = importer(made.database);
  });
  afterAll(() => made?.remove());

  const turned = {
    ...square(0),
    geometry: { ...square(0).geometry, coordinates: square(0).geometry.coordinates.map((ring) => ring.map(([x, y]) => [y, x])) },
  };
  const metres = square(1, {
    ring: [
      [600_000, 9_160_000],
      [600_000, 9_161_000],
      [601_000, 9_161_000],
      [601_000, 9_160_000],
      [600_000, 9_160_000],
    ],
  });

  test("swapAxes takes a file that is refused without, and says what it did", async () => {
    await expect(load("boundaries", "tukar.geojson", collectionOf([turned]))).rejects.toMatchObject({ code: "file_axes_swapped" });
    const { report } = await load("boundaries", "tukar.geojson", collectionOf([turned]), { swapAxes: "true" });
    expect(report).toMatchObject({ accepted: 1, warnings: [{ row: null, code: "axes_turned", value: 1 }] });
    expect((await load("boundaries", "biasa.geojson", collectionOf([square(0)]))).report).toMatchObject({ unchanged: 1 });
  });

  test("crs reads metres that are refused without", async () => {
    await expect(load("boundaries", "meter.geojson", collectionOf([metres]))).rejects.toMatchObject({ code: "crs_needed" });
    const { report } = await load("boundaries", "meter.geojson", collectionOf([metres]), { crs: "EPSG:32749" });
    expect(report).toMatchObject({ accepted: 1, warnings: [{ code: "reprojected", value: 1 }] });
    const [area] = await made.database.query<{ km2: number }>("select area_km2 as km2 from area where code = '99.01.01.2002'");
    // A square kilometre on the grid, whose scale here is 0.99972.
    expect(area?.km2).toBeCloseTo(1 / 0.99972 ** 2, 3);
  });

  test("a ring that does not end where it begins is closed, and its row says so", async () => {
    const open = square(3);
    open.geometry.coordinates[0]!.pop();
    const { report } = await load("boundaries", "terbuka.geojson", collectionOf([square(2), open]));
    expect(report).toMatchObject({ accepted: 2, warnings: [{ row: 2, field: "geometry", code: "ring_closed", value: 1 }] });
  });

  test.each<Record<string, string>>([{ crs: "EPSG:2100" }, { crs: "batavia" }, { swapAxes: "mungkin" }])(
    "%o is refused with the field",
    async (query) => {
      await expect(load("boundaries", "a.geojson", collectionOf([square(0)]), query)).rejects.toMatchObject({ code: "invalid_parameter" });
    },
  );

  test("however the reading of a packed GeoPackage ends, what was unpacked beside the sent file is removed", async () => {
    const sent = mkdtempSync(join(tmpdir(), "waspada-sent-"));
    const source = join(sent, "asal.geojson");
    const outcomes: unknown[] = [];
    try {
      writeFileSync(source, collectionOf(Array.from({ length: 10 }, (_, index) => square(index))));
      gdal("-f", "GPKG", join(sent, "desa.gpkg"), source);
      const whole = readFileSync(join(sent, "desa.gpkg"));
      rmSync(join(sent, "desa.gpkg"));
      rmSync(source);
      const cases = [
        [whole, {}],
        [whole, { mapping: '{"code":"tiada"}' }],
        [whole.subarray(0, 20_000), {}],
        [whole, { layer: "tiada" }],
      ] as const;
      for (const [content, query] of cases) {
        const path = join(sent, "kiriman");
        writeFileSync(path, gzipSync(content));
        // Left by a process that died while it read.
        writeFileSync(`${path}.unpacked`, "x");
        mkdirSync(`${path}.unpacked.lock`);
        outcomes.push(
          await load("boundaries", "desa.gpkg.gz", { path }, { dryRun: "true", ...query }).then(
            () => "read",
            ({ code }) => code,
          ),
        );
        expect(readdirSync(sent)).toEqual(["kiriman"]);
      }
    } finally {
      rmSync(sent, { recursive: true, force: true });
    }
    expect(outcomes).toEqual(["read", "column_missing", "file_damaged", "layer_not_found"]);
  });
});
