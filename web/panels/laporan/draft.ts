import { addDays, dayOfMoment } from "../../format/day.ts";

export interface DraftPlace {
  readonly code: string;
  readonly name: string;
  readonly district: string;
}

/** What a person has written so far. Text fields hold what was typed; empty means not known. */
export interface Draft {
  kind: "event" | "nil";
  /** Made at the first key, so that sending twice keeps one report. */
  id: string | null;
  /** A sending of this id has begun; the service may have it even when no answer came. */
  attempted: boolean;
  placeText: string;
  place: DraftPlace | null;
  /** Longitude and latitude in degrees, when the reporter stands where it happened. */
  point: readonly [number, number] | null;
  day: string;
  /** Hours and minutes, in the office's time; empty when only the day is known. */
  time: string;
  source: SourceId | "";
  issue: string;
  form: string;
  facts: string;
  killed: string;
  injured: string;
  displaced: string;
  opinion: string;
  periodFrom: string;
  periodTo: string;
  obtained: string;
  nilFacts: string;
}

export type SourceId = "seen" | "village" | "police" | "figure" | "resident" | "press" | "social";

/** How well each kind of source is trusted before a verifier judges it, A to F. */
export const sourceGrades: Record<SourceId, string> = {
  seen: "B",
  village: "B",
  police: "B",
  figure: "C",
  resident: "C",
  press: "C",
  social: "F",
};

/** An empty draft of today; the nil period is the seven days before today, shown and to be changed. */
export function emptyDraft(kind: Draft["kind"] = "event", today = dayOfMoment(new Date().toISOString())): Draft {
  return {
    kind,
    id: null,
    attempted: false,
    placeText: "",
    place: null,
    point: null,
    day: "",
    time: "",
    source: "",
    issue: "",
    form: "",
    facts: "",
    killed: "",
    injured: "",
    displaced: "",
    opinion: "",
    periodFrom: addDays(today, -7),
    periodTo: addDays(today, -1),
    obtained: today,
    nilFacts: "",
  };
}

/** A random UUID, version 4. Works on plain http too, where `crypto.randomUUID` does not exist. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const keyOf = (person: string): string => `waspada-draft-${person}`;

/** The draft that this person left in this browser; an empty one when there is none or it cannot be read. */
export function restoreDraft(person: string): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(person)) ?? "null") as Partial<Draft> | null;
    return kept?.id ? { ...emptyDraft(), ...kept } : emptyDraft(kept?.kind);
  } catch {
    return emptyDraft();
  }
}

/** Keeps the draft in this browser. A full or forbidden storage is no reason to stop writing. */
export function keepDraft(person: string, draft: Draft): void {
  try {
    if (draft.id) localStorage.setItem(keyOf(person), JSON.stringify(draft));
    else localStorage.removeItem(keyOf(person));
  } catch {
    // Nothing can be done about it here; the text stays on the screen.
  }
}

const placeKeyOf = (person: string): string => `waspada-place-${person}`;

/** The village that this person last wrote about on this device. */
export function lastPlace(person: string): DraftPlace | null {
  try {
    return JSON.parse(localStorage.getItem(placeKeyOf(person)) ?? "null") as DraftPlace | null;
  } catch {
    return null;
  }
}

export function keepLastPlace(person: string, place: DraftPlace): void {
  try {
    localStorage.setItem(placeKeyOf(person), JSON.stringify(place));
  } catch {
    // A convenience only.
  }
}
