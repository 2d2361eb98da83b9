import { describe, expect, test } from "vitest";
import { parseFilter } from "../../../api/formats/cql2.ts";
import { FilterFault, filterSql, Parameters, type Queryables } from "../../../api/queries/filters.ts";

const queryables: Queryables = {
  name: { sql: "a.name", type: "text" },
  population: { sql: "p.value", type: "number" },
  seen: { sql: "i.seen", type: "time" },
};
const compile = (text: string): { sql: string; values: unknown[] } => {
  const parameters = new Parameters();
  return { sql: filterSql(parseFilter(text), queryables, parameters, "Asia/Jakarta"), values: parameters.values };
};

describe("filters in CQL2 text", () => {
  test.each([
    ["name = 'Sa''dan'", "a.name = $1::text", ["Sa'dan"]],
    ["population > 5000 AND name <> 'X'", "(p.value > $1::double precision and a.name <> $2::text)", [5000, "X"]],
    [
      "population > 1 OR population < 2 AND name = 'a'",
      "(p.value > $1::double precision or (p.value < $2::double precision and a.name = $3::text))",
      [1, 2, "a"],
    ],
    [
      "(population > 1 OR population < 2) AND name = 'a'",
      "((p.value > $1::double precision or p.value < $2::double precision) and a.name = $3::text)",
      [1, 2, "a"],
    ],
    ["NOT name LIKE 'Su%'", "not (a.name ilike $1::text)", ["Su%"]],
    ["population BETWEEN -1.5 AND 2e3", "(p.value >= $1::double precision and p.value <= $2::double precision)", [-1.5, 2000]],
    ["name IN ('a', 'b')", "(a.name = $1::text or a.name = $2::text)", ["a", "b"]],
    ["population IS NOT NULL", "not (p.value is null)", []],
    [
      "seen = DATE('2025-06-27')",
      "(i.seen >= $1::timestamptz and i.seen < $2::timestamptz)",
      [new Date("2025-06-26T17:00:00Z"), new Date("2025-06-27T17:00:00Z")],
    ],
    ["seen <= '2025-06-27'", "i.seen < $1::timestamptz", [new Date("2025-06-27T17:00:00Z")]],
  ])("%s becomes parameters, never text", (text, sql, values) => expect(compile(text)).toEqual({ sql, values }));

  test.each([
    "name == 'a'",
    "name = ",
    "(name = 'a'",
    "name = 'a') ",
    "= 'a'",
    "name 'a'",
    "name = 'a' drop",
    "name = 'a' ; 1",
    "",
    `${"(".repeat(80)}name = 'a'${")".repeat(80)}`,
  ])("%s is refused with the place where reading stopped", (text) =>
    expect(() => parseFilter(text)).toThrowError(expect.objectContaining({ code: "invalid_filter" })),
  );

  test.each([
    ["secret = 'a'", "secret"],
    ["__proto__ = 'a'", "__proto__"],
    ["population = '5'", "population"],
    ["name > 5", "name"],
    ["seen = 'kemarin'", "seen"],
    ["population LIKE 'a'", "population"],
  ])("%s names the property that does not take it", (text, property) => {
    const fault = (() => {
      try {
        compile(text);
      } catch (error) {
        return error;
      }
    })();
    expect(fault).toBeInstanceOf(FilterFault);
    expect((fault as FilterFault).property).toBe(property);
  });
});
