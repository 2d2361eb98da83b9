/** What both engines offer. `postgres.ts` and `embedded.ts` implement it; nothing outside this folder knows which one runs. */

/** Anything one statement can be sent to. */
export interface Queryable {
  /**
   * Runs one statement and returns its rows (an empty list for a statement that returns none; write `returning` to get rows).
   *
   * Values come out alike on both engines: int2/int4/int8/numeric/float as number, date as "YYYY-MM-DD", timestamptz as RFC 3339 in UTC
   * with milliseconds, json and jsonb parsed, bytea as Uint8Array, arrays of these as arrays, everything else as text.
   * Values go in as null, number, boolean, string, Date, Uint8Array (bytea), array (`$1::text[]`), or a string made by JSON.stringify.
   */
  query<R = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<R[]>;
}

/** One open transaction. It must not be used after the work that received it has settled. */
export interface Transaction extends Queryable {
  /** Copies rows into a table, the same value rules as `query`; returns how many. `undefined` counts as null. */
  copy(table: string, columns: readonly string[], rows: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>): Promise<number>;
  /** The rows of a table as PostgreSQL's own COPY text, alike on both engines, in pieces of whole rows, one in memory at a time. */
  copyOut(table: string, columns: readonly string[]): AsyncIterable<Uint8Array>;
}

/** One transaction of the owner in a database that holds nothing yet, bound by no rule. */
export interface OwnerTransaction extends Queryable {
  /** Runs several statements at once. */
  script(sql: string): Promise<void>;
  /** Puts whole rows of COPY text into a table. */
  copyIn(table: string, columns: readonly string[], text: Uint8Array): Promise<void>;
}

/** How a transaction ends. */
export interface TransactionOptions {
  /** True: the promise resolves only after the commit is on the disk. This is also the default on both engines. */
  readonly durable?: boolean;
  /** True: much is written at once, so the embedded engine makes a checkpoint after the commit to keep its log short. */
  readonly bulk?: boolean;
  /** True: all that is read is one state of the data, and nothing is written. */
  readonly readOnly?: boolean;
}

/** A connected, migrated database. */
export interface Database extends Queryable {
  readonly kind: "embedded" | "postgres";
  /** Runs `work` in one transaction: commits when it resolves, rolls back when it throws, and passes the error on. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Runs work that reads: where there is a replica that has all that was committed before, what is asked goes there until the work writes something.
   * Absent: there is one server.
   */
  reading?<T>(work: () => Promise<T>): Promise<T>;
  /** Announces a payload (at most 8,000 bytes) to every listener of the channel, in all processes of this database. */
  notify(channel: string, payload: string): Promise<void>;
  /** Calls `handler` for every payload announced from now on; the returned function ends it. */
  listen(channel: string, handler: (payload: string) => void): Promise<() => Promise<void>>;
  /** Finishes what is under way, then closes. Idempotent. */
  close(): Promise<void>;
}

/** The database cannot be reached now; asking again later may work. Routes answer it with 503 and `Retry-After`. */
export class DatabaseAway extends Error {
  readonly code = "database_away";
  constructor(cause: unknown) {
    super("Basis data sedang tidak dapat dihubungi. / The database cannot be reached right now.", { cause });
    this.name = "DatabaseAway";
  }
}

/** The database cannot be opened by this process, and trying again will not help before somebody acts. The message says what to do, in Indonesian and English. */
export class DatabaseRefused extends Error {
  readonly code: "database_locked" | "database_newer" | "database_unsuitable";
  constructor(code: DatabaseRefused["code"], indonesian: string, english: string, cause?: unknown) {
    super(`${indonesian}\n${english}`, { cause });
    this.name = "DatabaseRefused";
    this.code = code;
  }
}

/** What the engine said about a statement it refused. */
export interface StatementFault {
  readonly message: string;
  /** SQLSTATE, such as 23505 for a key that is there already. */
  readonly code: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly position?: string | undefined;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly constraint?: string | undefined;
}

/** A statement was refused by the engine; the same class and fields on both engines. */
export class StatementError extends Error implements StatementFault {
  readonly code: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  readonly position: string | undefined;
  readonly schema: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;
  constructor(fault: StatementFault) {
    super(fault.message);
    this.name = "StatementError";
    this.code = fault.code;
    this.detail = fault.detail;
    this.hint = fault.hint;
    this.position = fault.position;
    this.schema = fault.schema;
    this.table = fault.table;
    this.column = fault.column;
    this.constraint = fault.constraint;
  }
}
