import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../../api/database/open.ts";
import { openTestDatabase } from "../../fixtures/database.ts";

test("the embedded engine's files are for their owner alone, and a folder of another PostgreSQL is refused", async () => {
  const { database, options, remove } = await openTestDatabase("embedded");
  await database.query("create table note (number int)");
  await database.close();
  const entries = readdirSync(options.dataDirectory, { recursive: true, encoding: "utf8" });
  expect(entries.length).toBeGreaterThan(500);
  expect(entries.filter((entry) => (statSync(join(options.dataDirectory, entry)).mode & 0o077) !== 0)).toEqual([]);

  writeFileSync(join(options.dataDirectory, "engine/PG_VERSION"), "17\n");
  await expect(openDatabase(options)).rejects.toMatchObject({
    code: "database_unsuitable",
    message: expect.stringContaining("PostgreSQL 17"),
  });
  await remove();
});
