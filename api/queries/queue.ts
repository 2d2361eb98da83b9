import type { QueueKind, QueueState } from "../contract/queue.ts";
import type { Queryable, Transaction } from "../database/database.ts";

export interface StoredQueuedRow {
  readonly id: string;
  readonly kind: QueueKind;
  readonly importId: string;
  readonly fileName: string;
  readonly row: number;
  readonly reason: string;
  readonly details: Record<string, unknown>;
  readonly place: string | null;
  readonly record: Record<string, unknown>;
  readonly candidates: readonly { readonly village_code: string; readonly probability: number }[];
  readonly areaCodes: readonly string[];
  readonly choiceGroup: string | null;
  readonly contentHash: string;
  readonly state: QueueState;
  readonly queuedBy: string;
  readonly queuedAt: string;
  readonly settledBy: string | null;
  readonly settledAt: string | null;
  readonly villageCode: string | null;
  readonly dropReason: string | null;
  readonly outcome: Record<string, unknown> | null;
  readonly version: number;
}

/** Who asks: rows are seen by those who may see all of their candidates; rows without any by who sent them, and by who is bound to no area. */
export interface QueueReader {
  readonly name: string;
  readonly areas: readonly string[] | null;
}

export interface QueueFilter {
  readonly kind: QueueKind | null;
  readonly state: QueueState | null;
  readonly within: string | null;
  readonly importId: string | null;
}

const columns = `id::text as id, kind, import_id::text as "importId", file_name as "fileName", row, reason, details, place, record, candidates,
  area_codes as "areaCodes", choice_group::text as "choiceGroup", content_hash as "contentHash", state, queued_by as "queuedBy", queued_at as "queuedAt",
  settled_by as "settledBy", settled_at as "settledAt", village_code as "villageCode", drop_reason as "dropReason", outcome, version`;

const seen = `($1::text[] is null
   or (cardinality(area_codes) = 0 and queued_by = $2)
   or (cardinality(area_codes) > 0 and not exists (
         select 1
           from unnest(area_codes) as listed(code)
          where not exists (select 1 from unnest($1::text[]) as allowed(code) where listed.code = allowed.code or listed.code like allowed.code || '.%'))))`;

const filtered = `($3::text is null or kind = $3) and ($4::text is null or state = $4) and ($5::uuid is null or import_id = $5::uuid)
   and ($6::text is null or exists (select 1 from unnest(area_codes) as listed(code) where listed.code = $6 or listed.code like $6 || '.%'))`;

/** A page of the queue, the longest waiting first, with how many rows there are in all. */
export async function listQueued(
  database: Queryable,
  reader: QueueReader,
  filter: QueueFilter,
  page: { readonly limit: number; readonly after: { readonly queuedAt: string; readonly row: number; readonly id: string } | null },
): Promise<{ rows: StoredQueuedRow[]; numberMatched: number }> {
  const values = [reader.areas, reader.name, filter.kind, filter.state, filter.importId, filter.within];
  const counted = await database.query<{ n: number }>(`select count(*) as n from queued_row where ${seen} and ${filtered}`, values);
  const rows = await database.query<StoredQueuedRow>(
    `select ${columns}
       from queued_row
      where ${seen} and ${filtered} and ($7::timestamptz is null or (queued_at, row, id) > ($7::timestamptz, $8::int, $9::uuid))
      order by queued_at, row, id
      limit $10`,
    [...values, page.after?.queuedAt ?? null, page.after?.row ?? null, page.after?.id ?? null, page.limit],
  );
  return { rows, numberMatched: counted[0]?.n ?? 0 };
}

/** One row that the person may see, locked until the transaction ends; null where there is none. */
export async function lockQueued(transaction: Transaction, id: string, reader: QueueReader): Promise<StoredQueuedRow | null> {
  const rows = await transaction.query<StoredQueuedRow>(
    `select ${columns}
       from queued_row
      where ${seen} and id = $3::uuid
        for update`,
    [reader.areas, reader.name, id],
  );
  return rows[0] ?? null;
}

/** The waiting rows of the same choices, by group. */
export async function waitingTogether(database: Queryable, groups: readonly string[]): Promise<{ id: string; choiceGroup: string }[]> {
  return database.query(
    `select id::text as id, choice_group::text as "choiceGroup"
       from queued_row
      where choice_group = any ($1::uuid[]) and state = 'waiting'
      order by row, id`,
    [groups],
  );
}

export interface QueueChange {
  readonly state: QueueState;
  readonly operation: "settle" | "drop" | "undo";
  readonly person: string;
  readonly at: Date;
  readonly villageCode: string | null;
  readonly dropReason: string | null;
  readonly outcome: Readonly<Record<string, unknown>> | null;
  readonly settlement: unknown;
}

/** Changes what was decided about a row and adds a line to its history. */
export async function changeQueued(transaction: Transaction, id: string, change: QueueChange): Promise<void> {
  const isOpen = change.state === "waiting";
  await transaction.query(
    `update queued_row
        set state = $2, settled_by = $3, settled_at = $4, village_code = $5, drop_reason = $6, outcome = $7::jsonb, version = version + 1
      where id = $1::uuid`,
    [
      id,
      change.state,
      isOpen ? null : change.person,
      isOpen ? null : change.at,
      change.villageCode,
      change.dropReason,
      change.outcome === null ? null : JSON.stringify(change.outcome),
    ],
  );
  await transaction.query(
    `insert into queued_row_history (queued_row_id, version, operation, changed_at, changed_by, settlement)
     select id, version, $2, $3, $4, $5::jsonb
       from queued_row
      where id = $1::uuid`,
    [id, change.operation, change.at, change.person, JSON.stringify(change.settlement)],
  );
}

/** Gives an incident the hash of the row it was made from, so that the same file again meets it. */
export async function keepContentHash(transaction: Transaction, incident: string, contentHash: string): Promise<void> {
  await transaction.query("update incident set content_hash = $2 where id = $1::uuid", [incident, contentHash]);
}

/** Brings back an incident that was withdrawn when its settlement was undone; returns whether there was one. */
export async function bringBack(transaction: Transaction, incident: string): Promise<number | null> {
  const rows = await transaction.query<{ version: number }>(
    `update incident
        set withdrawn_at = null
      where id = $1::uuid and withdrawn_at is not null
     returning version`,
    [incident],
  );
  return rows[0]?.version ?? null;
}
