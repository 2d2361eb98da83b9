import type { VillageCandidate } from "../contract/villageCandidates.ts";
import type { Database, Queryable, Transaction } from "../database/database.ts";

/** A row of a file that waits for a person. */
export interface QueueEntry {
  readonly row: number;
  /** Made from what the row says, so that the same file again meets it. */
  readonly id: string;
  /** A code of the catalogue of problems, and its details. */
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** The place as written; null where the place is not the question. */
  readonly place: string | null;
  /** What the row says, by field; from it is made what a person settles. */
  readonly record: Readonly<Record<string, unknown>>;
  /** Likeliest first. */
  readonly candidates: readonly VillageCandidate[];
  /** Rows of one group exclude each other; null excludes nothing. */
  readonly choiceGroup: string | null;
  readonly contentHash: string;
}

const columns = [
  "import_id",
  "row",
  "id",
  "reason",
  "details",
  "place",
  "record",
  "candidates",
  "area_codes",
  "choice_group",
  "content_hash",
] as const;

/** Puts rows aside that will wait in the queue once the import is committed. */
export async function stageQueued(database: Database, importId: string, entries: readonly QueueEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => [
    importId,
    entry.row,
    entry.id,
    entry.reason,
    JSON.stringify(entry.details),
    entry.place,
    JSON.stringify(entry.record),
    JSON.stringify(entry.candidates.map(({ villageCode, probability }) => ({ village_code: villageCode, probability }))),
    entry.candidates.map(({ villageCode }) => villageCode),
    entry.choiceGroup,
    entry.contentHash,
  ]);
  await database.transaction((transaction) => transaction.copy("staged_queued_row", columns, rows), { durable: false });
}

/** Takes rows out of staging that a person has settled before, whichever way; returns how many. */
export async function unstageSettled(database: Queryable, importId: string): Promise<number> {
  const rows = await database.query<{ row: number }>(
    `delete from staged_queued_row s
      using queued_row q
      where s.import_id = $1 and q.id = s.id and q.state <> 'waiting'
     returning s.row`,
    [importId],
  );
  return rows.length;
}

/** The rows that will wait, in the order of the file. */
export async function stagedQueued(
  database: Queryable,
  importId: string,
): Promise<{ row: number; reason: string; details: Record<string, unknown> }[]> {
  return database.query("select row, reason, details from staged_queued_row where import_id = $1 order by row, id", [importId]);
}

/** Puts the staged rows into the queue; those that wait there already stay as they are. Each new one begins its history. */
export async function storeQueued(
  transaction: Transaction,
  importId: string,
  file: { readonly kind: string; readonly name: string; readonly person: string; readonly at: Date },
): Promise<void> {
  await transaction.query(
    `with queued as (
       insert into queued_row (id, import_id, kind, file_name, row, reason, details, place, record, candidates, area_codes, choice_group, content_hash,
                               state, queued_by, queued_at)
       select id, import_id, $2, $3, row, reason, details, place, record, candidates, area_codes, choice_group, content_hash, 'waiting', $4, $5
         from staged_queued_row
        where import_id = $1
       on conflict (id) do nothing
       returning id)
     insert into queued_row_history (queued_row_id, version, operation, changed_at, changed_by, settlement)
     select id, 1, 'queue', $5, $4, '{}'::jsonb
       from queued`,
    [importId, file.kind, file.name, file.person, file.at],
  );
}

/** Takes incidents out of staging that a person has dropped from the queue before; returns how many. */
export async function unstageDropped(database: Queryable, importId: string): Promise<number> {
  const rows = await database.query<{ row: number }>(
    `delete from staged_incident s
      using queued_row q
      where s.import_id = $1 and q.choice_group = s.id and q.content_hash = s.content_hash and q.state = 'dropped'
     returning s.row`,
    [importId],
  );
  return rows.length;
}

/** Settles waiting rows whose incident this import has placed by itself, since it knows more places than the one that queued them. */
export async function settleByImport(transaction: Transaction, importId: string, person: string, at: Date): Promise<void> {
  await transaction.query(
    `with settled as (
       update queued_row q
          set state = 'placed', village_code = s.village_code, settled_by = $2, settled_at = $3, version = q.version + 1,
              outcome = jsonb_build_object('incident', s.id, 'version', 1)
         from staged_incident s
        where s.import_id = $1 and q.choice_group = s.id and q.content_hash = s.content_hash and q.state = 'waiting'
       returning q.id, q.version, q.village_code)
     insert into queued_row_history (queued_row_id, version, operation, changed_at, changed_by, settlement)
     select id, version, 'settle', $3, $2, jsonb_build_object('village_code', village_code)
       from settled`,
    [importId, person, at],
  );
}

/** Keeps where incidents of the import may have been, for those stored with several possible villages. */
export async function stageCandidates(
  database: Database,
  importId: string,
  incidents: readonly { readonly id: string; readonly candidates: readonly VillageCandidate[] }[],
): Promise<void> {
  const rows = incidents.flatMap(({ id, candidates }) =>
    candidates.map(({ villageCode, probability }) => [importId, id, villageCode, probability]),
  );
  if (rows.length === 0) return;
  await database.transaction(
    (transaction) => transaction.copy("staged_incident_candidate", ["import_id", "incident_id", "village_code", "probability"], rows),
    { durable: false },
  );
}

/** Stores them beside the incidents that were stored. */
export async function storeCandidates(transaction: Transaction, importId: string): Promise<void> {
  await transaction.query(
    `insert into incident_candidate (incident_id, village_code, probability)
     select c.incident_id, c.village_code, c.probability
       from staged_incident_candidate c
       join staged_incident s on s.import_id = c.import_id and s.id = c.incident_id
      where c.import_id = $1`,
    [importId],
  );
}
