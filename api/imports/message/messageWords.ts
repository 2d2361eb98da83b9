import dictionary from "../../../data/messageWords.json" with { type: "json" };
import { evidenceAt, type Guess, nothing, rounded } from "./guess.ts";

interface WordList {
  readonly code: string;
  readonly words: readonly string[];
}
interface Found {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

const escaped = (word: string): string => word.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
/** A word as it stands alone; `*` at its end lets endings follow, and any run of blanks may part its words. */
const patternOf = (word: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])${escaped(word.replace(/\*$/, "")).replaceAll(" ", "\\s+")}${word.endsWith("*") ? "\\p{L}*" : ""}(?![\\p{L}\\p{N}])`,
    "giu",
  );

const patterns = new Map<string, RegExp>();
function patternFor(word: string): RegExp {
  const known = patterns.get(word) ?? patternOf(word);
  patterns.set(word, known);
  return known;
}

const negation = new RegExp(`(?<!\\p{L})(?:${dictionary.negations.join("|")})\\s+(?:\\p{L}+\\s+){0,2}$`, "iu");

function findAll(text: string, lists: readonly WordList[]): Found[] {
  const found: Found[] = [];
  for (const { code, words } of lists) {
    for (const word of words) {
      for (const match of text.matchAll(patternFor(word))) {
        const { index } = match;
        if (negation.test(text.slice(Math.max(0, index - 60), index))) continue;
        // What several words say is meant more surely than what one says.
        found.push({ code, start: index, end: index + match[0].length, weight: word.split(" ").length });
      }
    }
  }
  // Inside a longer find a shorter one of the same code says nothing more.
  return found.filter(
    (one) =>
      !found.some(
        (other) =>
          other !== one && other.code === one.code && other.start <= one.start && other.end >= one.end && other.weight > one.weight,
      ),
  );
}

/** The code whose words weigh most in a text. Confidence falls where other codes are named too. */
function heaviest(text: string, lists: readonly WordList[], ceiling: number): Guess<string> {
  const found = findAll(text, lists);
  const weights = new Map<string, number>();
  for (const { code, weight } of found) weights.set(code, (weights.get(code) ?? 0) + weight);
  const [first, ...others] = [...weights].sort(([a, x], [b, y]) => y - x || earliest(found, a) - earliest(found, b));
  if (!first) return nothing;
  const [code, weight] = first;
  const total = [...weights.values()].reduce((sum, each) => sum + each, 0);
  const evidence = found.filter((one) => one.code === code).sort((a, b) => b.weight - a.weight || a.start - b.start)[0];
  return {
    value: code,
    evidence: evidence ? evidenceAt(text, evidence.start, evidence.end) : null,
    confidence: rounded(Math.min(ceiling, weight / (total + 0.4))),
    ...(others.length > 0 ? { alternatives: others.slice(0, 4).map(([other]) => other) } : {}),
  };
}

const earliest = (found: readonly Found[], code: string): number =>
  Math.min(...found.filter((one) => one.code === code).map((one) => one.start));

export function findIssue(text: string): Guess<string> {
  return heaviest(text, dictionary.issues, 0.95);
}

export function findForm(text: string): Guess<string> {
  return heaviest(text, dictionary.forms, 0.95);
}

/** How far the named source can be trusted: never sure from a word alone. */
export function findSourceValue(text: string): Guess<string> {
  return heaviest(text, dictionary.sources, 0.6);
}

/** Where the message says that nothing happened. */
export function findNil(text: string): Guess<boolean> {
  for (const word of dictionary.nil) {
    const match = patternFor(word).exec(text);
    patternFor(word).lastIndex = 0;
    if (match) return { value: true, evidence: evidenceAt(text, match.index, match.index + match[0].length), confidence: 0.8 };
  }
  return nothing;
}
