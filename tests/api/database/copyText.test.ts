import { expect, test } from "vitest";
import { copyLine, copyPieces, copyStatement } from "../../../api/database/copyText.ts";

test.each<[unknown[], string]>([
  [[1, "a", null], "1\ta\t\\N\n"],
  [["tab\there", "line\nend\r", "back\\slash"], "tab\\there\tline\\nend\\r\tback\\\\slash\n"],
  [["\\N", "", undefined], "\\\\N\t\t\\N\n"],
  [[new Uint8Array([0, 255]), [1, null]], "\\\\x00ff\t{1,NULL}\n"],
])("the row %j is the line %j", (row, line) => {
  expect(copyLine(row)).toBe(line);
});

test("pieces end with whole rows and together hold every row once", async () => {
  const rows = Array.from({ length: 1000 }, (_, number) => [number, "x".repeat(number % 50)]);
  const pieces: string[] = [];
  let counted = 0;
  for await (const piece of copyPieces(rows, 2, 4096)) {
    pieces.push(new TextDecoder().decode(piece.bytes));
    counted += piece.rows;
  }
  expect(pieces.length).toBeGreaterThan(5);
  expect(pieces.every((piece) => piece.endsWith("\n"))).toBe(true);
  expect(pieces.join("")).toBe(rows.map(copyLine).join(""));
  expect(counted).toBe(1000);
});

test("a row of another length than the columns is refused", async () => {
  await expect(copyPieces([[1, 2], [3]], 2).next()).rejects.toThrow("1 values for 2 columns");
});

test.each(["area; drop table area", "Area", 'a"b', "1st", ""])("%j is no name of a table", (name) => {
  expect(() => copyStatement(name, ["code"], "stdin")).toThrow("not a plain name");
  expect(() => copyStatement("area", [name], "stdin")).toThrow("not a plain name");
});
