import { createHash } from "node:crypto";
import type { Transaction } from "../database/database.ts";
import { problem } from "../problem.ts";
import { findAnswer, type KeptAnswer, keepAnswer } from "../queries/idempotency.ts";

/** What a request was, so that the same key with another request is told. */
export function requestHash(method: string, path: string, body: unknown): string {
  return createHash("sha256")
    .update(`${method} ${path} ${JSON.stringify(body)}`)
    .digest("hex");
}

/**
 * Does a creating request once per Idempotency-Key and person: the answer is kept in the same transaction as what it created,
 * and given again word for word (201 becomes 200) to whoever repeats the request.
 * @throws key_reused when the key came with another request before.
 */
export async function once(
  transaction: Transaction,
  person: string,
  key: string | undefined,
  hash: string,
  now: Date,
  work: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  if (key === undefined) return work();
  if (key.length === 0 || key.length > 200)
    throw problem("invalid_parameter", { field: "Idempotency-Key", value: key, expected: "1–200 huruf / characters" });
  const kept = await findAnswer(transaction, person, key);
  if (kept) {
    if (kept.requestHash !== hash) throw problem("key_reused", { value: key });
    return { status: 200, headers: kept.headers, body: kept.body };
  }
  const answer = await work();
  await keepAnswer(transaction, person, key, hash, answer, now);
  return answer;
}
