import ts from "typescript";
import { expect, it } from "vitest";
import { withAssertedValues } from "../../scripts/drive/mutation/assertedValues.ts";

/** What a function of `list`, `more` and `at` answers with its promises under watch. */
function answer(body: string, list: unknown, at: number): unknown {
  const watched = withAssertedValues("kernel.ts", `function asked(list: number[], at: number) { ${body} }`);
  expect(watched.split("\n")).toHaveLength(1);
  return new Function("list", "at", `${ts.transpile(watched)}; return asked(list, at);`)(list, at);
}
const missing = "What is said to be there is not.";
const beside = "There is no such place in the array.";

it.each([
  ["return list[at]!;", Float64Array.of(5, 6), 1, 6],
  ["return list[at]!;", Float64Array.of(5, 6), 2, missing],
  ["return list[at]!;", [5, 6], 2, missing],
  ["return list[list[at]!]! + 1;", [1, 6], 0, 7],
  ["return list[list[at]!]! + 1;", [3, 6], 0, missing],
  ["return list.find((one) => one > at)!;", [1], 3, missing],
  ["return list[at] === 0;", Float64Array.of(5, 6), 2, beside],
  ["return list[at] === 0;", Float64Array.of(5, 6), -1, beside],
  ["return list[at] === undefined;", [5, 6], 2, true],
  ["return list[at] ?? 7;", Float64Array.of(5, 6), 2, 7],
  ["list[at] = 3; return list[1];", Float64Array.of(5, 6), 1, 3],
  ["list[at] = 3; return 0;", Float64Array.of(5, 6), 2, beside],
  ["list[at]! += 3; return list[1];", Float64Array.of(5, 6), 1, 9],
  ["list[at]!++; return 0;", Float64Array.of(5, 6), 2, beside],
  ["[list[0], list[at]] = [1, 2]; return list[0];", Float64Array.of(5, 6), 2, beside],
  ["list[at] = 3; return list.length;", [5, 6], 2, 3],
])("%s of %j at %d comes to %s", (body, list, at, expected) => {
  if (expected === missing || expected === beside) expect(() => answer(body, list, at)).toThrow(expected);
  else expect(answer(body, list, at)).toBe(expected);
});
