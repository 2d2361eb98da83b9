import type { PersonJson, SessionJson } from "../contract/people.ts";
import type { Queryable } from "../database/database.ts";
import type { ListedPerson } from "../queries/people.ts";
import { countSessions, listSessions } from "../queries/sessions.ts";

const mostSessions = 100;

/** A person as told to admins and to oneself: never a hash or a key. */
export const personDocument = (person: ListedPerson): PersonJson => ({
  name: person.name,
  role: person.role,
  areas: person.areas && [...person.areas],
  email: person.email,
  disabled: person.isDisabled,
  hasPassword: person.passwordHash !== null,
  mustChangePassword: person.mustChangePassword,
  totp: person.totpSecret !== null,
  openId: person.openIdSubject !== null,
  createdAt: person.createdAt,
  signedInAt: person.signedInAt,
  sessions: person.sessions,
  tokens: person.tokens,
});

/** The open sessions of a person, at most a hundred, and how many there are. */
export async function sessionList(
  database: Queryable,
  name: string,
  thisId: string | null,
  now: Date,
  idleSince: Date,
): Promise<{ readonly numberMatched: number; readonly sessions: SessionJson[] }> {
  const sessions = await listSessions(database, name, now, idleSince, mostSessions);
  const numberMatched = sessions.length < mostSessions ? sessions.length : await countSessions(database, name, now, idleSince);
  return { numberMatched, sessions: sessions.map((session) => ({ ...session, isThis: session.id === thisId })) };
}
