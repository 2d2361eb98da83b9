import type { Transaction } from "../database/database.ts";

export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer kept under a key. Waits for a request with the same key that is under way, so that two at once are one. */
export async function findAnswer(
  transaction: Transaction,
  person: string,
  key: string,
): Promise<(KeptAnswer & { requestHash: string }) | null> {
  await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`idempotent ${person} ${key}`]);
  const rows = await transaction.query<KeptAnswer & { requestHash: string }>(
    `select request_hash as "requestHash", status, headers, body from idempotent_answer where person = $1 and key = $2`,
    [person, key],
  );
  return rows[0] ?? null;
}

export async function keepAnswer(
  transaction: Transaction,
  person: string,
  key: string,
  requestHash: string,
  answer: KeptAnswer,
  now: Date,
): Promise<void> {
  await transaction.query(
    `insert into idempotent_answer (person, key, request_hash, status, headers, body, created_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7)`,
    [person, key, requestHash, answer.status, JSON.stringify(answer.headers), answer.body, now],
  );
}
