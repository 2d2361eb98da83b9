import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { collectionOf, importer, square } from "../../fixtures/imports.ts";
import { hasOutside, outside } from "../../fixtures/outside.ts";

const village = (n: number): string => `99.01.01.${2000 + n}`;
const parents = "99,Uji\n99.01,Kab. Uji\n99.01.01,Kecamatan Uji\n";
const earlier = `code,name\n${parents}99.01.01.2041,Gayaman\n99.01.01.2002,Kenanten\n99.01.01.2042,Wonorejo\n99.01.01.2043,Hilang Entah\n99.01.01.2044,Panti\n`;
const later = `code,name\n${parents}${["Gayaman", "Kenanten", "Panti Utara", "Panti Selatan", "Banjar Wonorejo Kulon"].map((name, index) => `${village(index + 1)},${name}`).join("\n")}\n`;

describe.each(engines)("codes of another year on %s", (engine) => {
  let made: TestDatabase;
  let load: ReturnType<typeof importer>;
  const values = () =>
    made.database.query<{ code: string; value: number; source: string }>(
      "select area_code as code, value, source from indicator_value where indicator = 'population' order by 1",
    );

  beforeAll(async () => {
    made = await openTestDatabase(engine);
    load = importer(made.database);
    await load("vintage", "2018.csv", earlier, { year: "2018" });
    await load("vintage", "2022.csv", later, { year: "2022" });
    await load("boundaries", "uji.geojson", collectionOf(Array.from({ length: 5 }, (_, index) => square(index))), { vintage: "2022" });
  });
  afterAll(() => made?.remove());

  test("are read as those of today, and the report tells how many", async () => {
    const { report } = await load("indicators", "p.csv", `code,population\n99.01.01.2041,100\n${village(2)},200\n`, {
      year: "2018",
      vintage: "2018",
    });
    expect(report).toMatchObject({
      accepted: 2,
      warnings: [{ code: "code_translated", value: 1, message: expect.stringContaining(`99.01.01.2041 → ${village(1)}`) }],
    });
    expect((await values()).map(({ code, value }) => [code, value])).toEqual([
      [village(1), 100],
      [village(2), 200],
    ]);
  });

  test("of a divided area wait unless a division is asked for, which is labelled and loses nobody", async () => {
    const text = "code,population\n99.01.01.2044,101\n";
    const asked = await load("indicators", "p.csv", text, { year: "2018", vintage: "2018" });
    expect(asked.report).toMatchObject({
      accepted: 0,
      queued: 1,
      rejected: 0,
      rows: [{ row: 2, code: "code_split", value: "99.01.01.2044" }],
    });
    expect(await made.database.query("select kind, reason, state, area_codes from queued_row")).toEqual([
      { kind: "indicators", reason: "code_split", state: "waiting", area_codes: [village(3), village(4)] },
    ]);
    const { report } = await load("indicators", "p.csv", text, { year: "2018", vintage: "2018", split: "true" });
    expect(report).toMatchObject({ accepted: 1, queued: 0, warnings: [{ row: 2, code: "value_split" }] });
    const parts = (await values()).filter(({ code }) => code === village(3) || code === village(4));
    expect(parts.map(({ value }) => value).sort()).toEqual([50, 51]);
    expect(parts[0]?.source).toBe("p.csv; 99.01.01.2044 (2018) × 0.5000");
  });

  test("an index of a divided area is not divided", async () => {
    const { report } = await load("indicators", "i.csv", "code,idm\n99.01.01.2044,0.5\n", { year: "2018", vintage: "2018", split: "true" });
    expect(report).toMatchObject({ accepted: 0, queued: 1, rows: [{ code: "code_split" }] });
  });

  test("of incidents are read as those of today; a divided village leaves its parts as candidates with their shares", async () => {
    const rows = [
      ["99.01.01.2041", "Satu"],
      ["99.01.01.2044", "Dua"],
      [village(2), "Tiga"],
    ].map(([code, facts]) => `${code},2019-06-01,404,F6,${facts}`);
    const text = `village_code,occurred_from,issue,form,facts\n${rows.join("\n")}\n`;
    const { report } = await load("incidents", "k.csv", text, { vintage: "2018" });
    expect(report).toMatchObject({ accepted: 3, rejected: 0, queued: 0, warnings: [{ code: "code_translated", value: 1 }] });
    const stored = await made.database.query("select facts, village_code from incident order by facts");
    expect(stored).toEqual([
      { facts: "Dua", village_code: village(3) },
      { facts: "Satu", village_code: village(1) },
      { facts: "Tiga", village_code: village(2) },
    ]);
    const candidates = await made.database.query("select village_code, probability from incident_candidate order by 1");
    expect(candidates).toEqual([
      { village_code: village(3), probability: 0.5 },
      { village_code: village(4), probability: 0.5 },
    ]);
    expect((await load("incidents", "k.csv", text, { vintage: "2018" })).report).toMatchObject({ accepted: 0, unchanged: 3 });
    const gone = await load("incidents", "k.csv", text.replace("99.01.01.2041", "99.01.01.2043"), { vintage: "2018" });
    expect(gone.report.rows).toMatchObject([{ row: 2, field: "village_code", code: "code_vanished", value: "99.01.01.2043" }]);
  });

  test("that led nowhere are refused with what comes nearest", async () => {
    const { report, isRejected } = await load("indicators", "p.csv", "code,population\n99.01.01.2043,1\n", {
      year: "2018",
      vintage: "2018",
    });
    expect(isRejected).toBe(true);
    expect(report.rows).toMatchObject([{ row: 2, field: "code", code: "code_vanished", value: "99.01.01.2043" }]);
  });

  test("a year without a list is refused, naming those there are; the loaded year needs none", async () => {
    await expect(
      load("indicators", "p.csv", `code,population\n${village(1)},1\n`, { year: "2018", vintage: "2011" }),
    ).rejects.toMatchObject({
      code: "unknown_vintage",
      details: { value: "2011", expected: "2018, 2022, 2025" },
    });
    const { report } = await load("indicators", "p.csv", `code,population\n${village(1)},7\n`, { year: "2019", vintage: "2022" });
    expect(report).toMatchObject({ accepted: 1, warnings: [] });
  });
});

describe.skipIf(!hasOutside)("BPS codes", () => {
  let made: TestDatabase;
  let load: ReturnType<typeof importer>;
  beforeAll(async () => {
    made = await openTestDatabase("postgres");
    load = importer(made.database);
    await load("boundaries", "desa_35.17_jombang.geojson", { path: outside("data/boundaries/desa_35.17_jombang.geojson") });
  });
  afterAll(() => made?.remove());

  test("of the census are matched by names alone, each once; those that are not sure wait with candidates", async () => {
    const lines = gunzipSync(readFileSync(outside("data/indicators/penduduk_2010_desa_bps.csv.gz")))
      .toString()
      .split("\n");
    const header = lines[0]!.split(",").slice(0, -2);
    const own = new Map<number, string>();
    // Only East Java, and without the two columns that tell the match.
    const kept = lines.filter((line) => line.startsWith("35,")).map((line) => line.trim().split(","));
    for (const [index, cells] of kept.entries()) own.set(index + 2, cells.at(-2)!);
    const text = [header, ...kept.map((cells) => cells.slice(0, -2))].map((cells) => cells.join(",")).join("\n");
    const { report } = await load("indicators", "sensus.csv", text, {
      year: "2010",
      partial: "true",
      mapping: JSON.stringify({ code: "kode_bps", population: "penduduk_2010" }),
    });
    expect(report.rejected).toBe(0);
    expect(report.accepted).toBeGreaterThanOrEqual(303);
    expect(report.accepted + report.queued + report.notLoaded).toBe(kept.length);
    const [matched] = report.warnings.filter(({ code }) => code === "bps_matched");
    expect(Number(matched?.value)).toBeGreaterThan(0.95 * kept.length);
    for (const row of report.rows) expect(row).toMatchObject({ field: "code", code: "bps_uncertain" });
    const stored = await made.database.query<{ code: string; value: number }>(
      "select area_code as code, value from indicator_value where indicator = 'population'",
    );
    expect(new Set(stored.map(({ code }) => code)).size).toBe(stored.length);
    const told = new Map(kept.flatMap((cells) => (cells.at(-2)!.startsWith("35.17.") ? [[cells.at(-2)!, Number(cells[8])] as const] : [])));
    expect(stored.filter(({ code, value }) => told.has(code) && told.get(code) !== value)).toEqual([]);
  });

  test("without names beside them cannot be read, and the row says which columns are missing", async () => {
    const { report } = await load("indicators", "b.csv", "kode_bps,population\n3517010001,5\n", { year: "2010" });
    expect(report.rows).toMatchObject([{ row: 2, field: "code", code: "bps_names_missing", value: "3517010001" }]);
  });
});
