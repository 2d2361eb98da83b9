import type { RoleName } from "../contract/people.ts";
import type { Queryable, Transaction } from "../database/database.ts";

/** Who holds a session or a token, as the person is now. The person's part is null for the demo and the bootstrap token, or when removed. */
export interface KeptCredential {
  readonly id: string;
  readonly personName: string;
  readonly role: RoleName | null;
  readonly areas: readonly string[] | null;
  readonly isDisabled: boolean | null;
  readonly mustChangePassword: boolean | null;
  readonly tokenId: string | null;
  readonly tokenRole: RoleName | null;
  readonly tokenAreas: readonly string[] | null;
  readonly isReadOnly: boolean | null;
  readonly expiresAt: string | null;
  readonly lastSeenAt: string | null;
}

export interface KeptSession extends KeptCredential {
  readonly kind: "person" | "token" | "bootstrap" | "demo";
  readonly bootstrapHash: string | null;
}

/** The session of a secret's hash, unless it has expired, been idle since before `idleSince`, or its token has ended. */
export async function findSession(database: Queryable, tokenHash: string, now: Date, idleSince: Date): Promise<KeptSession | null> {
  const rows = await database.query<KeptSession>(
    `select s.id, s.kind, s.person_name as "personName", s.bootstrap_hash as "bootstrapHash", s.last_seen_at as "lastSeenAt",
            s.expires_at as "expiresAt", s.token_id as "tokenId",
            p.role, p.areas, p.is_disabled as "isDisabled", p.must_change_password as "mustChangePassword",
            t.role as "tokenRole", t.areas as "tokenAreas", t.is_read_only as "isReadOnly"
       from session s
       left join person p on p.name = s.person_name and s.kind in ('person', 'token')
       left join bearer_token t on t.id = s.token_id
      where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3
        and (s.token_id is null or (t.revoked_at is null and (t.expires_at is null or t.expires_at > $2)))`,
    [tokenHash, now, idleSince],
  );
  return rows[0] ?? null;
}

export interface FreshSession {
  readonly id: string;
  readonly tokenHash: string;
  readonly personName: string;
  readonly kind: KeptSession["kind"];
  readonly tokenId: string | null;
  readonly bootstrapHash: string | null;
  readonly agent: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

/** Keeps a new session and drops those that have run out. */
export async function keepSession(transaction: Transaction, session: FreshSession): Promise<void> {
  await transaction.query("delete from session where expires_at < $1", [session.now]);
  await transaction.query(
    `insert into session (token_hash, id, person_name, kind, token_id, bootstrap_hash, agent, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
    [
      session.tokenHash,
      session.id,
      session.personName,
      session.kind,
      session.tokenId,
      session.bootstrapHash,
      session.agent,
      session.now,
      session.expiresAt,
    ],
  );
}

export async function touchSession(transaction: Transaction, id: string, now: Date): Promise<void> {
  await transaction.query("update session set last_seen_at = $2 where id = $1", [id, now]);
}

export async function removeSessionOf(transaction: Transaction, tokenHash: string): Promise<void> {
  await transaction.query("delete from session where token_hash = $1", [tokenHash]);
}

export interface ListedSession {
  readonly id: string;
  readonly agent: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
}

/** The open sessions that a person began by signing in, the one used last first. */
export async function listSessions(
  database: Queryable,
  personName: string,
  now: Date,
  idleSince: Date,
  limit: number,
): Promise<ListedSession[]> {
  return database.query<ListedSession>(
    `select id, agent, created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt"
       from session
      where person_name = $1 and kind in ('person', 'token') and expires_at > $2 and last_seen_at > $3
      order by last_seen_at desc, id
      limit $4`,
    [personName, now, idleSince, limit],
  );
}

export async function countSessions(database: Queryable, personName: string, now: Date, idleSince: Date): Promise<number> {
  const rows = await database.query<{ n: number }>(
    `select count(*)::int as n
       from session
      where person_name = $1 and kind in ('person', 'token') and expires_at > $2 and last_seen_at > $3`,
    [personName, now, idleSince],
  );
  return rows[0]?.n ?? 0;
}

/** Ends one session of a person; false when there is none of that id. */
export async function removeSession(transaction: Transaction, personName: string, id: string): Promise<boolean> {
  const rows = await transaction.query(
    "delete from session where person_name = $1 and id = $2 and kind in ('person', 'token') returning 1 as ended",
    [personName, id],
  );
  return rows.length === 1;
}

/** Ends every session of a person but the one that is spared; how many. */
export async function removeSessions(transaction: Transaction, personName: string, sparedId: string | null): Promise<number> {
  const rows = await transaction.query(
    `delete from session
      where person_name = $1 and kind in ('person', 'token') and id is distinct from $2::uuid
     returning 1 as ended`,
    [personName, sparedId],
  );
  return rows.length;
}
