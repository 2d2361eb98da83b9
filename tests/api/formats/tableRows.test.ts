import { describe, expect, test } from "vitest";
import type { Problem } from "../../../api/problem.ts";
import { readTable } from "../../fixtures/readFormat.ts";

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "read",
    (error: Problem) => error.code,
  );
const records = async (content: string | Uint8Array, size?: number) =>
  (await readTable(content, { size })).rows.map((row) => row.properties);

describe("the separator", () => {
  test.each<[string, string, Record<string, string>[]]>([
    [
      "of semicolons is found beside decimal commas",
      "kode;idm;iks\n1;0,5;0,7\n2;0,6;0,8\n",
      [
        { kode: "1", idm: "0,5", iks: "0,7" },
        { kode: "2", idm: "0,6", iks: "0,8" },
      ],
    ],
    ["of bars", "kode|nama\n1|a, b\n", [{ kode: "1", nama: "a, b" }]],
    [
      "of tabs, with commas in the text",
      "kode\tfakta\n1\ta, b, c\n2\td\n",
      [
        { kode: "1", fakta: "a, b, c" },
        { kode: "2", fakta: "d" },
      ],
    ],
    [
      "inside quotes counts for nothing",
      'kode,nama\n"1;2;3",a\n"4;5;6",b\n',
      [
        { kode: "1;2;3", nama: "a" },
        { kode: "4;5;6", nama: "b" },
      ],
    ],
    [
      "is found below titles without any",
      "DATA PENDUDUK\nJOMBANG, 2010\n\nkode;desa;jiwa\n1;A;5\n2;B;6\n",
      [
        { kode: "1", desa: "A", jiwa: "5" },
        { kode: "2", desa: "B", jiwa: "6" },
      ],
    ],
  ])("%s", async (_, text, expected) => {
    expect(await records(text)).toEqual(expected);
  });
});

describe("the encoding", () => {
  const text = "kode,nama\n1,Désa\n2,São Tomé\n";
  const expected = [
    { kode: "1", nama: "Désa" },
    { kode: "2", nama: "São Tomé" },
  ];
  const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
  test.each<[string, Buffer, string[]]>([
    ["UTF-8", Buffer.from(text), []],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`), []],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${text}`, "utf16le"), []],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le"), []],
    ["UTF-16, the other way round", swapped(Buffer.from(`\ufeff${text}`, "utf16le")), []],
    ["UTF-16, the other way round and without a mark", swapped(Buffer.from(text, "utf16le")), []],
    ["Windows-1252, which is told", Buffer.from(text, "latin1"), ["encoding_assumed"]],
  ])("%s is read the same, in pieces of any size", async (_, bytes, told) => {
    for (const size of [1, 2, 3, 11, 65536]) {
      const read = await readTable(bytes, { size });
      expect(read.rows.map((row) => row.properties)).toEqual(expected);
      expect(read.told.map(({ code }) => code)).toEqual(told);
    }
  });

  test.each<[string, Uint8Array]>([
    ["UTF-8 at first and something else later", Buffer.concat([Buffer.from("kode,nama\n1,Désa\n"), Buffer.from("2,Désa\n", "latin1")])],
    ["half of a surrogate pair in UTF-8", Buffer.from([...Buffer.from("kode,nama\n1,a"), 0xed, 0xa0, 0x80, 0x0a])],
    ["half of a surrogate pair in UTF-16", Buffer.from("\ufeffkode,nama\n1,a\ud800\n2,b\n", "utf16le")],
  ])("%s is damage, with its line", async (_, bytes) => {
    await expect(readTable(bytes)).rejects.toMatchObject({ code: "file_damaged" });
  });
});

describe("the column names", () => {
  test.each<[string, string, Record<string, string>[], number[], string[]]>([
    ["in the first row", "kode,jiwa\n1,2\n", [{ kode: "1", jiwa: "2" }], [2], []],
    [
      "below titles and an empty row",
      "Jumlah Penduduk Menurut Desa;;\nTahun 2010;;\n;;\nkode;desa;jiwa\n1;A;5\n",
      [{ kode: "1", desa: "A", jiwa: "5" }],
      [5],
      ["header_row"],
    ],
    [
      "in two rows that belong together",
      "kode;penduduk;;luas\n;2010;2015;\n1;5;6;7\n2;8;9;10\n",
      [
        { kode: "1", "penduduk 2010": "5", "penduduk 2015": "6", luas: "7" },
        { kode: "2", "penduduk 2010": "8", "penduduk 2015": "9", luas: "10" },
      ],
      [3, 4],
      ["header_row"],
    ],
    [
      "the upper of them only above the years",
      ";;Penduduk;\nkode;desa;2010;2015\n1;A;5;6\n",
      [{ kode: "1", desa: "A", "Penduduk 2010": "5", "Penduduk 2015": "6" }],
      [3],
      ["header_row"],
    ],
    ["above a row that numbers them", "kode,desa,jiwa\n(1),(2),(3)\n1,A,5\n", [{ kode: "1", desa: "A", jiwa: "5" }], [3], []],
    ["with invisible marks and line breaks", '"\u200fkode","jumlah\n jiwa"\n1,2\n', [{ kode: "1", "jumlah jiwa": "2" }], [2], []],
    ["where nothing looks like names", "1,2\n3,4\n", [{ "1": "3", "2": "4" }], [2], []],
    ["where a column has none", "kode,,jiwa\n1,x,2\n", [{ kode: "1", jiwa: "2" }], [2], ["column_unnamed"]],
    ["that would be the prototype of an object", "kode,__proto__\n1,x\n", [{ kode: "1" }], [2], ["column_unnamed"]],
  ])("%s", async (_, text, expected, rows, told) => {
    const read = await readTable(text);
    expect(read.rows.map((row) => row.properties)).toEqual(expected);
    expect(read.rows.map((row) => row.row)).toEqual(rows);
    expect(read.told.map(({ code }) => code)).toEqual(told);
  });

  test.each<[string, string]>([
    ["twice", "kode,Nama,nama\n1,a,b\n"],
    ["twice but for blanks", 'kode,"jumlah  jiwa",jumlah jiwa\n1,a,b\n'],
    ["twice once two rows are joined", "kode;penduduk;\n;2010;2010\n1;5;6\n"],
  ])("%s are refused", async (_, text) => {
    expect(await codeOf(readTable(text))).toBe("column_twice");
  });
});

describe("a row", () => {
  test("counts as in a spreadsheet, empty ones too", async () => {
    const { rows } = await readTable("kode,jiwa\n\n1,2\n,\n\n3,4\n");
    expect(rows.map((row) => row.row)).toEqual([3, 6]);
  });

  test.each<[string, string]>([
    ["NUL", "a\u0000b"],
    ["NUL alone", "\u0000"],
  ])("with %s in a cell is faulty and named, the next is not", async (_, cell) => {
    // Far enough down that the file does not pass for a binary one.
    const before = Array.from({ length: 9000 }, (_row, n) => `${n},aaaaaaaa\n`).join("");
    const { rows } = await readTable(`kode,nama\n${before}1,${cell}\n2,b\n`);
    expect(rows.slice(-2).map(({ row, fault }) => [row, fault?.code, fault?.field])).toEqual([
      [9002, "invalid_text", "nama"],
      [9003, undefined, undefined],
    ]);
  });

  test("keeps apostrophes, formulas and marks of direction as they are", async () => {
    expect(await records("kode,nama\n1,Sa'dan\n2,=1+1\n3,\u202eabc\n")).toEqual([
      { kode: "1", nama: "Sa'dan" },
      { kode: "2", nama: "=1+1" },
      { kode: "3", nama: "\u202eabc" },
    ]);
  });
});

test.each<[string, string | Uint8Array, string]>([
  ["of nothing but separators", ";;;\n;;;\n", "file_empty"],
  ["of more columns than anybody has", `${Array.from({ length: 2001 }, (_, n) => `k${n}`).join(",")}\n1\n`, "too_many_columns"],
])("a table %s is refused", async (_, content, code) => {
  expect(await codeOf(readTable(content))).toBe(code);
});
