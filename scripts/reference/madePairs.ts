import type { ComparedIncident } from "../../api/analysis/duplicates/sameIncident.ts";
import { trigramsOf } from "../../api/analysis/duplicates/trigrams.ts";
import { createRandom } from "../../api/analysis/significance/random.ts";
import { type MadeStory, stories } from "./madeStories.ts";

/** A pair whose answer is known, because it was made. */
export interface MadePair {
  readonly a: ComparedIncident;
  readonly b: ComparedIncident;
  readonly metres: number;
  readonly isSame: boolean;
}

/** How many in 100 pairs that are close enough to be asked about tell of one incident. */
const shareSame = 0.15;

interface Event {
  readonly story: MadeStory;
  readonly x: number;
  readonly y: number;
  readonly day: number;
  readonly facts: Readonly<Record<string, string>>;
  readonly killed: number;
  readonly injured: number;
  readonly displaced: number;
}

/**
 * Makes pairs of reports as two people would write them. Pairs of one incident: a second teller with other words, sentences left out, abbreviations and typing
 * mistakes, a day early or late, the neighbouring village in one of ten, another issue or form in some, casualties as counted later or not told. Pairs of two
 * incidents: the same fortnight, within 10 km, half of them of the same kind, some in the same village. Villages are squares of 2 km.
 */
export function madePairs(seed: number, count: number): MadePair[] {
  const random = createRandom(seed);
  const next = random.unit;
  const { below } = random;
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const around = (spread: number): number => (next() + next() + next() - 1.5) * spread;

  const event = (story: MadeStory, x: number, y: number, day: number): Event => {
    const hurts = next() < story.harm;
    const facts = Object.fromEntries(Object.entries(story.facts).map(([name, choices]) => [name, pick(choices)]));
    return {
      story,
      x,
      y,
      day,
      facts,
      killed: next() < story.harm * 0.15 ? 1 + below(2) : 0,
      injured: hurts ? 1 + below(6) : 0,
      displaced: next() < story.harm * 0.1 ? 10 * (1 + below(12)) : 0,
    };
  };

  const mistyped = (word: string): string => {
    if (word.length < 5 || next() > 0.04) return word;
    const at = 1 + below(word.length - 2);
    return next() < 0.5 ? word.slice(0, at) + word.slice(at + 1) : word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
  };
  const shortForms: Readonly<Record<string, string>> = {
    dengan: "dgn",
    yang: "yg",
    orang: "org",
    tidak: "tdk",
    warga: "wrg",
    karena: "krn",
    kepada: "kpd",
  };
  const told = ({ story, facts }: Event): string => {
    const isTerse = next() < 0.3;
    const isShortening = next() < 0.4;
    const sentences = story.sentences
      .filter((_, index) => index === 0 || next() < (isTerse ? 0.35 : 0.8))
      .map((ways) => pick(ways).replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? ""));
    return sentences
      .join(" ")
      .split(" ")
      .map((word) => (isShortening ? (shortForms[word] ?? word) : word))
      .map(mistyped)
      .join(" ");
  };
  const counted = (number: number): number => {
    if (next() < 0.45) return Number.NaN;
    return next() < 0.75 ? number : Math.max(0, number + below(3) - 1);
  };
  const report = (of: Event): ComparedIncident & { x: number; y: number } => {
    const strays = next() < 0.1 ? 2000 : 250;
    const [x, y] = [of.x + around(strays), of.y + around(strays)];
    const lag = next();
    return {
      villageCode: `${Math.floor(x / 2000)}.${Math.floor(y / 2000)}`,
      day: of.day + (lag < 0.72 ? 0 : lag < 0.92 ? (next() < 0.5 ? 1 : -1) : below(4)),
      issue: next() < 0.88 ? of.story.issue : pick(of.story.mistakenIssues),
      form: next() < 0.8 ? of.story.form : pick(of.story.mistakenForms),
      text: trigramsOf(told(of)),
      killed: counted(of.killed),
      injured: counted(of.injured),
      displaced: counted(of.displaced),
      x,
      y,
    };
  };

  return Array.from({ length: count }, () => {
    const isSame = next() < shareSame;
    const first = event(pick(stories), next() * 30_000, next() * 30_000, 100);
    const isNear = next() < 0.25;
    const reach = isNear ? 1500 : 7000;
    const second = isSame
      ? first
      : event(
          next() < 0.5 ? first.story : pick(stories),
          first.x + (2 * next() - 1) * reach,
          first.y + (2 * next() - 1) * reach,
          100 + below(15) - 7,
        );
    const [a, b] = [report(first), report(second)];
    // Places are told by the village alone in half of the reports: the distance is then that of the villages' middles.
    const middle = (z: number): number => (Math.floor(z / 2000) + 0.5) * 2000;
    const [byVillageA, byVillageB] = [next() < 0.5, next() < 0.5];
    const metres = Math.hypot(
      (byVillageA ? middle(a.x) : a.x) - (byVillageB ? middle(b.x) : b.x),
      (byVillageA ? middle(a.y) : a.y) - (byVillageB ? middle(b.y) : b.y),
    );
    return { a, b, metres, isSame };
  });
}
