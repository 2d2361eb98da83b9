import { expect, test } from "vitest";
import { readFile } from "../../../api/formats/read.ts";
import { collectionOf, square } from "../../fixtures/imports.ts";
import { outcomeOf, readVector } from "../../fixtures/vectorFiles.ts";

const megabyte = 1024 * 1024;

/** A text said so often that it is at least so long, between a beginning and an end; it exists only piece by piece. */
async function* repeated(begin: string, piece: string, end: string, bytes: number, between = ","): AsyncGenerator<Uint8Array> {
  const once = Buffer.from(`${piece}${between}`);
  const many = Buffer.concat(Array(Math.max(1, Math.floor(megabyte / once.length))).fill(once));
  yield Buffer.from(begin);
  for (let sent = 0; sent < bytes; sent += many.length) yield many;
  yield Buffer.from(`${piece}${end}`);
}

test("200 MB of GeoJSON on one single line are read in the memory of a batch", async () => {
  const ring = Array.from({ length: 2000 }, (_, n) => [112 + Math.cos(n / 318) / 100, -7 + Math.sin(n / 318) / 100]);
  const feature = JSON.stringify(square(0, { ring }));
  const bytes = repeated('{"type":"FeatureCollection","features":[', feature, "]}", 200 * megabyte);
  const { rows } = await readFile({ name: "besar.geojson", contentType: null, bytes }, ["geojson"]);
  let [read, mostInBatch] = [0, 0];
  for await (const batch of rows) {
    read += batch.length;
    mostInBatch = Math.max(mostInBatch, batch.length * feature.length);
  }
  expect(read).toBeGreaterThan((200 * megabyte) / (feature.length + 1));
  // The reader holds one batch and nothing besides.
  expect(mostInBatch).toBeLessThan(9 * megabyte);
});

const head = '{"type":"Feature","properties":{"kode":"99.01.01.2001","nama":"a"},"geometry":{"type":"Polygon","coordinates":[[';
test.each<[string, AsyncIterable<Uint8Array>, string]>([
  [
    "a feature of five million vertices",
    repeated(`{"type":"FeatureCollection","features":[${head}`, "[112.123456,-7.123456]", "]]}}]}", 5e6 * 23),
    "record_too_large",
  ],
  ["a line of five million vertices", repeated(head, "[112.123456,-7.123456]", "]]}}", 5e6 * 23), "record_too_large"],
  ["a line of five million short vertices", repeated(head, "[1,2]", "]]}}", 5e6 * 6), "record_too_large"],
  ["a line of sixty million brackets", repeated(`${head}`, "[", "", 60e6, ""), "read"],
  ["twenty million empty objects in a frame", repeated('{"features":[],"x":[', "{}", "]}", 60 * megabyte), "file_damaged"],
])("%s ends at a limit", async (_, bytes, code) => {
  expect(await outcomeOf(readVector(bytes, { name: "besar" }))).toBe(code);
});

test.each<[string, string, string | undefined]>([
  ["a hundred thousand brackets in a row", `${head}${"[".repeat(100_000)}${"]".repeat(100_000)}]]}}`, "unreadable_row"],
  ["NaN", JSON.stringify(square(0)).replace("112,", "NaN,"), "unreadable_row"],
  ["Infinity", JSON.stringify(square(0)).replace("112,", "Infinity,"), "unreadable_row"],
  ["one key twice", JSON.stringify(square(0)).replace('"nama":', '"nama":"lain","nama":'), "duplicate_key"],
  ["one key twice at the top", JSON.stringify(square(0)).replace('"properties":', '"geometry":null,"properties":'), "duplicate_key"],
  ["a colon in a text, which is no key", JSON.stringify(square(0, { name: 'a": "b{[' })), undefined],
  ["coordinates that are objects", JSON.stringify(square(0)).replace(/\[\[\[.*\]\]\]/, '[{"x":1,"y":2}]'), undefined],
  ["bytes that are no UTF-8", "", "unreadable_row"],
])("%s is told by its row, and the next row is read", async (_, line, code) => {
  const first =
    line === ""
      ? Buffer.concat([Buffer.from('{"type":"Feature","nama":"'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('"}')])
      : Buffer.from(line);
  const { rows } = await readVector(
    Buffer.concat([Buffer.from(`${JSON.stringify(square(1))}\n`), first, Buffer.from(`\n${JSON.stringify(square(2))}\n`)]),
  );
  expect(rows.map(({ fault }) => fault?.code)).toEqual([undefined, code, undefined]);
});

test("a feature's own prototype is no way into ours", async () => {
  const text = collectionOf([square(0)]).replace('"nama"', '"__proto__":{"isAdmin":true},"nama"');
  const { rows } = await readVector(text);
  expect(rows[0]!.properties.nama).toBe("Desa 0");
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});
