import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Transaction } from "../../../api/database/database.ts";
import { type Migration, type MigrationConnection, migrate, shippedMigrations } from "../../../api/database/migrate.ts";
import { engines, openTestDatabase, rolledBack, type TestDatabase } from "../../fixtures/database.ts";

const migration = (number: number, sql: string): Migration => ({ number, name: `step-${number}`, sql, checksum: sql });
const first = migration(1, "create table first_step (number int)");
const second = migration(2, "create table second_step (number int)");
const broken = migration(2, "create table second_step (number int, nonsense");

// Migrations open transactions of their own; inside the test's they become savepoints, in a schema of the test's own.
function nested(transaction: Transaction): MigrationConnection {
  const translated: Readonly<Record<string, string>> = {
    begin: "savepoint step",
    commit: "release savepoint step",
    rollback: "rollback to savepoint step",
  };
  return {
    query: (sql, values) => transaction.query(translated[sql] ?? sql, values),
    async script(sql) {
      await transaction.query(sql);
    },
  };
}

describe.each(engines)("migrations on %s", (engine) => {
  let made: TestDatabase;
  beforeAll(async () => {
    made = await openTestDatabase(engine);
  });
  afterAll(() => made?.remove());

  const inNewSchema = (work: (connection: MigrationConnection) => Promise<void>): Promise<void> =>
    rolledBack(made.database, async (transaction) => {
      await transaction.query("create schema tried");
      await transaction.query("set local search_path to tried, public");
      await work(nested(transaction));
    });

  test("an opened database is at the newest shipped migration", async () => {
    const done = await made.database.query("select number, checksum from migration order by number");
    expect(done).toEqual(shippedMigrations().map(({ number, checksum }) => ({ number, checksum })));
  });

  test("a migration is applied once", () =>
    inNewSchema(async (connection) => {
      await connection.query("create table tried.migration (like public.migration including all)");
      expect(await migrate(connection, [first])).toBe(1);
      expect(await migrate(connection, [first, second])).toBe(2);
      expect(await migrate(connection, [first, second])).toBe(2);
      expect(await connection.query("select number from migration order by number")).toEqual([{ number: 1 }, { number: 2 }]);
    }));

  test("a migration that fails leaves the ones before it done and nothing of itself, and can be taken up again", () =>
    inNewSchema(async (connection) => {
      await connection.query("create table tried.migration (like public.migration including all)");
      await expect(migrate(connection, [first, broken])).rejects.toThrow("migration 2 (step-2) failed");
      expect(await connection.query("select number from migration")).toEqual([{ number: 1 }]);
      expect(await migrate(connection, [first, second])).toBe(2);
    }));

  test("a database newer than the program is refused", () =>
    inNewSchema(async (connection) => {
      await connection.query("create table tried.migration (like public.migration including all)");
      await migrate(connection, [first, second]);
      await expect(migrate(connection, [first])).rejects.toMatchObject({ code: "database_newer" });
    }));

  test("a migration whose text changed after it was applied is refused", () =>
    inNewSchema(async (connection) => {
      await connection.query("create table tried.migration (like public.migration including all)");
      await migrate(connection, [first]);
      await expect(migrate(connection, [{ ...first, checksum: "other" }])).rejects.toMatchObject({ code: "database_unsuitable" });
    }));
});
