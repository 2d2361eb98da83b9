import type { Queryable, Transaction } from "../database/database.ts";

const keepingLock = 8_779_820;

/** What became of reports and incidents that no longer count, and when: drafts since their last change, the others since the decision. */
export type Ended = "draft" | "rejected" | "withdrawn";
export type Noun = "report" | "incident";

// Never built from input: one of these six.
const endedBefore: Readonly<Record<Noun, Readonly<Record<Ended, string>>>> = { report: endedOf("report"), incident: endedOf("incident") };

function endedOf(noun: Noun): Record<Ended, string> {
  const lastChange = `coalesce((select max(h.changed_at) from ${noun}_history h where h.${noun}_id = i.id), i.recorded_at)`;
  const merged = noun === "incident" ? " and not exists (select 1 from incident other where other.merged_into = i.id)" : "";
  return {
    draft: `i.status = 'draft' and i.withdrawn_at is null and ${lastChange} < $1`,
    rejected: `i.status = 'rejected' and i.withdrawn_at is null and ${lastChange} < $1${merged}`,
    withdrawn: `i.withdrawn_at < $1${merged}`,
  };
}

/** Takes the right to purge until the transaction ends; false when another process has it. */
export async function takeKeeping(transaction: Transaction): Promise<boolean> {
  const rows = await transaction.query<{ taken: boolean }>("select pg_try_advisory_xact_lock($1) as taken", [keepingLock]);
  return rows[0]?.taken === true;
}

export async function endedIds(database: Queryable, noun: Noun, ended: Ended, before: Date, limit: number): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `select i.id::text as id
       from ${noun} i
      where ${endedBefore[noun][ended]}
      order by i.id
      limit $2`,
    [before, limit],
  );
  return rows.map(({ id }) => id);
}

export async function countEnded(database: Queryable, noun: Noun, ended: Ended, before: Date): Promise<number> {
  const rows = await database.query<{ n: number }>(`select count(*) as n from ${noun} i where ${endedBefore[noun][ended]}`, [before]);
  return rows[0]?.n ?? 0;
}

/** Removes reports or incidents with their whole history and what hangs on them. */
export async function removeEnded(transaction: Transaction, noun: Noun, ids: readonly string[]): Promise<void> {
  await transaction.query("delete from verification_step where kind = $1 and item_id = any($2::uuid[])", [noun, ids]);
  await transaction.query(`delete from ${noun} where id = any($1::uuid[])`, [ids]);
}

/** Identities that still stand among these reports. */
export async function identitiesAmong(
  database: Queryable,
  reportIds: readonly string[],
): Promise<{ id: string; leaf: number; reportId: string }[]> {
  return database.query(
    `select id, leaf, report_id as "reportId"
       from reporter_identity
      where report_id = any($1::uuid[]) and erased_at is null`,
    [reportIds],
  );
}

export async function countIdentities(database: Queryable, before: Date): Promise<number> {
  const rows = await database.query<{ n: number }>(
    "select count(*) as n from reporter_identity where erased_at is null and filed_at < $1",
    [before],
  );
  return rows[0]?.n ?? 0;
}

export async function countAttachments(database: Queryable, before: Date): Promise<number> {
  const rows = await database.query<{ n: number }>("select count(*) as n from attachment where withdrawn_at < $1", [before]);
  return rows[0]?.n ?? 0;
}

/** Removes withdrawn attachments, and bytes that no attachment has any more; the ids of those removed. */
export async function removeAttachments(transaction: Transaction, before: Date, limit: number): Promise<string[]> {
  const rows = await transaction.query<{ id: string }>(
    `delete from attachment
      where id in (select id from attachment where withdrawn_at < $1 order by id limit $2)
     returning id::text as id`,
    [before, limit],
  );
  return rows.map(({ id }) => id);
}

/** Removes bytes that no attachment has any more. */
export async function removeLooseBytes(transaction: Transaction): Promise<void> {
  await transaction.query(
    "delete from attachment_part p where not exists (select 1 from attachment a where a.sha256 = p.sha256) and not exists (select 1 from visit_attachment v where v.sha256 = p.sha256)",
  );
}

const ephemeral = {
  sessions: "session where expires_at < $1",
  answers: "idempotent_answer where created_at < $1",
} as const;

export async function countEphemeral(database: Queryable, kind: keyof typeof ephemeral, before: Date): Promise<number> {
  const rows = await database.query<{ n: number }>(`select count(*) as n from ${ephemeral[kind]}`, [before]);
  return rows[0]?.n ?? 0;
}

export async function removeEphemeral(transaction: Transaction, kind: keyof typeof ephemeral, before: Date): Promise<number> {
  return (await transaction.query(`delete from ${ephemeral[kind]} returning 1 as removed`, [before])).length;
}
