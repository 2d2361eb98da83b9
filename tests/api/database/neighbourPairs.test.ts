import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Queryable } from "../../../api/database/database.ts";
import { engines, openTestDatabase, rolledBack, type TestDatabase } from "../../fixtures/database.ts";

const villages = ["99.01.01.2001", "99.01.01.2002", "99.01.01.2003"];

async function storeVillages(database: Queryable): Promise<void> {
  await database.query(
    `insert into area (code, level, name, vintage, province_code, regency_code, district_code, origin, geometry, geojson, label_point, area_km2, ring_hash, imported_at)
     select code, 'village', 'Desa', '2025', '99', '99.01', '99.01.01', 'file', ST_Multi(ST_MakeEnvelope(112, -7, 113, -6, 4326)), '{}', ST_Point(112.5, -6.5, 4326), 1, 'x', now()
       from unnest($1::text[]) as code`,
    [villages],
  );
}

const storePairs = (database: Queryable, pairs: readonly (readonly [number | string, number | string])[]): Promise<unknown[]> =>
  database.query(
    `insert into neighbour (from_code, to_code, is_rook, by_tolerance, border_metres, gap_metres)
     select one, other, true, false, 1, 0
       from unnest($1::text[], $2::text[]) as pair(one, other)`,
    [0, 1].map((side) => pairs.map((pair) => villages[pair[side as 0 | 1] as number] ?? pair[side as 0 | 1])),
  );

describe.each(engines)("pairs of neighbours on %s", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
  });
  afterAll(() => opened.remove());

  test("a pair whose one end is no area is refused with the whole statement, also when a pair is changed", async () => {
    const none = "99.01.01.2999";
    const tries = [
      (database: Queryable) =>
        storePairs(database, [
          [0, 1],
          [none, 1],
        ]),
      (database: Queryable) => storePairs(database, [[0, none]]),
      (database: Queryable) => database.query("update neighbour set to_code = $1", [none]),
    ];
    for (const attempt of tries) {
      const work = rolledBack(opened.database, async (transaction) => {
        await storeVillages(transaction);
        await storePairs(transaction, [[1, 2]]);
        await attempt(transaction);
      });
      await expect(work).rejects.toMatchObject({ code: "23503" });
    }
  });

  test("an area that goes takes its pairs with it, in both directions, and no others", async () => {
    const left = await rolledBack(opened.database, async (transaction) => {
      await storeVillages(transaction);
      await storePairs(transaction, [
        [0, 1],
        [1, 0],
        [1, 2],
        [2, 1],
      ]);
      await transaction.query("delete from area where code = $1", [villages[0]]);
      return transaction.query("select from_code, to_code from neighbour order by 1");
    });
    expect(left).toEqual([
      { from_code: villages[1], to_code: villages[2] },
      { from_code: villages[2], to_code: villages[1] },
    ]);
  });
});
