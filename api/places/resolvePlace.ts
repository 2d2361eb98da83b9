import { explainedNats, roleNats, strayNats, usage } from "./explain.ts";
import type { Gazetteer, Region } from "./gazetteer.ts";
import { PlaceReadings } from "./placeReadings.ts";
import type { PlaceText } from "./placeText.ts";

/** A village and the chance that it is meant. */
export interface Resolved {
  /** Index in the gazetteer. */
  readonly village: number;
  readonly probability: number;
}

export interface Resolution {
  /** Likeliest first, equals by code; none less likely than a ten-thousandth of the first. */
  readonly candidates: readonly Resolved[];
  /** The chance that it is none of them: a place that no list has, or text that is no place. */
  readonly none: number;
  /** The likeliest village that is not in question or not loaded, with the chance of all such villages together; null where there is none. */
  readonly elsewhere: Resolved | null;
}

/** Prior weights: who asks here means what is loaded here, seldom another village of the nation, now and then a place that no list has. */
const prior = { elsewhere: 0.02, unlisted: 0.01 } as const;
const natsOfUnlistedName = 6;
const natsOfUnlistedLetter = 2.4;
/** Villages compared one by one because a region that is named holds them, or because few are in question. */
const mostDirect = 600;
const least = 1e-4;
/** In nats: one or two slips in a name, with all words read. */
const wellExplained = 14;

/** Villages of the gazetteer in question: all, or a span of codes each. Indices `first` up to, not including, `last`. */
export type VillageSpans = readonly { readonly first: number; readonly last: number }[];

/** The span of villages inside an area. Leans on the order of the codes. */
export function villagesWithin(gazetteer: Gazetteer, code: string): { first: number; last: number } {
  const from = (text: string): number => {
    let low = 0;
    let high = gazetteer.codes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (gazetteer.codes[middle]! < text) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { first: from(code), last: from(`${code}~`) };
}

const above = (region: Region | undefined, all: readonly Region[]): Region | undefined => (region ? all[region.parent] : undefined);

interface Search {
  readonly text: PlaceText;
  readonly gazetteer: Gazetteer;
  readonly readings: PlaceReadings;
  readonly within: VillageSpans | null;
}

/** Names that the spans may be: those of their key, or, when asked for, those of their beginning and those alike. */
function villageNames(text: PlaceText, gazetteer: Gazetteer, isWide: boolean): Set<number> {
  const names = new Set<number>();
  for (const span of text.spans) {
    if (roleNats(span, "village") >= usage.markedOtherwise) continue;
    const same = gazetteer.names.same(span.typed);
    for (const name of same) names.add(name);
    if (!isWide) continue;
    if (same.size === 0) for (const name of gazetteer.names.alike(span.typed)) names.add(name);
    if (span.to === text.words.length) for (const name of gazetteer.names.begunWith(span.typed.forms[0]?.key ?? "")) names.add(name);
  }
  return names;
}

/** Districts that the spans may be: by key, or, when asked for, by likeness. */
function districtsNamed({ text, gazetteer, readings }: Search, isWide: boolean): Set<number> {
  const districts = new Set<number>();
  for (const span of text.spans) {
    if (roleNats(span, "district") >= usage.markedOtherwise) continue;
    const same = gazetteer.districtNames.same(span.typed);
    const names = same.size > 0 || !isWide ? same : gazetteer.districtNames.alike(span.typed);
    for (const name of names)
      for (const district of gazetteer.districtsOf(name))
        if (readings.region(gazetteer.districts[district]!).length > 0) districts.add(district);
  }
  return districts;
}

/** Villages worth comparing: by their own name, or because they lie in a district that is named, or in the few that are in question. */
function candidatesOf(search: Search, isWide: boolean): Set<number> {
  const { text, gazetteer, readings, within } = search;
  const candidates = new Set<number>();
  for (const name of villageNames(text, gazetteer, isWide)) {
    if (readings.village(name).length === 0) continue;
    for (const village of gazetteer.villagesOf(name)) candidates.add(village);
  }
  const named = districtsNamed(search, isWide);
  // Where nothing smaller is named, any village of the kabupaten may be meant.
  if (isWide && named.size === 0)
    for (const regency of gazetteer.regencies)
      if (readings.region(regency).length > 0) for (let district = regency.first; district < regency.last; district++) named.add(district);
  for (const number of named) {
    const district = gazetteer.districts[number]!;
    for (let village = district.first; village < district.last; village++) candidates.add(village);
  }
  const few = within?.reduce((sum, { first, last }) => sum + last - first, 0) ?? Number.POSITIVE_INFINITY;
  if (isWide && few <= mostDirect)
    for (const { first, last } of within ?? []) for (let village = first; village < last; village++) candidates.add(village);
  return candidates;
}

/** How unlikely the text is, in nats, from one who means a place that no list has. */
function unlistedNats(text: PlaceText): number {
  const letters = text.words.reduce((sum, word) => sum + word.length, 0);
  return Math.min(strayNats(text, 0), natsOfUnlistedName + natsOfUnlistedLetter * letters);
}

/** The nats of each village from which the text can come at all. */
function explainAll({ text, gazetteer, readings }: Search, villages: Iterable<number>): { village: number; nats: number }[] {
  const explained: { village: number; nats: number }[] = [];
  for (const village of villages) {
    const district = gazetteer.districts[gazetteer.districtOf[village]!];
    const regency = above(district, gazetteer.regencies);
    const province = above(regency, gazetteer.provinces);
    const nats = explainedNats(text, {
      village: readings.village(gazetteer.nameOf[village]!),
      district: district ? readings.region(district) : [],
      regency: regency ? readings.region(regency) : [],
      province: province ? readings.region(province) : [],
    });
    if (nats < Number.POSITIVE_INFINITY) explained.push({ village, nats });
  }
  return explained;
}

const countOf = (gazetteer: Gazetteer, { first, last }: { first: number; last: number }, isOfficial: boolean): number =>
  isOfficial ? last - first : gazetteer.loadedBefore[last]! - gazetteer.loadedBefore[first]!;

/**
 * Who is meant by a text: the posterior over the villages by Bayes' rule. Prior: equal among the villages in question that are loaded, little for all others.
 * Likelihood: the noise model of names and the ways of naming places. What was typed for two villages alike gives them one probability.
 * @param within the villages in question; null for all. Others take part in the sum, so that a text about elsewhere does not point here, but are not told.
 * @returns candidates among the villages in question that are loaded (all of them with `isOfficial`). Cost: 1 to 15 ms for the nation.
 */
export function resolvePlace(
  text: PlaceText,
  gazetteer: Gazetteer,
  { within, isOfficial = false }: { within: VillageSpans | null; isOfficial?: boolean },
): Resolution {
  if (text.words.length === 0) return { candidates: [], none: 1, elsewhere: null };
  const search: Search = { text, gazetteer, readings: new PlaceReadings(text, gazetteer), within };
  const spans = within ?? [{ first: 0, last: gazetteer.codes.length }];
  const inQuestion = spans.reduce((sum, span) => sum + countOf(gazetteer, span, isOfficial), 0);
  const isInQuestion = (village: number): boolean =>
    (isOfficial || gazetteer.isLoaded[village] === 1) && spans.some(({ first, last }) => village >= first && village < last);
  const logIn = -Math.log(Math.max(1, inQuestion));
  const logOut = Math.log(prior.elsewhere / Math.max(1, gazetteer.codes.length - inQuestion));

  let explained = explainAll(search, candidatesOf(search, false));
  // A text that names a place to the letter has no better reading among names that are merely alike.
  if (explained.every(({ nats }) => nats > wellExplained)) explained = explainAll(search, candidatesOf(search, true));
  const scored = explained.map(({ village, nats }) => ({ village, log: (isInQuestion(village) ? logIn : logOut) - nats }));
  const logNone = Math.log(prior.unlisted) - unlistedNats(text);
  const highest = scored.reduce((most, { log }) => Math.max(most, log), logNone);
  const all = scored.reduce((sum, { log }) => sum + Math.exp(log - highest), Math.exp(logNone - highest));
  const ranked = scored
    .map(({ village, log }) => ({ village, probability: Math.exp(log - highest) / all }))
    .sort((a, b) => b.probability - a.probability || a.village - b.village);
  const told = ranked.filter(({ village }) => isInQuestion(village));
  const others = ranked.filter(({ village }) => !isInQuestion(village));
  const first = told[0]?.probability ?? 0;
  const candidates = told.filter(({ probability }) => probability >= first * least);
  return {
    candidates,
    none: Math.max(0, 1 - massOf(candidates)),
    elsewhere: others[0] === undefined ? null : { village: others[0].village, probability: massOf(others) },
  };
}

const massOf = (resolved: readonly Resolved[]): number => resolved.reduce((sum, { probability }) => sum + probability, 0);
