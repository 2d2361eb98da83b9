import type { Queryable, Transaction } from "../database/database.ts";

/** Keeps a key that waits to be confirmed. */
export async function offerTotp(transaction: Transaction, name: string, secret: string): Promise<void> {
  await transaction.query("update person set totp_offered = $2 where name = $1", [name, secret]);
}

export async function offeredTotp(database: Queryable, name: string): Promise<string | null> {
  const rows = await database.query<{ secret: string | null }>("select totp_offered as secret from person where name = $1", [name]);
  return rows[0]?.secret ?? null;
}

/** Turns the offered key on; `step` is the step of the code that confirmed it, which is thereby used up. */
export async function turnTotpOn(transaction: Transaction, name: string, step: number, codeHashes: readonly string[]): Promise<void> {
  await transaction.query(
    `update person
        set totp_secret = totp_offered, totp_offered = null, totp_last_step = $2
      where name = $1`,
    [name, step],
  );
  await transaction.query("delete from recovery_code where person_name = $1", [name]);
  await transaction.query(
    `insert into recovery_code (person_name, code_hash)
     select $1, hash from unnest($2::text[]) as hash`,
    [name, codeHashes],
  );
}

export async function turnTotpOff(transaction: Transaction, name: string): Promise<void> {
  await transaction.query("update person set totp_secret = null, totp_offered = null, totp_last_step = null where name = $1", [name]);
  await transaction.query("delete from recovery_code where person_name = $1", [name]);
}

/** Uses up a step of the clock, once over all processes; false when it, or a later one, was used already. */
export async function useTotpStep(transaction: Transaction, name: string, step: number): Promise<boolean> {
  const rows = await transaction.query(
    `update person
        set totp_last_step = $2
      where name = $1 and (totp_last_step is null or totp_last_step < $2)
     returning 1 as used`,
    [name, step],
  );
  return rows.length === 1;
}

/** Uses up a recovery code; false when there is no such code any more. */
export async function useRecoveryCode(transaction: Transaction, name: string, codeHash: string): Promise<boolean> {
  const rows = await transaction.query("delete from recovery_code where person_name = $1 and code_hash = $2 returning 1 as used", [
    name,
    codeHash,
  ]);
  return rows.length === 1;
}

export async function countRecoveryCodes(database: Queryable, name: string): Promise<number> {
  const rows = await database.query<{ n: number }>("select count(*)::int as n from recovery_code where person_name = $1", [name]);
  return rows[0]?.n ?? 0;
}
