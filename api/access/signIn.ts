import type { Database } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { findPerson, type KnownPerson, noteSignIn, setPassword } from "../queries/people.ts";
import { findToken, touchToken } from "../queries/tokens.ts";
import { hashPassword, isOutdated, isPassword } from "./passwords.ts";
import { administrator, hashOf, sameSecret } from "./people.ts";
import { holderOf } from "./rights.ts";
import { useCode } from "./totp.ts";

/** The person as one who has just signed in with an account of its own. */
export function signedInPerson(known: KnownPerson): Person {
  return {
    name: known.name,
    role: known.role,
    areas: known.areas,
    isDemo: false,
    credential: { kind: "session", id: null, isReadOnly: false, mustChangePassword: known.mustChangePassword, expiresAt: null },
  };
}

/** Who holds a token. @throws bad_credentials */
export async function byToken(database: Database, token: string, adminToken: string | null): Promise<Person> {
  if (adminToken && sameSecret(token, adminToken)) return administrator;
  const now = new Date();
  const kept = await findToken(database, hashOf(token), now);
  const person = kept && holderOf(kept, "token");
  if (!kept || !person) throw problem("bad_credentials");
  await database.transaction((transaction) => touchToken(transaction, kept.id, now));
  return person;
}

/**
 * Who has that name and password, and the one-time code where the account asks for one.
 * @throws bad_credentials whichever is wrong; totp_required, wrong_code only to who knows the password.
 */
export async function byPassword(
  database: Database,
  { name, password, code }: { readonly name: string; readonly password: string; readonly code?: string | undefined },
): Promise<Person> {
  const known = await findPerson(database, name);
  const isRight = await isPassword(known?.passwordHash ?? null, password);
  if (!known || !isRight || known.isDisabled) throw problem("bad_credentials");
  const { totpSecret } = known;
  if (totpSecret !== null && code === undefined) throw problem("totp_required");
  const fresh = known.passwordHash && isOutdated(known.passwordHash) ? await hashPassword(password) : null;
  const now = new Date();
  await database.transaction(async (transaction) => {
    if (totpSecret !== null && !(await useCode(transaction, known.name, totpSecret, code ?? "", now))) throw problem("wrong_code");
    if (fresh !== null) await setPassword(transaction, known.name, fresh, known.mustChangePassword, now);
    await noteSignIn(transaction, known.name, now);
  });
  return signedInPerson(known);
}
