import { strFromU8, unzipSync } from "fflate";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeXlsx } from "../../api/formats/xlsxWriter.ts";
import { type AudienceService, canary, startAudienceService, villages } from "../fixtures/audienceService.ts";
import { engines } from "../fixtures/database.ts";
import { readTable } from "../fixtures/readFormat.ts";

const script = "<script>alert(1)</script> & =1+1";
const letterhead = {
  government: "Pemerintah Kabupaten Contoh",
  office: `Badan Kesbangpol ${script}`,
  city: "Kota Contoh",
  signatory: { position: "Kepala Badan", name: "Sri <b>Wahyuni</b>", nip: "197001011995032001" },
};
const paper = { area: "99.01", from: "2025-05-01", to: "2025-09-01", note: script, number: "300/7" };

const pdfText = async (bytes: Uint8Array): Promise<string> => {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  return text.replace(/\s+/g, " ");
};
/** The text of a DOCX as a word processor reads it: of its XML only what stands in w:t. */
const docxText = (bytes: Uint8Array): string =>
  Object.entries(unzipSync(bytes))
    .filter(([name]) => /^word\/(document|header\d*|footer\d*)\.xml$/.test(name))
    .flatMap(([, xml]) => [...strFromU8(xml).matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((found) => found[1]))
    .join(" ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])(
  "a text that a spreadsheet would run stays the text it is in XLSX: %j",
  async (text) => {
    const bytes = await writeXlsx([{ name: "Data", columns: ["code", "name"], rows: [[-1.5, text]] }]);
    const [row] = (await readTable(bytes, { sheet: "Data" })).rows;
    expect([Number(row?.properties.code), row?.properties.name]).toEqual([-1.5, `'${text}`]);
  },
);

describe.each(engines)("papers and exports, %s", (engine) => {
  let service: AudienceService;
  beforeAll(async () => {
    service = await startAudienceService(engine);
    const told = ["pelapor-a", "pelapor-b", "pelapor-c", "pelapor-a", "pelapor-b"];
    await Promise.all(told.map((name, n) => service.file(name, `99.01.01.200${(n % 3) + 1}`, `2025-05-0${n + 1}`)));
    await service.file("pelapor-a", "99.01.02.2001", "2025-06-01");
    const set = await service.call("/api/letterhead?area=99.01", { method: "PUT", body: letterhead });
    expect([set.status, set.body.of]).toEqual([200, "99.01"]);
  });
  afterAll(() => service?.remove());
  const brief = async (name: string, more: object) => service.asked(name, "/api/briefs", { body: { ...paper, ...more } });

  test("the nearest letterhead counts; only an admin of the area sets it, and what is set is checked", async () => {
    const read = await service.asked("analis", "/api/letterhead?area=99.01");
    expect(read.body).toMatchObject({ of: "99.01", isSet: true, letterhead });
    expect((await service.call("/api/letterhead?area=99.02")).body).toMatchObject({ of: null, isSet: false });
    expect((await service.asked("analis", "/api/letterhead?area=99.01", { method: "PUT", body: letterhead })).status).toBe(403);
    expect((await service.asked("analis", "/api/letterhead?area=99.02")).body).toMatchObject({ status: 422, code: "unknown_area" });
    for (const body of [{ office: "dua\nbaris" }, { signatory: { nip: "12" } }, { lain: "x" }]) {
      const refused = await service.call("/api/letterhead?area=99.01", { method: "PUT", body });
      expect([400, 422]).toContain(refused.status);
    }
    expect((await service.asked("analis", "/api/letterhead?area=99.01")).body.letterhead).toMatchObject(letterhead);
  });

  test.each(["pdf", "docx"] as const)(
    "a restricted brief names villages, period, run and who signs; every text stays text (%s)",
    async (format) => {
      const answer = await brief("analis", { format, classification: "terbatas" });
      expect(answer.status).toBe(200);
      const text = format === "pdf" ? await pdfText(answer.body) : docxText(answer.body).replace(/\s+/g, " ");
      for (const words of [
        "TERBATAS",
        "1 Mei 2025 – 31 Agustus 2025",
        "300/7",
        "PEMERINTAH KABUPATEN CONTOH",
        "Sri <b>Wahyuni</b>",
        "NIP 19700101 199503 2 001",
        script,
      ])
        expect(text).toContain(words);
      expect(text).toContain("<SCRIPT>ALERT(1)</SCRIPT>");
      expect(text).not.toContain(canary.facts);
      if (format === "pdf") for (const words of ["Golongan risiko per desa/kelurahan", "km"]) expect(text).toContain(words);
      else expect(Object.keys(unzipSync(answer.body)).filter((name) => name.endsWith(".png"))).toHaveLength(1);
    },
  );

  test("an ordinary brief, and any that a viewer makes, holds kecamatan with small ones kept back and no village", async () => {
    for (const [name, classification] of [
      ["analis", "biasa"],
      ["pembaca", "rahasia"],
    ] as const) {
      const answer = await brief(name, { classification, language: "en" });
      expect(answer.status).toBe(200);
      const text = await pdfText(answer.body);
      expect(text).toContain("EARLY-WARNING BRIEF");
      expect(text).toContain("Kecamatan with fewer than 5 incidents or 3 reporters are suppressed");
      expect(text).not.toMatch(/Desa \d/);
      for (const code of villages) expect(text).not.toContain(code);
    }
  });

  test("who may not read the area gets nothing, and a wrong request is named", async () => {
    for (const [name, body, status] of [
      ["mitra", paper, 403],
      ["pelapor-a", paper, 403],
      ["analis", { ...paper, area: "99.02" }, 422],
      ["pembaca-kecamatan", paper, 422],
      ["analis", { ...paper, from: "2025-09-01" }, 422],
      ["analis", { ...paper, classification: "umum" }, 422],
      ["analis", { ...paper, area: "99" }, 422],
      ["analis", { ...paper, number: "dua\nbaris" }, 422],
    ] as const)
      expect([name, body, (await service.asked(name, "/api/briefs", { body })).status]).toEqual([name, body, status]);
  });

  test("the view's rows are the same in CSV, XLSX and GeoJSON, with period and data date, and no cell runs as a formula", async () => {
    const address = "/api/exports/view?areas=99.01&from=2025-05-01&to=2025-09-01&f=";
    const [csv, xlsx, geojson] = await Promise.all(["csv", "xlsx", "geojson"].map((f) => service.asked("analis", address + f)));
    const fromCsv = (await readTable(csv?.body as string)).rows.map(({ properties }) => properties);
    const fromXlsx = (await readTable(xlsx?.body as Uint8Array, { sheet: "Data" })).rows.map(({ properties }) => properties);
    expect(fromXlsx.map(({ code, name, incidents, period_from }) => [code, name, String(incidents), period_from])).toEqual(
      fromCsv.map(({ code, name, incidents, period_from }) => [code, name, incidents, period_from]),
    );
    const features = (typeof geojson?.body === "object" && "features" in geojson.body ? geojson.body : JSON.parse(strFromU8(geojson?.body)))
      .features;
    expect(
      features.map((feature: { id: string; properties: { incidents: number } }) => [feature.id, String(feature.properties.incidents)]),
    ).toEqual(fromCsv.map(({ code, incidents }) => [code, incidents]));
    expect(fromCsv.reduce((sum, row) => sum + Number(row.incidents), 0)).toBe(6);
    expect(fromCsv).toHaveLength(12);
  });

  test("a viewer's rows are kecamatan by month with the cells kept back that the screen keeps back", async () => {
    const { body } = await service.asked("pembaca", "/api/exports/view?areas=99.01&from=2025-05-01&to=2025-07-01&f=csv");
    const rows = (await readTable(body as string)).rows.map(({ properties }) => properties);
    expect(rows.map(({ code }) => code)).toEqual(["99.01.01", "99.01.02", "99.01.03", "99.01.04"]);
    const { body: seen } = await service.asked("pembaca", "/api/values/counts?areas=99.01&from=2025-05-01&to=2025-07-01&step=month");
    const cells: Record<string, string> = {};
    seen.entries.count.forEach((count: number, n: number) => {
      cells[`${seen.entries.area[n]} ${seen.entries.step[n]}`] = String(count);
    });
    seen.suppressed.area.forEach((area: number, n: number) => {
      cells[`${area} ${seen.suppressed.step[n]}`] = "suppressed";
    });
    expect(Object.values(cells)).toContain("suppressed");
    const told = rows.flatMap((row, area) => ["2025-05", "2025-06"].map((month, step) => [`${area} ${step}`, String(row[month])]));
    expect(told).toEqual(told.map(([cell]) => [cell, cells[cell as string] ?? "0"]));
    expect(body).not.toMatch(/Desa \d/);
    expect((await service.asked("pembaca", "/api/exports/view?issues=404")).status).toBe(403);
    expect((await service.asked("analis", "/api/exports/view?issues=4x4")).status).toBe(400);
  });

  test("every export is in the audit trail", async () => {
    const { body } = await service.call("/api/audit?from=2020-01-01&to=2100-01-01&what=export.make");
    const made = (body.entries as { who: string; object: string }[]).map(({ who, object }) => `${who} ${object}`);
    expect(made).toEqual(expect.arrayContaining(["analis briefs", "pembaca briefs", "analis exports/view", "pembaca exports/view"]));
  });
});
