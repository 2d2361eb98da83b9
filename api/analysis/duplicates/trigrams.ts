/** How often each run of three characters stands in a text, and the length of that list of counts as a vector. */
export interface TrigramProfile {
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

/**
 * The character trigrams of a text: lower case, letters and digits only, words set apart by one space, a space at both ends. Spelling mistakes and endings
 * touch few of them, which suits messages typed on a phone. Cost: linear in the text.
 */
export function trigramsOf(text: string): TrigramProfile {
  const plain = ` ${text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
  const counts = new Map<string, number>();
  for (let at = 0; at + 3 <= plain.length; at++) {
    const trigram = plain.slice(at, at + 3);
    counts.set(trigram, (counts.get(trigram) ?? 0) + 1);
  }
  let squares = 0;
  for (const count of counts.values()) squares += count * count;
  return { counts, length: Math.sqrt(squares) };
}

/** Cosine of the angle between two profiles: 1 for the same text, 0 for texts without a common trigram; NaN where one of them is empty. */
export function cosineLikeness(a: TrigramProfile, b: TrigramProfile): number {
  const [few, many] = a.counts.size < b.counts.size ? [a, b] : [b, a];
  let product = 0;
  for (const [trigram, count] of few.counts) product += count * (many.counts.get(trigram) ?? 0);
  return Math.min(1, product / (a.length * b.length));
}
