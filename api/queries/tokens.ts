import type { RoleName } from "../contract/people.ts";
import type { Queryable, Transaction } from "../database/database.ts";
import type { KeptCredential } from "./sessions.ts";

export interface FreshToken {
  readonly id: string;
  readonly personName: string;
  readonly label: string;
  readonly tokenHash: string;
  readonly role: RoleName | null;
  readonly areas: readonly string[] | null;
  readonly isReadOnly: boolean;
  readonly createdBy: string;
  readonly now: Date;
  readonly expiresAt: string | null;
}

export interface ListedToken {
  readonly id: string;
  readonly label: string;
  readonly role: RoleName | null;
  readonly areas: readonly string[] | null;
  readonly isReadOnly: boolean;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

const listed = `id, label, role, areas, is_read_only as "isReadOnly", created_by as "createdBy", created_at as "createdAt",
       expires_at as "expiresAt", last_used_at as "lastUsedAt"`;

/** Who holds the token of that hash, unless it was revoked or has expired. */
export async function findToken(database: Queryable, tokenHash: string, now: Date): Promise<KeptCredential | null> {
  const rows = await database.query<KeptCredential>(
    `select t.id, t.person_name as "personName", t.id as "tokenId", t.role as "tokenRole", t.areas as "tokenAreas",
            t.is_read_only as "isReadOnly", t.expires_at as "expiresAt", t.last_used_at as "lastSeenAt",
            p.role, p.areas, p.is_disabled as "isDisabled", p.must_change_password as "mustChangePassword"
       from bearer_token t
       join person p on p.name = t.person_name
      where t.token_hash = $1 and t.revoked_at is null and (t.expires_at is null or t.expires_at > $2)`,
    [tokenHash, now],
  );
  return rows[0] ?? null;
}

export async function createToken(transaction: Transaction, token: FreshToken): Promise<void> {
  await transaction.query(
    `insert into bearer_token (id, person_name, label, token_hash, role, areas, is_read_only, created_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6::text[], $7, $8, $9, $10)`,
    [
      token.id,
      token.personName,
      token.label,
      token.tokenHash,
      token.role,
      token.areas,
      token.isReadOnly,
      token.createdBy,
      token.now,
      token.expiresAt,
    ],
  );
}

/** The tokens of a person that are valid, the newest first. */
export async function listTokens(database: Queryable, personName: string, now: Date): Promise<ListedToken[]> {
  return database.query<ListedToken>(
    `select ${listed}
       from bearer_token
      where person_name = $1 and revoked_at is null and (expires_at is null or expires_at > $2)
      order by created_at desc, id`,
    [personName, now],
  );
}

export async function touchToken(transaction: Transaction, id: string, now: Date): Promise<void> {
  await transaction.query("update bearer_token set last_used_at = $2 where id = $1", [id, now]);
}

/** Revokes one token of a person; false when there is none that is valid. */
export async function revokeToken(transaction: Transaction, personName: string, id: string, now: Date): Promise<boolean> {
  const rows = await transaction.query(
    `update bearer_token
        set revoked_at = $3
      where person_name = $1 and id = $2 and revoked_at is null
     returning 1 as revoked`,
    [personName, id, now],
  );
  return rows.length === 1;
}
