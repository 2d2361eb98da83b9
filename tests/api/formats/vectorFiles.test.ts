import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Builder } from "flatbuffers";
import { Feature } from "flatgeobuf/lib/mjs/flat-geobuf/feature.js";
import sqlite from "node-sqlite3-wasm";
import { topology } from "topojson-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectionOf, square } from "../../fixtures/imports.ts";
import { outcomeOf, readVector } from "../../fixtures/vectorFiles.ts";

const grid = [square(0), square(1)];
const codes = (rows: readonly { properties: Readonly<Record<string, unknown>> }[]) => rows.map(({ properties }) => properties.kode);
const faults = (rows: readonly { fault?: { code: string } }[]) => rows.map(({ fault }) => fault?.code ?? "read");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "waspada-vector-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What GDAL makes of GeoJSON in another format. */
function converted(format: string, name: string, text: string, ...parameters: string[]): Buffer {
  writeFileSync(join(folder, "asal.geojson"), text);
  rmSync(join(folder, name), { force: true });
  execFileSync("ogr2ogr", ["-f", format, ...parameters, join(folder, name), join(folder, "asal.geojson")], { stdio: "pipe" });
  return readFileSync(join(folder, name));
}

/** A GeoPackage with something done to it. */
function altered(content: Uint8Array, sql: string): Buffer {
  const path = join(folder, "ubah.gpkg");
  writeFileSync(path, content);
  const database = new sqlite.Database(path);
  database.exec(sql);
  database.close();
  return readFileSync(path);
}

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith("waspada-unpacked-"));

describe("a GeoPackage", () => {
  let plain: Buffer;
  const shape = (wkb: string) => `47500001e6100000${wkb}`;
  const withGeometry = (hex: string) =>
    altered(
      plain,
      `drop trigger if exists rtree_desa_geom_update6; drop trigger if exists rtree_desa_geom_update7;
    ${["insert", "update1", "update2", "update3", "update4", "delete"].map((name) => `drop trigger if exists rtree_desa_geom_${name};`).join("")}
    update desa set geom = x'${hex}' where fid = 1`,
    );
  beforeAll(() => {
    plain = converted("GPKG", "desa.gpkg", collectionOf(grid), "-nln", "desa");
  });

  test("is read from disk, packed or not, and leaves nothing behind", async () => {
    const before = leftovers();
    for (const content of [plain, gzipSync(plain)]) {
      const { format, rows, told } = await readVector(content);
      expect([format, codes(rows), told]).toEqual(["geopackage", ["99.01.01.2001", "99.01.01.2002"], []]);
      expect(rows.map(({ geometry }) => (geometry as { type: string }).type)).toEqual(["Polygon", "Polygon"]);
    }
    await outcomeOf(readVector(plain.subarray(0, 50_000)));
    expect(leftovers()).toEqual(before);
  });

  test("that another program had open is read all the same", async () => {
    const open = Buffer.from(plain);
    open[18] = 2;
    open[19] = 2;
    expect((await readVector(open)).rows).toHaveLength(2);
  });

  test("with several layers is asked which; one of points beside does not matter", async () => {
    const point = { ...square(2), geometry: { type: "Point", coordinates: [112, -7] } };
    writeFileSync(join(folder, "titik.geojson"), collectionOf([point]));
    converted("GPKG", "dua.gpkg", collectionOf(grid), "-nln", "desa", "-nlt", "POLYGON");
    const add = (name: string, layer: string) =>
      execFileSync("ogr2ogr", ["-f", "GPKG", "-update", "-nln", layer, join(folder, "dua.gpkg"), join(folder, name)], { stdio: "pipe" });
    execFileSync(
      "ogr2ogr",
      ["-f", "GPKG", "-update", "-nln", "titik", "-nlt", "POINT", join(folder, "dua.gpkg"), join(folder, "titik.geojson")],
      { stdio: "pipe" },
    );
    expect((await readVector(readFileSync(join(folder, "dua.gpkg")))).rows).toHaveLength(2);
    writeFileSync(join(folder, "asal.geojson"), collectionOf([square(7)]));
    add("asal.geojson", "kec");
    const two = readFileSync(join(folder, "dua.gpkg"));
    await expect(readVector(two)).rejects.toMatchObject({ code: "layer_unclear", details: { layers: "desa, kec" } });
    expect(codes((await readVector(two, { layer: "kec" })).rows)).toEqual(["99.01.01.2008"]);
    expect(await outcomeOf(readVector(two, { layer: "tiada" }))).toBe("layer_not_found");
  });

  test.each<[string, string, string]>([
    ["no geometry", "", "unreadable_row"],
    ["an empty geometry", "47500011e6100000", "read"],
    ["a point", shape("0101000000000000000000f03f000000000000f03f"), "not_a_polygon"],
    ["a curved polygon", shape("010a00000000000000"), "curved_geometry"],
    ["a multi-surface", shape("010c00000000000000"), "curved_geometry"],
    ["a ring that claims four milliard points", shape("010300000001000000ffffffff"), "unreadable_row"],
    ["four milliard rings", shape("0103000000ffffffff"), "unreadable_row"],
    ["a line in place of a part", shape("010600000001000000010200000000000000"), "unreadable_row"],
    ["a blob that is none", "00112233445566778899", "unreadable_row"],
  ])("with %s in one row", async (_, hex, code) => {
    expect(faults((await readVector(withGeometry(hex))).rows)).toEqual([code, "read"]);
  });

  test("with heights and measures drops them", async () => {
    const high = collectionOf([
      {
        ...square(0),
        geometry: { type: "MultiPolygon", coordinates: [square(0).geometry.coordinates.map((ring) => ring.map((xy) => [...xy, 25]))] },
      },
    ]);
    for (const dimensions of ["XYZ", "XYM", "XYZM"]) {
      const { rows } = await readVector(converted("GPKG", `${dimensions}.gpkg`, high, "-dim", dimensions));
      expect(rows[0]!.geometry).toEqual({ type: "MultiPolygon", coordinates: [square(0).geometry.coordinates] });
    }
  });

  test.each<[string, () => Uint8Array, string]>([
    ["cut off", () => plain.subarray(0, 30_000), "file_damaged"],
    ["overwritten in the middle", () => Buffer.concat([plain.subarray(0, 4096), Buffer.alloc(plain.length - 4096, 0x5a)]), "file_damaged"],
    ["a database that is none", () => altered(plain, "drop table gpkg_geometry_columns; pragma application_id = 0"), "format_not_read"],
    ["without its own tables", () => altered(plain, "drop table gpkg_geometry_columns"), "file_damaged"],
    [
      "with an unknown system",
      () => altered(plain, "update gpkg_spatial_ref_sys set organization = 'X', definition = 'PROJCS[\"X\"]' where srs_id = 4326"),
      "wrong_crs",
    ],
    // Its SQL would be ours to run, and never end.
    [
      "whose layer is an endless view",
      () =>
        altered(
          plain,
          "drop table desa; create view desa as with recursive n(fid) as (select 1 union all select fid + 1 from n) select fid, null as geom from n; update gpkg_geometry_columns set table_name = 'desa'",
        ),
      "no_polygon_layer",
    ],
  ])("%s is refused by name", async (_, content, code) => {
    expect(await outcomeOf(readVector(content()))).toBe(code);
  });
});

describe("a FlatGeobuf", () => {
  test.each([3, 65536])("is read as a stream in pieces of %i bytes, with its index or without, and packed", async (size) => {
    for (const index of ["YES", "NO"]) {
      const content = converted("FlatGeobuf", `${index}.fgb`, collectionOf(grid), "-lco", `SPATIAL_INDEX=${index}`);
      for (const sent of [content, gzipSync(content)]) {
        const { format, rows } = await readVector(sent, { size });
        expect([format, codes(rows).toSorted()]).toEqual(["flatgeobuf", ["99.01.01.2001", "99.01.01.2002"]]);
      }
    }
  });

  test("with a feature without shape keeps its row", async () => {
    const builder = new Builder();
    const code = Buffer.from("99.01.01.2003");
    // Of the first column, a text: its number, its length, itself.
    const properties = Feature.createPropertiesVector(builder, Buffer.from([0, 0, code.length, 0, 0, 0, ...code]));
    Feature.startFeature(builder);
    Feature.addProperties(builder, properties);
    builder.finishSizePrefixed(Feature.endFeature(builder));
    const content = converted("FlatGeobuf", "tanpa.fgb", collectionOf(grid), "-lco", "SPATIAL_INDEX=NO");
    const { rows } = await readVector(Buffer.concat([content, builder.asUint8Array()]));
    expect([codes(rows)[2], rows[2]!.geometry, rows[2]!.fault]).toEqual(["99.01.01.2003", null, undefined]);
  });

  test("cut off or changed anywhere is refused or read with faults, and nothing else", async () => {
    const content = converted("FlatGeobuf", "utuh.fgb", collectionOf(grid), "-lco", "SPATIAL_INDEX=NO");
    for (let length = 8; length < content.length; length += 7)
      expect(await outcomeOf(readVector(content.subarray(0, length)))).toMatch(/^file_(cut|damaged)$/);
    for (let at = 0; at < content.length; at += 3) {
      const changed = Buffer.from(content);
      changed[at] = 0xff;
      expect(await outcomeOf(readVector(changed)), `${at}`).toMatch(
        /^(read|file_\w+|record_too_large|wrong_crs|crs_needed|no_polygon_layer)$/,
      );
    }
  });
});

describe("a TopoJSON", () => {
  const features = { type: "FeatureCollection", features: grid } as never;
  const whole = topology({ desa: features });

  test("is read with its shared arcs put together, quantised or not", async () => {
    for (const topologyText of [whole, topology({ desa: features }, 1e6)]) {
      const { format, rows } = await readVector(JSON.stringify(topologyText));
      expect([format, codes(rows)]).toEqual(["topojson", ["99.01.01.2001", "99.01.01.2002"]]);
      const ring = (rows[1]!.geometry as { coordinates: number[][][] }).coordinates[0]!;
      expect(Math.max(...ring.map(([x]) => x!))).toBeCloseTo(112.02, 5);
    }
  });

  test("does not project a shared arc twice", async () => {
    const metres = {
      ...whole,
      arcs: whole.arcs.map((arc) => arc.map(([x, y]) => [x! * 5_000, y! * -1_200_000])),
      crs: { type: "name", properties: { name: "EPSG:32749" } },
    };
    const { rows } = await readVector(JSON.stringify(metres));
    const vertices = rows.flatMap(({ geometry }) => (geometry as { coordinates: number[][][] }).coordinates.flat());
    for (const [x, y] of vertices) expect([x! > 105 && x! < 115, y! > -15 && y! < 0]).toEqual([true, true]);
  });

  test("with an arc that is not there, or no polygon, has a faulty row", async () => {
    const odd = structuredClone(whole) as unknown as { objects: { desa: { geometries: unknown[] } } };
    odd.objects.desa.geometries.push({ type: "Polygon", arcs: [[99]] }, { type: "LineString", arcs: [0] }, { type: null }, 7);
    const { rows } = await readVector(JSON.stringify(odd));
    expect(faults(rows)).toEqual(["read", "read", "unreadable_row", "not_a_polygon", "read", "not_a_feature"]);
  });

  test("whose rows name one arc a million times costs nothing", async () => {
    const arc = Array.from({ length: 5000 }, (_, n) => [n, n]);
    const bomb = {
      type: "Topology",
      arcs: [arc],
      objects: { desa: { type: "GeometryCollection", geometries: [{ type: "Polygon", arcs: [Array(1_000_000).fill(0)] }] } },
    };
    expect(faults((await readVector(JSON.stringify(bomb))).rows)).toEqual(["unreadable_row"]);
  });

  test.each<[string, unknown, string]>([
    ["with two layers", topology({ desa: features, kec: features }), "layer_unclear"],
    ["without arcs", { type: "Topology", objects: {} }, "file_damaged"],
    ["without objects", { type: "Topology", arcs: [], objects: {} }, "no_polygon_layer"],
  ])("%s is refused by name", async (_, content, code) => {
    expect(await outcomeOf(readVector(JSON.stringify(content)))).toBe(code);
  });
});

describe("records begun by a separator (RFC 8142)", () => {
  const text = (feature: unknown) => `\u001e${JSON.stringify(feature, null, 1)}\n`;
  test.each<[string, string, string[]]>([
    ["as GDAL writes them", text(grid[0]) + text(grid[1]), ["read", "read"]],
    ["with one cut off before the next begins", text(grid[0]).slice(0, 60) + text(grid[1]), ["unreadable_row", "read"]],
    ["with the last cut off", text(grid[0]) + text(grid[1]).slice(0, 60), ["read", "unreadable_row"]],
    ["with separators twice and blanks first", `\n\u001e\u001e${text(grid[0])}\u001e\n${text(grid[1])}`, ["read", "read"]],
    ["after a byte order mark", `\ufeff${text(grid[0])}`, ["read"]],
    ["with a whole collection for a record", text({ type: "FeatureCollection", features: [] }), ["not_a_feature"]],
  ])("%s", async (_, content, expected) => {
    for (const size of [1, 10, 65536]) expect(faults((await readVector(content, { size })).rows)).toEqual(expected);
  });
});

describe("what is no such file", () => {
  test.each<[string, string | Uint8Array, string, string?]>([
    ["KML", '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"/>', "format_not_read"],
    ["GML", '<ogr:FeatureCollection xmlns:gml="http://www.opengis.net/gml"/>', "format_not_read"],
    ["GPX", "<gpx/>", "format_not_read"],
    ["MapInfo TAB", "!table\n!version 300\n!charset WindowsLatin1\n", "format_not_read"],
    ["MapInfo MIF", 'Version 300\nCharset "WindowsLatin1"\n', "format_not_read"],
    ["GeoParquet", "PAR1xxxx", "format_not_read"],
    ["RAR", "Rar!xxxx", "format_not_read"],
    ["Esri JSON", '{"displayFieldName":"","geometryType":"esriGeometryPolygon","features":[]}', "format_not_read"],
    [".dbf alone", Buffer.from([3, 125, 1, 1, ...Array(60).fill(0)]), "bare_shapefile", "desa.dbf"],
    [".shx alone", Buffer.from([0, 0, 0x27, 0x0a, ...Array(100).fill(0)]), "bare_shapefile", "desa.shx"],
    ["a web page", "<!doctype html><html></html>", "file_not_understood"],
  ])("%s is refused by its name", async (_, content, code, name = "berkas") => {
    expect(await outcomeOf(readVector(content, { name }))).toBe(code);
  });

  test("a layer of a format without layers is refused", async () => {
    expect(await outcomeOf(readVector(collectionOf(grid), { layer: "desa" }))).toBe("layer_not_found");
  });
});
