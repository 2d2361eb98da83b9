import type { Transaction } from "../database/database.ts";

export interface ActiveMerge {
  readonly id: string;
  readonly into: string;
  readonly statusBefore: string;
  readonly levelBefore: "district" | "regency" | null;
}

/** The merge that holds for an incident, or null where it is not merged. */
export async function activeMerge(transaction: Transaction, incidentId: string): Promise<ActiveMerge | null> {
  const rows = await transaction.query<ActiveMerge>(
    `select id::text as id, into_id::text as into, status_before as "statusBefore", level_before as "levelBefore"
       from incident_merge
      where from_id = $1::uuid and unmerged_at is null`,
    [incidentId],
  );
  return rows[0] ?? null;
}

/**
 * Moves the reports of one incident to another and remembers which moved, and which the other had of its own: those that are tied to it and came with no merge
 * that still holds. Returns the reports that moved.
 */
export async function recordMerge(
  transaction: Transaction,
  merge: {
    id: string;
    from: string;
    into: string;
    statusBefore: string;
    levelBefore: string | null;
    reason: string | null;
    at: Date;
    person: string;
  },
): Promise<string[]> {
  const { id, from, into } = merge;
  await transaction.query(
    `insert into incident_merge (id, from_id, into_id, status_before, level_before, reason, merged_at, merged_by)
     values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7, $8)`,
    [id, from, into, merge.statusBefore, merge.levelBefore, merge.reason, merge.at, merge.person],
  );
  const moved = await transaction.query<{ id: string }>(
    `insert into incident_merge_report (merge_id, report_id, was_there)
     select $1::uuid, tied.report_id,
            exists (select 1 from report_incident own where own.incident_id = $3::uuid and own.report_id = tied.report_id)
            and not exists (
              select 1
                from incident_merge_report came
                join incident_merge other on other.id = came.merge_id
               where came.report_id = tied.report_id and other.into_id = $3::uuid and other.unmerged_at is null and not came.was_there)
       from report_incident tied
      where tied.incident_id = $2::uuid
     returning report_id::text as id`,
    [id, from, into],
  );
  await transaction.query(
    `insert into report_incident (report_id, incident_id)
     select report_id, $2::uuid
       from incident_merge_report
      where merge_id = $1::uuid
         on conflict do nothing`,
    [id, into],
  );
  await transaction.query("delete from report_incident where incident_id = $1::uuid", [from]);
  return moved.map((report) => report.id);
}

/** Gives the reports of a merge back to the incident they came from; the other keeps those of its own and those of other merges that hold. */
export async function undoMerge(
  transaction: Transaction,
  merge: { id: string; from: string; into: string; at: Date; person: string },
): Promise<string[]> {
  const { id, from, into } = merge;
  await transaction.query("update incident_merge set unmerged_at = $2, unmerged_by = $3 where id = $1::uuid", [id, merge.at, merge.person]);
  const back = await transaction.query<{ id: string }>(
    `insert into report_incident (report_id, incident_id)
     select report_id, $2::uuid
       from incident_merge_report
      where merge_id = $1::uuid
         on conflict do nothing
     returning report_id::text as id`,
    [id, from],
  );
  await transaction.query(
    `delete from report_incident tied
      using incident_merge_report moved
      where moved.merge_id = $1::uuid and not moved.was_there and tied.incident_id = $2::uuid and tied.report_id = moved.report_id
        and not exists (
              select 1
                from incident_merge_report came
                join incident_merge other on other.id = came.merge_id
               where came.report_id = moved.report_id and other.into_id = $2::uuid and other.unmerged_at is null)`,
    [id, into],
  );
  return back.map((report) => report.id);
}

/** Writes what an incident is merged into, its status and its next version. */
export async function setMerged(
  transaction: Transaction,
  id: string,
  state: { into: string | null; status: string; level: string | null; version: number },
): Promise<void> {
  await transaction.query(
    "update incident set merged_into = $2::uuid, status = $3, verification_level = $4, version = $5 where id = $1::uuid",
    [id, state.into, state.status, state.level, state.version],
  );
}

/** The next version of an incident whose reports changed. */
export async function advanceIncident(transaction: Transaction, id: string): Promise<void> {
  await transaction.query("update incident set version = version + 1 where id = $1::uuid", [id]);
}

/** Keeps on record that two incidents are not the same, so that they are not proposed again; or takes that back. */
export async function setDifferent(
  transaction: Transaction,
  pair: readonly [string, string],
  decided: { isDifferent: boolean; at: Date; person: string },
): Promise<void> {
  if (decided.isDifferent) {
    await transaction.query(
      `insert into incident_not_duplicate (first_id, second_id, decided_at, decided_by)
       values (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), $3, $4)
           on conflict do nothing`,
      [...pair, decided.at, decided.person],
    );
    return;
  }
  await transaction.query(
    "delete from incident_not_duplicate where first_id = least($1::uuid, $2::uuid) and second_id = greatest($1::uuid, $2::uuid)",
    [...pair],
  );
}
