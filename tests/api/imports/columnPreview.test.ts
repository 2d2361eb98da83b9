import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ColumnPreview } from "../../../api/contract/columnPreview.ts";
import type { ImportKind } from "../../../api/contract/importReport.ts";
import { previewColumns } from "../../../api/imports/preview.ts";
import { parseImportOptions } from "../../../api/imports/request.ts";
import { sheetRows, workbookParts, zipOf } from "../../../scripts/drive/fuzz/archive.ts";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { collectionOf, importer, square } from "../../fixtures/imports.ts";
import { startTestService, type TestService } from "../../fixtures/service.ts";

const village = (n: number): string => `99.01.01.${2000 + n}`;
const guesses = (preview: ColumnPreview): string[] =>
  preview.mapping.map(({ field, column, value, why }) => `${field} ← ${column ?? JSON.stringify(value)} (${why})`);

describe.each(engines)("the columns of a file on %s", (engine) => {
  let made: TestDatabase;
  let folder: string;
  let load: ReturnType<typeof importer>;
  const preview = async (kind: ImportKind, content: string | Uint8Array, query: Record<string, string> = {}, name = "berkas.csv") => {
    const path = join(folder, "berkas");
    await writeFile(path, content);
    return previewColumns(made.database, kind, { path, name, contentType: null }, parseImportOptions(query), "id");
  };

  beforeAll(async () => {
    made = await openTestDatabase(engine);
    folder = await mkdtemp(join(tmpdir(), "waspada-columns-"));
    load = importer(made.database);
    await load("boundaries", "uji.geojson", collectionOf([0, 1, 2].map((index) => square(index))));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await made?.remove();
  });

  test("are told with examples and how full they are, and guessed by name first and by content then", async () => {
    const rows = Array.from(
      { length: 10 },
      (_, n) =>
        `${village(1 + (n % 3))};${n + 13}/06/2025;404;F6;Bentrokan dua kelompok setelah latihan ke-${n};${n % 2 ? "" : "x"};112,0${n + 1};-7,49${n + 1}`,
    );
    const told = await preview("incidents", `Wilayah;Waktu;Isu;Jenis Peristiwa;Kronologi;Catatan;BT;LS\n${rows.join("\n")}\n`);
    expect(told).toMatchObject({ format: "csv", rows: 10, notes: [] });
    expect(told.columns[0]).toEqual({ name: "Wilayah", examples: [1, 2, 3].map(village), filled: 1 });
    expect(told.columns[1]?.examples).toHaveLength(5);
    expect(told.columns[5]).toEqual({ name: "Catatan", examples: ["x"], filled: 0.5 });
    expect(guesses(told)).toEqual([
      "issue ← Isu (alias)",
      "village_code ← Wilayah (content)",
      "occurred_from ← Waktu (content)",
      "form ← Jenis Peristiwa (content)",
      "facts ← Kronologi (content)",
      "lon ← BT (content)",
      "lat ← LS (content)",
    ]);
    expect(told.fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(["occurred_from", "issue", "form", "facts"]);
  });

  test("of indicators are one each, with their years", async () => {
    const told = await preview("indicators", `No;Kode Desa;Desa;Penduduk 2010;jumlah_penduduk_2020;IDM\n1;${village(1)};A;5;6;0,5\n`);
    expect(guesses(told)).toEqual([
      "code ← Kode Desa (alias)",
      "population@2010 ← Penduduk 2010 (content)",
      "population@2020 ← jumlah_penduduk_2020 (content)",
      "idm ← IDM (content)",
    ]);
  });

  test("of a workbook come with its sheets and the row that names them", async () => {
    const book = zipOf(workbookParts({ Judul: "", Data: sheetRows([["DAFTAR"], [], ["kode", "jiwa"], [99.01, 5]]), Lain: "" }));
    const told = await preview("indicators", book, {}, "buku.xlsx");
    expect(told).toMatchObject({ format: "xlsx", sheets: ["Judul", "Data", "Lain"], sheet: "Data", rows: 1 });
    expect(told.notes.map(({ code, value }) => [code, value])).toEqual([
      ["sheet_chosen", "Data"],
      ["header_row", "3"],
    ]);
  });

  test("go in with a mapping, which is offered for the next such file and taken when asked for", async () => {
    const mapping = { code: "daerah", population: "orang", year: { value: 2021 } };
    const file = (people: number) => `daerah,orang,lain\n${village(1)},${people},7\n`;
    const columns = "Lain;ORANG;daerah";
    await expect(load("indicators", "a.csv", file(1), { mapping: "remembered" })).rejects.toMatchObject({ code: "mapping_not_remembered" });
    expect((await load("indicators", "a.csv", file(2), { mapping: JSON.stringify(mapping), dryRun: "true" })).report.accepted).toBe(1);
    expect(guesses(await preview("indicators", file(2))), "a dry run is not kept").toContain("orang ← orang (content)");
    expect((await load("indicators", "a.csv", `${file(2)}x,1,1\n`, { mapping: JSON.stringify(mapping) })).isRejected).toBe(true);
    expect(guesses(await preview("indicators", file(2))), "a rejected one neither").toContain("orang ← orang (content)");
    expect((await load("indicators", "a.csv", file(2), { mapping: JSON.stringify(mapping) })).report.accepted).toBe(1);
    expect(guesses(await preview("indicators", `${columns}\n7;3;${village(1)}\n`)).sort(), "other order and case, same columns").toEqual([
      "code ← daerah (remembered)",
      "population ← orang (remembered)",
      "year ← 2021 (remembered)",
    ]);
    // Never by itself: without being asked the file is read by its names alone.
    await expect(load("indicators", "a.csv", file(4))).rejects.toMatchObject({ code: "column_missing" });
    expect((await load("indicators", "a.csv", `${columns}\n7;5;${village(1)}\n`, { mapping: "remembered" })).report.accepted).toBe(1);
    expect(await made.database.query("select year, value from indicator_value where indicator = 'population'")).toEqual([
      { year: 2021, value: 5 },
    ]);
  });

  test.each<[string, ImportKind, string | Uint8Array, string]>([
    ["the same column twice", "indicators", "a,A\n1,2\n", "column_twice"],
    ["nothing", "indicators", "", "file_empty"],
    ["a format that is none of its kind", "boundaries", "a,b\n1,2\n", "file_not_understood"],
  ])("with %s are refused", async (_, kind, content, code) => {
    await expect(preview(kind, content)).rejects.toMatchObject({ code });
  });
});

describe("over HTTP", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService("postgres");
  });
  afterAll(() => service?.remove());

  test("a file is looked at and nothing is kept of it", async () => {
    const { status, body } = await service.call("/api/imports/indicators/columns?name=a.csv", {
      body: "kode,idm\n35.17.01.2001,0.5\n",
      headers: { "content-type": "text/csv" },
    });
    expect([status, body.format, body.rows]).toEqual([200, "csv", 1]);
    const refused = await service.call("/api/imports/indicators/columns?name=a.xls", {
      body: new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]),
      headers: { "content-type": "application/octet-stream" },
    });
    expect([refused.status, refused.body.code]).toEqual([415, "spreadsheet_unread"]);
    expect((await service.call("/api/imports/tiada/columns", { body: "a" })).status).toBe(404);
    expect((await service.call("/api/jobs")).body.jobs).toEqual([]);
  });

  test("how rows and areas met comes as a table too", async () => {
    const sent = await service.call("/api/imports/indicators?name=a.csv&year=2024&partial=true", {
      body: "kode,idm\n35.17.01.2001,0.5\n=1+1,0.5\n",
      headers: { "content-type": "text/csv" },
    });
    const job = sent.headers.get("location") ?? "";
    while (!["successful", "failed"].includes((await service.call(job)).body.status)) await new Promise((resume) => setTimeout(resume, 50));
    const { body } = await service.call(`${job}/results?f=csv&part=join`);
    expect(body).toBe("\ufeffpart,code,row,value,number\nmatched,,,,0\nunmatched,invalid_code,3,'=1+1,\nnotLoaded,35.17,,,1\n");
  });
});
