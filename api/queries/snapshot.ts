import type { Database, Queryable } from "../database/database.ts";

/** Reads of several statements that see one state of the data: what is committed between them is not seen by any. */
export function readSnapshot<T>(database: Database, read: (snapshot: Queryable) => Promise<T>): Promise<T> {
  return database.transaction(read, { durable: false, readOnly: true });
}
