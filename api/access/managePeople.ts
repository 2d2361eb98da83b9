import type { NewPersonSent, PersonChangeSent } from "../contract/people.ts";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import {
  changePerson,
  createPerson,
  isEmailTaken,
  type KnownPerson,
  lockNationalAdmins,
  lockPerson,
  nameKeyOf,
  removePerson,
  setPassword,
} from "../queries/people.ts";
import { removeSessions } from "../queries/sessions.ts";
import { hashPassword, refuseWeakPassword } from "./passwords.ts";
import { covers } from "./people.ts";
import { givenAreas } from "./rights.ts";

// Names that the service itself acts under; what they left must not become somebody's own.
const reserved = new Set(["demo", "anonymous", "keeper", "assessor", "aggregator", "importer", "auditor", "archivist"]);

/** The person of that name for an admin who may manage it; whoever stands outside the admin's areas does not exist for that admin. */
export async function managed(transaction: Transaction, admin: Person, name: string): Promise<KnownPerson> {
  const known = await lockPerson(transaction, name);
  if (!known || !covers(admin.areas, known.areas)) throw problem("not_found", { value: name });
  return known;
}

/** `admin` is also who holds ADMIN_TOKEN, and sees everything. */
function refuseName(name: string, role: string, areas: readonly string[] | null): void {
  const isAdmins = nameKeyOf(name) === "admin" && !(role === "admin" && areas === null);
  if (reserved.has(nameKeyOf(name)) || isAdmins)
    throw problem("invalid_field", {
      field: "name",
      value: name,
      expected: "nama yang tidak dipakai layanan / a name that the service does not use",
    });
}

async function refuseTakenEmail(transaction: Transaction, email: string | null | undefined, name: string): Promise<void> {
  if (email && (await isEmailTaken(transaction, email, name))) throw problem("email_taken", { value: email });
}

/** The hash of a password that an admin gives, made before a transaction is open. @throws invalid_field for a weak one. */
export async function givenPassword(name: string, password: string | undefined): Promise<string | null> {
  if (password === undefined) return null;
  refuseWeakPassword(name, password);
  return hashPassword(password);
}

/** Makes a person with no more than the admin has. @throws beyond_own_rights, name_taken, email_taken, invalid_field */
export async function addPerson(
  transaction: Transaction,
  admin: Person,
  sent: NewPersonSent,
  passwordHash: string | null,
  now: Date,
): Promise<void> {
  const areas = givenAreas(admin, sent.areas);
  refuseName(sent.name, sent.role, areas);
  await refuseTakenEmail(transaction, sent.email, sent.name);
  const fresh = { ...sent, email: sent.email?.toLowerCase() ?? null, areas, passwordHash };
  const isMade = await createPerson(transaction, { ...fresh, mustChangePassword: sent.mustChangePassword ?? false }, now);
  if (!isMade) throw problem("name_taken", { value: sent.name });
}

/** Refuses whatever would leave nobody who manages everything. */
function refuseWithoutLastAdmin(admins: readonly string[], name: string): void {
  if (admins.length === 1 && admins[0] === name) throw problem("last_admin", { value: name });
}

/**
 * Changes what was sent and nothing else. A new password ends the person's sessions and has to be changed at the next sign-in.
 * @throws not_found, beyond_own_rights, last_admin, email_taken
 */
export async function alterPerson(
  transaction: Transaction,
  admin: Person,
  name: string,
  sent: PersonChangeSent,
  passwordHash: string | null,
  now: Date,
): Promise<void> {
  // Before the person's own row, so that two who change each other wait in the same order.
  const admins = await lockNationalAdmins(transaction);
  const known = await managed(transaction, admin, name);
  const next = {
    name: known.name,
    role: sent.role ?? known.role,
    areas: sent.areas === undefined ? known.areas : givenAreas(admin, sent.areas),
    email: sent.email === undefined ? known.email : (sent.email?.toLowerCase() ?? null),
    isDisabled: sent.disabled ?? known.isDisabled,
    mustChangePassword: sent.mustChangePassword ?? (passwordHash === null ? known.mustChangePassword : true),
  };
  if (next.role !== "admin" || next.areas !== null) refuseName(known.name, next.role, next.areas);
  if (next.role !== "admin" || next.areas !== null || next.isDisabled) refuseWithoutLastAdmin(admins, known.name);
  await refuseTakenEmail(transaction, sent.email, known.name);
  await changePerson(transaction, next);
  if (passwordHash !== null) await setPassword(transaction, known.name, passwordHash, next.mustChangePassword, now);
  if (passwordHash !== null || next.isDisabled) await removeSessions(transaction, known.name, null);
}

/** Removes a person for good, with tokens and sessions. @throws not_found, last_admin */
export async function dropPerson(transaction: Transaction, admin: Person, name: string, now: Date): Promise<void> {
  const admins = await lockNationalAdmins(transaction);
  const known = await managed(transaction, admin, name);
  refuseWithoutLastAdmin(admins, known.name);
  await removePerson(transaction, known.name, now);
}
