import type { Queryable } from "../../database/database.ts";
import { type Candidate, findPlaces } from "../../places/findPlaces.ts";
import { evidenceAt, type Guess, nothing, rounded } from "./guess.ts";
import { findHarm, type HarmField } from "./messageCounts.ts";
import { findWhen } from "./messageDay.ts";
import { readHead } from "./messageHead.ts";
import { findPlacePhrases } from "./messagePlace.ts";
import { findForm, findIssue, findNil, findSourceValue } from "./messageWords.ts";

/** What a pasted message seems to report, field by field, for a person to confirm. Nothing of it is stored. */
export interface MessageDraft {
  /** `nil` where it says that nothing happened and names nothing that did. */
  readonly kind: "event" | "nil";
  readonly fields: {
    readonly village_code: Guess<string>;
    readonly obtained_at: Guess<string>;
    readonly occurred_from: Guess<string>;
    readonly issue: Guess<string>;
    readonly form: Guess<string>;
    readonly facts: Guess<string>;
    readonly channel: Guess<string>;
    readonly source_value: Guess<string>;
    readonly nil: Guess<boolean>;
  } & Readonly<Record<HarmField, Guess<number>>>;
}

export interface DraftFrame {
  readonly database: Queryable;
  readonly now: Date;
  readonly timeZone: string;
  /** Area codes, each covering all inside, in which the person may see places; null is everywhere. */
  readonly scope: readonly string[] | null;
  /** Where the message is likely about, or null. */
  readonly within: string | null;
}

const candidatesTold = 5;
/** A place that is not said to be a village is less likely one. */
const unnamedShare = 0.7;

async function findVillage(text: string, frame: DraftFrame): Promise<Guess<string>> {
  let best: (Guess<string> & { alternatives?: readonly Candidate[] }) | null = null;
  for (const { evidence, queries, isNamed } of findPlacePhrases(text)) {
    for (const query of queries) {
      const found = await findPlaces(frame.database, query, { within: frame.within, scope: frame.scope, limit: candidatesTold });
      const [first] = found.candidates;
      if (!first) continue;
      const confidence = rounded(first.probability * (isNamed ? 1 : unnamedShare));
      if (best && (best.confidence ?? 0) >= confidence) continue;
      // Among equals nobody is picked: the candidates are there to choose from.
      best = { value: found.ambiguous ? null : first.code, evidence, confidence, alternatives: found.candidates };
    }
  }
  return best ?? nothing;
}

function findChannel(text: string, isForwarded: boolean): Guess<string> {
  const match = /(?<!\p{L})(?:sumber|info dari|informasi dari|menurut)\s*[:=]?\s*([\p{L}\p{N} .'-]{2,60}?)(?=[\n,;.]|\s{2}|$)/iu.exec(text);
  if (match?.[1])
    return { value: match[1].trim(), evidence: evidenceAt(text, match.index, match.index + match[0].length), confidence: 0.7 };
  return isForwarded ? { value: "WhatsApp", evidence: null, confidence: 0.8 } : nothing;
}

/** Shifts evidence that was found behind the head of a message to its place in the whole text. */
function shifted<Value>(guess: Guess<Value>, by: number): Guess<Value> {
  if (!guess.evidence || by === 0) return guess;
  const { start, end, text } = guess.evidence;
  return { ...guess, evidence: { start: start + by, end: end + by, text } };
}

/**
 * Reads a pasted message (WhatsApp style, Indonesian) into a draft: every field with its value, the words it was read from, and a confidence; what the message
 * does not say is null. "Kemarin" counts from when the message was sent, if its head tells, else from now.
 */
export async function draftFromMessage(text: string, frame: DraftFrame): Promise<MessageDraft> {
  const head = readHead(text, frame.timeZone);
  const at = head?.bodyStart ?? 0;
  const body = text.slice(at);
  const sentAt = head && head.sentAt <= frame.now ? head.sentAt : frame.now;
  const [issue, form, nil] = [findIssue(body), findForm(body), findNil(body)];
  const isNil = nil.value === true && form.value === null && issue.value === null;
  const guesses = {
    village_code: await findVillage(body, frame),
    occurred_from: findWhen(body, sentAt, frame.timeZone),
    issue,
    form,
    facts: { value: body.trim() || null, evidence: null, confidence: body.trim() ? 1 : null },
    channel: findChannel(body, head !== null),
    source_value: findSourceValue(body),
    nil: isNil ? nil : nothing,
    ...findHarm(body),
  };
  const fields = Object.fromEntries(Object.entries(guesses).map(([field, guess]) => [field, shifted(guess as Guess<unknown>, at)]));
  const obtained: Guess<string> = head ? { value: sentAt.toISOString(), evidence: evidenceAt(text, 0, at), confidence: 0.95 } : nothing;
  return { kind: isNil ? "nil" : "event", fields: { ...fields, obtained_at: obtained } as MessageDraft["fields"] };
}
