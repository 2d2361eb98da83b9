import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cleanStaging } from "../../../api/imports/run.ts";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { collectionOf, importer, square } from "../../fixtures/imports.ts";

const village = (n: number): string => `99.01.01.${2000 + n}`;

describe.each(engines)("tables on %s", (engine) => {
  let made: TestDatabase;
  let load: ReturnType<typeof importer>;
  const all = <T>(sql: string): Promise<T[]> => made.database.query<T>(sql);
  const counts = async () =>
    (
      await all(
        "select (select count(*) from incident) as incidents, (select count(*) from report) as reports, (select count(*) from indicator_value) as numbers",
      )
    )[0];

  beforeAll(async () => {
    made = await openTestDatabase(engine);
    load = importer(made.database);
    await load("boundaries", "uji.geojson", collectionOf(Array.from({ length: 6 }, (_, index) => square(index))));
  });
  afterAll(() => made?.remove());

  describe("indicators", () => {
    test("in wide form: a column an indicator, codes dotted or not, empty cells say nothing", async () => {
      const { report } = await load(
        "indicators",
        "lebar.csv",
        `kode;desa;idm;population;status\n${village(1)};A;0,7444;100;MAJU\n9901012002;B;;200;MAJU\n`,
        { year: "2024", orientation: "low" },
      );
      expect(report).toMatchObject({ accepted: 2, rejected: 0, unchanged: 0, notLoaded: 0, queued: 0, warnings: [], rows: [] });
      expect(await all("select area_code, indicator, year, value from indicator_value order by 1, 2")).toEqual([
        { area_code: village(1), indicator: "idm", year: 2024, value: 0.7444 },
        { area_code: village(1), indicator: "population", year: 2024, value: 100 },
        { area_code: village(2), indicator: "population", year: 2024, value: 200 },
      ]);
      expect(await all("select id, orientation from indicator order by id")).toEqual([
        { id: "idm", orientation: "low" },
        { id: "population", orientation: null },
      ]);
    });

    test("in long form, each row with its year", async () => {
      const text = `code,indicator,year,value\n${village(1)},population,2023,90\n${village(1)},iks,2023,0.5\n${village(1)},population,2024,100\n`;
      expect((await load("indicators", "panjang.csv", text)).report).toMatchObject({ accepted: 2, unchanged: 1, rejected: 0 });
    });

    test("the same file again changes nothing; another number takes the place of the old one", async () => {
      expect(
        (await load("indicators", "a.csv", `code,population\n${village(1)},100\n${village(2)},250\n`, { year: "2024" })).report,
      ).toMatchObject({ accepted: 1, unchanged: 1 });
      expect(await all(`select value from indicator_value where area_code = '${village(2)}'`)).toEqual([{ value: 250 }]);
    });

    test.each<[string, string, string, string]>([
      ["a word", "population", "banyak", "not_a_count"],
      ["a fraction", "population", "3.37", "not_a_count"],
      ["what could be thousands or a fraction", "population", "3.372", "ambiguous_number"],
      ["a negative number", "population", "-1", "not_a_count"],
      ["a formula", "population", "=1+1", "not_a_count"],
      ["infinity", "population", "1e999", "not_a_count"],
      ["NaN", "population", "NaN", "not_a_count"],
    ])("%s as population rejects the file, names the row and stores nothing", async (_, column, value, code) => {
      const before = await counts();
      const { report, isRejected } = await load("indicators", "salah.csv", `code,${column}\n${village(3)},5\n${village(4)},${value}\n`, {
        year: "2024",
      });
      expect(isRejected).toBe(true);
      expect(report).toMatchObject({ accepted: 0, rejected: 1, rows: [{ row: 3, field: column, code }] });
      expect(String(report.rows[0]?.value)).toBe(value);
      expect(await counts()).toEqual(before);
    });

    test("a word in a column of numbers is a fault, also far below", async () => {
      const { report } = await load("indicators", "x.csv", `code,iks\n${village(3)},0.1\n${village(4)},tinggi\n`, { year: "2024" });
      expect(report.rows).toMatchObject([{ row: 3, field: "iks", code: "invalid_number" }]);
    });

    test("a code that is none in a loaded kabupaten is a fault; of a kabupaten not loaded it is left aside", async () => {
      const text = `code,population\n${village(3)},1\n99.01.01.2999,1\n35.20.01.2001,1\n,1\n`;
      expect((await load("indicators", "x.csv", text, { year: "2024" })).isRejected).toBe(true);
      const { report, isRejected } = await load("indicators", "x.csv", text, { year: "2024", partial: "true" });
      expect(isRejected).toBe(false);
      expect(report).toMatchObject({ accepted: 1, rejected: 2, notLoaded: 1, warnings: [{ code: "rows_not_loaded", value: 1 }] });
      expect(report.rows.map(({ row, code }) => [row, code])).toEqual([
        [3, "unknown_village"],
        [5, "missing_code"],
      ]);
    });

    test("one code twice with two numbers waits for a choice and fails no file", async () => {
      const { report, isRejected } = await load(
        "indicators",
        "x.csv",
        `code,population\n${village(5)},1\n${village(5)},2\n${village(6)},3\n${village(6)},3\n`,
        { year: "2024" },
      );
      expect(isRejected).toBe(false);
      expect(report).toMatchObject({ accepted: 1, queued: 2, unchanged: 1, rejected: 0 });
      expect(report.rows.map(({ row, code }) => [row, code])).toEqual([
        [2, "code_twice"],
        [3, "code_twice"],
      ]);
      expect(await all(`select value from indicator_value where area_code = '${village(5)}'`)).toEqual([]);
    });

    test.each<[string, string, Record<string, string>, string]>([
      ["without a code column", "nama,population\na,1\n", { year: "2024" }, "column_missing"],
      ["without a year", `code,population\n${village(1)},1\n`, {}, "year_needed"],
      ["without any number", `code,nama\n${village(1)},a\n`, { year: "2024" }, "no_indicator"],
      [
        "whose mapping names no column",
        `code,p\n${village(1)},1\n`,
        { year: "2024", mapping: '{"code":"code","population":"tiada"}' },
        "column_missing",
      ],
    ])("a file %s is refused as a whole", async (_, text, query, code) => {
      await expect(load("indicators", "x.csv", text, query)).rejects.toMatchObject({ code });
    });
  });

  describe("incidents", () => {
    const header = "id,village_code,occurred_from,issue,form,severity,facts,lon,lat";
    const id = (n: number): string => `10000001-0000-4000-8000-${String(n).padStart(12, "0")}`;
    const row = (n: number, more: Partial<Record<string, string>> = {}): string =>
      [
        more.id ?? id(n),
        more.village ?? village(1),
        more.date ?? "2025-06-01",
        more.issue ?? "404",
        more.form ?? "F6",
        more.severity ?? "3",
        more.facts ?? `Kejadian ${n}`,
        more.lon ?? "",
        more.lat ?? "",
      ].join(",");
    const table = (...rows: string[]): string => `${header}\n${rows.join("\n")}\n`;

    test("are stored with their first report and history, and again change nothing", async () => {
      const text = table(
        row(1),
        row(2, { severity: "", lon: "112.005", lat: "-7.495" }),
        row(3, { village: "", lon: "112.015", lat: "-7.495" }),
      );
      expect((await load("incidents", "k.csv", text)).report).toEqual({
        accepted: 3,
        rejected: 0,
        unchanged: 0,
        notLoaded: 0,
        queued: 0,
        warnings: [],
        rows: [],
      });
      expect(
        await all(
          "select id, village_code, regency_code, severity, occurred_on, location_precision, recorded_by from incident order by id",
        ),
      ).toEqual([
        {
          id: id(1),
          village_code: village(1),
          regency_code: "99.01",
          severity: 3,
          occurred_on: "2025-06-01",
          location_precision: 3,
          recorded_by: "penguji",
        },
        {
          id: id(2),
          village_code: village(1),
          regency_code: "99.01",
          severity: 4,
          occurred_on: "2025-06-01",
          location_precision: 1,
          recorded_by: "penguji",
        },
        {
          id: id(3),
          village_code: village(2),
          regency_code: "99.01",
          severity: 3,
          occurred_on: "2025-06-01",
          location_precision: 1,
          recorded_by: "penguji",
        },
      ]);
      expect(
        await all(
          "select r.facts, h.operation, h.feature -> 'properties' ->> 'occurred_from' as at from report r join report_incident ri on ri.report_id = r.id join incident_history h on h.incident_id = ri.incident_id order by 1",
        ),
      ).toEqual([1, 2, 3].map((n) => ({ facts: `Kejadian ${n}`, operation: "import", at: "2025-06-01" })));
      expect((await load("incidents", "k.csv", text)).report).toMatchObject({ accepted: 0, unchanged: 3 });
    });

    test("without ids the same file twice is still the same, and two alike in one file are two", async () => {
      const text = "tanggal;issue;form;uraian;kode_desa\n2025-06-02;404;F3;Sama;99.01.01.2001\n2025-06-02;404;F3;Sama;99.01.01.2001\n";
      expect((await load("incidents", "k.csv", text)).report).toMatchObject({ accepted: 2 });
      expect((await load("incidents", "k.csv", text)).report).toMatchObject({ accepted: 0, unchanged: 2 });
    });

    test.each<[string, Partial<Record<string, string>>, string, string]>([
      ["an unknown village", { village: "99.01.01.2999" }, "village_code", "unknown_village"],
      ["a district as village", { village: "99.01.01" }, "village_code", "not_a_village"],
      ["a day that does not exist", { date: "2025-02-31" }, "occurred_from", "invalid_date"],
      ["a day to come", { date: "2100-01-01" }, "occurred_from", "future_date"],
      ["an unknown issue", { issue: "998" }, "issue", "invalid_field"],
      ["form F0", { form: "F0" }, "form", "nil_is_no_incident"],
      ["severity 9", { severity: "9" }, "severity", "invalid_field"],
      ["severity as a word", { severity: "berat" }, "severity", "invalid_field"],
      ["no facts", { facts: " " }, "facts", "missing_field"],
      ["an id that is none", { id: "../etc" }, "id", "invalid_field"],
      ["swapped axes", { lon: "-7.495", lat: "112.005" }, "geometry", "swapped_axes"],
      ["coordinates that are words", { lon: "timur", lat: "-7" }, "lon", "invalid_point"],
      ["half a point", { lon: "112.005" }, "lat", "invalid_point"],
      ["a point in the sea and no village", { village: "", lon: "112", lat: "-11.5" }, "geometry", "point_outside"],
      ["another content under a known id", { id: id(1), facts: "Lain" }, "id", "id_taken"],
    ])("%s rejects all rows and names the faulty one", async (_, more, field, code) => {
      const before = await counts();
      const { report, isRejected } = await load("incidents", "k.csv", table(row(11), row(12, more), row(13)));
      expect(isRejected).toBe(true);
      expect(report).toMatchObject({ accepted: 0, rejected: 1, rows: [{ row: 3, field, code }] });
      expect(await counts()).toEqual(before);
    });

    test("with partial the others are stored; a kabupaten not loaded is no fault; one id with two contents waits", async () => {
      const text = table(
        row(21),
        row(22, { form: "F99" }),
        row(23, { village: "35.20.01.2001" }),
        row(24),
        row(24, { facts: "Beda" }),
        row(25),
        row(25),
      );
      const { report } = await load("incidents", "k.csv", text, { partial: "true" });
      expect(report).toMatchObject({ accepted: 2, rejected: 1, notLoaded: 1, queued: 2, unchanged: 1 });
    });

    test("a point outside the village it names is taken with a word", async () => {
      const { report } = await load("incidents", "k.csv", table(row(31, { lon: "112.025", lat: "-7.495" })));
      expect(report).toMatchObject({ accepted: 1, warnings: [{ row: 2, code: "point_elsewhere", value: village(1) }] });
    });

    test("a column that is not known is named and not read", async () => {
      const { report } = await load(
        "incidents",
        "k.csv",
        `village_code,occurred_from,issue,form,facts,pelaku\n${village(1)},2025-06-03,404,F6,Satu,X\n`,
      );
      expect(report).toMatchObject({ accepted: 1, warnings: [{ row: null, field: "pelaku", code: "column_ignored" }] });
    });

    test("GeoJSON features are taken as they are posted", async () => {
      const feature = {
        type: "Feature",
        id: id(41),
        geometry: { type: "Point", coordinates: [112.005, -7.495] },
        properties: { occurred_from: "2025-06-04T10:00:00+07:00", issue: "404", form: "F6", facts: "Titik" },
      };
      expect((await load("incidents", "k.geojson", collectionOf([feature]))).report).toMatchObject({ accepted: 1, warnings: [] });
      expect(await all(`select village_code, occurred_from from incident where id = '${id(41)}'`)).toEqual([
        { village_code: village(1), occurred_from: "2025-06-04T03:00:00.000Z" },
      ]);
    });

    test("only verifiers and admins send incidents as verified", async () => {
      const text = `village_code,occurred_from,issue,form,facts,status\n${village(1)},2025-06-05,404,F6,Sah,verified\n`;
      expect((await load("incidents", "k.csv", text, {}, { request: { role: "analyst" } })).report.rows).toMatchObject([
        { field: "status", code: "not_allowed" },
      ]);
      expect((await load("incidents", "k.csv", text)).report).toMatchObject({ accepted: 1 });
    });

    test("somebody bound to another kabupaten sends none here", async () => {
      const { report } = await load("incidents", "k.csv", table(row(51)), {}, { request: { areas: ["99.02"] } });
      expect(report.rows).toMatchObject([{ code: "outside_scope" }]);
    });
  });

  test("what a dead import left in staging is removed at the start, that of a running one is not", async () => {
    const [dead, alive] = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];
    for (const importId of [dead, alive])
      await made.database.query("insert into staged_neighbour values ($1, 'a', 'b', true, true, 1, 0)", [importId]);
    await cleanStaging(made.database, [alive]);
    expect(await all("select import_id from staged_neighbour")).toEqual([{ import_id: alive }]);
    await cleanStaging(made.database);
  });
});
