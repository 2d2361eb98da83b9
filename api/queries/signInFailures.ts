import type { Transaction } from "../database/database.ts";

/** How many failures in a row block, for how long the first time (then twice as long each time), at most how long, and when all is forgotten. */
export interface SlowDown {
  readonly failuresInARow: number;
  readonly firstSeconds: number;
  readonly mostSeconds: number;
  readonly forgottenAfterSeconds: number;
}

/**
 * Counts a try as a failure before it is made, so that tries at the same moment in several processes count each other; `takeBack` undoes it.
 * @returns 0 when the try may be made, else the seconds to wait.
 */
export async function countTry(transaction: Transaction, keyHash: string, now: Date, rule: SlowDown): Promise<number> {
  const counted = await transaction.query(
    `insert into sign_in_failure as kept (key_hash, failures, last_at, blocked_until)
     values ($1, 1, $2, $2)
     on conflict (key_hash) do update
        set failures = case when kept.last_at < $2::timestamptz - make_interval(secs => $6) then 1 else kept.failures + 1 end,
            last_at = $2,
            blocked_until = case
              when kept.last_at >= $2::timestamptz - make_interval(secs => $6) and (kept.failures + 1) % $3 = 0
              then $2::timestamptz + make_interval(secs => least($5::float8, $4::float8 * 2 ^ least((kept.failures + 1) / $3 - 1, 30)))
              else kept.blocked_until end
      where kept.blocked_until <= $2
     returning 1 as counted`,
    [keyHash, now, rule.failuresInARow, rule.firstSeconds, rule.mostSeconds, rule.forgottenAfterSeconds],
  );
  if (counted.length === 1) return 0;
  const rows = await transaction.query<{ seconds: number }>(
    "select ceil(extract(epoch from blocked_until - $2::timestamptz))::int as seconds from sign_in_failure where key_hash = $1",
    [keyHash, now],
  );
  return Math.max(1, rows[0]?.seconds ?? 1);
}

/** Undoes a counted try that was no failure, and the block that it began. */
export async function takeBack(transaction: Transaction, keyHash: string, now: Date, rule: SlowDown): Promise<void> {
  await transaction.query(
    `update sign_in_failure
        set failures = greatest(failures - 1, 0),
            blocked_until = case when failures % $3 = 0 then least(blocked_until, $2::timestamptz) else blocked_until end
      where key_hash = $1`,
    [keyHash, now, rule.failuresInARow],
  );
}

/** Forgets the failures of a key, and of all that have been quiet for long. */
export async function forgetFailures(transaction: Transaction, keyHash: string, now: Date, rule: SlowDown): Promise<void> {
  await transaction.query("delete from sign_in_failure where key_hash = $1 or last_at < $2::timestamptz - make_interval(secs => $3)", [
    keyHash,
    now,
    rule.forgottenAfterSeconds,
  ]);
}
