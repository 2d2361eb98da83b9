import type { Queryable, Transaction } from "../database/database.ts";

/** The power kept under a key, or null where it was never simulated. Kept as text, so that a replay finds its very bits in their order. */
export async function findPower<T>(database: Queryable, key: string): Promise<T | null> {
  const rows = await database.query<{ result: string }>("select result from power where key = $1", [key]);
  return rows[0] ? (JSON.parse(rows[0].result) as T) : null;
}

/** Keeps a simulated power. Two that simulated the same at once kept the same. */
export async function keepPower(transaction: Transaction, key: string, result: unknown, createdAt: Date): Promise<void> {
  await transaction.query(
    `insert into power (key, result, created_at)
     values ($1, $2, $3)
     on conflict (key) do nothing`,
    [key, JSON.stringify(result), createdAt],
  );
}
