import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StatementError } from "../../../api/database/database.ts";
import { engines, openTestDatabase, rolledBack, type TestDatabase } from "../../fixtures/database.ts";

describe.each(engines)("the database on %s", (engine) => {
  let made: TestDatabase;
  beforeAll(async () => {
    made = await openTestDatabase(engine);
    await made.database.query("create table note (number int primary key, text text)");
  });
  afterAll(() => made?.remove());

  test.each<[string, unknown]>([
    ["12::int8", 12],
    ["1.25::numeric", 1.25],
    ["'NaN'::float8", Number.NaN],
    ["date '2025-06-27'", "2025-06-27"],
    ["timestamptz '2025-06-27 17:00:00.25+07'", "2025-06-27T10:00:00.250Z"],
    ["timestamptz '1899-12-31 00:00:00'", "1899-12-30T16:52:48.000Z"],
    [`'{"a":[1,null]}'::jsonb`, { a: [1, null] }],
    [`'[1]'::json`, [1]],
    ["'\\x00ff'::bytea", new Uint8Array([0, 255])],
    [`array['a b','c"d','e\\f',null,'NULL','']`, ["a b", 'c"d', "e\\f", null, "NULL", ""]],
    [
      "array[[1,2],[3,4]]",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["array[1.5,null]::numeric[]", [1.5, null]],
    ["array[date '2025-01-02']", ["2025-01-02"]],
    ["array[]::text[]", []],
    ["true", true],
    ["null::int", null],
    ["'00000000-0000-0000-0000-000000000001'::uuid", "00000000-0000-0000-0000-000000000001"],
    ["'8 m'::text", "8 m"],
  ])("%s comes out as %j", async (expression, expected) => {
    const [row] = await made.database.query<{ value: unknown }>(`select ${expression} as value`);
    expect(row?.value).toStrictEqual(expected);
  });

  test.each<[string, unknown, unknown]>([
    ["text", 'a\tb\n\\N"{', 'a\tb\n\\N"{'],
    ["int8", 9007199254740991, 9007199254740991],
    ["float8", Number.NaN, Number.NaN],
    ["float8", 0.1, 0.1],
    ["text[]", ["x\\", 'y,"z"', null, ""], ["x\\", 'y,"z"', null, ""]],
    ["float8[]", new Float64Array([1.5, -2]), [1.5, -2]],
    ["bytea", new Uint8Array([1, 0, 255]), new Uint8Array([1, 0, 255])],
    ["jsonb", JSON.stringify({ a: "é" }), { a: "é" }],
    ["timestamptz", new Date("2025-06-27T10:00:00.000Z"), "2025-06-27T10:00:00.000Z"],
    ["date", "2025-06-27", "2025-06-27"],
    ["boolean", false, false],
    ["int", undefined, null],
  ])("a %s goes in by parameter and by copy and comes out the same", async (type, value, expected) => {
    await rolledBack(made.database, async (transaction) => {
      const [byParameter] = await transaction.query<{ value: unknown }>(`select $1::${type} as value`, [value]);
      await transaction.query(`create table kept (value ${type}, other int)`);
      expect(await transaction.copy("kept", ["value", "other"], [[value, null]])).toBe(1);
      expect([byParameter, ...(await transaction.query("select value from kept"))]).toStrictEqual([
        { value: expected },
        { value: expected },
      ]);
    });
  });

  test("a bare moment is one of the configured time zone", async () => {
    const [row] = await made.database.query<{ value: string }>("select '2025-06-27'::timestamptz as value");
    expect(row?.value).toBe("2025-06-26T17:00:00.000Z");
  });

  test("a transaction whose work throws leaves nothing and passes the error on", async () => {
    const refused = made.database.transaction(async (transaction) => {
      await transaction.query("insert into note values (1, 'x')");
      throw new Error("changed my mind");
    });
    await expect(refused).rejects.toThrow("changed my mind");
    expect(await made.database.query("select * from note")).toEqual([]);
  });

  test("a refused statement tells its code and constraint, and the database goes on", async () => {
    const twice = made.database.transaction(async (transaction) => {
      await transaction.query("insert into note values (2, 'x'), (2, 'y')");
    });
    const error = await twice.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StatementError);
    expect(error).toMatchObject({ code: "23505", constraint: "note_pkey", table: "note" });
    expect(await made.database.query("select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("a hundred transactions at once are all kept, each whole", async () => {
    await made.database.query("delete from note");
    const numbers = Array.from({ length: 100 }, (_, number) => number);
    await Promise.all(
      numbers.map((number) => made.database.transaction((transaction) => transaction.query("insert into note values ($1, 'x')", [number]))),
    );
    expect(await made.database.query("select count(*) as count from note")).toEqual([{ count: 100 }]);
  });

  test("asking the database from inside its own transaction throws instead of waiting for ever", async () => {
    const entangled = made.database.transaction(() => made.database.query("select 1"));
    await expect(entangled).rejects.toThrow("use the transaction");
  });

  test("rows copied from an asynchronous source over several pieces are all there", async () => {
    const rows = async function* (): AsyncGenerator<[number, string]> {
      for (let number = 1000; number < 41_000; number++) yield [number, "x".repeat(1000)];
    };
    await rolledBack(made.database, async (transaction) => {
      expect(await transaction.copy("note", ["number", "text"], rows())).toBe(40_000);
      const counted = await transaction.query("select count(*) as count, min(length(text)) as shortest from note where number >= 1000");
      expect(counted).toEqual([{ count: 40_000, shortest: 1000 }]);
    });
  });

  test("a failing source of rows fails the copy and the transaction", async () => {
    const rows = function* (): Generator<[number, string]> {
      yield [1, "x"];
      throw new Error("the file was cut in half");
    };
    await expect(made.database.transaction((transaction) => transaction.copy("note", ["number", "text"], rows()))).rejects.toThrow(
      "cut in half",
    );
  });

  test("what is announced reaches who listens, until they stop", async () => {
    const heard: string[] = [];
    const stop = await made.database.listen("news", (payload) => heard.push(payload));
    await made.database.notify("news", "one");
    await expect.poll(() => heard).toEqual(["one"]);
    await stop();
    await made.database.notify("news", "two");
    await made.database.query("select 1");
    expect(heard).toEqual(["one"]);
  });

  test("PostGIS measures on the ellipsoid", async () => {
    const [row] = await made.database.query<{ metres: number }>(
      "select ST_Distance('point(112 -7)'::geography, 'point(113 -7)'::geography) as metres",
    );
    // By hand: a cos φ / √(1 − e² sin² φ) · π/180 with WGS 84's a and e at φ = 7° gives 110,495.2 m along the parallel; the geodesic is cm shorter.
    expect(row?.metres).toBeCloseTo(110495.2, 0);
  });
});
