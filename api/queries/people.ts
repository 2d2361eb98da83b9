import type { Queryable, Transaction } from "../database/database.ts";

export interface KnownPerson {
  readonly name: string;
  readonly role: "reporter" | "partner" | "viewer" | "analyst" | "leader" | "verifier" | "admin";
  readonly areas: readonly string[] | null;
  readonly passwordHash: string | null;
}

export async function findPerson(database: Queryable, name: string): Promise<KnownPerson | null> {
  const rows = await database.query<KnownPerson>(`select name, role, areas, password_hash as "passwordHash" from person where name = $1`, [
    name,
  ]);
  return rows[0] ?? null;
}

export async function createPerson(transaction: Transaction, person: KnownPerson, now: Date): Promise<void> {
  await transaction.query(
    `insert into person (name, role, areas, password_hash, created_at)
     values ($1, $2, $3::text[], $4, $5)`,
    [person.name, person.role, person.areas, person.passwordHash, now],
  );
}

export async function hasAnybody(database: Queryable): Promise<boolean> {
  const rows = await database.query("select 1 as found from person limit 1");
  return rows.length > 0;
}
