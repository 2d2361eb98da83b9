import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseRefused, type Queryable } from "./database.ts";

/** One connection that can also run several statements at once. */
export interface MigrationConnection extends Queryable {
  script(sql: string): Promise<void>;
}

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The migrations that ship with the program, ascending; files are called `0001-what-it-adds.sql`. */
export function shippedMigrations(folder: string = join(import.meta.dirname, "migrations")): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, file), "utf8");
      return { number: Number(file.slice(0, 4)), name: file.slice(5, -4), sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * Brings the database to the newest shipped migration; returns its number. Each migration is one transaction with its own record in the
 * table `migration`, so a start that is cut off goes on where it stopped.
 * Throws `DatabaseRefused` when the database knows a migration that this program does not, or another text of one.
 */
export async function migrate(connection: MigrationConnection, migrations: readonly Migration[]): Promise<number> {
  await connection.script(
    `create table if not exists migration (
       number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now()
     )`,
  );
  const done = await connection.query<{ number: number; name: string; checksum: string }>(
    "select number, name, checksum from migration order by number",
  );
  for (const record of done) refuseUnknown(record, migrations);
  const doneNumbers = new Set(done.map(({ number }) => number));
  for (const migration of migrations) if (!doneNumbers.has(migration.number)) await apply(connection, migration);
  return migrations.at(-1)?.number ?? 0;
}

async function apply(connection: MigrationConnection, { number, name, sql, checksum }: Migration): Promise<void> {
  await connection.query("begin");
  try {
    await connection.script(sql);
    await connection.query("insert into migration (number, name, checksum) values ($1, $2, $3)", [number, name, checksum]);
    await connection.query("commit");
  } catch (error) {
    await connection.query("rollback");
    throw new Error(`migration ${number} (${name}) failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function refuseUnknown(record: { number: number; name: string; checksum: string }, migrations: readonly Migration[]): void {
  const shipped = migrations.find(({ number }) => number === record.number);
  if (shipped === undefined) {
    const newest = migrations.at(-1)?.number ?? 0;
    throw new DatabaseRefused(
      "database_newer",
      `Basis data ini sudah pada migrasi ${record.number}, program ini hanya mengenal sampai ${newest}. Pasang versi Waspada yang lebih baru.`,
      `This database is at migration ${record.number}, this program knows them up to ${newest}. Install a newer Waspada.`,
    );
  }
  if (shipped.checksum !== record.checksum) {
    throw new DatabaseRefused(
      "database_unsuitable",
      `Migrasi ${record.number} (${record.name}) di basis data ini berbeda dari yang dibawa program. Pakai versi Waspada yang membuatnya.`,
      `Migration ${record.number} (${record.name}) in this database differs from the one this program ships. Use the Waspada that made it.`,
    );
  }
}
