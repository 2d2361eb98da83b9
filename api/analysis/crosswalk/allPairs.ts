import { nameLikeness } from "../names/nameLikelihood.ts";
import { type AreaList, parentOf, villagesOf } from "./areaList.ts";
import { compose } from "./compose.ts";
import { type Crosswalk, crosswalk, type Link } from "./crosswalk.ts";
import type { Overlap } from "./overlaps.ts";
import { withUpperLevels } from "./upperLevels.ts";

/** A list with the year for which it holds. */
export interface Vintage extends AreaList {
  readonly year: number;
}

export interface OverlapsOfPair {
  readonly fromYear: number;
  readonly toYear: number;
  readonly overlaps: readonly Overlap[];
}

/** An area that could not be followed, with up to three open areas of the other list that come nearest, by name, the likest first. */
export interface UnknownArea {
  readonly code: string;
  readonly candidates: readonly string[];
}

export interface CrosswalkOfPair {
  readonly fromYear: number;
  readonly toYear: number;
  readonly links: readonly Link[];
  readonly unknownBefore: readonly UnknownArea[];
  readonly unknownAfter: readonly UnknownArea[];
}

const provincesOfNation = 30;
const mostCandidates = 3;

const provincesOf = (list: AreaList): Set<string> => new Set(list.codes.map((code) => code.slice(0, 2)));

/** What both lists speak of: of one that holds a few provinces only, nothing is said about the others. */
function inCommon(one: Vintage, other: Vintage): { one: Vintage; other: Vintage } {
  const [provinces, otherProvinces] = [provincesOf(one), provincesOf(other)];
  if (provinces.size >= provincesOfNation && otherProvinces.size >= provincesOfNation) return { one, other };
  const smaller = provinces.size <= otherProvinces.size ? provinces : otherProvinces;
  return { one: within(one, smaller), other: within(other, smaller) };
}

function within(list: Vintage, provinces: ReadonlySet<string>): Vintage {
  const kept = [...list.codes.keys()].filter((index) => provinces.has(list.codes[index]!.slice(0, 2)));
  if (kept.length === list.codes.length) return list;
  return { year: list.year, codes: kept.map((index) => list.codes[index]!), names: kept.map((index) => list.names[index]!) };
}

/**
 * The crosswalks of every earlier list to every later one: from list to list by `crosswalk`, over several by `compose`, with the levels above villages.
 * Cost: for four lists of the nation about 10 s and 500 MB, most of it for reading names.
 */
export function crosswalksOfAllPairs(vintages: readonly Vintage[], overlaps: readonly OverlapsOfPair[] = []): CrosswalkOfPair[] {
  const lists = [...vintages].sort((a, b) => a.year - b.year);
  const found: CrosswalkOfPair[] = [];
  const steps = new Map<string, Crosswalk>();
  const onGround = (from: Vintage, to: Vintage): readonly Overlap[] =>
    overlaps.find(({ fromYear, toYear }) => fromYear === from.year && toYear === to.year)?.overlaps ?? [];
  const stepBetween = (from: Vintage, to: Vintage): Crosswalk => {
    const key = `${from.year} ${to.year}`;
    const step = steps.get(key) ?? crosswalk(from, to, onGround(from, to));
    steps.set(key, step);
    return step;
  };
  for (let first = 0; first < lists.length - 1; first++) {
    let walk: Crosswalk | undefined;
    for (let last = first + 1; last < lists.length; last++) {
      const [before, middle, after] = [lists[first]!, lists[last - 1]!, lists[last]!];
      const pair = inCommon(before, after);
      const isWhole = pair.one === before && pair.other === after && inCommon(middle, after).one === middle;
      const isDirect = last === first + 1 || walk === undefined || !isWhole || onGround(before, after).length > 0;
      const villages: Crosswalk = isDirect
        ? isWhole
          ? stepBetween(before, after)
          : crosswalk(pair.one, pair.other, onGround(before, after))
        : compose(before, middle, after, walk!, stepBetween(middle, after));
      walk = isWhole ? villages : undefined;
      const all = withUpperLevels(pair.one, pair.other, villages);
      found.push({
        fromYear: before.year,
        toYear: after.year,
        links: all.links,
        unknownBefore: candidatesFor(all.unknownBefore, pair.one, all.unknownAfter, pair.other, all.links, "forward"),
        unknownAfter: candidatesFor(all.unknownAfter, pair.other, all.unknownBefore, pair.one, all.links, "back"),
      });
    }
  }
  return found;
}

function candidatesFor(
  unknown: readonly string[],
  list: AreaList,
  open: readonly string[],
  other: AreaList,
  links: readonly Link[],
  direction: "forward" | "back",
): UnknownArea[] {
  const names = villagesOf(list);
  const otherNames = villagesOf(other);
  const nameOf = (villages: typeof names, code: string): string => {
    const index = villages.indexOf.get(code);
    return index === undefined ? (villages.parentNames.get(code) ?? "") : villages.names[index]!;
  };
  const heirs = new Map<string, Set<string>>();
  for (const { from, to } of links) {
    if (from.length !== 5) continue;
    const [key, heir] = direction === "forward" ? [from, to] : [to, from];
    heirs.set(key, (heirs.get(key) ?? new Set()).add(heir));
  }
  return unknown.map((code) => {
    const regency = parentOf(parentOf(code));
    const near = heirs.get(regency) ?? new Set([regency]);
    const candidates = open
      .filter((candidate) => candidate.length === code.length && near.has(parentOf(parentOf(candidate))))
      .map((candidate) => ({ candidate, likeness: nameLikeness(nameOf(names, code), nameOf(otherNames, candidate)) }))
      .sort((a, b) => b.likeness - a.likeness || (a.candidate < b.candidate ? -1 : 1));
    return { code, candidates: candidates.slice(0, mostCandidates).map(({ candidate }) => candidate) };
  });
}
