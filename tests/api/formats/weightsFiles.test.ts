import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readGal, writeGal } from "../../../api/formats/gal.ts";
import { type GwtColumn, readGwt, writeGwt } from "../../../api/formats/gwt.ts";
import type { NamedEdges } from "../../../api/formats/weightsLines.ts";

const listed = ({ from, to, weight }: NamedEdges): string[] => from.map((code, edge) => `${code}>${to[edge]}=${weight[edge]}`);
const both = ["a>b=1", "b>a=1"];

describe("reading .gal", () => {
  it.each([
    ["the older header", "2\na 1\nb\nb 1\na\n"],
    ["a header with layer and column", "0 2 desa kode\na 1\nb\nb 1\na\n"],
    ["a layer whose name holds blanks", "0 2 my villages.shp POLY_ID\na 1\nb\nb 1\na\n"],
    ["a header whose first word is not 0, as GeoDa once wrote", "1 2 desa kode\na 1\nb\nb 1\na"],
    ["line ends of Windows, a byte order mark, blank lines and trailing blanks", "\uFEFF2\r\na 1 \r\n\r\n  b \r\nb 1\r\na\r\n\r\n"],
    ["line ends of old Macintosh and tabs", "2\ra\t1\rb\rb\t1\ra\r"],
  ])("%s", (_, text) => expect(listed(readGal(text, "w.gal"))).toEqual(both));

  it("an area without neighbours has a blank line, or none", () => {
    for (const blank of ["", "\n"]) expect(listed(readGal(`3\na 1\nb\nc 0\n${blank}b 1\na\n`, "w.gal"))).toEqual(both);
  });

  it("a list may go on over several lines, and every neighbour knows its own", () => {
    const { to, line } = readGal("3\na 2\nb\nc\nb 0\n\nc 0\n", "w.gal");
    expect([to, line]).toEqual([
      ["b", "c"],
      [3, 4],
    ]);
  });

  it.each([
    ["nothing", "", 1, "kosong / empty"],
    ["a header of two words", "0 2\na 0\nb 0\n", 1, "0 306 desa kode"],
    ["a header of three words", "0 2 desa\na 0\nb 0\n", 1, "0 306 desa kode"],
    ["no whole number of areas", "2.5\na 0\n", 1, "2.5"],
    ["no areas", "0\n", 1, "0"],
    ["no number of neighbours", "1\na\n", 2, "number of neighbours"],
    ["a negative number of neighbours", "1\na -1\n", 2, "number of neighbours"],
    ["too many words", "2\na 1 b\n", 2, "number of neighbours"],
    ["one neighbour too many", "2\na 1\nb b\nb 0\n", 3, "1 neighbours announced, 2 written"],
    ["a file that ends within a list", "3\nb 0\n\na 3\nb\n", 4, "3 neighbours announced, 1 written"],
    ["an area twice", "2\na 0\n\na 0\n", 4, "a muncul dua kali / stands twice"],
    ["fewer areas than announced", "3\na 1\nb\nb 1\na\n", 5, "3 areas announced, 2 written"],
    ["more areas than announced", "1\na 1\nb\nb 1\na\n", 5, "1 areas announced, 2 written"],
    ["a neighbour that has no line", "2\na 2\nb c\nb 0\n", 3, "c tidak punya baris sendiri"],
  ])("%s: told with its line", (_, text, line, reason) => {
    expect(() => readGal(text, "weights.gal")).toThrowError(
      expect.objectContaining({
        code: "file_damaged",
        details: { name: "weights.gal", where: `baris/line ${line}`, line, reason: expect.stringContaining(reason) },
      }),
    );
  });
});

describe("reading .gwt", () => {
  it.each<[string, string, GwtColumn, string[]]>([
    ["weights as they are", "0 2 desa kode\na b 0.25\nb a 3e2\n", "weight", ["a>b=0.25", "b>a=300"]],
    ["distances only as neighbours, 0 too", "0 2 desa kode\na b 14.14\nb a 0\n", "distance", both],
    ["no third word as 1, and columns set with blanks", "2\n  a   b\nb a\n", "weight", both],
    ["no edges at all", "0 2 desa kode\n", "weight", []],
  ])("%s", (_, text, column, expected) => expect(listed(readGwt(text, "w.gwt", column))).toEqual(expected));

  it.each<[string, string, GwtColumn, number, string]>([
    ["nothing", "\n\n", "weight", 1, "kosong / empty"],
    ["one word", "2\na b 1\na\n", "weight", 3, "weight > 0"],
    ["four words", "2\na b 1 2\n", "weight", 2, "weight > 0"],
    ["a weight of 0", "2\na b 0\n", "weight", 2, "weight > 0"],
    ["a negative weight", "2\na b -1\n", "weight", 2, "weight > 0"],
    ["a weight that is no number", "2\na b x\n", "weight", 2, '"a b x"'],
    ["a boundless weight", "2\na b Infinity\n", "weight", 2, "weight > 0"],
    ["a negative distance", "2\na b -1\n", "distance", 2, "distance ≥ 0"],
    ["more areas than announced", "2\na b 1\nb c 1\n", "weight", 3, "2 areas announced, this is number 3"],
  ])("%s: told with its line", (_, text, column, line, reason) => {
    expect(() => readGwt(text, "weights.gwt", column)).toThrowError(
      expect.objectContaining({
        code: "file_damaged",
        details: expect.objectContaining({ line, reason: expect.stringContaining(reason) }),
      }),
    );
  });
});

describe("writing", () => {
  it("a .gal file as spdep's write.nb.gal(oldstyle = FALSE) writes it", () => {
    expect(writeGal(["35.01", "35.02", "35.03"], { from: ["35.01", "35.02"], to: ["35.02", "35.01"] })).toBe(
      "0 3 waspada code\n35.01 1\n35.02\n35.02 1\n35.01\n35.03 0\n\n",
    );
  });

  it("a .gwt file, a line an edge", () => {
    expect(writeGwt(["35.01", "35.02"], { from: ["35.01"], to: ["35.02"], weight: [0.5625] })).toBe(
      "0 2 waspada code\n35.01 35.02 0.5625\n",
    );
  });

  it("what is written is read again, edge by edge and digit by digit", () => {
    const graph = fc.record({
      n: fc.integer({ min: 1, max: 12 }),
      ends: fc.array(fc.tuple(fc.nat(11), fc.nat(11), fc.double({ min: 1e-9, max: 1e9, noNaN: true })), { maxLength: 40 }),
    });
    fc.assert(
      fc.property(graph, ({ n, ends }) => {
        const codes = Array.from({ length: n }, (_, i) => `35.17.01.${2001 + i}`);
        const edges = [
          ...new Map(ends.filter(([i, j]) => i < n && j < n && i !== j).map((end) => [`${end[0]} ${end[1]}`, end] as const)).values(),
        ];
        edges.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
        const named = {
          from: edges.map(([i]) => codes[i]!),
          to: edges.map(([, j]) => codes[j]!),
          weight: edges.map(([, , weight]) => weight),
        };
        expect(readGwt(writeGwt(codes, named), "w.gwt", "weight")).toMatchObject(named);
        expect(readGal(writeGal(codes, named), "w.gal")).toMatchObject({ from: named.from, to: named.to });
      }),
      { seed: 306, numRuns: 100 },
    );
  });
});
