import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { zipOf } from "../../../scripts/drive/fuzz/archive.ts";
import { clockwiseSquare, dbfOf, outcomeOf, readVector, shpOf, type TestShape } from "../../fixtures/vectorFiles.ts";

const wgs84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
const villages: TestShape[] = [{ rings: [clockwiseSquare(112, -7.5)] }, { rings: [clockwiseSquare(112.01, -7.5)] }];
const table = dbfOf(
  ["KODE", "NAMA"],
  [
    ["99.01.01.2001", "Satu"],
    ["99.01.01.2002", "Dua"],
  ],
);
const parts = { "desa.shp": shpOf(villages), "desa.dbf": table, "desa.prj": wgs84 };
const without = (ending: string) => Object.fromEntries(Object.entries(parts).filter(([name]) => !name.endsWith(ending)));

describe("a zipped Shapefile", () => {
  test.each([7, 4096])("is read shape by shape with its table, in pieces of %i bytes, packed once more or not", async (size) => {
    for (const content of [zipOf(parts), gzipSync(zipOf(parts))]) {
      const { format, rows, told } = await readVector(content, { size });
      expect(format).toBe("shapefile");
      expect(rows.map(({ row, properties, geometry }) => ({ row, properties, geometry }))).toEqual([
        {
          row: 1,
          properties: { KODE: "99.01.01.2001", NAMA: "Satu" },
          geometry: { type: "Polygon", coordinates: [clockwiseSquare(112, -7.5)] },
        },
        {
          row: 2,
          properties: { KODE: "99.01.01.2002", NAMA: "Dua" },
          geometry: { type: "Polygon", coordinates: [clockwiseSquare(112.01, -7.5)] },
        },
      ]);
      expect(told).toEqual([]);
    }
  });

  test("gives holes to the smallest ring around them and keeps islands in lakes apart", async () => {
    const reversed = (west: number, south: number, size: number) => clockwiseSquare(west, south, size).toReversed();
    const rings = [
      clockwiseSquare(112, -8, 1),
      reversed(112.2, -7.8, 0.5),
      clockwiseSquare(112.3, -7.7, 0.2),
      reversed(112.35, -7.65, 0.05),
      clockwiseSquare(114, -8, 1),
    ];
    const { rows } = await readVector(zipOf({ ...parts, "desa.shp": shpOf([{ rings }, villages[1]!]) }));
    const { coordinates } = rows[0]!.geometry as { coordinates: unknown[][] };
    expect(coordinates).toEqual([[rings[0], rings[1]], [rings[2], rings[3]], [rings[4]]]);
  });

  test("passes over what its table marks as deleted, and says so; a null shape stays a row without shape", async () => {
    const shapes: TestShape[] = [villages[0]!, { type: 0 }, villages[1]!];
    const rows3 = dbfOf(["KODE"], [["*", "hapus"], ["nol"], ["ada"]]);
    const { rows, told } = await readVector(zipOf({ ...parts, "desa.shp": shpOf(shapes), "desa.dbf": rows3 }));
    expect(rows.map(({ row, properties, geometry }) => [row, properties.KODE, geometry === null])).toEqual([
      [2, "nol", true],
      [3, "ada", false],
    ]);
    expect(told).toEqual([{ code: "rows_deleted", value: 1 }]);
  });

  test.each<[string, string | null, number, Uint8Array, string | null]>([
    ["UTF-8 by its .cpg", "UTF-8", 0, Buffer.from("Désa"), null],
    ["Windows-1252 by its .cpg", "1252", 0, Buffer.from("Désa", "latin1"), null],
    ["ANSI by its .cpg", "ANSI 1252", 0, Buffer.from("Désa", "latin1"), null],
    ["ISO by its .cpg", "ISO-8859-1", 0, Buffer.from("Désa", "latin1"), null],
    ["Windows-1252 by its language byte", null, 0x57, Buffer.from("Désa", "latin1"), null],
    ["nothing said, UTF-8", null, 0, Buffer.from("Désa"), "utf-8"],
    ["nothing said, no UTF-8", null, 0, Buffer.from("Désa", "latin1"), "windows-1252"],
  ])("reads names in %s", async (_, cpg, languageByte, name, assumed) => {
    const dbf = dbfOf(["NAMA"], [[name], ["b"]], languageByte);
    const { rows, told } = await readVector(zipOf({ ...parts, "desa.dbf": dbf, ...(cpg && { "desa.cpg": cpg }) }));
    expect(rows.map(({ properties }) => properties.NAMA)).toEqual(["Désa", "b"]);
    expect(told).toEqual(assumed ? [{ code: "dbf_encoding_assumed", value: assumed, example: "Désa" }] : []);
  });

  test("a cell that is no text in the encoding of its .cpg is a faulty row", async () => {
    const dbf = dbfOf(["NAMA"], [[Buffer.from([0xc3, 0x28])], ["b"]]);
    const { rows } = await readVector(zipOf({ ...parts, "desa.dbf": dbf, "desa.cpg": "UTF-8" }));
    expect(rows.map(({ fault }) => fault?.code ?? "read")).toEqual(["unreadable_row", "read"]);
  });

  test("without .prj is read as longitude and latitude when it is that, and says so", async () => {
    expect((await readVector(zipOf(without(".prj")))).told).toMatchObject([{ code: "crs_assumed" }]);
  });

  test("with layers of other shapes beside takes the one of polygons; of two it asks which", async () => {
    const points = { "titik.shp": shpOf([], 1), "titik.dbf": table, "__MACOSX/._desa.shp": "x" };
    expect((await readVector(zipOf({ ...points, ...parts }))).rows).toHaveLength(2);
    const two = zipOf({ ...parts, "b/kec.shp": shpOf(villages), "b/kec.dbf": table, "b/kec.prj": wgs84 });
    await expect(readVector(two)).rejects.toMatchObject({ code: "layer_unclear", details: { layers: "desa, b/kec" } });
    expect((await readVector(two, { layer: "kec" })).rows).toHaveLength(2);
    expect(await outcomeOf(readVector(two, { layer: "kab" }))).toBe("layer_not_found");
  });

  const shp = parts["desa.shp"];
  const changed = (at: number, value: number): Buffer => {
    const copy = Buffer.from(shp);
    copy.writeInt32BE(value, at);
    return copy;
  };
  test.each<[string, Uint8Array | string, string]>([
    ["not in a zip", shp, "bare_shapefile"],
    ["not in a zip, but gzipped", gzipSync(shp), "bare_shapefile"],
    ["without its table", zipOf(without(".dbf")), "part_missing"],
    ["with a password", zipOf(parts, { encrypted: true }), "zip_refused"],
    ["with a name that leads outside", zipOf({ "../../etc/desa.shp": shp, "../../etc/desa.dbf": table }), "zip_refused"],
    ["with an absolute name", zipOf({ "/etc/desa.shp": shp, "/etc/desa.dbf": table }), "zip_refused"],
    ["with another zip in it", zipOf({ "desa.zip": zipOf(parts) }), "zip_refused"],
    ["with a GeoJSON in it", zipOf({ "desa.geojson": "{}" }), "zip_refused"],
    ["with nothing in it", zipOf({}), "zip_refused"],
    ["with ten thousand files and one", zipOf(Object.fromEntries(Array.from({ length: 10_001 }, (_, n) => [`${n}`, ""]))), "zip_refused"],
    ["a File Geodatabase", zipOf({ "desa.gdb/a00000001.gdbtable": "x" }), "format_not_read"],
    ["KMZ", zipOf({ "doc.kml": "<kml/>" }), "format_not_read"],
    ["only points", zipOf({ "a.shp": shpOf([], 1), "a.dbf": table, "b.shp": shpOf([], 3), "b.dbf": table }), "no_polygon_layer"],
    ["more shapes than rows", zipOf({ ...parts, "desa.shp": shpOf([...villages, ...villages]) }), "file_damaged"],
    ["more rows than shapes", zipOf({ ...parts, "desa.shp": shpOf(villages.slice(1)) }), "file_damaged"],
    ["a .shp cut off", zipOf({ ...parts, "desa.shp": shp.subarray(0, 300) }), "file_cut"],
    ["a .dbf cut off", zipOf({ ...parts, "desa.dbf": table.subarray(0, 110) }), "file_cut"],
    ["a .dbf cut in its header", zipOf({ ...parts, "desa.dbf": table.subarray(0, 40) }), "file_cut"],
    ["a .dbf that is none", zipOf({ ...parts, "desa.dbf": "nama,kode\n".repeat(20) }), "file_cut"],
    ["a .shp that is none", zipOf({ ...parts, "desa.shp": "x".repeat(200) }), "file_damaged"],
    ["a record of 4 GB", zipOf({ ...parts, "desa.shp": changed(104, 0x7fffffff) }), "record_too_large"],
    ["a record of negative length", zipOf({ ...parts, "desa.shp": changed(104, -5) }), "file_damaged"],
    ["an unknown encoding", zipOf({ ...parts, "desa.cpg": "KLINGON-8" }), "dbf_encoding_unknown"],
    [
      "a coordinate system nobody uses",
      zipOf({ ...parts, "desa.prj": 'PROJCS["Batavia / NEIEZ",GEOGCS["Batavia",DATUM["Batavia"]]]' }),
      "wrong_crs",
    ],
    ["a zip cut off", zipOf(parts).subarray(0, 400), "file_damaged"],
    ["a bomb that lies about its size", zipOf({ ...parts, "desa.shp": Buffer.alloc(1_000_000) }, { claimedSize: 1000 }), "file_damaged"],
  ])("%s is refused by name", async (_, content, code) => {
    expect(await outcomeOf(readVector(content))).toBe(code);
  });

  test("a record that claims more points than it holds is a faulty row, and costs nothing", async () => {
    const lie = { ...villages[0]!, claimedPoints: 100_000_000 };
    const { rows } = await readVector(zipOf({ ...parts, "desa.shp": shpOf([lie, villages[1]!]) }));
    expect(rows.map(({ fault }) => fault?.code ?? "read")).toEqual(["unreadable_row", "read"]);
  });

  test("damage inside a part shows by its checksum", async () => {
    const zip = zipOf(parts);
    const at = zip.indexOf("PK\u0001\u0002") + 16;
    zip.writeUInt32LE((zip.readUInt32LE(at) ^ 1) >>> 0, at);
    expect(await outcomeOf(readVector(zip))).toBe("file_damaged");
  });
});
