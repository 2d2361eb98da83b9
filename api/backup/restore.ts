import { createHash } from "node:crypto";
import type { OwnerTransaction, Queryable } from "../database/database.ts";
import { problem } from "../problem.ts";
import {
  countRows,
  emptyTable,
  identityStatements,
  keptTables,
  looseningStatements,
  sequenceValues,
  setSequence,
  standingRelations,
} from "../queries/backup.ts";
import type { Contents } from "./format.ts";
import { type CheckedBackup, piecesOf } from "./read.ts";

interface ShippedMigration {
  readonly number: number;
  readonly checksum: string;
}

/** Brings a database to the migrations of a list; each is a transaction of its own to it. */
type Migrate<M> = (connection: OwnerTransaction, migrations: readonly M[]) => Promise<number>;

// Migrations open transactions of their own; inside the restore's they are savepoints.
const insideOf = (owner: OwnerTransaction): OwnerTransaction => {
  const translated: Readonly<Record<string, string>> = {
    begin: "savepoint migration_step",
    commit: "release savepoint migration_step",
    rollback: "rollback to savepoint migration_step",
  };
  return { ...owner, query: (sql, values) => owner.query(translated[sql] ?? sql, values) };
};

/**
 * Refuses a backup that this program cannot bring up to date.
 * @throws backup_newer, backup_unlike
 */
export function refuseUnfit({ path, header }: CheckedBackup, shipped: readonly ShippedMigration[]): void {
  const newest = shipped.at(-1)?.number ?? 0;
  for (const { number, checksum } of header.migrations) {
    const known = shipped.find((migration) => migration.number === number);
    if (known === undefined) throw problem("backup_newer", { file: path, software: header.software, value: number, newest });
    if (known.checksum !== checksum) throw problem("backup_unlike", { file: path, software: header.software, value: number });
  }
}

/** How many rows were put where, and the identity key if the backup holds it. */
export interface Restored {
  readonly contents: Contents;
  readonly identityKey: Uint8Array | null;
}

/**
 * Fills an empty database from a checked backup inside the owner's transaction: the migrations the backup had, its rows, and then the migrations that came later. Every
 * reference between rows is checked again, every table compared with what the backup says of it.
 * @throws restore_not_empty, backup_newer, backup_unlike, backup_damaged; the transaction must then be given up.
 */
export async function restoreBackup<M extends ShippedMigration>(
  owner: OwnerTransaction,
  backup: CheckedBackup,
  shipped: readonly M[],
  migrate: Migrate<M>,
): Promise<Restored> {
  refuseUnfit(backup, shipped);
  const standing = await standingRelations(owner);
  if (standing.length > 0) throw problem("restore_not_empty", { value: standing.join(", ") });
  const had = new Set(backup.header.migrations.map(({ number }) => number));
  await migrate(
    insideOf(owner),
    shipped.filter(({ number }) => had.has(number)),
  );
  const { loosen, fasten } = await looseningStatements(owner);
  for (const statement of loosen) await owner.query(statement);
  const restored = await putRows(owner, backup);
  for (const statement of fasten) await owner.query(statement);
  await setSequences(owner, restored.contents);
  await migrate(insideOf(owner), shipped);
  return restored;
}

async function putRows(owner: OwnerTransaction, backup: CheckedBackup): Promise<Restored> {
  const tables = new Map((await keptTables(owner)).map(({ table, columns }) => [table, columns]));
  // Migrations put rows into some tables; the backup has them as they became.
  for (const table of tables.keys()) await emptyTable(owner, table);
  const damaged = (reason: string) => problem("backup_damaged", { file: backup.path, reason });
  const hashes = new Map([...tables.keys()].map((table) => [table, createHash("sha256")]));
  let identityKey: Uint8Array | null = null;
  for await (const { head, bytes } of piecesOf(backup)) {
    if (head.piece === "identity-key") identityKey = bytes;
    else if (head.piece === "end") {
      const contents = JSON.parse(Buffer.from(bytes).toString("utf8")) as Contents;
      await compare(owner, contents, hashes, damaged);
      return { contents, identityKey };
    } else {
      const hash = hashes.get(head.table);
      if (hash === undefined || head.columns.join() !== tables.get(head.table)?.join()) throw damaged(`${head.table}?`);
      hash.update(bytes);
      await owner.copyIn(head.table, head.columns, bytes);
    }
  }
  throw damaged("…");
}

async function compare(
  owner: Queryable,
  { tables }: Contents,
  hashes: ReadonlyMap<string, ReturnType<typeof createHash>>,
  damaged: (reason: string) => Error,
): Promise<void> {
  for (const { table, rows, sha256 } of tables) {
    const hash = hashes.get(table)?.digest("hex");
    const found = hash === undefined ? 0 : await countRows(owner, table);
    if (hash !== sha256 || found !== rows) throw damaged(`${table}: ${found} ≠ ${rows}`);
  }
}

async function setSequences(owner: Queryable, { sequences }: Contents): Promise<void> {
  for (const statement of await identityStatements(owner)) await owner.query(statement);
  const known = new Set((await sequenceValues(owner)).map(({ sequence }) => sequence));
  for (const { sequence, lastValue } of sequences) if (known.has(sequence)) await setSequence(owner, sequence, lastValue);
}
