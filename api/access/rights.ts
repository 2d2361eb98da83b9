import type { RoleName } from "../contract/people.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import type { KeptCredential } from "../queries/sessions.ts";
import { areasInBoth, covers, withoutNested } from "./people.ts";

/** The roles that a token may be narrowed to: those that may do nothing that the person may not. */
const rolesWithin: Readonly<Record<RoleName, readonly RoleName[]>> = {
  reporter: ["reporter"],
  partner: ["partner", "reporter"],
  viewer: ["viewer"],
  analyst: ["analyst", "viewer", "reporter"],
  leader: ["leader", "analyst", "viewer", "reporter"],
  verifier: ["verifier", "viewer", "reporter"],
  admin: ["admin", "leader", "analyst", "verifier", "partner", "viewer", "reporter"],
};

export const isRoleWithin = (outer: RoleName, inner: RoleName): boolean => rolesWithin[outer].includes(inner);

const shownAreas = (areas: readonly string[] | null): string => areas?.join(", ") ?? "semua wilayah / everywhere";

/**
 * What somebody may do who holds this session or token now: what the person may do, narrowed by the token. Null when the person is gone or
 * disabled, or has lost the role that the token was narrowed to.
 */
export function holderOf(kept: KeptCredential, kind: "session" | "token"): Person | null {
  const { role, tokenRole } = kept;
  if (role === null || kept.isDisabled !== false) return null;
  if (tokenRole !== null && !isRoleWithin(role, tokenRole)) return null;
  return Object.freeze({
    name: kept.personName,
    role: tokenRole ?? role,
    areas: areasInBoth(kept.areas, kept.tokenId === null ? null : kept.tokenAreas),
    isDemo: false,
    credential: Object.freeze({
      kind: kept.tokenId === null ? kind : "token",
      id: kept.id,
      isReadOnly: kept.isReadOnly ?? false,
      // A script cannot change a password; a token goes on until it is revoked.
      mustChangePassword: kept.tokenId === null && kept.mustChangePassword === true,
      expiresAt: kept.tokenId === null ? null : kept.expiresAt,
    }),
  });
}

/** The areas to give: as asked for, in order and without repetition; those of the giver where none were named. @throws beyond_own_rights */
export function givenAreas(giver: Person, asked: readonly string[] | null | undefined): readonly string[] | null {
  const areas = asked === undefined ? giver.areas : asked && withoutNested(asked);
  if (!covers(giver.areas, areas))
    throw problem("beyond_own_rights", { field: "areas", value: shownAreas(areas), expected: shownAreas(giver.areas) });
  return areas;
}

/** Checks that a token narrows what its person may do. @throws beyond_persons_rights */
export function refuseWiderToken(
  person: { readonly role: RoleName; readonly areas: readonly string[] | null },
  token: { readonly role: RoleName | null; readonly areas: readonly string[] | null },
): void {
  if (token.role !== null && !isRoleWithin(person.role, token.role))
    throw problem("beyond_persons_rights", { field: "role", value: token.role, expected: rolesWithin[person.role].join(", ") });
  if (token.areas !== null && !covers(person.areas, token.areas))
    throw problem("beyond_persons_rights", { field: "areas", value: shownAreas(token.areas), expected: shownAreas(person.areas) });
}
