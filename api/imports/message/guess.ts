/** Where in a message something was read: half-open, in UTF-16 units of the text as it was pasted. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a message seems to say about one field. Nothing said: value, evidence and confidence are null. A person confirms every one. */
export interface Guess<Value> {
  readonly value: Value | null;
  readonly evidence: Evidence | null;
  /** In [0, 1]; a rule of thumb that orders guesses, not a measured frequency. */
  readonly confidence: number | null;
  /** Other readings, likeliest first. */
  readonly alternatives?: readonly unknown[];
}

export const nothing: Guess<never> = { value: null, evidence: null, confidence: null };

/** The evidence between two places of a text. */
export function evidenceAt(text: string, start: number, end: number): Evidence {
  return { start, end, text: text.slice(start, end) };
}

/** Two digits of a confidence: more would pretend. */
export const rounded = (confidence: number): number => Math.round(confidence * 100) / 100;
