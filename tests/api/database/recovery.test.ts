import { chmod, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DatabaseAway } from "../../../api/database/database.ts";
import { openDatabase } from "../../../api/database/open.ts";
import { clusterUrl, createCluster, startCluster, stopCluster } from "../../../scripts/privateCluster.ts";
import { openTestDatabase } from "../../fixtures/database.ts";

test("a server that goes away is an honest error, and it is used again once it is back", { timeout: 400_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "waspada-away-"));
  await chmod(folder, 0o711);
  const cluster = await createCluster(join(folder, "postgres"));
  const options = { databaseUrl: clusterUrl(cluster), ownerUrl: null, dataDirectory: "", timeZone: "Asia/Jakarta", withoutRules: true };
  const database = await openDatabase(options);
  const heard: string[] = [];
  await database.listen("news", (payload) => heard.push(payload));
  const interrupted = database.transaction(async (transaction) => {
    await transaction.query("create table half (number int)");
    await stopCluster(cluster);
    await transaction.query("select 1");
  });
  await expect(interrupted).rejects.toBeInstanceOf(DatabaseAway);
  await expect(database.query("select 1")).rejects.toBeInstanceOf(DatabaseAway);
  await startCluster(cluster);
  expect(await database.query("select to_regclass('half') as half")).toEqual([{ half: null }]);
  await expect
    .poll(
      async () => {
        await database.notify("news", "back");
        return heard.includes("back");
      },
      { timeout: 400_000, interval: 200 },
    )
    .toBe(true);
  await database.close();
  await stopCluster(cluster);
  await rm(folder, { recursive: true });
});

test("a server that never answered refuses the start as away", async () => {
  const options = { databaseUrl: "postgres://waspada:x@127.0.0.1:9/waspada", ownerUrl: null, dataDirectory: "", timeZone: "Asia/Jakarta" };
  await expect(openDatabase(options)).rejects.toBeInstanceOf(DatabaseAway);
});

test("a server that knows no such user refuses the start, naming what to check", async () => {
  const { options, remove } = await openTestDatabase("postgres");
  const wrong = { ...options, databaseUrl: (options.databaseUrl ?? "").replace(/:[^:@]+@/, ":wrong@") };
  await expect(openDatabase(wrong)).rejects.toMatchObject({
    code: "database_unsuitable",
    message: expect.stringContaining("DATABASE_URL"),
  });
  await remove();
});

test("an embedded engine that fails is an honest error, and the next request finds it started again with all that was committed", async () => {
  const { database, options, remove } = await openTestDatabase("embedded");
  await database.query("create table kept (number int)");
  await database.query("insert into kept values (7)");
  const log = join(options.dataDirectory, "engine/pg_wal");
  await rename(log, `${log}.away`);
  await database.query("select pg_switch_wal()");
  await expect(database.query("insert into kept values (8)")).rejects.toBeInstanceOf(DatabaseAway);
  await rename(`${log}.away`, log);
  expect(await database.query("select number from kept")).toEqual([{ number: 7 }]);
  await remove();
});
