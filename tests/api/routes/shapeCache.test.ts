import { expect, test } from "vitest";
import type { Database } from "../../../api/database/database.ts";
import { ShapeCache } from "../../../api/routes/shapeCache.ts";

/** A database of areas that counts how often each shape is read. */
function areasWith(shapes: Map<string, string>) {
  const state = { version: 1, read: [] as string[] };
  const query = async (sql: string, values: readonly unknown[] = []): Promise<unknown[]> => {
    if (/from setting/.test(sql)) return [{ key: "areas_version", value: state.version }];
    const codes = (values[0] as string[]).filter((code) => shapes.has(code));
    state.read.push(...codes);
    return codes.map((code) => ({ code, geojson: shapes.get(code) }));
  };
  return { state, cache: new ShapeCache({ query } as unknown as Database) };
}

const told = async (cache: ShapeCache, codes: string[]): Promise<Record<string, string>> =>
  Object.fromEntries([...(await cache.get(codes))].map(([code, shape]) => [code, shape.toString()]));

test("a shape is read once while areas stay as they are, and anew after an import", async () => {
  const shapes = new Map([
    ["35.17.01.2001", '{"type":"Point","coordinates":[112,-7]}'],
    ["35.17.01.2002", '{"type":"Point","coordinates":[113,-7]}'],
  ]);
  const { state, cache } = areasWith(shapes);
  const all = [...shapes.keys()];
  await told(cache, all.slice(0, 1));
  for (let times = 0; times < 3; times++) expect(await told(cache, all)).toEqual(Object.fromEntries(shapes));
  expect(state.read).toEqual(all);
  shapes.set("35.17.01.2001", '{"type":"Point","coordinates":[114,-8]}');
  state.version++;
  expect(await told(cache, all)).toEqual(Object.fromEntries(shapes));
});

test("an area without a shape is left out", async () => {
  const { cache } = areasWith(new Map([["35.17", "{}"]]));
  expect(await told(cache, ["35.17", "35.18"])).toEqual({ "35.17": "{}" });
});
