import type { Database, Queryable } from "../database/database.ts";

type Role = "reporter" | "partner" | "viewer" | "analyst" | "leader" | "verifier" | "admin";
interface SessionPerson {
  readonly name: string;
  readonly role: Role;
  readonly areas: readonly string[] | null;
  readonly isDemo: boolean;
}
export interface KeptSession {
  readonly personName: string;
  readonly role: Role;
  readonly areas: readonly string[] | null;
  readonly isDemo: boolean;
  readonly lastSeenAt: string;
}

/** The session of a token hash, unless it has expired or been idle since before `idleSince`. */
export async function findSession(database: Queryable, tokenHash: string, now: Date, idleSince: Date): Promise<KeptSession | null> {
  const rows = await database.query<KeptSession>(
    `select person_name as "personName", role, areas, is_demo as "isDemo", last_seen_at as "lastSeenAt"
       from session
      where token_hash = $1 and expires_at > $2 and last_seen_at > $3`,
    [tokenHash, now, idleSince],
  );
  return rows[0] ?? null;
}

/** Keeps a new session and drops those that have run out. */
export async function keepSession(
  database: Database,
  session: { tokenHash: string; person: SessionPerson; now: Date; expiresAt: Date },
): Promise<void> {
  const { tokenHash, person, now, expiresAt } = session;
  await database.transaction(async (transaction) => {
    await transaction.query("delete from session where expires_at < $1", [now]);
    await transaction.query(
      `insert into session (token_hash, person_name, role, areas, is_demo, created_at, last_seen_at, expires_at)
       values ($1, $2, $3, $4::text[], $5, $6, $6, $7)`,
      [tokenHash, person.name, person.role, person.areas, person.isDemo, now, expiresAt],
    );
  });
}

export async function touchSession(database: Database, tokenHash: string, now: Date): Promise<void> {
  await database.transaction((transaction) =>
    transaction.query("update session set last_seen_at = $2 where token_hash = $1", [tokenHash, now]),
  );
}

export async function removeSession(database: Database, tokenHash: string): Promise<void> {
  await database.transaction((transaction) => transaction.query("delete from session where token_hash = $1", [tokenHash]));
}
