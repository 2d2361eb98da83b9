import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sheetRows, workbookParts, zipOf } from "../../../scripts/drive/fuzz/archive.ts";
import { openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { collectionOf, importer, square } from "../../fixtures/imports.ts";
import { hasOutside, outside } from "../../fixtures/outside.ts";

const village = (n: number): string => `99.01.01.${2000 + n}`;

// Formats are read without a database, and the statements behind are tested on both engines elsewhere: one will do here.
describe("tables as offices have them", () => {
  let made: TestDatabase;
  let load: ReturnType<typeof importer>;
  const all = <T>(sql: string): Promise<T[]> => made.database.query<T>(sql);

  beforeAll(async () => {
    made = await openTestDatabase("postgres");
    load = importer(made.database);
    await load("boundaries", "uji.geojson", collectionOf(Array.from({ length: 6 }, (_, index) => square(index))));
  });
  afterAll(() => made?.remove());

  describe("incidents", () => {
    const columns = ["kode_desa", "tanggal", "isu", "bentuk", "uraian", "displaced", "severity"] as const;
    type Column = (typeof columns)[number];
    const good: Record<Column, string> = {
      kode_desa: village(1),
      tanggal: "2025-06-01",
      isu: "404",
      bentuk: "F6",
      uraian: "Bentrok",
      displaced: "",
      severity: "",
    };
    const table = (...rows: Partial<Record<Column, string>>[]): string =>
      [columns.join(";"), ...rows.map((row) => columns.map((column) => row[column] ?? good[column]).join(";"))].join("\n");
    const stored = (facts: string) =>
      all<Record<string, unknown>>(
        `select village_code, occurred_on, occurred_from, displaced from incident where facts = '${facts.replaceAll("'", "''")}'`,
      );

    test.each<[string, Partial<Record<Column, string>>, string, string]>([
      ["a day before 1900", { tanggal: "31/12/1899" }, "occurred_from", "date_too_early"],
      ["a day after tomorrow", { tanggal: "5 Juli 2025" }, "occurred_from", "future_date"],
      ["a day that does not exist", { tanggal: "31/02/2025" }, "occurred_from", "invalid_date"],
      ["a day that could be another", { tanggal: "03/04/2025" }, "occurred_from", "ambiguous_date"],
      ["a year of two digits", { tanggal: "01/06/25" }, "occurred_from", "invalid_date"],
      ["a serial number as a day", { tanggal: "45809" }, "occurred_from", "invalid_date"],
      ["a number beyond all numbers", { displaced: "1e999" }, "displaced", "invalid_field"],
      ["thousands or a fraction", { displaced: "1.000" }, "displaced", "ambiguous_number"],
      ["a formula as a number", { severity: "=2+1" }, "severity", "invalid_field"],
      ["nothing where facts belong", { uraian: "\u200b " }, "facts", "missing_field"],
    ])("with %s are rejected, the row and the reason named", async (_, wrong, field, code) => {
      const { report, isRejected } = await load("incidents", "k.csv", table({}, wrong, {}));
      expect(isRejected).toBe(true);
      expect(report).toMatchObject({ accepted: 0, rejected: 1, rows: [{ row: 3, field, code }] });
    });

    test.each<[string, Partial<Record<Column, string>>, Record<string, string>, Record<string, unknown>]>([
      ["day before month when told", { tanggal: "03/04/2025" }, { dates: "dmy" }, { occurred_on: "2025-04-03" }],
      ["month before day when told", { tanggal: "03/04/2025" }, { dates: "mdy" }, { occurred_on: "2025-03-04" }],
      ["thousands when told", { displaced: "1.000" }, { decimal: "comma" }, { displaced: 1000 }],
      ["a month by its name", { tanggal: "Senin, 2 Juni 2025" }, {}, { occurred_on: "2025-06-02" }],
      ["a time of the clock on the wall", { tanggal: "13/06/2025 10.30" }, {}, { occurred_from: "2025-06-13T03:30:00.000Z" }],
      ["a code with marks of direction", { kode_desa: `\u200e${village(2)}\u200f` }, {}, { village_code: village(2) }],
      ["a code that a spreadsheet took for a number", { kode_desa: "9901012003.0" }, {}, { village_code: village(3) }],
    ])("are read with %s", async (name, row, query, expected) => {
      expect((await load("incidents", "k.csv", table({ ...row, uraian: name }), query)).report).toMatchObject({ accepted: 1, rejected: 0 });
      expect(await stored(name)).toMatchObject([expected]);
    });

    test("judge the order of day and month, and the decimal mark, by the whole column, and say so", async () => {
      const { report } = await load(
        "incidents",
        "k.csv",
        table({ tanggal: "03/04/2025", uraian: "Urutan", displaced: "1.500" }, { tanggal: "25/04/2025", displaced: "1.200.000" }),
      );
      expect(report.warnings.map(({ field, code, value }) => [field, code, value])).toEqual([
        ["tanggal", "date_style", "31/12/2025"],
        ["displaced", "number_style", "1234,5"],
      ]);
      expect(await stored("Urutan")).toMatchObject([{ occurred_on: "2025-04-03", displaced: 1500 }]);
    });

    test("keep apostrophes, formulas and marks of direction in what was told", async () => {
      for (const facts of ["Ma'had Sa'dan", "=HYPERLINK(1)", "\u202eterbalik"]) {
        expect((await load("incidents", "k.csv", table({ uraian: facts }))).report.accepted).toBe(1);
        expect(await stored(facts)).toHaveLength(1);
      }
    });

    test("in UTF-16, with a mark, decimal commas and points are the same incidents as in UTF-8", async () => {
      const text = `tanggal;isu;bentuk;uraian;bujur;lintang\n2025-06-05;404;F6;Titik koma;112,005;-7,495\n`;
      expect((await load("incidents", "k.csv", text)).report).toMatchObject({ accepted: 1, warnings: [] });
      expect((await load("incidents", "k.csv", Buffer.from(`\ufeff${text}`, "utf16le"))).report).toMatchObject({
        accepted: 0,
        unchanged: 1,
      });
      expect(await stored("Titik koma")).toMatchObject([{ village_code: village(1) }]);
    });

    test("of a workbook with titles, names in two rows and days by number", async () => {
      const cells = [
        ["LAPORAN KEJADIAN"],
        [],
        ["Kode Desa", "Tanggal", "Isu", "Bentuk", "Uraian", "Korban", null],
        [null, null, null, null, null, "Meninggal", "Luka"],
        [9901012004, { value: 45809, style: 1 }, 404, "F6", "Lembar", 1, 2],
        ["99.01.01.2005", { value: 60, style: 1 }, 404, "F6", "Tak pernah ada", null, null],
      ];
      const book = zipOf(workbookParts({ Kejadian: sheetRows(cells) }, { formats: ["dd/mm/yyyy"] }));
      const mapping = JSON.stringify({
        village_code: "Kode Desa",
        occurred_from: "Tanggal",
        issue: "Isu",
        form: "Bentuk",
        facts: "Uraian",
        killed: "Korban Meninggal",
        injured: "Korban Luka",
      });
      const { report } = await load("incidents", "k.xlsx", book, { mapping, partial: "true" });
      expect(report).toMatchObject({ accepted: 1, rejected: 1, rows: [{ row: 6, field: "occurred_from", code: "invalid_date" }] });
      expect(await all("select village_code, occurred_on, killed, injured from incident where facts = 'Lembar'")).toEqual([
        { village_code: village(4), occurred_on: "2025-06-01", killed: 1, injured: 2 },
      ]);
    });
  });

  describe("indicators", () => {
    test("each with its year, source, unit and licence, in long form and wide", async () => {
      const long = `kode,indikator,tahun,nilai,sumber,satuan,lisensi\n${village(1)},luas_sawah,2019,1.5,Dinas,ha,CC BY 4.0\n${village(2)},luas_sawah,2020,2.5,,,\n`;
      expect((await load("indicators", "p.csv", long, { source: "BPS", unit: "ha" })).report).toMatchObject({ accepted: 2 });
      expect(
        await all("select year, value, source, unit, licence from indicator_value where indicator = 'luas_sawah' order by year"),
      ).toEqual([
        { year: 2019, value: 1.5, source: "Dinas", unit: "ha", licence: "CC BY 4.0" },
        { year: 2020, value: 2.5, source: "BPS", unit: "ha", licence: null },
      ]);
      const again = { source: "BPS", unit: "ha", licence: "CC BY 4.0" };
      expect((await load("indicators", "p.csv", long, again)).report, "a licence told for the first time").toMatchObject({
        accepted: 1,
        unchanged: 1,
      });
      expect((await load("indicators", "lain.csv", long, { unit: "ha" })).report, "what is not told stays").toMatchObject({
        accepted: 0,
        unchanged: 2,
      });
      expect(await all("select unit from indicator where id = 'luas_sawah'")).toEqual([{ unit: "ha" }]);
    });

    test("of several years in one file: years in the names, years alone when told of what", async () => {
      const wide = `kode;2018;2019\n${village(1)};1,5;2,5\n`;
      await expect(load("indicators", "l.csv", wide)).rejects.toMatchObject({
        code: "indicator_needed",
        details: { columns: "2018, 2019" },
      });
      expect((await load("indicators", "l.csv", wide, { indicator: "kemiskinan" })).report.accepted).toBe(1);
      const mapped = { mapping: JSON.stringify({ code: "kode", "kemiskinan@2020": "2018" }) };
      expect((await load("indicators", "l.csv", wide, mapped)).report.accepted).toBe(1);
      expect(await all("select year, value from indicator_value where indicator = 'kemiskinan' order by year")).toEqual([
        { year: 2018, value: 1.5 },
        { year: 2019, value: 2.5 },
        { year: 2020, value: 1.5 },
      ]);
    });

    test("tell which rows found their area and which areas found no row", async () => {
      const text = `kode,skor\n${village(1)},1\n${village(2)},2\n${village(2)},3\n99.01.01.2999,4\nabc,5\n35.17.01.2001,6\n`;
      const { report } = await load("indicators", "s.csv", text, { year: "2024", partial: "true" });
      expect(report.join).toEqual({
        matched: { rows: 3, areas: 2 },
        unmatched: {
          rows: 2,
          list: [
            { row: 5, value: "99.01.01.2999", code: "unknown_village" },
            { row: 6, value: "abc", code: "invalid_code" },
          ],
          isCut: false,
        },
        notLoaded: { rows: 1, regencies: [{ code: "35.17", rows: 1 }], isCut: false },
        twice: { areas: 1, list: [{ code: village(2), rows: [3, 4] }], isCut: false },
        withoutRow: { areas: 4, parents: [{ code: "99.01", missing: 4, of: 6 }], codes: [3, 4, 5, 6].map(village), isCut: false },
      });
    });

    test.each<[string, string, Record<string, string>, unknown[]]>([
      ["Indonesian", "1.234,5", {}, [1234.5]],
      ["English", '"1,234.5"', {}, [1234.5]],
      ["spaced", "1 234,5", {}, [1234.5]],
      ["with a long fraction", "0.744", {}, [0.744]],
      ["told to be a fraction", "1.234", { decimal: "point" }, [1.234]],
    ])("%s numbers are read", async (name, cell, query, expected) => {
      const indicator = `angka_${name.toLowerCase().replaceAll(" ", "_")}`;
      expect(
        (
          await load(
            "indicators",
            "a.csv",
            `kode,${indicator}\n${village(1)},${cell.includes(",") && !cell.includes('"') ? `"${cell}"` : cell}\n`,
            { year: "2024", ...query },
          )
        ).report.accepted,
      ).toBe(1);
      expect(
        (await all<{ value: number }>(`select value from indicator_value where indicator = '${indicator}'`)).map(({ value }) => value),
      ).toEqual(expected);
    });
  });

  test.each<[string, Uint8Array, string]>([
    ["a workbook that says it unpacks to 4 GB", zipOf(workbookParts({ S: "" }), { claimedSize: 4_000_000_000 }), "file_too_large"],
    [
      "entities in a workbook",
      zipOf({ ...workbookParts({ S: "" }), "xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>' }),
      "file_damaged",
    ],
    ["NUL at its beginning", Buffer.from("kode,nama\u0000\n1,2\n"), "file_not_understood"],
    ["a picture packed with gzip", gzipSync(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0])), "file_not_understood"],
    ["the same column twice", Buffer.from("kode,skor,Skor\n1,2,3\n"), "column_twice"],
  ])("%s is refused as a whole", async (_, content, code) => {
    await expect(load("indicators", "x", content, { year: "2024" })).rejects.toMatchObject({ code });
  });

  test.skipIf(!hasOutside)("real files go through and tell how rows and areas met", async () => {
    await load("boundaries", "desa_35.17_jombang.geojson", { path: outside("data/boundaries/desa_35.17_jombang.geojson") });
    const join = async (file: string, query: Record<string, string>) => {
      const { report, isRejected } = await load(
        "indicators",
        file,
        { path: outside(`data/indicators/${file}`) },
        { partial: "true", ...query },
      );
      expect(isRejected).toBe(false);
      return report;
    };
    // Kelurahan have no village index: Jombang's four are without a row.
    const idm = await join("idm_2024_desa.csv.gz", { year: "2024", orientation: "low", licence: "Kemendesa" });
    expect([idm.join?.matched.areas, idm.join?.withoutRow.parents.find(({ code }) => code === "35.17")]).toEqual([
      302,
      { code: "35.17", missing: 4, of: 306 },
    ]);
    const people = await join("penduduk_kab_dukcapil.csv.gz", { year: "2024", unit: "jiwa" });
    expect(people.join?.unmatched.list).toEqual([{ row: 2, value: "0", code: "invalid_code" }]);
    expect(people.join?.matched.areas).toBe(2);
    const size = await join("luas_kab_km2.csv.gz", { year: "2024", unit: "km²" });
    expect([size.join?.matched.areas, size.rejected]).toEqual([2, 0]);
    const mapping = JSON.stringify({ code: "kode_kemendagri_cocok", population: "penduduk_2010" });
    const census = await join("penduduk_2010_desa_bps.csv.gz", { year: "2010", mapping });
    expect(census.accepted).toBe(303);
    expect(census.accepted + census.rejected + census.unchanged + census.notLoaded + census.queued).toBe(77096);
    expect(census.join?.matched.areas).toBe(303);
  });
});
