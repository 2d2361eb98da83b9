import { describe, expect, test } from "vitest";
import { parseFilter } from "../../../api/formats/cql2.ts";
import { parseFilterJson } from "../../../api/formats/cql2Json.ts";
import { filterSql } from "../../../api/queries/filters.ts";
import { FilterFault, Parameters, type Queryables } from "../../../api/queries/queryables.ts";

const queryables: Queryables = {
  name: { sql: "a.name", type: "text" },
  population: { sql: "p.value", type: "number" },
  seen: { sql: "i.seen", type: "time" },
  left: { sql: "i.left", type: "time" },
  nil: { sql: "r.nil", type: "boolean" },
};
const compile = (text: string): { sql: string; values: unknown[] } => {
  const parameters = new Parameters();
  const sql = filterSql(parseFilter(text), { queryables, geometry: "a.shape", timeZone: "Asia/Jakarta" }, parameters);
  return { sql, values: parameters.values };
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
    ["NOT name LIKE 'Su%'", "not (a.name like $1::text)", ["Su%"]],
    ["population BETWEEN -1.5 AND 2e3", "(p.value >= $1::double precision and p.value <= $2::double precision)", [-1.5, 2000]],
    ["name IN ('a', 'b')", "a.name = any($1::text[])", [["a", "b"]]],
    ["CASEI(name) LIKE CASEI('su%')", "lower(a.name) like lower($1::text)", ["su%"]],
    ["5000 < population", "p.value > $1::double precision", [5000]],
    [
      "(population + 1) * 2 >= 3",
      "((p.value::double precision + $1::double precision) * $2::double precision) >= $3::double precision",
      [1, 2, 3],
    ],
    ["nil = TRUE", "r.nil = $1::boolean", [true]],
    ["left > seen", "i.left > i.seen", []],
    [
      "S_INTERSECTS(geometry, BBOX(1, 2, 3, 4))",
      "ST_Intersects(a.shape, ST_GeomFromGeoJSON($1::text))",
      [expect.stringContaining("Polygon")],
    ],
    [
      "S_DISJOINT(geometry, POINT(1 2))",
      "not ST_Intersects(a.shape, ST_GeomFromGeoJSON($1::text))",
      ['{"type":"Point","coordinates":[1,2]}'],
    ],
    ["T_AFTER(seen, DATE('2025-06-27'))", "i.seen >= $1::timestamptz", [new Date("2025-06-27T17:00:00Z")]],
    [
      "T_DURING(INTERVAL(seen, left), INTERVAL('2025-01-01T00:00:00Z', '..'))",
      "(i.seen > $1::timestamptz and i.left < 'infinity'::timestamptz)",
      [new Date("2025-01-01T00:00:00Z")],
    ],
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
    `${"NOT ".repeat(80)}name = 'a'`,
    `name = ${"-".repeat(80)}1`,
    `population = 1${" + 1".repeat(200)}`,
    "name LIKE",
    "name IS 5",
    "name",
    "foo(name) = 1",
    "DATE('2025-02-31') = seen",
    "T_AFTER(seen, '2025-01-01')",
    "T_DURING(seen, INTERVAL('2025-02-01', '2025-01-01'))",
    "S_INTERSECTS(geometry, POINT(200 0))",
    "S_INTERSECTS(geometry, POINT(1e999 0))",
    "S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1)))",
    "S_INTERSECTS(geometry, POINT EMPTY)",
    "S_INTERSECTS(geometry, BBOX(1, 2, 3))",
    "S_INTERSECTS(geometry, POINT(1 2)",
    "S_INTERSECTS(geometry)",
    "population = 1e999",
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
    ["name = 'a\u0000'", "name"],
    ["nil > FALSE", "nil"],
    ["name + 1 = 2", "name"],
    ["S_INTERSECTS(name, POINT(1 2))", "name"],
    ["T_AFTER(name, DATE('2025-01-01'))", "name"],
    ["population IN (1, 'a')", "population"],
    ["S_TOUCHES(geometry, GEOMETRYCOLLECTION(POINT(1 2)))", "GEOMETRYCOLLECTION"],
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

  test.each([
    ["name = 'a'", { op: "=", args: [{ property: "name" }, "a"] }],
    ["NOT name LIKE 'a%'", { op: "not", args: [{ op: "like", args: [{ property: "name" }, "a%"] }] }],
    ["name NOT LIKE 'a%'", { op: "not", args: [{ op: "like", args: [{ property: "name" }, "a%"] }] }],
    ["population NOT BETWEEN 1 AND 2", { op: "not", args: [{ op: "between", args: [{ property: "population" }, 1, 2] }] }],
    ["name NOT IN ('a','b')", { op: "not", args: [{ op: "in", args: [{ property: "name" }, ["a", "b"]] }] }],
    [
      "casei(name) = casei('A')",
      {
        op: "=",
        args: [
          { op: "casei", args: [{ property: "name" }] },
          { op: "casei", args: ["A"] },
        ],
      },
    ],
    ['"name" IS NOT NULL', { op: "not", args: [{ op: "isNull", args: [{ property: "name" }] }] }],
    [
      "population * 2 - 1 > -3 AND nil = false OR TRUE",
      {
        op: "or",
        args: [
          {
            op: "and",
            args: [
              { op: ">", args: [{ op: "-", args: [{ op: "*", args: [{ property: "population" }, 2] }, 1] }, -3] },
              { op: "=", args: [{ property: "nil" }, false] },
            ],
          },
          true,
        ],
      },
    ],
    [
      "S_WITHIN(geometry, POLYGON((0 0, 1 0, 1 1, 0 0)))",
      {
        op: "s_within",
        args: [
          { property: "geometry" },
          {
            type: "Polygon",
            coordinates: [
              [
                [0, 0],
                [1, 0],
                [1, 1],
                [0, 0],
              ],
            ],
          },
        ],
      },
    ],
    ["s_overlaps(geometry, bbox(-1.5, 2, 3, 4))", { op: "s_overlaps", args: [{ property: "geometry" }, { bbox: [-1.5, 2, 3, 4] }] }],
    ["seen <= TIMESTAMP('2025-01-01T00:00:00Z')", { op: "<=", args: [{ property: "seen" }, { timestamp: "2025-01-01T00:00:00Z" }] }],
    ["T_EQUALS(seen, DATE('2025-01-01'))", { op: "t_equals", args: [{ property: "seen" }, { date: "2025-01-01" }] }],
    [
      "T_OVERLAPPEDBY(INTERVAL(seen, left), INTERVAL('..', '2025-01-01'))",
      {
        op: "t_overlappedBy",
        args: [{ interval: [{ property: "seen" }, { property: "left" }] }, { interval: ["..", "2025-01-01"] }],
      },
    ],
  ])("%s is the same tree in both encodings", (text, json) => expect(parseFilterJson(JSON.stringify(json))).toEqual(parseFilter(text)));

  test.each([
    "{",
    "null",
    "[]",
    "{}",
    '{"op":"=","args":[{"property":"name"}]}',
    '{"op":"=","op":"<>","args":[1,2]}',
    '{"op":"foo","args":[1,2]}',
    '{"op":"and","args":[true]}',
    '{"op":"in","args":[{"property":"name"},[]]}',
    '{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[1,"x"]}]}',
    '{"op":"=","args":[{"property":"name"},{"__proto__":1}]}',
    `${'{"op":"not","args":['.repeat(80)}true${"]}".repeat(80)}`,
  ])("%s is refused", (json) => expect(() => parseFilterJson(json)).toThrowError(expect.objectContaining({ code: "invalid_filter" })));
});
