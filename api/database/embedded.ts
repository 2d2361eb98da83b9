import { chmod, mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { isMainThread } from "node:worker_threads";
import { currentActor } from "./actor.ts";
import { copyOutEmbedded } from "./copyOutEmbedded.ts";
import { copyPieces, copyStatement } from "./copyText.ts";
import type { Database, OwnerTransaction, Queryable, Transaction, TransactionOptions } from "./database.ts";
import { connectEmbedded, type EmbeddedConnection } from "./embeddedConnection.ts";
import { finishEngineFolder, prepareEngineFolder } from "./engineFolder.ts";
import { lockFolder } from "./folderLock.ts";
import { makeListeners } from "./listeners.ts";
import { migrate, shippedMigrations } from "./migrate.ts";
import { markTransaction, refuseInsideTransaction } from "./openTransaction.ts";
import { engineItself, type RoleSwitch, switchTo } from "./roleSwitch.ts";
import { trustBoxes } from "./serviceRole.ts";
import { textOf } from "./values.ts";

export interface EmbeddedOptions {
  readonly dataDirectory: string;
  readonly timeZone: string;
  /** True: acts as the superuser that the engine is, whatever actor is named. */
  readonly withoutRules: boolean;
}

const maintenanceMs = 60_000;
const statementsBetweenVacuums = 5_000;

/**
 * Opens PostgreSQL with PostGIS inside this process, in a thread, with its files in a folder that no other process can open meanwhile.
 * One connection: statements wait in a queue, a transaction holds it to its end. Every commit is fsynced before it is acknowledged, but
 * for `durable: false`, whose last fraction of a second a crash may lose (never their order, never half of one).
 * A failed engine is started again by the next request. Cold start 9–14 s, from the seed or again 2–3 s; about 1 GB of memory.
 */
export async function openEmbedded({ dataDirectory, timeZone, withoutRules }: EmbeddedOptions): Promise<Database> {
  const folder = resolve(dataDirectory);
  // The engine makes some of its files by the process's default.
  if (isMainThread) process.umask(0o077);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const lock = lockFolder(folder);
  try {
    return await openLocked(folder, { timeZone, withoutRules }, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openLocked(
  folder: string,
  { timeZone, withoutRules }: Omit<EmbeddedOptions, "dataDirectory">,
  release: () => void,
): Promise<Database> {
  let connection = await firstConnection(folder, timeZone);
  const owner = migrationView(connection);
  await migrate(owner, shippedMigrations());
  await trustBoxes(owner);
  // What the engine copies from and to is a file to it, and is the memory of this process.
  await owner.query("grant pg_read_server_files to waspada_importer with inherit true");
  await owner.query("grant pg_write_server_files to waspada_archivist with inherit true");
  const wanted = (): RoleSwitch => (withoutRules ? engineItself : switchTo(currentActor()));

  let queue: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | null = null;
  let statementsSinceCheckpoint = 0;
  let statementsSinceVacuum = 0;
  const listeners = makeListeners();

  const exclusively = <T>(work: (connection: EmbeddedConnection) => Promise<T>): Promise<T> => {
    const turn = queue.then(async () => {
      if (connection.hasFailed) connection = await connectEmbedded({ folder: `${folder}/engine`, timeZone });
      return work(connection);
    });
    queue = turn.catch(() => undefined);
    return turn;
  };
  const refuseWhenClosed = (): void => {
    if (closing !== null) throw new Error("the database is closed");
  };
  // The engine has no background processes: nothing else shortens its log or clears away old versions of rows.
  const maintain = async (): Promise<void> => {
    if (statementsSinceCheckpoint === 0) return;
    statementsSinceVacuum += statementsSinceCheckpoint;
    statementsSinceCheckpoint = 0;
    if (statementsSinceVacuum >= statementsBetweenVacuums) {
      statementsSinceVacuum = 0;
      await exclusively((current) => current.ask({ kind: "script", sql: "vacuum", actor: engineItself }));
    }
    await exclusively((current) => current.ask({ kind: "script", sql: "checkpoint", actor: engineItself }));
  };
  const maintenance = setInterval(() => void maintain().catch(() => undefined), maintenanceMs);
  maintenance.unref();

  return {
    kind: "embedded",
    async query<R>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
      refuseWhenClosed();
      refuseInsideTransaction();
      statementsSinceCheckpoint++;
      const actor = wanted();
      return exclusively((current) => ask<R>(current, actor, sql, values));
    },
    async transaction(work, options = {}) {
      refuseWhenClosed();
      refuseInsideTransaction();
      statementsSinceCheckpoint++;
      return exclusively((current) => runTransaction(current, wanted, work, options));
    },
    async notify(channel, payload) {
      listeners.deliver(channel, payload);
    },
    async listen(channel, handler) {
      const remove = listeners.add(channel, handler);
      return async () => remove();
    },
    close() {
      clearInterval(maintenance);
      closing ??= queue.then(() => connection.close()).finally(release);
      return closing;
    },
  };
}

/**
 * Runs `work` in one transaction of the engine's owner on a folder that no other process has, without migrating it, then checkpoints and closes.
 * Throws `DatabaseRefused` like `openEmbedded`.
 */
export async function ownEmbedded<T>(
  { dataDirectory, timeZone }: Pick<EmbeddedOptions, "dataDirectory" | "timeZone">,
  work: (owner: OwnerTransaction) => Promise<T>,
): Promise<T> {
  const folder = resolve(dataDirectory);
  if (isMainThread) process.umask(0o077);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const lock = lockFolder(folder);
  try {
    const connection = await firstConnection(folder, timeZone);
    try {
      const owner: OwnerTransaction = {
        ...migrationView(connection),
        async copyIn(table, columns, text) {
          await connection.ask({
            kind: "copy",
            sql: copyStatement(table, columns, "'/dev/blob'"),
            bytes: Uint8Array.from(text),
            actor: engineItself,
          });
        },
      };
      await owner.query("begin");
      const result = await work(owner);
      await owner.query("commit");
      await owner.script("analyze; checkpoint");
      return result;
    } finally {
      await connection.close();
    }
  } finally {
    lock.release();
  }
}

async function firstConnection(folder: string, timeZone: string): Promise<EmbeddedConnection> {
  const engineFolder = await prepareEngineFolder(folder);
  const connection = await connectEmbedded({ folder: engineFolder.path, timeZone });
  if (engineFolder.isMade) return connection;
  await connection.ask({ kind: "script", sql: "create extension if not exists postgis", actor: engineItself });
  await connection.ask({ kind: "script", sql: "checkpoint", actor: engineItself });
  await finishEngineFolder(folder, engineFolder.path);
  return connection;
}

async function runTransaction<T>(
  connection: EmbeddedConnection,
  wanted: () => RoleSwitch,
  work: (transaction: Transaction) => Promise<T>,
  { durable = true, bulk = false, readOnly = false }: TransactionOptions,
): Promise<T> {
  const run = (sql: string): Promise<unknown> => connection.ask({ kind: "query", sql, values: [], actor: wanted() });
  await run(readOnly ? "begin isolation level repeatable read, read only" : "begin");
  let result: T;
  try {
    if (!durable) await run("set local synchronous_commit to off");
    result = await markTransaction(() => work(transactionView(connection, wanted)));
    await run("commit");
  } catch (error) {
    if (!connection.hasFailed) await run("rollback");
    throw error;
  }
  if (bulk) await connection.ask({ kind: "script", sql: "analyze; checkpoint", actor: engineItself });
  return result;
}

function transactionView(connection: EmbeddedConnection, wanted: () => RoleSwitch): Transaction {
  return {
    query: (sql, values = []) => ask(connection, wanted(), sql, values),
    async copy(table, columns, rows) {
      const sql = copyStatement(table, columns, "'/dev/blob'");
      let copied = 0;
      for await (const piece of copyPieces(rows, columns.length)) {
        await connection.ask({ kind: "copy", sql, bytes: piece.bytes, actor: wanted() });
        copied += piece.rows;
      }
      return copied;
    },
    copyOut: (table, columns) => copyOutEmbedded(connection, wanted, table, columns),
  };
}

function migrationView(connection: EmbeddedConnection): Queryable & { script(sql: string): Promise<void> } {
  return {
    query: (sql, values = []) => ask(connection, engineItself, sql, values),
    async script(sql) {
      await connection.ask({ kind: "script", sql, actor: engineItself });
    },
  };
}

async function ask<R>(connection: EmbeddedConnection, actor: RoleSwitch, sql: string, values: readonly unknown[]): Promise<R[]> {
  return (await connection.ask({ kind: "query", sql, values: values.map(textOf), actor })) as R[];
}
