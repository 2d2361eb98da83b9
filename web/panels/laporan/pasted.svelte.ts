import { request, wordsOf } from "../../client.ts";
import { dayOfMoment } from "../../format/day.ts";
import type { Place } from "../../state/places.svelte.ts";
import type { Draft } from "./draft.ts";
import { timeOfMoment } from "./features.ts";

interface Evidence {
  readonly start: number;
  readonly end: number;
}
interface Guess<Value> {
  readonly value: Value | null;
  readonly evidence: Evidence | null;
  readonly confidence: number | null;
  readonly alternatives?: readonly unknown[];
}
type CountField = "killed" | "injured" | "displaced";

/** What the service reads in a message; nothing of it is stored. */
export interface MessageDraft {
  readonly kind: Draft["kind"];
  readonly fields: Readonly<Record<"village_code" | "occurred_from" | "issue" | "form" | "facts" | "obtained_at", Guess<string>>> &
    Readonly<Record<CountField, Guess<number>>> & { readonly nil: Guess<boolean> };
}

export const shownFields = ["village_code", "occurred_from", "issue", "form", "killed", "injured", "displaced"] as const;
const counts: readonly CountField[] = ["killed", "injured", "displaced"];

/** The changes of the form that a read message asks for; what it does not say stays empty. */
export function changesOf({ kind, fields }: MessageDraft): Partial<Draft> {
  const places = (fields.village_code.alternatives ?? []) as readonly Place[];
  const settled = places.find((place) => place.code === fields.village_code.value);
  const named = settled ?? places[0];
  const place = settled ? { code: settled.code, name: settled.name, district: settled.district_name } : null;
  const at = { placeText: named?.name ?? "", place, point: null };
  const facts = fields.facts.value ?? "";
  if (kind === "nil") {
    const obtained = fields.obtained_at.value;
    return { ...at, nilFacts: facts, ...(obtained ? { obtained: dayOfMoment(obtained) } : {}) };
  }
  const when = fields.occurred_from.value;
  return {
    ...at,
    day: when ? dayOfMoment(when) : "",
    time: when ? timeOfMoment(when) : "",
    issue: fields.issue.value ?? "",
    form: fields.form.value ?? "",
    facts,
    ...Object.fromEntries(counts.map((field) => [field, fields[field].value === null ? "" : String(fields[field].value)])),
  };
}

/** A piece of the message: plain, or what a field was read from. */
export interface MessagePiece {
  readonly text: string;
  readonly field: (typeof shownFields)[number] | null;
}

/** Cuts a message at the evidence of its fields; where two fields share words the first keeps them. */
export function piecesOf(text: string, { fields }: MessageDraft): MessagePiece[] {
  const marks = shownFields
    .flatMap((field) => (fields[field].evidence ? [{ field, ...fields[field].evidence }] : []))
    .sort((a, b) => a.start - b.start);
  const pieces: MessagePiece[] = [];
  let at = 0;
  for (const { field, start, end } of marks) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), field: null });
    pieces.push({ text: text.slice(start, end), field });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), field: null });
  return pieces;
}

/** A pasted message on its way into the form. */
export class PastedMessage {
  text = $state("");
  /** The text that the draft was read from. */
  readText = $state("");
  draft = $state.raw<MessageDraft | null>(null);
  isBusy = $state(false);
  problem = $state<string | null>(null);

  async read(): Promise<MessageDraft | null> {
    if (this.isBusy || this.text.trim() === "") return null;
    this.isBusy = true;
    this.problem = null;
    try {
      const { text } = this;
      this.draft = await request<MessageDraft>("/api/reports/draft", { method: "POST", body: { text } });
      this.readText = text;
      return this.draft;
    } catch (error) {
      this.problem = wordsOf(error);
      return null;
    } finally {
      this.isBusy = false;
    }
  }
}
