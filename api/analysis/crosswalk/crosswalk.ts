import { nameNats } from "../names/nameLikelihood.ts";
import { readTypedName } from "../names/placeName.ts";
import { type AreaList, comparedName, lettersOf, parentOf, type Villages, villagesOf } from "./areaList.ts";
import { type Evidence, type Match, matchVillages } from "./matchVillages.ts";
import { namesInParts } from "./nameParts.ts";
import { linksOfOverlaps, type Overlap } from "./overlaps.ts";

export type Change = "renamed" | "moved" | "split" | "merged";

/** What became of one area, or where one came from; a village that split has several. An area in both lists without a link is unchanged. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly change: Change;
  /** In [0, 1]: of the links given 0.9, nine in ten are right (tests/api/analysis/crosswalk/calibration.test.ts says how that is measured). */
  readonly confidence: number;
  /** The part of `from` that is now in `to`, in [0, 1]; those of one `from` add up to 1. 0: `to` came out of `from`, how much of it is not known. */
  readonly share: number;
  /** The part of `to` that was in `from`, in [0, 1]; those of one `to` add up to at most 1. */
  readonly shareBack: number;
  readonly evidence: readonly Evidence[];
}

export interface Crosswalk {
  readonly links: readonly Link[];
  /** Codes of the earlier list of which no successor was found, and of the later list without a known origin. */
  readonly unknownBefore: readonly string[];
  readonly unknownAfter: readonly string[];
}

/** Above it one name has nothing to do with the other. */
const spellingNats = 14;
const oddsOfCodeKept = 50;
const chanceOfOtherNameUnderCode = 0.1;
/** Among so many a name like the earlier one would stand under the same code by chance. */
const villagesOfNation = 84_000;

interface Renaming {
  readonly place: number;
  readonly find: number;
  readonly nats: number;
}

function natsBetween(before: Villages, after: Villages, place: number, find: number): number {
  const [one, other] = [before.read[place]!, after.read[find]!];
  const [name, otherName] = [before.names[place]!, after.names[find]!];
  if (name === otherName || lettersOf(name) === lettersOf(otherName)) return 0;
  if (one.key === other.key) return 1;
  const typed = (name: string) => readTypedName(comparedName(name));
  return Math.min(nameNats(typed(name), other, spellingNats), nameNats(typed(otherName), one, spellingNats));
}

/** Sorts the villages of two lists: what keeps code and name, what keeps its code, and what is open on either side. */
function sortOut(
  before: Villages,
  after: Villages,
  seen: { readonly from: ReadonlySet<string>; readonly to: ReadonlySet<string> },
): { renamings: Renaming[]; doubtful: Renaming[]; places: number[]; finds: number[] } {
  const renamings: Renaming[] = [];
  const doubtful: Renaming[] = [];
  const places: number[] = [];
  for (const [place, code] of before.codes.entries()) {
    if (seen.from.has(code)) continue;
    const find = after.indexOf.get(code);
    if (find === undefined) {
      places.push(place);
      continue;
    }
    const nats = natsBetween(before, after, place, find);
    if (nats === 0) continue;
    (nats <= spellingNats ? renamings : doubtful).push({ place, find, nats });
  }
  const finds = after.codes.flatMap((code, find) => (before.indexOf.has(code) || seen.to.has(code) ? [] : [find]));
  return { renamings, doubtful, places, finds };
}

/**
 * Takes those that kept their code but not their name: of two that exchanged names the names tell who is who, since a village keeps its name rather than its
 * number; all others keep their code.
 */
function exchangedNames(before: Villages, after: Villages, doubtful: readonly Renaming[]): Map<number, number> {
  const byName = new Map<string, Renaming[]>();
  for (const renaming of doubtful) {
    const key = `${parentOf(parentOf(after.codes[renaming.find]!))} ${after.read[renaming.find]!.closed}`;
    byName.set(key, [...(byName.get(key) ?? []), renaming]);
  }
  const exchanged = new Map<number, number>();
  const targetOf = (renaming: Renaming): Renaming | undefined => {
    const found = byName.get(`${parentOf(parentOf(before.codes[renaming.place]!))} ${before.read[renaming.place]!.closed}`) ?? [];
    return found.length === 1 ? found[0] : undefined;
  };
  for (const first of doubtful) {
    // A closed ring of names: A took the name of B, B of C, and C of A.
    const ring: Renaming[] = [first];
    for (let next = targetOf(first); next !== undefined && next !== first && ring.length < 20; next = targetOf(next)) {
      if (ring.includes(next)) break;
      ring.push(next);
    }
    if (ring.length < 2 || targetOf(ring.at(-1)!) !== first) continue;
    for (const member of ring) exchanged.set(member.place, targetOf(member)!.find);
  }
  return exchanged;
}

/**
 * Says what became of every village of the earlier list and where every one of the later came from, by codes, names and parents.
 * A village under the same code with the same name is unchanged, exactly and without a link. One under the same code with another name is renamed, unless
 * names were exchanged. One whose code vanished is looked for by `matchVillages`; of what is left, parts of a name show splits and mergers ("Panti" and
 * "Panti Utara"). Cost: about 2 s for two lists of the nation.
 */
export function crosswalk(earlier: AreaList, later: AreaList, overlaps: readonly Overlap[] = []): Crosswalk {
  const before = villagesOf(earlier);
  const after = villagesOf(later);
  const seen = linksOfOverlaps(before, after, overlaps);
  const { renamings, doubtful, places, finds } = sortOut(before, after, seen);
  const links: Link[] = [...seen.links];
  const link = (place: number, find: number, change: Change, confidence: number, evidence: readonly Evidence[]): void => {
    links.push({ from: before.codes[place]!, to: after.codes[find]!, change, confidence, share: 1, shareBack: 1, evidence });
  };

  for (const { place, find, nats } of renamings) {
    const odds = oddsOfCodeKept * ((1 - chanceOfOtherNameUnderCode) * Math.exp(-nats) * villagesOfNation + chanceOfOtherNameUnderCode);
    link(place, find, "renamed", odds / (1 + odds), ["same_code", nats === 1 ? "other_spelling" : "similar_name"]);
  }
  const exchanged = exchangedNames(before, after, doubtful);
  for (const { place, find } of doubtful) {
    const target = exchanged.get(place);
    if (target !== undefined) link(place, target, "moved", 0.9, ["same_name", "same_regency"]);
    else {
      const odds = oddsOfCodeKept * chanceOfOtherNameUnderCode;
      link(place, find, "renamed", odds / (1 + odds), ["same_code", "other_name"]);
    }
  }

  const { matches } = matchVillages(before, after, { places, finds });
  for (const match of matches) link(match.place, match.find, changeOf(match), match.sureness, match.evidence);
  const leftPlaces = without(places, matches, "place");
  const leftFinds = without(finds, matches, "find");
  const parts = namesInParts(before, after, links, leftPlaces, leftFinds);
  const linkedFrom = new Set(parts.map(({ from }) => from));
  const linkedTo = new Set(parts.map(({ to }) => to));
  return {
    links: [...links, ...parts].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1)),
    unknownBefore: leftPlaces.map((place) => before.codes[place]!).filter((code) => !linkedFrom.has(code)),
    unknownAfter: leftFinds.map((find) => after.codes[find]!).filter((code) => !linkedTo.has(code)),
  };
}

const changeOf = ({ evidence }: Match): Change => (evidence[0] === "similar_name" || evidence[0] === "other_name" ? "renamed" : "moved");

function without(all: readonly number[], matches: readonly Match[], side: "place" | "find"): number[] {
  const taken = new Set(matches.map((match) => match[side]));
  return all.filter((index) => !taken.has(index));
}
