import type { Queryable, Transaction } from "../database/database.ts";

/** An identity as it is kept: nothing in it can be read without a key from outside the database. */
export interface SealedIdentity {
  readonly id: string;
  readonly reportId: string;
  readonly keyId: string;
  readonly leaf: number;
  readonly wrappedKey: Uint8Array | null;
  readonly sealed: Uint8Array | null;
  readonly filedAt: string;
  readonly filedBy: string;
  readonly erasedAt: string | null;
}

const vaultLock = 8_779_819;
const columns = `id, report_id as "reportId", key_id as "keyId", leaf, wrapped_key as "wrappedKey", sealed, filed_at as "filedAt",
       filed_by as "filedBy", erased_at as "erasedAt"`;

/** Waits until nobody else destroys or changes keys; released when the transaction ends. */
export async function lockVault(transaction: Transaction): Promise<void> {
  await transaction.query("select pg_advisory_xact_lock($1)", [vaultLock]);
}

/** Files beside others, but never while keys are destroyed or changed. */
export async function shareVault(transaction: Transaction): Promise<void> {
  await transaction.query("select pg_advisory_xact_lock_shared($1)", [vaultLock]);
}

/** The trees of keys that standing identities need. */
export async function neededKeys(database: Queryable): Promise<string[]> {
  const rows = await database.query<{ keyId: string }>(
    `select distinct key_id as "keyId"
       from reporter_identity
      where erased_at is null`,
  );
  return rows.map(({ keyId }) => keyId);
}

export async function nextLeaf(transaction: Transaction): Promise<number> {
  const rows = await transaction.query<{ leaf: number }>("select nextval('identity_leaf') as leaf");
  return rows[0]?.leaf ?? 0;
}

/** Whether nothing was ever filed, so that a key may be made without shutting out what is there. */
export async function isVaultEmpty(database: Queryable): Promise<boolean> {
  const rows = await database.query<{ found: boolean }>("select exists (select 1 from reporter_identity) as found");
  return rows[0]?.found !== true;
}

/** Adds an identity without reading: whoever files it may not. A report that has one already breaks the unique index (23505). */
export async function insertIdentity(transaction: Transaction, identity: Omit<SealedIdentity, "erasedAt">): Promise<void> {
  const { id, reportId, keyId, leaf, wrappedKey, sealed, filedAt, filedBy } = identity;
  await transaction.query(
    `insert into reporter_identity (id, report_id, key_id, leaf, wrapped_key, sealed, filed_at, filed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, reportId, keyId, leaf, wrappedKey, sealed, filedAt, filedBy],
  );
}

/** The identity of a report: the one that stands, else the one erased last. */
export async function identityOf(database: Queryable, reportId: string): Promise<SealedIdentity | null> {
  const rows = await database.query<SealedIdentity>(
    `select ${columns}
       from reporter_identity
      where report_id = $1
      order by erased_at is not null, erased_at desc
      limit 1`,
    [reportId],
  );
  return rows[0] ?? null;
}

/** Standing identities after an id, in the order of their ids. */
export async function identitiesAfter(database: Queryable, after: string, limit: number): Promise<SealedIdentity[]> {
  return database.query<SealedIdentity>(
    `select ${columns}
       from reporter_identity
      where erased_at is null and id > $1
      order by id
      limit $2`,
    [after, limit],
  );
}

export async function identitiesFiledBefore(database: Queryable, moment: Date, limit: number): Promise<SealedIdentity[]> {
  return database.query<SealedIdentity>(
    `select ${columns}
       from reporter_identity
      where erased_at is null and filed_at < $1
      order by filed_at
      limit $2`,
    [moment, limit],
  );
}

/** Takes everything personal from identities and the reasons for which they were opened. */
export async function eraseIdentities(transaction: Transaction, ids: readonly string[], by: { at: Date; person: string }): Promise<void> {
  await transaction.query(
    `update reporter_identity
        set wrapped_key = null, sealed = null, erased_at = $2, erased_by = $3
      where id = any($1::uuid[]) and erased_at is null`,
    [ids, by.at, by.person],
  );
  await transaction.query("update identity_opening set sealed_reason = null where identity_id = any($1::uuid[])", [ids]);
}

export async function rewrapIdentity(
  transaction: Transaction,
  id: string,
  keyId: string,
  leaf: number,
  wrappedKey: Uint8Array,
): Promise<void> {
  await transaction.query("update reporter_identity set key_id = $2, leaf = $3, wrapped_key = $4 where id = $1", [
    id,
    keyId,
    leaf,
    wrappedKey,
  ]);
}

export interface Opening {
  readonly id: string;
  readonly identityId: string;
  readonly openedAt: Date;
  readonly openedBy: string;
  readonly sealedReason: Uint8Array;
}

export async function insertOpening(transaction: Transaction, opening: Opening): Promise<void> {
  await transaction.query(
    `insert into identity_opening (id, identity_id, opened_at, opened_by, sealed_reason)
     values ($1, $2, $3, $4, $5)`,
    [opening.id, opening.identityId, opening.openedAt, opening.openedBy, opening.sealedReason],
  );
}

/** Who opened an identity and when, the latest first. */
export async function openingsOf(
  database: Queryable,
  identityId: string,
  limit: number,
): Promise<{ id: string; openedAt: string; openedBy: string; sealedReason: Uint8Array | null }[]> {
  return database.query(
    `select id, opened_at as "openedAt", opened_by as "openedBy", sealed_reason as "sealedReason"
       from identity_opening
      where identity_id = $1
      order by opened_at desc
      limit $2`,
    [identityId, limit],
  );
}

export async function isOpener(database: Queryable, name: string): Promise<boolean> {
  const rows = await database.query<{ found: boolean }>("select exists (select 1 from identity_opener where name = $1) as found", [name]);
  return rows[0]?.found === true;
}

export async function listOpeners(database: Queryable): Promise<{ name: string; namedAt: string; namedBy: string }[]> {
  return database.query(`select name, named_at as "namedAt", named_by as "namedBy" from identity_opener order by name`);
}

export async function nameOpener(transaction: Transaction, name: string, by: { at: Date; person: string }): Promise<void> {
  await transaction.query("insert into identity_opener (name, named_at, named_by) values ($1, $2, $3) on conflict do nothing", [
    name,
    by.at,
    by.person,
  ]);
}

export async function removeOpener(transaction: Transaction, name: string): Promise<boolean> {
  return (await transaction.query("delete from identity_opener where name = $1 returning name", [name])).length > 0;
}
