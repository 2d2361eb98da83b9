import { expect, test } from "vitest";
import type { Database } from "../../../api/database/database.ts";
import type { Row } from "../../../api/queries/items.ts";
import { AreaFeatures } from "../../../api/routes/areaFeatures.ts";

/** A database of villages that counts how often each is read as a whole. */
function villagesNamed(names: Map<string, string>) {
  const state = { version: 1, read: [] as string[] };
  const query = async (sql: string, values: readonly unknown[] = []): Promise<unknown[]> => {
    if (/from setting/.test(sql)) return [{ key: "areas_version", value: state.version }];
    const codes = (values[0] as string[]).filter((code) => names.has(code));
    state.read.push(...codes);
    return codes.map((code) => ({
      key: code,
      geojson: '{"type":"Point","coordinates":[112,-7]}',
      code,
      name: names.get(code),
      population: 1200,
      population_year: 2020,
      vintage: "2025",
    }));
  };
  return { state, features: new AreaFeatures({ query } as unknown as Database, "Asia/Jakarta") };
}

const row = (key: string, figures: readonly (number | null)[] | null): Row => ({ key, geojson: null, figures });
const told = async (features: AreaFeatures, rows: readonly Row[]) =>
  (await features.get("villages", rows)).map((piece) => {
    expect(piece[0]).toBe(",".charCodeAt(0));
    return JSON.parse(piece.subarray(1).toString()) as { id: string; properties: Record<string, unknown> };
  });

test("an area is read as a whole once while areas stay as they are, its figures come from each page", async () => {
  const names = new Map([
    ["35.17.01.2001", 'Kampung "population":1200,"population_year":2020, é'],
    ["35.17.01.2002", "Kwaron"],
  ]);
  const { state, features } = villagesNamed(names);
  const [first, second] = [...names.keys()] as [string, string];
  for (const figures of [[1200, 2020], [1350, 2024], null, [1200, 2020]]) {
    const page = await told(features, [row(second, figures), row(first, figures)]);
    expect(page.map(({ id }) => id)).toEqual([second, first]);
    for (const { id, properties } of page)
      expect(properties).toEqual({
        code: id,
        name: names.get(id),
        population: figures?.[0] ?? null,
        population_year: figures?.[1] ?? null,
        vintage: "2025",
      });
  }
  expect(state.read.sort()).toEqual([first, second]);
  names.set(first, "Sukorejo");
  state.version++;
  expect((await told(features, [row(first, null)]))[0]?.properties.name).toBe("Sukorejo");
});

test("an area that is gone since the page was read is left out", async () => {
  const { features } = villagesNamed(new Map([["35.17.01.2001", "Kwaron"]]));
  expect((await told(features, [row("35.17.01.2001", null), row("35.17.01.2009", null)])).map(({ id }) => id)).toEqual(["35.17.01.2001"]);
});
