import type { Potential } from "../../state/potentials.svelte.ts";

/** A dispute while it is written: every field as text, as its control has it. */
export interface PotentialDraft {
  readonly village: { readonly code: string; readonly name: string } | null;
  readonly title: string;
  readonly issue: string;
  readonly stage: string;
  readonly status: "open" | "closed";
  readonly owner: string;
  readonly openedOn: string;
  readonly reviewDue: string;
  readonly closingNote: string;
  readonly actors: readonly { readonly type: string; readonly role: string; readonly name: string }[];
  readonly facts: string;
  readonly opinion: string;
}

export type DraftField = "village_code" | "title" | "issue" | "facts" | "closing_note";

export function emptyPotential(village: PotentialDraft["village"], today: string): PotentialDraft {
  return {
    village,
    title: "",
    issue: "",
    stage: "T1",
    status: "open",
    owner: "",
    openedOn: today,
    reviewDue: "",
    closingNote: "",
    actors: [],
    facts: "",
    opinion: "",
  };
}

/** What is stored, as a draft to change. */
export function draftOfPotential({ properties: p }: Potential): PotentialDraft {
  return {
    village: { code: p.village_code, name: p.village_name ?? p.village_code },
    title: p.title,
    issue: p.issue,
    stage: p.stage,
    status: p.status,
    owner: p.owner ?? "",
    openedOn: p.opened_on,
    reviewDue: p.review_due ?? "",
    closingNote: p.closing_note ?? "",
    actors: p.actors.map(({ type, role, name }) => ({ type, role, name: name ?? "" })),
    facts: p.facts,
    opinion: p.opinion ?? "",
  };
}

const told = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** Fields that have to be filled and are not. */
export function missingFields(draft: PotentialDraft): DraftField[] {
  const missing: DraftField[] = [];
  if (!draft.village) missing.push("village_code");
  if (!told(draft.title)) missing.push("title");
  if (!draft.issue) missing.push("issue");
  if (!told(draft.facts)) missing.push("facts");
  if (draft.status === "closed" && !told(draft.closingNote)) missing.push("closing_note");
  return missing;
}

/** The draft as the service takes it. Villages beside the first one stay those of `before` while the first one stays. */
export function sentPotential(draft: PotentialDraft, before: Potential | null): Record<string, unknown> {
  const others = before && before.properties.village_code === draft.village?.code ? before.properties.village_codes : null;
  return {
    village_code: draft.village?.code ?? null,
    ...(others ? { village_codes: others } : {}),
    title: told(draft.title),
    issue: draft.issue,
    stage: draft.stage,
    status: draft.status,
    owner: told(draft.owner),
    opened_on: told(draft.openedOn),
    review_due: told(draft.reviewDue),
    ...(draft.status === "closed" ? { closing_note: told(draft.closingNote), closed_on: before?.properties.closed_on ?? null } : {}),
    actors: draft.actors.map(({ type, role, name }) => ({ type, role, ...(told(name) ? { name: told(name) } : {}) })),
    facts: told(draft.facts),
    opinion: told(draft.opinion),
  };
}
