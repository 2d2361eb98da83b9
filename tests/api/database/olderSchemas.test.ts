import { beforeAll, describe, expect, test } from "vitest";
import type { OwnerTransaction, Queryable } from "../../../api/database/database.ts";
import { migrate, shippedMigrations } from "../../../api/database/migrate.ts";
import { openDatabase, ownDatabase } from "../../../api/database/open.ts";
import { keptTables } from "../../../api/queries/backup.ts";
import { emptyPlace, engines } from "../../fixtures/database.ts";
import { olderRows } from "../../fixtures/olderRows.ts";
import { startProgram } from "../../fixtures/program.ts";

const shipped = shippedMigrations();

/** Migrations open transactions of their own; inside the owner's they are savepoints. */
function nested(owner: OwnerTransaction): OwnerTransaction {
  const inside: Readonly<Record<string, string>> = {
    begin: "savepoint step",
    commit: "release savepoint step",
    rollback: "rollback to savepoint step",
  };
  return { ...owner, query: (sql, values) => owner.query(inside[sql] ?? sql, values) };
}

const rowsOf = (database: Queryable, table: string): Promise<{ row: Record<string, unknown> }[]> =>
  database.query<{ row: Record<string, unknown> }>(`select to_jsonb(kept) as row from "${table}" kept`);

/** All that a schema is, in words that two databases share. */
async function schemaOf(database: Queryable): Promise<unknown> {
  const columns = await database.query(
    `select table_name, column_name, data_type, is_nullable, column_default
       from information_schema.columns
      where table_schema = 'public' and table_name not in ('geography_columns', 'geometry_columns', 'spatial_ref_sys')
      order by 1, 2`,
  );
  const constraints = await database.query(
    `select conrelid::regclass::text as on_table, pg_get_constraintdef(oid) as definition
       from pg_constraint
      where connamespace = 'public'::regnamespace and contype <> 'n'
      order by 1, 2`,
  );
  const indexes = await database.query("select tablename, indexdef from pg_indexes where schemaname = 'public' order by 1, 2");
  const rules = await database.query(
    "select tablename, policyname, roles, qual, with_check from pg_policies where schemaname = 'public' order by 1, 2",
  );
  return { columns, constraints, indexes, rules };
}

describe.each(engines)("released schemas on %s", (engine) => {
  let empty: unknown;
  beforeAll(async () => {
    const place = await emptyPlace(engine);
    const database = await openDatabase({ ...place.options, withoutRules: true });
    empty = await schemaOf(database);
    await database.close();
    await place.remove();
  }, 400_000);

  test("each, filled with rows of its own time, becomes the newest with every row in it", { timeout: 400_000 }, async () => {
    const place = await emptyPlace(engine);
    await ownDatabase(place.options, async (owner) => {
      const connection = nested(owner);
      const before = new Map<string, Record<string, unknown>[]>();
      for (const [index, { number }] of shipped.entries()) {
        await migrate(connection, shipped.slice(0, index + 1));
        for (const statement of olderRows[number] ?? []) await owner.query(statement);
        if (number !== 14) continue;
        for (const { table } of await keptTables(owner))
          before.set(
            table,
            (await rowsOf(owner, table)).map(({ row }) => row),
          );
      }
      const lasting = [...before].filter(([table]) => table !== "migration" && table !== "session");
      expect(lasting.filter(([, rows]) => rows.length === 0).map(([table]) => table)).toEqual([]);
      for (const [table, rows] of lasting) {
        const after = (await rowsOf(owner, table)).map(({ row }) => row);
        expect([table, after.length]).toEqual([table, rows.length]);
        for (const row of rows) expect(after).toContainEqual(expect.objectContaining(row));
      }
      expect(await schemaOf(owner)).toEqual(empty);
    });
    await place.remove();
  });

  test("a migration that is killed in the middle goes on at the next start and ends at the same schema", { timeout: 400_000 }, async () => {
    const place = await emptyPlace(engine);
    for (const afterMs of [1500, 3000]) {
      const program = startProgram("writer.ts", [JSON.stringify(place.options)]);
      await Promise.race([program.ended, new Promise((resolve) => setTimeout(resolve, afterMs))]);
      program.process.kill("SIGKILL");
      await program.ended;
    }
    const database = await openDatabase({ ...place.options, withoutRules: true });
    expect(await schemaOf(database)).toEqual(empty);
    expect(await database.query("select number from migration order by number")).toEqual(shipped.map(({ number }) => ({ number })));
    await database.close();
    await place.remove();
  });
});
