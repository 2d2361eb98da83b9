import { describe, expect, test } from "vitest";
import { areasInBoth, covers, withoutNested } from "../../../api/access/people.ts";
import { givenAreas, holderOf, isRoleWithin } from "../../../api/access/rights.ts";
import { type RoleName, roles } from "../../../api/contract/people.ts";
import type { Person } from "../../../api/endpoint.ts";
import type { KeptCredential } from "../../../api/queries/sessions.ts";

const kept: KeptCredential = {
  id: "s",
  personName: "Ratna",
  role: "analyst",
  areas: ["35.17"],
  isDisabled: false,
  mustChangePassword: false,
  tokenId: null,
  tokenRole: null,
  tokenAreas: null,
  isReadOnly: null,
  expiresAt: null,
  lastSeenAt: null,
};

describe("areas", () => {
  test.each<[readonly string[] | null, readonly string[] | null, readonly string[] | null]>([
    [null, null, null],
    [null, ["35.17"], ["35.17"]],
    [["35"], null, ["35"]],
    [["35"], ["35.17", "33"], ["35.17"]],
    [
      ["35.17", "35.21"],
      ["35.17.09", "35.21"],
      ["35.17.09", "35.21"],
    ],
    [["35.17"], ["35.21"], []],
    [["35.1"], ["35.17"], []],
  ])("%j and %j have in common %j, whichever comes first", (a, b, both) => {
    expect(areasInBoth(a, b)).toEqual(both);
    expect(areasInBoth(b, a)).toEqual(both);
  });

  test.each<[readonly string[] | null, readonly string[] | null, boolean]>([
    [null, null, true],
    [null, ["35"], true],
    [["35"], null, false],
    [["35"], ["35.17", "35"], true],
    [["35.17"], ["35"], false],
    [["35.1"], ["35.17"], false],
    [[], ["35"], false],
    [["35"], [], true],
  ])("%j covers %j: %s", (outer, inner, expected) => expect(covers(outer, inner)).toBe(expected));

  test("a code inside another of the list says nothing new", () =>
    expect(withoutNested(["35.21", "35.17.09", "35.17", "35.17", "35.1"])).toEqual(["35.1", "35.17", "35.21"]));
});

describe("what a session or token may do now", () => {
  test.each<[string, Partial<KeptCredential>]>([
    ["the person is gone", { role: null, isDisabled: null }],
    ["the person is disabled", { isDisabled: true }],
    ["the person has lost the role of the token", { tokenId: "t", role: "viewer", tokenRole: "analyst" }],
  ])("nothing when %s", (_, changed) => expect(holderOf({ ...kept, ...changed }, "token")).toBe(null));

  test("never more than the person, whatever the token says", () => {
    for (const role of roles)
      for (const tokenRole of [null, ...roles]) {
        const holder = holderOf({ ...kept, role, tokenId: "t", tokenRole, tokenAreas: ["35", "33"] }, "token");
        expect(holder === null || (isRoleWithin(role, holder.role) && covers(kept.areas, holder.areas))).toBe(true);
      }
  });

  test("the roles inside a role hold nothing that it does not, step by step", () => {
    const within = (outer: RoleName): RoleName[] => roles.filter((inner) => isRoleWithin(outer, inner));
    for (const outer of roles)
      for (const inner of within(outer)) expect(within(inner).every((innermost) => isRoleWithin(outer, innermost))).toBe(true);
  });
});

test("areas that are not named are the giver's own, and never wider", () => {
  const giver: Person = { name: "a", role: "admin", areas: ["35.17"], isDemo: false };
  expect(givenAreas(giver, undefined)).toEqual(["35.17"]);
  expect(givenAreas(giver, ["35.17.09", "35.17.09.2001"])).toEqual(["35.17.09"]);
  for (const wider of [null, ["35"], ["35.17", "35.21"]]) expect(() => givenAreas(giver, wider)).toThrow(/more than you have/);
});
