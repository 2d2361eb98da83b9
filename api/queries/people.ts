import type { RoleName } from "../contract/people.ts";
import type { Queryable, Transaction } from "../database/database.ts";

export interface KnownPerson {
  readonly name: string;
  readonly role: RoleName;
  readonly areas: readonly string[] | null;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly isDisabled: boolean;
  readonly mustChangePassword: boolean;
  readonly totpSecret: string | null;
  readonly openIdSubject: string | null;
}

export interface ListedPerson extends KnownPerson {
  readonly nameKey: string;
  readonly createdAt: string;
  readonly signedInAt: string | null;
  readonly sessions: number;
  readonly tokens: number;
}

const known = `p.name, p.role, p.areas, p.email, p.password_hash as "passwordHash", p.is_disabled as "isDisabled",
       p.must_change_password as "mustChangePassword", p.totp_secret as "totpSecret", p.openid_subject as "openIdSubject"`;

/** How names are told apart: letter case and the ways to write one letter do not count. */
export const nameKeyOf = (name: string): string => name.trim().normalize("NFKC").toLowerCase();

export async function findPerson(database: Queryable, name: string): Promise<KnownPerson | null> {
  const rows = await database.query<KnownPerson>(`select ${known} from person p where p.name_key = $1`, [nameKeyOf(name)]);
  return rows[0] ?? null;
}

/** The person of a name while nobody else can change it. */
export async function lockPerson(transaction: Transaction, name: string): Promise<KnownPerson | null> {
  const rows = await transaction.query<KnownPerson>(`select ${known} from person p where p.name_key = $1 for update`, [nameKeyOf(name)]);
  return rows[0] ?? null;
}

// A person stands inside a scope when every one of its areas does; who sees everything stands inside no narrower scope.
const insideScope = `($1::text[] is null or (p.areas is not null and not exists (
         select 1
           from unnest(p.areas) as area
          where not exists (select 1 from unnest($1::text[]) as scope where area = scope or starts_with(area, scope || '.')))))`;

/** People inside a scope in the order of their names, with what they have open; one, when a name is given. */
export async function listPeople(
  database: Queryable,
  scope: readonly string[] | null,
  page: { readonly after: string; readonly limit: number; readonly only: string | null; readonly now: Date },
): Promise<ListedPerson[]> {
  return database.query<ListedPerson>(
    `select ${known}, p.name_key as "nameKey", p.created_at as "createdAt", p.signed_in_at as "signedInAt",
            (select count(*)::int from session s where s.person_name = p.name and s.kind = 'person' and s.expires_at > $4) as sessions,
            (select count(*)::int
               from bearer_token t
              where t.person_name = p.name and t.revoked_at is null and (t.expires_at is null or t.expires_at > $4)) as tokens
       from person p
      where ${insideScope} and p.name_key > $2 and ($5::text is null or p.name_key = $5)
      order by p.name_key
      limit $3`,
    [scope, page.after, page.limit, page.now, page.only === null ? null : nameKeyOf(page.only)],
  );
}

export async function countPeople(database: Queryable, scope: readonly string[] | null): Promise<number> {
  const rows = await database.query<{ n: number }>(`select count(*)::int as n from person p where ${insideScope}`, [scope]);
  return rows[0]?.n ?? 0;
}

export interface FreshPerson {
  readonly name: string;
  readonly role: RoleName;
  readonly areas: readonly string[] | null;
  readonly passwordHash: string | null;
  readonly email?: string | null;
  readonly mustChangePassword?: boolean;
}

/** Makes a person; false when the name belongs to somebody, or did. */
export async function createPerson(transaction: Transaction, person: FreshPerson, now: Date): Promise<boolean> {
  const rows = await transaction.query(
    `insert into person (name, name_key, role, areas, password_hash, password_changed_at, email, must_change_password, created_at)
     select $1, $2, $3, $4::text[], $5, case when $5::text is null then null else $8::timestamptz end, $6, $7, $8
      where not exists (select 1 from former_person f where f.name_key = $2)
     on conflict do nothing
     returning 1 as made`,
    [
      person.name.trim().normalize("NFC"),
      nameKeyOf(person.name),
      person.role,
      person.areas,
      person.passwordHash,
      person.email ?? null,
      person.mustChangePassword ?? false,
      now,
    ],
  );
  return rows.length === 1;
}

export async function isEmailTaken(database: Queryable, email: string, exceptName: string): Promise<boolean> {
  const rows = await database.query("select 1 as found from person where lower(email) = lower($1) and name_key <> $2", [
    email,
    nameKeyOf(exceptName),
  ]);
  return rows.length > 0;
}

/** Rewrites what an admin may change. */
export async function changePerson(
  transaction: Transaction,
  { name, role, areas, email, isDisabled, mustChangePassword }: Omit<KnownPerson, "passwordHash" | "totpSecret" | "openIdSubject">,
): Promise<void> {
  await transaction.query(
    `update person
        set role = $2, areas = $3::text[], email = $4, is_disabled = $5, must_change_password = $6
      where name = $1`,
    [name, role, areas, email, isDisabled, mustChangePassword],
  );
}

export async function setPassword(
  transaction: Transaction,
  name: string,
  passwordHash: string,
  mustChange: boolean,
  now: Date,
): Promise<void> {
  await transaction.query(
    `update person
        set password_hash = $2, must_change_password = $3, password_changed_at = $4
      where name = $1`,
    [name, passwordHash, mustChange, now],
  );
}

/** Removes a person with tokens and codes; the name is kept so that it is not given again. */
export async function removePerson(transaction: Transaction, name: string, now: Date): Promise<void> {
  await transaction.query("insert into former_person (name_key, removed_at) values ($1, $2) on conflict do nothing", [
    nameKeyOf(name),
    now,
  ]);
  await transaction.query("delete from session where person_name = $1 and kind in ('person', 'token')", [name]);
  await transaction.query("delete from person where name = $1", [name]);
}

/** Names of the national admins who can act, held until the transaction ends: two who remove each other at once do so in turn. */
export async function lockNationalAdmins(transaction: Transaction): Promise<string[]> {
  const rows = await transaction.query<{ name: string }>(
    `select name
       from person
      where role = 'admin' and areas is null and not is_disabled
      order by name
        for update`,
  );
  return rows.map(({ name }) => name);
}

export async function noteSignIn(transaction: Transaction, name: string, now: Date): Promise<void> {
  await transaction.query("update person set signed_in_at = $2 where name = $1", [name, now]);
}

export async function hasAnybody(database: Queryable): Promise<boolean> {
  const rows = await database.query("select 1 as found from person limit 1");
  return rows.length > 0;
}
