import type { Queryable, Transaction } from "../database/database.ts";

export interface OpenIdAttempt {
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

/** Keeps what a sign-in that goes to the provider must come back with, and drops those that never came back. */
export async function keepOpenIdAttempt(
  transaction: Transaction,
  attempt: OpenIdAttempt & { readonly stateHash: string; readonly now: Date; readonly expiresAt: Date },
): Promise<void> {
  await transaction.query("delete from openid_attempt where expires_at < $1", [attempt.now]);
  await transaction.query(
    `insert into openid_attempt (state_hash, nonce, verifier, return_to, expires_at)
     values ($1, $2, $3, $4, $5)`,
    [attempt.stateHash, attempt.nonce, attempt.verifier, attempt.returnTo, attempt.expiresAt],
  );
}

/** Takes an attempt up, once: whoever comes back with the same state again finds nothing. */
export async function takeOpenIdAttempt(transaction: Transaction, stateHash: string, now: Date): Promise<OpenIdAttempt | null> {
  const rows = await transaction.query<OpenIdAttempt>(
    `delete from openid_attempt
      where state_hash = $1 and expires_at > $2
     returning nonce, verifier, return_to as "returnTo"`,
    [stateHash, now],
  );
  return rows[0] ?? null;
}

/** The name of the person whom the provider knows by that subject. */
export async function nameOfSubject(database: Queryable, issuer: string, subject: string): Promise<string | null> {
  const rows = await database.query<{ name: string }>("select name from person where openid_issuer = $1 and openid_subject = $2", [
    issuer,
    subject,
  ]);
  return rows[0]?.name ?? null;
}

/** Ties a subject to the person with that address, unless the person is tied to another already; the name, or null. */
export async function bindSubject(transaction: Transaction, email: string, issuer: string, subject: string): Promise<string | null> {
  const rows = await transaction.query<{ name: string }>(
    `update person
        set openid_issuer = $2, openid_subject = $3
      where lower(email) = lower($1) and openid_subject is null
     returning name`,
    [email, issuer, subject],
  );
  return rows[0]?.name ?? null;
}

export async function unbindSubject(transaction: Transaction, name: string): Promise<void> {
  await transaction.query("update person set openid_issuer = null, openid_subject = null where name = $1", [name]);
}
