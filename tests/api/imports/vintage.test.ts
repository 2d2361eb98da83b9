import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAreas, readLinks } from "../../../api/queries/areaLinks.ts";
import { listVintages } from "../../../api/queries/vintages.ts";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { importer } from "../../fixtures/imports.ts";

/** Two kecamatan of a kabupaten of which one village moved, one was renamed, one split in name and one vanished; the other kept everything. */
const earlier = `code,name
98,PROVINSI UJI
98.01,KAB. UJI
98.01.01,Utara
98.01.01.2001,Gayaman
98.01.01.2002,Sumber Agung
98.01.01.2003,Mekarsari
98.01.01.2004,Hilang
98.01.02,Selatan
98.01.02.2001,Kenanten
98.01.02.2002,Tetap
`;
const later = `code,name
98,Provinsi Uji
98.01,Kabupaten Uji
98.01.01,Utara
98.01.01.2002,Sumberagung
98.01.01.2003,Mekar Sari Jaya Raya
98.01.01.2005,Kenanten
98.01.02,Selatan
98.01.02.2002,Tetap
98.01.02.2003,Gayaman
98.01.02.2004,Tetap Utara
`;

describe.each(engines)("lists of areas by year on %s", (engine) => {
  let made: TestDatabase;
  let load: ReturnType<typeof importer>;
  const asked = { codes: null, within: "98", level: null, changesOnly: false, after: null, limit: 100 } as const;

  beforeAll(async () => {
    made = await openTestDatabase(engine);
    load = importer(made.database);
  });
  afterAll(() => made?.remove());

  test("are stored with what became of every area, and the same file again is unchanged", async () => {
    expect((await load("vintage", "2018.csv", earlier, { year: "2018" })).report).toMatchObject({ accepted: 10, rejected: 0 });
    const { report } = await load("vintage", "2022.csv", later, { year: "2022" });
    expect(report).toMatchObject({
      accepted: 10,
      warnings: [{ code: "vintage_followed", value: 3 }, { code: "vintage_followed" }],
    });
    expect((await load("vintage", "2022.csv", later, { year: "2022" })).report).toMatchObject({ accepted: 0, unchanged: 10, warnings: [] });
    expect(await listVintages(made.database)).toMatchObject([
      { year: 2018, origin: "file", source: "2018.csv", areas: 10, villages: 6, shapes: 0 },
      { year: 2022, origin: "file", source: "2022.csv", areas: 10, villages: 6, shapes: 0 },
      { year: 2025, origin: "package", source: "idn-area-data 3.1.2", licence: "ODbL-1.0", villages: 83763 },
    ]);
    const links = await readLinks(made.database, 2018, 2022, [
      "98.01.01.2001",
      "98.01.01.2002",
      "98.01.01.2003",
      "98.01.02.2001",
      "98.01.02.2002",
    ]);
    expect(links.map(({ code, to, change, share }) => [code, to, change, share])).toEqual([
      ["98.01.01.2001", "98.01.02.2003", "moved", 1],
      ["98.01.01.2003", "98.01.01.2003", "renamed", 1],
      ["98.01.02.2001", "98.01.01.2005", "moved", 1],
      ["98.01.02.2002", "98.01.02.2004", "split", 0],
    ]);
  });

  test("are read backwards from the same rows, and what cannot be told is listed", async () => {
    expect(
      (await readLinks(made.database, 2022, 2018, ["98.01.02.2003", "98.01.02.2004"])).map(({ code, to, share }) => [code, to, share]),
    ).toEqual([
      ["98.01.02.2003", "98.01.01.2001", 1],
      ["98.01.02.2004", "98.01.02.2002", 1],
    ]);
    const { areas, matched } = await readAreas(made.database, 2018, 2022, asked);
    expect(matched).toBe(10);
    expect(areas.filter(({ isUnknown }) => isUnknown)).toEqual([
      { code: "98.01.01.2004", name: "Hilang", nameThere: null, isUnknown: true, candidates: [] },
    ]);
    const next = await readAreas(made.database, 2018, 2022, { ...asked, level: "village", after: "98.01.01.2003", limit: 2 });
    expect(next.areas.map(({ code }) => code)).toEqual(["98.01.01.2004", "98.01.02.2001"]);
    expect(next.matched).toBe(6);
  });

  test("a faulty row rejects the file and names row, field and value; nothing is stored", async () => {
    const before = await listVintages(made.database);
    const { report, isRejected } = await load("vintage", "x.csv", "kode;nama\n98.01;Uji\n98.1x;Salah\n98.02;\n98.03;Dua\n98.03;Tiga\n", {
      year: "2019",
    });
    expect(isRejected).toBe(true);
    expect(report.rows.map(({ row, field, code }) => [row, field, code])).toEqual([
      [3, "code", "invalid_code"],
      [4, "name", "missing_field"],
      [5, "code", "twice_not_loaded"],
      [6, "code", "twice_not_loaded"],
    ]);
    expect(await listVintages(made.database)).toEqual(before);
  });

  test.each<[string, string, Record<string, string>, string]>([
    ["without a year", earlier, {}, "year_needed"],
    ["whose vintage is no year", earlier, { vintage: "lama" }, "invalid_parameter"],
    ["without names", "kode\n98\n", { year: "2018" }, "column_missing"],
  ])("a file %s is refused as a whole", async (_, text, query, code) => {
    await expect(load("vintage", "x.csv", text, query)).rejects.toMatchObject({ code });
  });

  test("shapes on both sides tell who took which part", async () => {
    const area = (code: string, name: string, west: number, east: number) => ({
      type: "Feature",
      properties: { kode: code, nama: name },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [west, -7],
            [east, -7],
            [east, -6.99],
            [west, -6.99],
            [west, -7],
          ],
        ],
      },
    });
    const file = (...features: unknown[]): string => JSON.stringify({ type: "FeatureCollection", features });
    await load(
      "vintage",
      "a.geojson",
      file(area("97.01.01.2001", "Panjang", 112, 112.04), area("97.01.01.2002", "Pendek", 112.04, 112.06)),
      { year: "2016" },
    );
    await load(
      "vintage",
      "b.geojson",
      file(area("97.01.01.2001", "Panjang", 112, 112.03), area("97.01.01.2003", "Asing", 112.03, 112.06)),
      { year: "2017" },
    );
    const links = await readLinks(made.database, 2016, 2017, ["97.01.01.2001", "97.01.01.2002"]);
    expect(links.map(({ code, to, change, share }) => [code, to, change, Math.round(share * 1000) / 1000])).toEqual([
      ["97.01.01.2001", "97.01.01.2001", "split", 0.75],
      ["97.01.01.2001", "97.01.01.2003", "split", 0.25],
      ["97.01.01.2002", "97.01.01.2003", "merged", 1],
    ]);
    const back = await readLinks(made.database, 2017, 2016, ["97.01.01.2003"]);
    expect(back.map(({ to, share }) => [to, Math.round(share * 1000) / 1000])).toEqual([
      ["97.01.01.2002", 0.667],
      ["97.01.01.2001", 0.333],
    ]);
  });
});
