import { expect, it } from "vitest";
import { checkPotential } from "../../../../api/contract/potential.ts";
import { draftOfPotential, emptyPotential, missingFields, sentPotential } from "../../../../web/panels/potensi/potentialDraft.ts";
import type { Potential } from "../../../../web/state/potentials.svelte.ts";

const frame = { now: new Date("2025-07-01T03:00:00Z"), timeZone: "Asia/Jakarta" };
const filled = {
  ...emptyPotential({ code: "99.01.01.2001", name: "Uji" }, "2025-07-01"),
  title: "Batas",
  issue: "205",
  facts: "Patok hilang.",
};

it("names what is missing, and the closing note only of a closed one", () => {
  expect(missingFields(emptyPotential(null, "2025-07-01"))).toEqual(["village_code", "title", "issue", "facts"]);
  expect(missingFields(filled)).toEqual([]);
  expect(missingFields({ ...filled, status: "closed" })).toEqual(["closing_note"]);
});

it("what the form sends passes the service's own check", () => {
  const actors = [{ type: "community", role: "claimant", name: " " }];
  const closed = { ...filled, actors, status: "closed" as const, closingNote: "Patok dipasang." };
  for (const draft of [filled, { ...filled, actors }, closed])
    expect(checkPotential({ ...sentPotential(draft, null), id: crypto.randomUUID() }, null, frame)).toHaveProperty("potential");
});

it("a change keeps the other villages while the first one stays, and drops them when it moves", () => {
  const kept = {
    id: "a",
    geometry: null,
    properties: {
      ...sentPotential(filled, null),
      village_codes: ["99.01.01.2001", "99.01.01.2002"],
      village_name: "Uji",
      closed_on: null,
      closing_note: null,
    },
  } as unknown as Potential;
  const draft = draftOfPotential(kept);
  expect(sentPotential(draft, kept).village_codes).toEqual(["99.01.01.2001", "99.01.01.2002"]);
  expect(sentPotential({ ...draft, village: { code: "99.01.01.2003", name: "Lain" } }, kept)).not.toHaveProperty("village_codes");
});
