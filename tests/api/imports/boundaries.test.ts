import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTile } from "../../../api/queries/tiles.ts";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { faultyBoundaries } from "../../fixtures/faultyBoundaries.ts";
import { collectionOf, importer, square } from "../../fixtures/imports.ts";
import { hasOutside, outside } from "../../fixtures/outside.ts";

const grid = Array.from({ length: 10 }, (_, index) => square(index));

describe.each(engines)("boundaries on %s", (engine) => {
  let made: TestDatabase;
  let load: ReturnType<typeof importer>;
  const one = async <T>(sql: string, values: unknown[] = []): Promise<T> => (await made.database.query(sql, values))[0] as T;
  const villages = async () => (await one<{ n: number }>("select count(*) as n from area where level = 'village'")).n;
  const staged = async () =>
    (
      await one<{ n: number }>(
        "select (select count(*) from staged_area) + (select count(*) from staged_tile) + (select count(*) from staged_neighbour) as n",
      )
    ).n;

  beforeAll(async () => {
    made = await openTestDatabase(engine);
    load = importer(made.database);
    const { report, isRejected } = await load("boundaries", "uji.geojson", collectionOf(grid));
    expect(report).toEqual({ accepted: 10, rejected: 0, unchanged: 0, notLoaded: 0, queued: 0, warnings: [], rows: [] });
    expect(isRejected).toBe(false);
  });
  afterAll(() => made?.remove());

  test("bring the levels above with their names, area and a label point inside", async () => {
    const rows = await made.database.query(
      `select code, level, name, kind, origin, round(area_km2::numeric, 2) as km2, ST_Covers(geometry, label_point) as inside, ST_NumGeometries(geometry) as parts
         from area where level <> 'village' or code = '99.01.01.2001' order by code`,
    );
    expect(rows).toEqual([
      { code: "99", level: "province", name: "Provinsi Uji", kind: null, origin: "union", km2: 12.21, inside: true, parts: 1 },
      { code: "99.01", level: "regency", name: "Kabupaten Uji", kind: null, origin: "union", km2: 12.21, inside: true, parts: 1 },
      { code: "99.01.01", level: "district", name: "Kecamatan Uji", kind: null, origin: "union", km2: 12.21, inside: true, parts: 1 },
      { code: "99.01.01.2001", level: "village", name: "Desa 0", kind: "desa", origin: "file", km2: 1.22, inside: true, parts: 1 },
    ]);
  });

  test("bring their neighbours in both directions: a corner is queen, a side is rook", async () => {
    const rows = await made.database.query<{ to: string; rook: boolean }>(
      `select to_code as "to", is_rook as rook from neighbour where from_code = '99.01.01.2002' order by 1`,
    );
    const last = (code: string) => code.slice(-1);
    expect(rows.filter((row) => row.rook).map((row) => last(row.to))).toEqual(["1", "3", "7"]);
    expect(rows.filter((row) => !row.rook).map((row) => last(row.to))).toEqual(["6", "8"]);
    expect(
      await one(
        "select count(*) as n from neighbour a where not exists (select 1 from neighbour b where b.from_code = a.to_code and b.to_code = a.from_code)",
      ),
    ).toEqual({ n: 0 });
  });

  test("make the assessment of their kabupaten due, and count the data up", async () => {
    expect(await made.database.query("select regency_code from standing_due")).toEqual([{ regency_code: "99.01" }]);
    expect(await staged()).toBe(0);
  });

  test("the same file again changes nothing, whatever its ring order, direction, repeated vertices and seventh decimals", async () => {
    const before = await one("select max(imported_at) as at, (select count(*) from tile) as tiles from area");
    const turned = grid.map((feature) => {
      const ring = feature.geometry.coordinates[0]!.slice(0, 4).reverse();
      const rotated = [...ring.slice(2), ...ring.slice(0, 2)].map(([x, y]) => [x! + 1e-7, y! - 1e-7]);
      return { ...feature, geometry: { type: "MultiPolygon", coordinates: [[[rotated[0], ...rotated, rotated[0]]]] } };
    });
    const { report } = await load("boundaries", "lagi.geojson", collectionOf(turned));
    expect(report).toMatchObject({ accepted: 0, unchanged: 10, rejected: 0, warnings: [] });
    expect(await one("select max(imported_at) as at, (select count(*) from tile) as tiles from area")).toEqual(before);
  });

  test.each(faultyBoundaries)("one with %s rejects the whole file and names the row", async (_, faulty, code) => {
    const before = await villages();
    const { report, isRejected } = await load("boundaries", "salah.geojson", collectionOf([square(20), faulty]));
    expect(isRejected).toBe(true);
    expect(report).toMatchObject({ accepted: 0, rejected: 1, rows: [{ row: 2, code }] });
    expect(report.rows[0]?.message).toMatch(/\S/);
    expect(await villages()).toBe(before);
    expect(await staged()).toBe(0);
  });

  test("1e999 is refused by its row", async () => {
    const text = collectionOf([square(20), square(21)]).replace(/\[112\.01,/, "[1e999,");
    expect((await load("boundaries", "besar.geojson", text)).report).toMatchObject({
      accepted: 0,
      rejected: 1,
      rows: [{ code: "invalid_coordinates" }],
    });
  });

  test("a dry run tells what would be and stores nothing", async () => {
    const before = await villages();
    const { report, isRejected } = await load("boundaries", "coba.geojson", collectionOf([square(20), square(0)]), { dryRun: "true" });
    expect({ ...report, isRejected }).toMatchObject({ accepted: 1, unchanged: 1, isRejected: false });
    expect(await villages()).toBe(before);
  });

  test("with partial the faulty row is left out and listed, a bow-tie is repaired and told, and one code with two shapes waits", async () => {
    const tie = square(21, {
      ring: [
        [112.01, -7.54],
        [112.02, -7.53],
        [112.02, -7.54],
        [112.01, -7.53],
        [112.01, -7.54],
      ],
    });
    const twice = [square(22, { name: "Satu" }), square(22, { name: "Dua" })];
    const same = [square(23), square(23)];
    const { report, isRejected } = await load(
      "boundaries",
      "sebagian.geojson",
      collectionOf([square(20), { ...square(24), geometry: null }, tie, ...twice, ...same]),
      { partial: "true" },
    );
    expect(isRejected).toBe(false);
    expect(report).toMatchObject({ accepted: 3, rejected: 1, queued: 2, unchanged: 1 });
    expect(report.rows.map(({ row, code }) => [row, code])).toEqual([
      [2, "missing_geometry"],
      [4, "twice_not_loaded"],
      [5, "twice_not_loaded"],
    ]);
    expect(report.warnings).toMatchObject([{ row: 3, code: "geometry_repaired", value: "99.01.01.2022" }]);
    expect(report.warnings[0]?.message).toContain("Self-intersection");
    expect(
      await one("select ST_IsValid(geometry) as valid, ST_NumGeometries(geometry) as parts from area where code = '99.01.01.2022'"),
    ).toEqual({ valid: true, parts: 2 });
    const again = await load("boundaries", "sebagian.geojson", collectionOf([tie]));
    expect(again.report).toMatchObject({ accepted: 0, unchanged: 1 });
  });

  test("a village that changes redraws itself and its surroundings, and loses no tile of others", async () => {
    const [x, y] = [
      Math.floor(((112.025 + 180) / 360) * 1024),
      Math.floor(((1 - Math.asinh(Math.tan((-7.5 * Math.PI) / 180)) / Math.PI) / 2) * 1024),
    ];
    const namesIn = async () => {
      const tile = await readTile(made.database, "villages", 10, x, y);
      const layer = new VectorTile(new PbfReader(tile!.data)).layers.villages!;
      return Array.from({ length: layer.length }, (_, index) => layer.feature(index)).map((feature) => [feature.id, feature.properties]);
    };
    const before = await namesIn();
    expect(before.length).toBeGreaterThanOrEqual(10);
    expect((await load("boundaries", "ubah.geojson", collectionOf([square(1, { name: "Berganti" })]))).report).toMatchObject({
      accepted: 1,
    });
    const renamed = before.map(([id, properties]) =>
      id === 9901012002 ? [id, { ...(properties as object), name: "Berganti" }] : [id, properties],
    );
    expect(await namesIn()).toEqual(renamed);
    expect(await one("select count(*) as n from neighbour where from_code = '99.01.01.2002'")).toEqual({ n: 5 });
  });

  test("across the border of a kabupaten they are neighbours too, and both become due", async () => {
    await made.database.query("delete from standing_due");
    const beside = square(0, {
      code: "99.02.01.1001",
      ring: [
        [111.99, -7.5],
        [112, -7.5],
        [112, -7.49],
        [111.99, -7.49],
        [111.99, -7.5],
      ],
    });
    expect((await load("boundaries", "sebelah.geojson", collectionOf([beside]))).report).toMatchObject({ accepted: 1 });
    expect(
      await made.database.query("select to_code as code, is_rook as rook from neighbour where from_code = '99.02.01.1001' order by 1"),
    ).toEqual([
      { code: "99.01.01.2001", rook: true },
      { code: "99.01.01.2006", rook: false },
    ]);
    expect((await made.database.query("select regency_code as code from standing_due order by 1")).map((row) => row.code)).toEqual([
      "99.01",
      "99.02",
    ]);
    expect(
      await one("select kind, (select name from area where code = '99.02') as regency from area where code = '99.02.01.1001'"),
    ).toEqual({ kind: "kelurahan", regency: "Kabupaten Uji" });
  });

  test("a file of districts takes the place of the united ones, and villages loaded later leave it", async () => {
    const district = {
      type: "Feature",
      properties: { kode: "99.01.01", nama: "Dari Berkas" },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [112, -7.52],
            [112.06, -7.52],
            [112.06, -7.49],
            [112, -7.49],
            [112, -7.52],
          ],
        ],
      },
    };
    expect((await load("boundaries", "kec.geojson", collectionOf([district]))).report).toMatchObject({ accepted: 1 });
    await load("boundaries", "desa.geojson", collectionOf([square(2, { name: "Sesudah" })]));
    expect(await one("select name, origin from area where code = '99.01.01'")).toEqual({ name: "Dari Berkas", origin: "file" });
    const { report } = await load("boundaries", "kec.geojson", collectionOf([district]), { level: "village" });
    expect(report.rows).toMatchObject([{ code: "wrong_level" }]);
  });

  test("a mapping reads only the columns it names", async () => {
    const feature = {
      type: "Feature",
      properties: { K: "99.01.01.2030", N: "Terpetakan", kode: "x", nama: "y" },
      geometry: square(30).geometry,
    };
    await load("boundaries", "peta.geojson", collectionOf([feature]), {
      mapping: JSON.stringify({ code: "K", name: "N" }),
      vintage: "2023",
    });
    expect(await one("select name, vintage from area where code = '99.01.01.2030'")).toEqual({ name: "Terpetakan", vintage: "2023" });
    await expect(load("boundaries", "peta.geojson", collectionOf([feature]), { mapping: '{"code":"tiada"}' })).rejects.toMatchObject({
      code: "column_missing",
    });
  });

  test("dismissed while it is being read, nothing has changed and nothing is left over", async () => {
    const before = await villages();
    const controller = new AbortController();
    const onProgress = (percent: number): void => {
      if (percent >= 15) controller.abort(new Error("dismissed"));
    };
    await expect(
      load("boundaries", "batal.geojson", collectionOf([square(40)]), {}, { parts: { signal: controller.signal, onProgress } }),
    ).rejects.toThrow("dismissed");
    expect([await villages(), await staged()]).toEqual([before, 0]);
  });

  test("somebody bound to one kabupaten changes no other", async () => {
    const { report } = await load("boundaries", "luar.geojson", collectionOf([square(41)]), {}, { request: { areas: ["99.02"] } });
    expect(report.rows).toMatchObject([{ code: "outside_scope" }]);
  });

  test.skipIf(!hasOutside)("Jombang from the MySQL dump and from GeoJSON are the same", async () => {
    const dump = await load("boundaries", "wilayah_boundaries_kel_35.17.sql", {
      path: outside("data/boundaries/wilayah_boundaries_kel_35.17.sql"),
    });
    expect(dump.report).toMatchObject({ accepted: 306, rejected: 0 });
    expect((await one<{ name: string }>("select name from area where code = '35.17'")).name).toBe("35.17");
    const again = await load("boundaries", "desa_35.17_jombang.geojson", { path: outside("data/boundaries/desa_35.17_jombang.geojson") });
    expect(again.report).toMatchObject({ accepted: 0, unchanged: 306 });
    expect((await one<{ name: string }>("select name from area where code = '35.17'")).name).toBe("Kabupaten Jombang");
    expect(await one("select count(*) as n from area where regency_code = '35.17' and level = 'district'")).toEqual({ n: 21 });
  });
});
