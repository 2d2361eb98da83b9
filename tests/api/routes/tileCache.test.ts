import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actAs } from "../../../api/database/actor.ts";
import type { Database } from "../../../api/database/database.ts";
import { lockAreas } from "../../../api/queries/areasVersion.ts";
import { stageTiles, storeStagedTiles } from "../../../api/queries/tiles.ts";
import { TileCache } from "../../../api/routes/tileCache.ts";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";

const place = { collection: "villages", z: 8, x: 207, y: 133 } as const;

describe.each(engines)("kept tiles on %s", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
  });
  afterAll(async () => opened.remove());

  /** Puts a tile in place as an import of boundaries does, or takes it away. */
  const store = (bytes: number[] | null): Promise<void> =>
    actAs("importer", async () => {
      const importId = randomUUID();
      const data = bytes && Uint8Array.from(bytes);
      await stageTiles(opened.database, importId, [{ ...place, data, etag: data && `"${data.join("-")}"` }]);
      await opened.database.transaction(async (transaction) => {
        await lockAreas(transaction);
        await storeStagedTiles(transaction, importId);
      });
    });
  const bytesFrom = async (cache: TileCache): Promise<number[] | null> => {
    const tile = await actAs("aggregator", () => cache.get(place.collection, place.z, place.x, place.y));
    return tile && [...tile.data];
  };

  it("an import is seen by the next request, in each process", async () => {
    const [one, other] = [new TileCache(opened.database), new TileCache(opened.database)];
    for (const bytes of [null, [1, 2], [3], null]) {
      await store(bytes);
      expect(await bytesFrom(one)).toEqual(bytes);
      expect(await bytesFrom(other)).toEqual(bytes);
    }
  });

  it("a tile that was sent is read no second time while areas stay as they are, an empty one neither", async () => {
    await store([7]);
    let tilesRead = 0;
    const watched: Database = {
      ...opened.database,
      query: (sql, values) => {
        if (/from tile/.test(sql)) tilesRead++;
        return opened.database.query(sql, values);
      },
    };
    const cache = new TileCache(watched);
    for (const bytes of [[7], null]) {
      await store(bytes);
      tilesRead = 0;
      for (let times = 0; times < 3; times++) expect(await bytesFrom(cache)).toEqual(bytes);
      expect(tilesRead).toBe(1);
    }
  });
});
