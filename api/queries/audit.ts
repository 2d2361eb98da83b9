import type { AuditAction } from "../contract/auditActions.ts";
import type { Queryable, Transaction } from "../database/database.ts";

/** What an entry says; the database adds its id and moment. */
export interface NewAuditEntry {
  readonly who: string;
  readonly role: string;
  readonly what: AuditAction;
  readonly object: string;
  readonly objects: readonly string[];
  readonly detailHash: string | null;
}

/** An entry as it stands. `notedAt` has milliseconds, all that the column keeps, so that no change of it goes unseen. */
export interface AuditEntry extends Omit<NewAuditEntry, "what"> {
  readonly id: number;
  readonly notedAt: string;
  readonly what: string;
}

/** A line of the chain and its entry; null where one is missing. */
export interface SealedEntry {
  readonly sequence: number;
  readonly entryId: number;
  readonly sealedAt: string;
  readonly hash: string;
  readonly entry: AuditEntry | null;
}

export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

// One process after the other seals: the lock ends with its transaction.
const sealingLock = 8_779_818;

const entryColumns = `e.id, e.noted_at as "notedAt", e.who, e.role, e.what, e.object, e.objects, e.detail_hash as "detailHash"`;

/** Adds entries, each waiting for its seal; they stand or fall with the transaction they are written in. One statement, whatever their number. */
export async function insertAuditEntries(database: Queryable, entries: readonly NewAuditEntry[]): Promise<void> {
  const sent = entries.map((entry) => ({ ...entry, detail_hash: entry.detailHash }));
  await database.query(
    `insert into audit_entry (who, role, what, object, objects, detail_hash)
     select who, role, what, object, objects, detail_hash
       from jsonb_to_recordset($1::jsonb) as n (who text, role text, what text, object text, objects text[], detail_hash text)`,
    [JSON.stringify(sent)],
  );
}

/** Takes the right to seal until the transaction ends; false when another process has it. */
export async function takeSealing(transaction: Transaction): Promise<boolean> {
  const rows = await transaction.query<{ taken: boolean }>("select pg_try_advisory_xact_lock($1) as taken", [sealingLock]);
  return rows[0]?.taken === true;
}

export async function hasUnsealed(database: Queryable): Promise<boolean> {
  const rows = await database.query<{ found: boolean }>("select exists (select 1 from audit_unsealed) as found");
  return rows[0]?.found === true;
}

/** The oldest entries that wait for their seal. */
export async function unsealedEntries(database: Queryable, limit: number): Promise<AuditEntry[]> {
  return database.query<AuditEntry>(
    `select ${entryColumns}
       from audit_unsealed u
       join audit_entry e on e.id = u.entry_id
      order by e.id
      limit $1`,
    [limit],
  );
}

/** Puts back in line what has no seal and does not wait for one: lines that were taken out, or a copy without them. */
export async function requeueUnsealed(transaction: Transaction): Promise<number> {
  const rows = await transaction.query(
    `insert into audit_unsealed (entry_id)
     select e.id
       from audit_entry e
      where not exists (select 1 from audit_seal s where s.entry_id = e.id)
         on conflict do nothing
     returning entry_id`,
  );
  return rows.length;
}

/** The last line of the chain, or null before the first. */
export async function auditHead(database: Queryable): Promise<AuditHead | null> {
  const rows = await database.query<AuditHead>("select sequence, hash from audit_seal order by sequence desc limit 1");
  return rows[0] ?? null;
}

/** Adds lines to the chain and takes their entries from those that wait. */
export async function insertSeals(transaction: Transaction, seals: readonly Omit<SealedEntry, "entry">[]): Promise<void> {
  await transaction.query(
    `with sealed as (
       insert into audit_seal (sequence, entry_id, sealed_at, hash)
       select *
         from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::text[])
       returning entry_id
     )
     delete from audit_unsealed u
      using sealed
      where u.entry_id = sealed.entry_id`,
    [seals.map((s) => s.sequence), seals.map((s) => s.entryId), seals.map((s) => s.sealedAt), seals.map((s) => s.hash)],
  );
}

/** The lines of the chain after one, with their entries, in order (walks the key of audit_seal). */
export async function sealedAfter(database: Queryable, sequence: number, limit: number): Promise<SealedEntry[]> {
  const rows = await database.query<Omit<AuditEntry, "id"> & Omit<SealedEntry, "entry"> & { id: number | null }>(
    `select s.sequence, s.entry_id as "entryId", s.sealed_at as "sealedAt", s.hash, ${entryColumns}
       from audit_seal s
       left join audit_entry e on e.id = s.entry_id
      where s.sequence > $1
      order by s.sequence
      limit $2`,
    [sequence, limit],
  );
  return rows.map(({ sequence: number, entryId, sealedAt, hash, id, ...entry }) => ({
    sequence: number,
    entryId,
    sealedAt,
    hash,
    entry: id === null ? null : { id, ...entry },
  }));
}

/** The hash that the chain has at a place, or null where it has none. */
export async function hashAt(database: Queryable, sequence: number): Promise<string | null> {
  const rows = await database.query<{ hash: string }>("select hash from audit_seal where sequence = $1", [sequence]);
  return rows[0]?.hash ?? null;
}

/** How many entries have no seal, and the oldest of them. */
export async function unsealedTail(database: Queryable): Promise<{ readonly count: number; readonly oldest: AuditEntry | null }> {
  const rows = await database.query<AuditEntry & { total: number }>(
    `select ${entryColumns}, count(*) over () as total
       from audit_entry e
      where not exists (select 1 from audit_seal s where s.entry_id = e.id)
      order by e.id
      limit 1`,
  );
  const [first] = rows;
  if (!first) return { count: 0, oldest: null };
  const { total, ...oldest } = first;
  return { count: total, oldest };
}

export interface AuditQuestion {
  readonly from: Date;
  readonly to: Date;
  readonly object: string | null;
  readonly who: string | null;
  readonly what: string | null;
  readonly after: number;
  readonly limit: number;
}

/** Who did and read what between two moments (the second excluded), oldest id first; `object` also finds pages that held it. */
export async function findAuditEntries(database: Queryable, asked: AuditQuestion): Promise<(AuditEntry & { sequence: number | null })[]> {
  return database.query<AuditEntry & { sequence: number | null }>(
    `select ${entryColumns}, s.sequence
       from audit_entry e
       left join audit_seal s on s.entry_id = e.id
      where e.noted_at >= $1 and e.noted_at < $2
        and ($3::text is null or e.object = $3 or e.objects @> array[$3])
        and ($4::text is null or e.who = $4)
        and ($5::text is null or e.what = $5)
        and e.id > $6
      order by e.id
      limit $7`,
    [asked.from, asked.to, asked.object, asked.who, asked.what, asked.after, asked.limit],
  );
}
