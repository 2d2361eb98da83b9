import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { carries, forgetActor, putActorOn, runAsInTransaction } from "./actingClient.ts";
import { currentActor } from "./actor.ts";
import { copyOutStatement, copyPieces, copyStatement, wholeRows } from "./copyText.ts";
import {
  type Database,
  DatabaseAway,
  DatabaseRefused,
  type OwnerTransaction,
  StatementError,
  type Transaction,
  type TransactionOptions,
} from "./database.ts";
import { listenOnPostgres } from "./listenOnPostgres.ts";
import { type MigrationConnection, migrate, shippedMigrations } from "./migrate.ts";
import { markTransaction, refuseInsideTransaction } from "./openTransaction.ts";
import { preparedName } from "./preparedNames.ts";
import { withReplica } from "./replica.ts";
import { engineItself, type RoleSwitch, switchTo } from "./roleSwitch.ts";
import { admitService, refuseMissingRoles, trustBoxes } from "./serviceRole.ts";
import { parserOf, textOf } from "./values.ts";

export interface PostgresOptions {
  readonly databaseUrl: string;
  readonly ownerUrl: string | null;
  readonly replicaUrl: string | null;
  readonly timeZone: string;
  readonly poolSize: number;
  /** True: acts as whoever signs in, whatever actor is named. */
  readonly withoutRules: boolean;
}

// "waspada" as a number: two processes that start at once must not both migrate.
const migrationLock = 8_779_811;
const connectMs = 5_000;
const statementMs = 120_000;
const bulkStatementMs = 30 * 60_000;

/**
 * Connects to a PostgreSQL server (15 or newer, with PostGIS) and migrates it as its owner; reads may go to its replica, where there is one.
 * Throws `DatabaseAway` or `DatabaseRefused`.
 */
export async function openPostgres({ databaseUrl, ownerUrl, replicaUrl, timeZone, ...options }: PostgresOptions): Promise<Database> {
  const settings = connectionSettings(databaseUrl, timeZone);
  await migrateAsOwner(connectionSettings(ownerUrl ?? databaseUrl, timeZone), settings);
  const primary = connect(settings, options);
  return replicaUrl === null ? primary : withReplica(primary, connect(connectionSettings(replicaUrl, timeZone), options));
}

function connect(settings: pg.ClientConfig, { poolSize, withoutRules }: Pick<PostgresOptions, "poolSize" | "withoutRules">): Database {
  const wanted = (): RoleSwitch => (withoutRules ? engineItself : switchTo(currentActor()));
  const pool = new pg.Pool({ ...settings, max: poolSize, idleTimeoutMillis: 60_000 });
  // Idle connections end when the server restarts; the pool drops them and connects anew.
  pool.on("error", () => undefined);
  const listening = listenOnPostgres(() => new pg.Client({ ...settings, statement_timeout: 0 }));
  let closing: Promise<void> | null = null;

  const query = async <R>(sql: string, values: readonly unknown[] = []): Promise<R[]> => {
    refuseInsideTransaction();
    return onClient(pool, wanted(), (client) => run<R>(client, sql, values));
  };
  return {
    kind: "postgres",
    query,
    async transaction(work, options = {}) {
      refuseInsideTransaction();
      return onClient(pool, wanted(), (client, throwAway) => runTransaction(client, { wanted, throwAway }, work, options));
    },
    async notify(channel, payload) {
      await run(pool, "select pg_notify($1, $2)", [channel, payload]);
    },
    listen: listening.listen,
    close() {
      closing ??= Promise.all([listening.close(), pool.end()]).then(() => undefined);
      return closing;
    },
  };
}

function connectionSettings(connectionString: string, timeZone: string): pg.ClientConfig {
  return {
    connectionString,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: bulkStatementMs,
    keepAlive: true,
    application_name: "waspada",
    // Kept parsed, planned anew: a plan for any bounding box or list of codes is a bad one for most.
    options: `-c plan_cache_mode=force_custom_plan -c TimeZone=${timeZone} -c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=1 -c bytea_output=hex`,
    types: { getTypeParser: ((typeId: number) => parserOf(typeId)) as pg.CustomTypesConfig["getTypeParser"] },
  };
}

async function migrateAsOwner(owner: pg.ClientConfig, service: pg.ClientConfig): Promise<void> {
  await onOwnClient(owner, async (connection) => {
    await refuseUnsuitable(connection.query);
    await connection.query("select pg_advisory_lock($1)", [migrationLock]);
    await migrate(connection, shippedMigrations()).catch(refuseMissingRoles);
    await trustBoxes(connection);
    await onOwnClient(service, (signedIn) => admitService(connection, signedIn));
  });
}

async function onOwnClient(
  settings: pg.ClientConfig,
  work: (connection: MigrationConnection, client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ ...settings, statement_timeout: 0 });
  client.on("error", () => undefined);
  try {
    await client.connect().catch(refuseOrRethrow);
    const connection: MigrationConnection = {
      query: (sql, values = []) => run(client, sql, values),
      async script(sql) {
        await client.query(sql).catch(rethrow);
      },
    };
    await work(connection, client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

// Class 28: wrong name or password; 3D: no such database. Waiting does not help there.
function refuseOrRethrow(error: unknown): never {
  if (!(error instanceof pg.DatabaseError) || !/^(28|3D)/.test(error.code ?? "")) rethrow(error);
  throw new DatabaseRefused(
    "database_unsuitable",
    `Server basis data menolak: ${error.message}. Periksa nama, kata sandi dan nama basis data pada DATABASE_URL.`,
    `The database server refuses: ${error.message}. Check user, password and database name in DATABASE_URL.`,
    error,
  );
}

async function refuseUnsuitable(query: Database["query"]): Promise<void> {
  const [server] = await query<{ version: number; hasPostgis: boolean }>(
    `select current_setting('server_version_num')::int as version,
            exists (select 1 from pg_available_extensions where name = 'postgis') as "hasPostgis"`,
  );
  if (server !== undefined && server.version >= 150_000 && server.hasPostgis) return;
  const found = `PostgreSQL ${Math.floor((server?.version ?? 0) / 10_000)}${server?.hasPostgis ? "" : " tanpa/without PostGIS"}`;
  throw new DatabaseRefused(
    "database_unsuitable",
    `Server basis data adalah ${found}; Waspada perlu PostgreSQL 15 atau lebih baru dengan PostGIS (Debian: postgresql-15-postgis-3).`,
    `The database server is ${found}; Waspada needs PostgreSQL 15 or newer with PostGIS (Debian: postgresql-15-postgis-3).`,
  );
}

/** Runs work on a connection of the pool that carries the actor. One that broke, or would not carry it, is thrown away. */
async function onClient<T>(
  pool: pg.Pool,
  actor: RoleSwitch,
  work: (client: pg.PoolClient, throwAway: () => void) => Promise<T>,
): Promise<T> {
  const client = await pool.connect().catch(rethrow);
  // A connection that breaks while it is in use also raises an event that nobody else hears.
  const hearFailure = (): void => undefined;
  client.on("error", hearFailure);
  let isUsable = false;
  try {
    await putActorOn(client, actor).catch(rethrow);
    isUsable = true;
    return await work(client, () => {
      isUsable = false;
    });
  } catch (error) {
    if (error instanceof DatabaseAway) isUsable = false;
    throw error;
  } finally {
    client.off("error", hearFailure);
    client.release(!isUsable);
  }
}

async function runTransaction<T>(
  client: pg.PoolClient,
  { wanted, throwAway }: { wanted: () => RoleSwitch; throwAway: () => void },
  work: (transaction: Transaction) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const actor = wanted();
  try {
    await run(client, options.readOnly === true ? "begin isolation level repeatable read, read only" : "begin");
    if (options.durable === false) await run(client, "set local synchronous_commit to off");
    if (options.bulk === true) await run(client, `set local statement_timeout to ${bulkStatementMs}`);
    const result = await markTransaction(() => work(transactionView(client, wanted)));
    await run(client, "commit");
    if (options.bulk === true) await run(client, "select analyze_tables()").catch(() => undefined);
    return result;
  } catch (error) {
    await run(client, "rollback").catch(throwAway);
    throw error;
  } finally {
    // What was switched inside may have been taken back with the rest.
    if (!carries(client, actor)) forgetActor(client);
  }
}

function transactionView(client: pg.PoolClient, wanted: () => RoleSwitch): Transaction {
  return {
    query: (sql, values = []) => runAsInTransaction(client, wanted(), () => run(client, sql, values)),
    async copy(table, columns, rows) {
      await runAsInTransaction(client, wanted(), async () => undefined);
      const stream = client.query(copyFrom(copyStatement(table, columns, "stdin")));
      let copied = 0;
      const pieces = async function* (): AsyncGenerator<Uint8Array> {
        for await (const piece of copyPieces(rows, columns.length, 2 ** 20)) {
          copied += piece.rows;
          yield piece.bytes;
        }
      };
      await pipeline(Readable.from(pieces(), { objectMode: true, highWaterMark: 2 }), stream).catch(rethrow);
      return copied;
    },
    async *copyOut(table, columns) {
      await runAsInTransaction(client, wanted(), async () => undefined);
      const stream = client.query(copyTo(copyOutStatement(table, columns, "stdout")));
      let isRead = false;
      try {
        yield* wholeRows(stream);
        isRead = true;
      } catch (error) {
        rethrow(error);
      } finally {
        // What nobody reads on can only be ended with its connection.
        if (!isRead) (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      }
    },
  };
}

/** Runs `work` in one transaction of the database's owner, without migrating it. Throws like `openPostgres`. */
export async function ownPostgres<T>(
  { databaseUrl, ownerUrl, timeZone }: Pick<PostgresOptions, "databaseUrl" | "ownerUrl" | "timeZone">,
  work: (owner: OwnerTransaction) => Promise<T>,
): Promise<T> {
  let result: { value: T } | undefined;
  await onOwnClient(connectionSettings(ownerUrl ?? databaseUrl, timeZone), async (connection, client) => {
    await refuseUnsuitable(connection.query);
    await connection.query("select pg_advisory_lock($1)", [migrationLock]);
    await connection.query("begin");
    const value = await work({
      ...connection,
      async copyIn(table, columns, text) {
        await pipeline(Readable.from([text]), client.query(copyFrom(copyStatement(table, columns, "stdin")))).catch(rethrow);
      },
    });
    await connection.query("commit");
    await connection.query("analyze");
    result = { value };
  });
  return (result as { value: T }).value;
}

async function run<R>(client: pg.Pool | pg.PoolClient | pg.Client, sql: string, values: readonly unknown[] = []): Promise<R[]> {
  const name = values.length > 0 ? preparedName(sql) : undefined;
  const result = await client.query({ text: sql, values: values.map(boundValue), ...(name ? { name } : {}) }).catch(rethrow);
  return (result.rows ?? []) as R[];
}

// Bytes go as they are, in binary; everything else as the text both engines read alike.
function boundValue(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : textOf(value);
}

// Class 08 connection exceptions, 57P the server stops or starts, 53300 too many connections, 53400 limits.
const isAway = (code: string): boolean => /^(08...|57P0[1-5]|53300|53400)$/.test(code);

const networkFaults = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

function rethrow(error: unknown): never {
  if (error instanceof pg.DatabaseError && error.code !== undefined && !isAway(error.code)) {
    const { code, message, detail, hint, position, schema, table, column, constraint } = error;
    throw new StatementError({ code, message, detail, hint, position, schema, table, column, constraint });
  }
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const isConnection =
    isAway(code) ||
    networkFaults.has(code) ||
    /Connection terminated|not queryable|timeout exceeded when trying to connect|connection timeout/i.test(String(error));
  throw isConnection ? new DatabaseAway(error) : error;
}
