import type { VisitRecord } from "../../../api/contract/visit.ts";

/** A person or group as it is written; numbers are text, empty is not known. */
export interface ParticipantDraft {
  readonly name: string;
  readonly type: string;
  readonly side: string;
  readonly count: string;
  readonly women: string;
  readonly youth: string;
  readonly heard: "" | "true" | "false";
}
export interface InterestDraft {
  readonly party: string;
  readonly side: string;
  readonly interest: string;
}
/** The result of a visit while it is written. */
export interface VisitDraft {
  readonly status: string;
  readonly participants: readonly ParticipantDraft[];
  readonly interests: readonly InterestDraft[];
  readonly minutes: string;
  readonly assessment: string;
  readonly outcome: string;
  readonly nextReview: string;
}

export const emptyParticipant: ParticipantDraft = {
  name: "",
  type: "community",
  side: "first",
  count: "1",
  women: "",
  youth: "",
  heard: "",
};
const text = (value: number | string | null | undefined): string => (value === null || value === undefined ? "" : String(value));
const asNumber = (value: string): number | null => (/^\d+$/.test(value.trim()) ? Number(value) : null);

/** What is kept of a visit, to be written on; one that was planned until now is about to be done. */
export function draftOfVisit(visit: VisitRecord): VisitDraft {
  return {
    status: visit.status === "planned" ? "done" : visit.status,
    participants: visit.participants.map((one) => ({
      name: text(one.name),
      type: one.type,
      side: one.side,
      count: text(one.count),
      women: text(one.women),
      youth: text(one.youth),
      heard: text(one.heard === null || one.heard === undefined ? null : String(one.heard)) as ParticipantDraft["heard"],
    })),
    interests: visit.interests.map(({ party, side, interest }) => ({ party, side, interest })),
    minutes: text(visit.minutes),
    assessment: text(visit.assessment),
    outcome: text(visit.outcome),
    nextReview: text(visit.next_review),
  };
}

/** What is sent; unknown is null, rows without words are left out. */
export function sentVisit(draft: VisitDraft): Record<string, unknown> {
  return {
    status: draft.status,
    participants: draft.participants.map((one) => ({
      name: one.name.trim() || null,
      type: one.type,
      side: one.side,
      count: asNumber(one.count) ?? 1,
      women: asNumber(one.women),
      youth: asNumber(one.youth),
      heard: one.heard === "" ? null : one.heard === "true",
    })),
    interests: draft.interests.filter(({ party, interest }) => party.trim() && interest.trim()),
    minutes: draft.minutes.trim() || null,
    assessment: draft.assessment.trim() || null,
    outcome: draft.outcome || null,
    next_review: draft.nextReview || null,
  };
}

/** Who was not yet heard, of those whose voice makes an agreement last: both sides, women, youth. */
export function unheard(participants: readonly ParticipantDraft[]): ("first" | "second" | "women" | "youth")[] {
  const heard = participants.filter((one) => one.heard === "true");
  const missing: ("first" | "second" | "women" | "youth")[] = [];
  for (const side of ["first", "second"] as const) if (!heard.some((one) => one.side === side)) missing.push(side);
  for (const group of ["women", "youth"] as const) if (!heard.some((one) => (asNumber(one[group]) ?? 0) > 0)) missing.push(group);
  return missing;
}
