import type { Villages } from "./areaList.ts";
import { parentOf } from "./areaList.ts";

/** How the areas above villages correspond, as their villages' names say: weights by code before and code after. */
export interface ParentVotes {
  /** The part of an area's voices, in [0, 1), that go to another; what is missing to 1 goes to none that is known. */
  share(before: string, after: string): number;
  /** Areas after for which anybody in the area before speaks, the most voices first. */
  heirs(before: string): readonly { readonly code: string; readonly share: number }[];
}

/** A vote for nobody, so that a single voice does not decide. */
const silentVotes = 1;

export class VoteCount implements ParentVotes {
  readonly #votes = new Map<string, Map<string, number>>();
  readonly #totals = new Map<string, number>();

  add(before: string, after: string, weight: number): void {
    const votes = this.#votes.get(before) ?? new Map<string, number>();
    votes.set(after, (votes.get(after) ?? 0) + weight);
    this.#votes.set(before, votes);
    this.#totals.set(before, (this.#totals.get(before) ?? 0) + weight);
  }

  share(before: string, after: string): number {
    return (this.#votes.get(before)?.get(after) ?? 0) / ((this.#totals.get(before) ?? 0) + silentVotes);
  }

  heirs(before: string): { code: string; share: number }[] {
    const total = (this.#totals.get(before) ?? 0) + silentVotes;
    return [...(this.#votes.get(before) ?? [])]
      .map(([code, votes]) => ({ code, share: votes / total }))
      .sort((a, b) => b.share - a.share || (a.code < b.code ? -1 : 1));
  }
}

export interface Correspondence {
  readonly districts: ParentVotes;
  readonly regencies: ParentVotes;
}

const rareEnough = 5;
/** Voices of a district whose own name is found again inside a corresponding kabupaten. */
const votesOfName = 3;
const least = 0.02;

/**
 * Finds which kabupaten and which kecamatan correspond. Every village to be placed that has namesakes among the ones to be found gives one voice, shared
 * out among them; first for kabupaten (only names with few namesakes), then for kecamatan inside the kabupaten so found. A kecamatan's own name has three voices.
 * @param places positions of the villages to be placed. @param finds positions of those to be found. @param stayed voices of villages known to have stayed.
 */
export function countVotes(
  before: Villages,
  after: Villages,
  places: readonly number[],
  finds: readonly number[],
  districtNames: { readonly keyOf: (name: string) => string },
): Correspondence {
  const namesakes = new Map<string, number[]>();
  for (const find of finds) {
    const { key } = after.read[find]!;
    const list = namesakes.get(key);
    if (list) list.push(find);
    else namesakes.set(key, [find]);
  }
  const district = (code: string): string => parentOf(code);
  const regency = (code: string): string => parentOf(parentOf(code));

  const regencies = new VoteCount();
  for (const place of places) {
    const found = namesakes.get(before.read[place]!.key) ?? [];
    if (found.length > rareEnough) continue;
    for (const find of found) regencies.add(regency(before.codes[place]!), regency(after.codes[find]!), 1 / found.length);
  }
  const districts = new VoteCount();
  for (const place of places) {
    const code = before.codes[place]!;
    const weighed = (namesakes.get(before.read[place]!.key) ?? [])
      .map((find) => ({ find, weight: regencies.share(regency(code), regency(after.codes[find]!)) }))
      .filter(({ weight }) => weight >= least);
    const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
    // A name that stands many times in the kabupaten says little about the kecamatan.
    for (const { find, weight } of weighed)
      districts.add(district(code), district(after.codes[find]!), weight / total / Math.max(1, weighed.length / 2));
  }
  const byName = new Map<string, string[]>();
  for (const code of new Set(finds.map((find) => district(after.codes[find]!)))) {
    const key = `${parentOf(code)} ${districtNames.keyOf(after.parentNames.get(code) ?? "")}`;
    byName.set(key, [...(byName.get(key) ?? []), code]);
  }
  for (const code of new Set(places.map((place) => district(before.codes[place]!)))) {
    const key = districtNames.keyOf(before.parentNames.get(code) ?? "");
    if (key === "") continue;
    for (const heir of regencies.heirs(parentOf(code)))
      for (const namesake of heir.share >= least ? (byName.get(`${heir.code} ${key}`) ?? []) : [])
        districts.add(code, namesake, votesOfName * heir.share);
  }
  return { districts, regencies };
}
