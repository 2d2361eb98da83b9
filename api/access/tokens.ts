import { randomBytes, randomUUID } from "node:crypto";
import { mostTokensOfOnePerson, type NewTokenSent, type TokenJson } from "../contract/people.ts";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import type { KnownPerson } from "../queries/people.ts";
import { createToken, type ListedToken, listTokens } from "../queries/tokens.ts";
import { hashOf, withoutNested } from "./people.ts";
import { refuseWiderToken } from "./rights.ts";

/** A token as it travels. */
export const tokenDocument = ({ isReadOnly, ...token }: ListedToken): TokenJson => ({
  ...token,
  areas: token.areas && [...token.areas],
  readOnly: isReadOnly,
});

/**
 * Makes a token for a person. A token that makes another for its own person ends no later than itself, so that an end cannot be put off.
 * @throws beyond_persons_rights, invalid_field
 */
export async function makeToken(
  transaction: Transaction,
  maker: Person,
  person: KnownPerson,
  sent: NewTokenSent,
  now: Date,
): Promise<TokenJson & { readonly token: string }> {
  const role = sent.role ?? null;
  const areas = sent.areas ? withoutNested(sent.areas) : null;
  refuseWiderToken(person, { role, areas });
  const end = sent.expiresAt ? new Date(sent.expiresAt) : null;
  if (end !== null && end <= now)
    throw problem("invalid_field", { field: "expiresAt", value: sent.expiresAt, expected: "saat yang akan datang / a moment to come" });
  const present = await listTokens(transaction, person.name, now);
  if (present.length >= mostTokensOfOnePerson)
    throw problem("invalid_field", {
      field: "tokens",
      value: present.length,
      expected: `≤ ${mostTokensOfOnePerson}; cabut yang lama / revoke old ones`,
    });
  const own = maker.name === person.name && maker.credential?.expiresAt ? new Date(maker.credential.expiresAt) : null;
  const expiresAt = own !== null && (end === null || end > own) ? own : end;
  const secret = `wsp_${randomBytes(32).toString("base64url")}`;
  const made = {
    id: randomUUID(),
    label: sent.label ?? "token",
    role,
    areas,
    isReadOnly: sent.readOnly ?? false,
    createdBy: maker.name,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
  await createToken(transaction, { ...made, personName: person.name, tokenHash: hashOf(secret), now });
  return { ...tokenDocument({ ...made, createdAt: now.toISOString(), lastUsedAt: null }), token: secret };
}
