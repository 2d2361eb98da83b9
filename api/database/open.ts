import type { Database, OwnerTransaction } from "./database.ts";
import { openEmbedded, ownEmbedded } from "./embedded.ts";
import { openPostgres, ownPostgres } from "./postgres.ts";

export interface DatabaseOptions {
  /** A PostgreSQL address, or null for the embedded engine. */
  readonly databaseUrl: string | null;
  /** The address that migrates; null: the same as `databaseUrl`. */
  readonly ownerUrl: string | null;
  /** The address of a streaming replica of that server, for reads. */
  readonly replicaUrl?: string | null;
  /** Folder of the embedded engine. */
  readonly dataDirectory: string;
  /** An IANA time zone, in which a bare date is a day. */
  readonly timeZone: string;
  /** Most connections at once on a server, 10 unless told. */
  readonly poolSize?: number;
  /** For tests and measurements: every statement acts as whoever signs in, and passes the rules of the rows where that is a superuser. */
  readonly withoutRules?: boolean;
}

/**
 * Locks (embedded), opens and migrates the database.
 * Throws `DatabaseRefused` when another process holds the folder or the database is newer than this program, `DatabaseAway` when the server does not answer.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const withoutRules = options.withoutRules ?? false;
  return options.databaseUrl === null
    ? openEmbedded({ dataDirectory: options.dataDirectory, timeZone: options.timeZone, withoutRules })
    : openPostgres({
        databaseUrl: options.databaseUrl,
        ownerUrl: options.ownerUrl,
        replicaUrl: options.replicaUrl ?? null,
        timeZone: options.timeZone,
        poolSize: options.poolSize ?? 10,
        withoutRules,
      });
}

/**
 * Runs `work` in one transaction as the owner of a database that nothing else uses, before anything is migrated: all of it is done or nothing.
 * Throws like `openDatabase`.
 */
export async function ownDatabase<T>(options: DatabaseOptions, work: (owner: OwnerTransaction) => Promise<T>): Promise<T> {
  const { databaseUrl } = options;
  return databaseUrl === null ? ownEmbedded(options, work) : ownPostgres({ ...options, databaseUrl }, work);
}
