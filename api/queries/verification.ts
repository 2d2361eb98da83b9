import type { Queryable, Transaction } from "../database/database.ts";

export type ItemKind = "incident" | "report";
export type Level = "district" | "regency";

export interface VerificationStep {
  readonly version: number;
  readonly fromStatus: string;
  readonly fromLevel: Level | null;
  readonly toStatus: string;
  readonly toLevel: Level | null;
  readonly reason: string | null;
  readonly decidedAt: string;
  readonly decidedBy: string;
}

/** The level at which something counts as verified: kabupaten once its status says so, kecamatan while it is only reported. `alias` is the table's. */
export const levelSql = (alias: string): string =>
  `case when ${alias}.status = 'verified' then 'regency' when ${alias}.status = 'reported' and ${alias}.verification_level = 'district' then 'district' end`;

/** Adds a decision to the record. */
export async function recordStep(
  transaction: Transaction,
  kind: ItemKind,
  id: string,
  step: Omit<VerificationStep, "decidedAt"> & { decidedAt: Date },
): Promise<void> {
  await transaction.query(
    `insert into verification_step (kind, item_id, version, from_status, from_level, to_status, to_level, reason, decided_at, decided_by)
     values ($1, $2::uuid, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [kind, id, step.version, step.fromStatus, step.fromLevel, step.toStatus, step.toLevel, step.reason, step.decidedAt, step.decidedBy],
  );
}

/** The decisions about an incident or a report, oldest first, at most `limit` of them. */
export async function readSteps(
  database: Queryable,
  kind: ItemKind,
  id: string,
  limit: number,
): Promise<{ total: number; steps: VerificationStep[] }> {
  const counted = await database.query<{ n: number }>(
    "select count(*) as n from verification_step where kind = $1 and item_id = $2::uuid",
    [kind, id],
  );
  const steps = await database.query<VerificationStep>(
    `select version, from_status as "fromStatus", from_level as "fromLevel", to_status as "toStatus", to_level as "toLevel", reason,
            decided_at as "decidedAt", decided_by as "decidedBy"
       from verification_step
      where kind = $1 and item_id = $2::uuid
      order by id
      limit $3`,
    [kind, id, limit],
  );
  return { total: counted[0]?.n ?? 0, steps };
}

/** Writes the new state of what was verified or refused, with its next version. */
export async function setVerification(
  transaction: Transaction,
  kind: ItemKind,
  id: string,
  state: { version: number; status: string; level: Level | null },
): Promise<void> {
  await transaction.query(`update ${kind} set status = $2, verification_level = $3, version = $4 where id = $1::uuid`, [
    id,
    state.status,
    state.level,
    state.version,
  ]);
}
