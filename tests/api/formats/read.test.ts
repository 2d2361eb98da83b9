import { createReadStream } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { FormatId } from "../../../api/formats/detect.ts";
import { readFile } from "../../../api/formats/read.ts";
import type { FileRow } from "../../../api/formats/rows.ts";
import { unpacked } from "../../../api/formats/unpack.ts";
import type { Problem } from "../../../api/problem.ts";
import { hasOutside, outside } from "../../fixtures/outside.ts";

const every: readonly FormatId[] = ["geojson", "geojson-sequence", "geojson-feature", "csv", "mysql-dump"];

/** The bytes in pieces of a given size, so that every boundary falls somewhere awkward. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rowsOf(
  content: string | Uint8Array,
  name: string,
  options: { size?: number; type?: string; accepted?: readonly FormatId[] } = {},
) {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const source = { name, contentType: options.type ?? null, bytes: pieces(bytes, options.size ?? 1 << 16) };
  const { format, rows } = await readFile(source, options.accepted ?? every);
  const all: FileRow[] = [];
  for await (const batch of rows) all.push(...batch);
  return { format, rows: all };
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "read",
    (error: Problem) => error.code,
  );

const feature = (name: string) => ({
  type: "Feature",
  properties: { kode: "35.17.01.2001", nama: name },
  geometry: { type: "Point", coordinates: [112.1, -7.5] },
});
const collection = (...features: unknown[]) =>
  JSON.stringify({ type: "FeatureCollection", name: 'dengan "features": [ di dalam', features, sumber: { features: [1] } });

describe("a FeatureCollection", () => {
  const tricky = [feature('Ka"l]i{}'), feature("\\"), { ...feature("ç"), properties: { features: [{ a: "}" }] } }];

  test.each([1, 2, 7, 64, 65536])("is read the same in pieces of %i bytes", async (size) => {
    const { format, rows } = await rowsOf(collection(...tricky), "a.geojson", { size });
    expect(format).toBe("geojson");
    expect(rows.map((row) => row.properties)).toEqual(tricky.map((one) => one.properties));
    expect(rows.map((row) => row.row)).toEqual([1, 2, 3]);
  });

  test("may be gzipped whatever it is called, and may begin with a byte order mark", async () => {
    expect((await rowsOf(gzipSync(collection(feature("a"))), "a.geojson", { size: 5 })).rows).toHaveLength(1);
    expect((await rowsOf(`\ufeff${collection(feature("a"))}`, "a.geojson")).rows).toHaveLength(1);
  });

  test("keeps a number too large for one as infinite, for the check to refuse", async () => {
    const { rows } = await rowsOf(collection(feature("a")).replace("112.1", "1e999"), "a.geojson");
    expect(rows[0]?.geometry).toEqual({ type: "Point", coordinates: [Number.POSITIVE_INFINITY, -7.5] });
  });

  test("names the feature that is no JSON and reads the others", async () => {
    const { rows } = await rowsOf(collection(feature("a"), feature("b"), feature("c")).replace('"nama":"b"', '"nama":NaN'), "a.geojson");
    expect(rows.map((row) => row.fault?.code ?? "read")).toEqual(["read", "unreadable_row", "read"]);
  });

  test("that is cut off anywhere is refused", async () => {
    const whole = collection(feature("a"), feature("b"));
    for (let length = 1; length < whole.length; length++) {
      const outcome = await rowsOf(whole.slice(0, length), "a.geojson").then(
        ({ rows }) => rows.every((row) => row.fault) && "faulty",
        (error: Problem) => error.code,
      );
      expect(outcome, whole.slice(0, length)).toMatch(/^(file_cut|file_damaged|file_not_understood|faulty)$/);
    }
  });

  test.each<[string, string, string]>([
    [
      "in a coordinate system that nobody here uses",
      collection(feature("a")).replace('"name":', '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2100"}},"name":'),
      "wrong_crs",
    ],
    ["with a list of something else", `{"type":"FeatureCollection","features":[1,2]}`, "file_damaged"],
    [
      "with a missing comma",
      `{"type":"FeatureCollection","features":[${JSON.stringify(feature("a"))}${JSON.stringify(feature("b"))}]}`,
      "file_damaged",
    ],
    [
      "nested beyond reason",
      `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":${"[".repeat(100_000)}`,
      "file_damaged",
    ],
  ])("%s is refused", async (_, text, code) => {
    expect(await codeOf(rowsOf(text, "a.geojson"))).toBe(code);
  });
});

describe("features one after the other", () => {
  const line = JSON.stringify(feature("a"));
  test.each<[string, string, string, number]>([
    ["a line each", `${line}\n${line}\r\n\n${line}`, "geojson-sequence", 3],
    [
      "begun by record separators, over several lines",
      `\u001e${JSON.stringify(feature("a"), null, 2)}\n\u001e${line}\n`,
      "geojson-sequence",
      2,
    ],
    ["one alone over many lines", JSON.stringify(feature("a"), null, 2), "geojson-feature", 1],
    ["one alone on one line", line, "geojson-sequence", 1],
  ])("%s", async (_, text, format, n) => {
    for (const size of [1, 13, 65536]) {
      const read = await rowsOf(text, "a.ndjson", { size });
      expect(read.rows.map((row) => row.properties.nama)).toEqual(Array(n).fill("a"));
    }
    expect((await rowsOf(text, "a.ndjson")).format).toBe(format);
  });

  test("a broken line is one faulty row", async () => {
    const { rows } = await rowsOf(`${line}\n${line.slice(0, 40)}\n{"type":"Polygon"}\n${line}`, "a.ndjson");
    expect(rows.map((row) => row.fault?.code ?? "read")).toEqual(["read", "unreadable_row", "not_a_feature", "read"]);
  });
});

describe("a table", () => {
  test.each<[string, string]>([
    ["commas", "kode,nama\n1,a\n2,b\n"],
    ["semicolons", "kode;nama\r\n1;a\r\n2;b"],
    ["tabs", "kode\tnama\n1\ta\n2\tb\n"],
    ["quotes and line breaks in quotes", '"kode","nama"\n"1","a"\n"2",b\n'],
    ["Excel's first line", "sep=;\nkode;nama\n1;a\n2;b\n"],
    ["a byte order mark and empty lines at the end", "\ufeffkode,nama\n1,a\n2,b\n\n\n"],
  ])("with %s", async (_, text) => {
    for (const size of [1, 3, 65536]) {
      const { format, rows } = await rowsOf(text, "a.csv", { size });
      expect(format).toBe("csv");
      expect(rows.map((row) => row.properties)).toEqual([
        { kode: "1", nama: "a" },
        { kode: "2", nama: "b" },
      ]);
      expect(rows.map((row) => row.row)).toEqual([2, 3]);
    }
  });

  test("may be in UTF-16", async () => {
    const { rows } = await rowsOf(Buffer.from("\ufeffkode,nama\n1,Désa\n", "utf16le"), "a.csv", { size: 3 });
    expect(rows[0]?.properties).toEqual({ kode: "1", nama: "Désa" });
  });

  test.each<[string, string | Uint8Array, string]>([
    ["with the same column twice", "kode,nama,Nama\n1,a,b\n", "column_twice"],
    ["with a quote never closed", 'kode,nama\n1,"a\n2,b\n', "file_damaged"],
  ])("%s is refused", async (_, content, code) => {
    expect(await codeOf(rowsOf(content, "a.csv"))).toBe(code);
  });

  test("a row with too many cells is faulty, the next is not", async () => {
    const { rows } = await rowsOf("kode,nama\n1,a,x\n2,b\n3\n", "a.csv");
    expect(rows.map((row) => row.fault?.code ?? "read")).toEqual(["wrong_cell_count", "read", "wrong_cell_count"]);
  });
});

describe("a MySQL dump", () => {
  const dump = `-- a ; comment with 'quote
/* DROP; */
CREATE TABLE \`wilayah_boundaries\` (\`kode\` varchar(13), \`path\` longtext) COMMENT='x;(y)';
INSERT INTO \`wilayah_boundaries\` (\`kode\`,nama,lat,lng,path) VALUES
 ('35.17.01.2001','O\\'Neil; (a)',-7.5,112.1,'[[[-7.5,112.1],[-7.6,112.1],[-7.6,112.2],[-7.5,112.1]]]'),
 ('35.17.01.2002','Ka''b',NULL,112.1,'[[[[-7.5,112.1],[-7.6,112.1],[-7.6,112.2],[-7.5,112.1]]]]');
INSERT INTO wilayah_boundaries(kode,nama,lat,lng,path) VALUES ('35.17.01.2003','c',1,2,NULL);
`;
  test.each([1, 5, 65536])("turns [latitude, longitude] and tells polygons by their nesting, in pieces of %i bytes", async (size) => {
    const { format, rows } = await rowsOf(dump, "a.sql", { size });
    expect(format).toBe("mysql-dump");
    const ring = [
      [112.1, -7.5],
      [112.1, -7.6],
      [112.2, -7.6],
      [112.1, -7.5],
    ];
    expect(rows).toEqual([
      {
        row: 1,
        properties: { kode: "35.17.01.2001", nama: "O'Neil; (a)", lat: -7.5, lng: 112.1 },
        geometry: { type: "Polygon", coordinates: [ring] },
      },
      {
        row: 2,
        properties: { kode: "35.17.01.2002", nama: "Ka'b", lat: null, lng: 112.1 },
        geometry: { type: "MultiPolygon", coordinates: [[ring]] },
      },
      { row: 3, properties: { kode: "35.17.01.2003", nama: "c", lat: 1, lng: 2 }, geometry: null },
    ]);
  });

  test("that ends inside a statement is refused", async () => {
    expect(await codeOf(rowsOf(dump.slice(0, 420), "a.sql"))).toBe("file_cut");
    expect(await codeOf(rowsOf(dump.slice(0, dump.lastIndexOf("NULL")), "a.sql"))).toBe("file_cut");
  });
});

describe("what is no such file", () => {
  test.each<[string, Uint8Array | string, string, string | undefined]>([
    ["nothing", "", "file_empty", undefined],
    ["an empty gzip", gzipSync(""), "file_empty", undefined],
    ["blanks", "  \n ", "file_not_understood", undefined],
    ["a zip of nothing known", Buffer.from("PK\u0003\u0004xxxx"), "file_not_understood", undefined],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), "file_not_understood", undefined],
    ["a web page called GeoJSON", "<html></html>", "file_not_understood", "application/geo+json"],
    ["a bare geometry", '{"type":"Polygon","coordinates":[]}', "file_not_understood", undefined],
    ["gzip within gzip", gzipSync(gzipSync("a")), "file_not_understood", undefined],
    ["gzip cut off", gzipSync(Buffer.from(collection(...Array(500).fill(feature("a"))))).subarray(0, 300), "file_cut", undefined],
  ])("%s is refused by name", async (_, content, code, type) => {
    expect(await codeOf(rowsOf(content, "a.geojson", type ? { type } : {}))).toBe(code);
  });

  test("a format that makes no sense here is refused", async () => {
    expect(await codeOf(rowsOf("kode,nama\n1,a\n", "a.csv", { accepted: ["geojson"] }))).toBe("file_not_understood");
  });

  test("a bomb is stopped at the limit, not unpacked", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    let seen = 0;
    const read = async () => {
      for await (const chunk of await unpacked(pieces(bomb, 4096), "bom.gz", 1024 * 1024)) seen += chunk.length;
    };
    expect(await codeOf(read())).toBe("file_too_large");
    expect(seen).toBeLessThanOrEqual(1024 * 1024);
  });
});

describe.skipIf(!hasOutside)("real files", () => {
  test.each<[string, string, number]>([
    ["boundaries/desa_35.17_jombang.geojson", "geojson", 306],
    ["boundaries/desa_35_jawa_timur_tanpa_35.12.geojson.gz", "geojson", 8358],
    ["boundaries/wilayah_boundaries_kel_35.21.sql", "mysql-dump", 217],
    ["indicators/penduduk_2010_desa_bps.csv.gz", "csv", 77096],
    ["codes/wilayah_2025.csv.gz", "csv", 91599],
  ])("%s is %s with %i rows, none faulty", async (path, format, n) => {
    const source = { name: path, contentType: null, bytes: createReadStream(outside(`data/${path}`)) };
    const read = await readFile(source, every);
    let [rows, faults] = [0, 0];
    for await (const batch of read.rows) {
      rows += batch.length;
      faults += batch.filter((row) => row.fault).length;
    }
    expect([read.format, rows, faults]).toEqual([format, n, 0]);
  });
});
