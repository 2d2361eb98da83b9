import { type Database, DatabaseAway, StatementError } from "./database.ts";
import { readFromPrimary, readFromReplica, readsFrom } from "./reading.ts";
import { readTogether } from "./readTogether.ts";

const awayMilliseconds = 1_000;
const behindMilliseconds = 100;
const patienceMilliseconds = [2, 4, 8] as const;
// One that does not even tell its position is passed by, however long its connection takes to fail.
const answerMilliseconds = 250;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A place in the write-ahead log, "16/B374D848", as a number to compare. */
export function walPosition(text: string): bigint {
  const [high = "0", low = "0"] = text.split("/");
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

// 25006: asked to write. 40001 and 57P01–05: it had to give way to what it replays, or stops.
const isFaultOfReplica = (error: unknown): boolean =>
  error instanceof DatabaseAway || (error instanceof StatementError && /^(25006|40001|57P0\d|55000)$/.test(error.code));

/**
 * The primary with a streaming replica beside it. Work inside `reading` is read from the replica if that has replayed all that was committed when the
 * work began: whoever asks sees its own writes and those of everybody else. One that is behind, or away, is passed by.
 */
export function withReplica(primary: Database, replica: Database): Database {
  let avoidedUntil = 0;
  const avoid = (milliseconds: number): void => {
    avoidedUntil = Date.now() + milliseconds;
  };
  const committed = readTogether(async () => {
    const rows = await primary.query<{ position: string }>("select pg_current_wal_flush_lsn()::text as position");
    return walPosition(rows[0]?.position ?? "0/0");
  });
  // Null where the server is no replica, or not any more.
  const replayed = readTogether(async () => {
    const rows = await replica.query<{ position: string | null }>(
      "select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()::text end as position",
    );
    return rows[0]?.position ? walPosition(rows[0].position) : null;
  });

  const hasCaughtUp = async (): Promise<boolean> => {
    if (Date.now() < avoidedUntil) return false;
    const wanted = await committed();
    for (const milliseconds of [0, ...patienceMilliseconds]) {
      if (milliseconds > 0) await pause(milliseconds);
      const position = await replayed();
      if (position === null) break;
      if (position >= wanted) return true;
    }
    avoid(behindMilliseconds);
    return false;
  };
  const silence = async (): Promise<false> => {
    await pause(answerMilliseconds);
    return false;
  };
  const orPrimary = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    if (readsFrom() === "primary") return work(primary);
    try {
      return await work(replica);
    } catch (error) {
      if (!isFaultOfReplica(error)) throw error;
      if (error instanceof DatabaseAway) avoid(awayMilliseconds);
      readFromPrimary();
      return work(primary);
    }
  };

  return {
    ...primary,
    query: (sql, values) => orPrimary((database) => database.query(sql, values)),
    transaction(work, options) {
      if (options?.readOnly === true) return orPrimary((database) => database.transaction(work, options));
      readFromPrimary();
      return primary.transaction(work, options);
    },
    async reading(work) {
      const isUsable = await Promise.race([hasCaughtUp(), silence()]).catch((error: unknown) => {
        if (error instanceof DatabaseAway) avoid(awayMilliseconds);
        return false;
      });
      return isUsable ? readFromReplica(work) : work();
    },
    async close() {
      await Promise.all([primary.close(), replica.close()]);
    },
  };
}
