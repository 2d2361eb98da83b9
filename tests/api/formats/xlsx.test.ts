import { describe, expect, test } from "vitest";
import writeExcelFile from "write-excel-file/node";
import type { Problem } from "../../../api/problem.ts";
import { sheetRows, workbookParts, zipOf } from "../../../scripts/drive/fuzz/archive.ts";
import { readTable } from "../../fixtures/readFormat.ts";

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "read",
    (error: Problem) => error.code,
  );
const recordsOf = async (content: Uint8Array, sheet?: string) => (await readTable(content, { sheet })).rows.map((row) => row.properties);
const bookOf = (rows: Parameters<typeof sheetRows>[0], more: Parameters<typeof workbookParts>[1] = {}): Buffer =>
  zipOf(workbookParts({ Data: sheetRows(rows) }, more));

describe("a workbook", () => {
  test("that another program wrote is read with its texts, numbers and days", async () => {
    const book = await writeExcelFile([
      ["kode", "nama", "tanggal", "jiwa", "aktif"],
      ["35.17.01.2001", "Sa'dan & Désa", { value: new Date("2025-06-01T00:00:00Z"), type: Date, format: "dd/mm/yyyy" }, 3372, true],
      ["35.17.01.2002", "La'bo", { value: new Date("2025-06-02T10:30:00Z"), type: Date, format: "yyyy-mm-dd hh:mm" }, 0.5, false],
    ]).toBuffer();
    for (const size of [1, 17, 65536]) {
      const { format, rows } = await readTable(book, { size });
      expect(format).toBe("xlsx");
      expect(rows).toEqual([
        { row: 2, properties: { kode: "35.17.01.2001", nama: "Sa'dan & Désa", tanggal: "2025-06-01", jiwa: 3372, aktif: true } },
        { row: 3, properties: { kode: "35.17.01.2002", nama: "La'bo", tanggal: "2025-06-02 10:30:00", jiwa: 0.5, aktif: false } },
      ]);
    }
  });

  test("keeps codes that are numbers and leading zeros that its format shows", async () => {
    const rows = await recordsOf(
      bookOf(
        [
          ["kode", "nomor"],
          [35.17, { value: 7, style: 1 }],
          [3517012001, { value: 12, style: 1 }],
        ],
        { formats: ["00000"] },
      ),
    );
    expect(rows).toEqual([
      { kode: 35.17, nomor: "00007" },
      { kode: 3517012001, nomor: "00012" },
    ]);
  });

  // The same serial numbers as Excel and LibreOffice show them.
  test.each<[number, boolean, string, unknown]>([
    [45809, false, "dd/mm/yyyy", "2025-06-01"],
    [45809.4375, false, "d mmm yyyy hh:mm", "2025-06-01 10:30:00"],
    [44347, true, "dd/mm/yyyy", "2025-06-01"],
    [1, false, "yyyy", "1900-01-01"],
    [59, false, "yyyy", "1900-02-28"],
    [60, false, "yyyy", "1900-02-29"],
    [61, false, "yyyy", "1900-03-01"],
    [0, true, "yyyy", "1904-01-01"],
    [2958465, false, "yyyy", "9999-12-31"],
    [2958466, false, "yyyy", 2958466],
    [-1, false, "yyyy", -1],
    [45809, false, '0.00" hari"', 45809],
    [45809, false, "[Red]0", 45809],
    [45809, false, "[$-421]dd mmmm yyyy", "2025-06-01"],
    [45809, false, "General", 45809],
  ])("serial %d in the calendar of 1904 (%s) as %s is %s", async (value, is1904, format, expected) => {
    expect(
      await recordsOf(
        bookOf(
          [
            ["kode", "hari"],
            ["1", { value, style: 1 }],
          ],
          { is1904, formats: [format] },
        ),
      ),
    ).toEqual([{ kode: "1", hari: expected }]);
  });

  test("with titles, merged names in two rows, empty rows and gaps", async () => {
    const book = bookOf([
      ["JUMLAH PENDUDUK"],
      [],
      ["Kode", "Penduduk", null, "Luas"],
      [null, 2010, 2015],
      ["35.17", 5, 6, 7],
      [],
      ["35.18", null, 8],
    ]);
    const { rows, told } = await readTable(book);
    expect(rows).toEqual([
      { row: 5, properties: { Kode: "35.17", "Penduduk 2010": 5, "Penduduk 2015": 6, Luas: 7 } },
      { row: 7, properties: { Kode: "35.18", "Penduduk 2010": "", "Penduduk 2015": 8, Luas: "" } },
    ]);
    expect(told).toEqual([{ code: "header_row", value: "3 + 4" }]);
  });

  test("of several sheets gives the first visible one that holds anything, and says so; or the one that is asked for", async () => {
    const parts = workbookParts(
      {
        Rahasia: sheetRows([["kode"], ["r"]]),
        Kosong: "",
        Data: sheetRows([["kode"], ["d"]]),
        Lain: sheetRows([["kode"], ["l"]]),
      },
      { hidden: "Rahasia" },
    );
    const { rows, told } = await readTable(zipOf(parts));
    expect(rows.map((row) => row.properties.kode)).toEqual(["d"]);
    expect(told).toEqual([
      { code: "sheet_chosen", value: "Data", sheets: "Rahasia, Kosong, Data, Lain", names: ["Rahasia", "Kosong", "Data", "Lain"] },
    ]);
    for (const [sheet, kode] of [
      ["lain", "l"],
      ["4", "l"],
      ["Rahasia", "r"],
    ] as const)
      expect(await recordsOf(zipOf(parts), sheet)).toEqual([{ kode }]);
    expect(await codeOf(readTable(zipOf(parts), { sheet: "Tiada" }))).toBe("sheet_missing");
    expect(await codeOf(readTable(zipOf(parts), { sheet: "Kosong" }))).toBe("file_empty");
  });

  test("gives a formula's last value, its text where it was never worked out, and errors as text", async () => {
    const cells = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c><c r="C1" t="str"><v>c</v></c></row>';
    const data = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>SUM(X1:X2)</f></c><c r="C2" t="e"><v>#N/A</v></c></row>';
    expect(await recordsOf(zipOf(workbookParts({ S: cells + data })))).toEqual([{ a: 2, b: "=SUM(X1:X2)", c: "#N/A" }]);
  });

  test("takes shared texts in pieces together, without how they are read aloud", async () => {
    const cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>';
    const texts = ["<t>kode</t>", "<r><t>Ka</t></r><r><t>b. A</t></r><rPh><t>x</t></rPh>"];
    expect(await recordsOf(zipOf(workbookParts({ S: cells }, { texts })))).toEqual([{ kode: "Kab. A" }]);
  });

  test("refuses the same column twice", async () => {
    expect(
      await codeOf(
        readTable(
          bookOf([
            ["kode", "Kode"],
            ["1", "2"],
          ]),
        ),
      ),
    ).toBe("column_twice");
  });
});

describe("what would harm", () => {
  const parts = workbookParts({ S: sheetRows([["kode"], ["1"]]) });
  const doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
  const sheet = "xl/worksheets/sheet1.xml";
  test.each<[string, Record<string, string | Uint8Array>, Parameters<typeof zipOf>[1], string]>([
    [
      "entities that grow",
      { ...parts, [sheet]: `${doctype}<worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>` },
      {},
      "file_damaged",
    ],
    [
      "an unknown entity",
      { ...parts, [sheet]: "<worksheet><sheetData><row><c><v>&x;</v></c></row></sheetData></worksheet>" },
      {},
      "file_damaged",
    ],
    ["elements inside each other without end", { ...parts, [sheet]: "<a>".repeat(100_000) }, {}, "file_damaged"],
    ["one text of 50 MB", { ...parts, [sheet]: `<worksheet><sheetData><row><c t="str"><v>${"a".repeat(50_000_000)}` }, {}, "file_damaged"],
    ["parts that say they unpack to 4 GB", parts, { claimedSize: 4_000_000_000 }, "file_too_large"],
    ["parts that unpack to more than they say", { ...parts, [sheet]: "a".repeat(1_000_000) }, { claimedSize: 10 }, "file_damaged"],
    ["XML cut off", { ...parts, [sheet]: "<worksheet><sheetData><row>" }, {}, "file_damaged"],
    ["a password", parts, { encrypted: true }, "file_encrypted"],
    ["no workbook inside", { "[Content_Types].xml": "<Types/>" }, {}, "file_not_understood"],
  ])("%s is refused", async (_, content, lies, code) => {
    expect(await codeOf(readTable(zipOf(content, lies)))).toBe(code);
  });

  test("a row number beyond reason leaves no gap to fill", async () => {
    const rows = '<row r="1"><c r="A1" t="str"><v>kode</v></c></row><row r="999999999999"><c r="A9" t="str"><v>1</v></c></row>';
    expect((await readTable(zipOf(workbookParts({ S: rows })))).rows).toEqual([{ row: 2, properties: { kode: "1" } }]);
  });

  test.each<[string, Uint8Array, string, string]>([
    ["an old workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "a.xls", "spreadsheet_unread"],
    [
      "a workbook with a password",
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from("EncryptedPackage", "utf16le")]),
      "a",
      "file_encrypted",
    ],
    ["an OpenDocument table", zipOf({ mimetype: "application/vnd.oasis.opendocument.spreadsheet" }), "a.xlsx", "spreadsheet_unread"],
    ["a binary workbook", zipOf({ "xl/workbook.bin": "x" }), "a.xlsb", "spreadsheet_unread"],
    ["a workbook cut off", zipOf(parts).subarray(0, 500), "a.xlsx", "file_damaged"],
  ])("%s is refused by name", async (_, content, name, code) => {
    const failure = await readTable(content, { name }).catch((error: Problem) => error);
    expect((failure as Problem).code).toBe(code);
  });
});
