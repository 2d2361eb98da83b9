import { nameNats } from "../names/nameLikelihood.ts";
import { readTypedName, type TypedName } from "../names/placeName.ts";
import { comparedName, parentOf, type Villages } from "./areaList.ts";
import type { SparseScores } from "./assignment.ts";
import type { Correspondence } from "./parentVotes.ts";

/** The chance that a village that lost its code has no successor at all. */
const chanceOfNone = 0.02;
/** The chance that one that has a successor took a quite different name. */
const chanceOfNewName = 0.015;
/** Among villages that went together into another kecamatan the last figures of the code are kept far oftener than chance would. */
const numberKept = 6;
const numberNotKept = 0.5;
const oneBlock = 0.6;
/** Desa stay desa and kelurahan kelurahan, mostly; it tells namesakes of one kecamatan apart. */
const kindKept = 1.1;
const kindChanged = 0.2;
const fuzzyNats = 18;
const leastShare = 0.03;
const leastHeard = 0.01;
const mostNamesakes = 60;

/** Villages still to be placed and still to be found, by position in their lists. */
export interface Open {
  readonly places: readonly number[];
  readonly finds: readonly number[];
}

export interface PairScores extends SparseScores {
  readonly places: readonly number[];
  readonly finds: readonly number[];
}

const lastFigures = (code: string): string => code.slice(-3);

function grouped(finds: readonly number[], keyOf: (find: number) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [column, find] of finds.entries()) {
    const key = keyOf(find);
    const group = groups.get(key);
    if (group) group.push(column);
    else groups.set(key, [column]);
  }
  return groups;
}

/** Makes the function that tells, in nats, how much likelier two villages' names are for one village than for two; −Infinity never. */
export function nameRatios(before: Villages, after: Villages) {
  const frequency = new Map<string, number>();
  for (const { key } of after.read) frequency.set(key, (frequency.get(key) ?? 0) + 1);
  const typed = new Map<string, TypedName>();
  const readTyped = (name: string): TypedName => {
    const known = typed.get(name);
    if (known) return known;
    const read = readTypedName(comparedName(name));
    typed.set(name, read);
    return read;
  };
  return (place: number, find: number): { nats: number; ratio: number } => {
    const one = before.read[place]!;
    const other = after.read[find]!;
    let nats = Number.POSITIVE_INFINITY;
    if (one.closed === other.closed) nats = 0;
    else if (one.key === other.key) nats = 1;
    else
      nats = Math.min(nameNats(readTyped(before.names[place]!), other, fuzzyNats), nameNats(readTyped(after.names[find]!), one, fuzzyNats));
    const rarity = after.codes.length / (frequency.get(other.key) ?? 1);
    return { nats, ratio: (1 - chanceOfNewName) * Math.exp(-nats) * rarity + chanceOfNewName };
  };
}

/**
 * Scores every pair worth thinking about: the logarithm of the odds that a village went there against its having no successor. Bayes' rule with the place
 * (which kecamatan its own corresponds to, shared out among the open villages there), the name (against how common the name is) and the last figures of the code.
 * @param least only pairs above it are kept; at least 0.
 * @param reach whether only villages of the same name are held against each other, or also those of other names near by.
 */
export function scorePairs(
  before: Villages,
  after: Villages,
  open: Open,
  { districts, regencies }: Correspondence,
  ratioOf: ReturnType<typeof nameRatios>,
  least: number,
  reach: "namesakes" | "near",
): PairScores {
  const byKey = grouped(open.finds, (find) => after.read[find]!.key);
  const byDistrict = grouped(open.finds, (find) => parentOf(after.codes[find]!));
  const byRegency = grouped(open.finds, (find) => parentOf(parentOf(after.codes[find]!)));
  const start = new Int32Array(open.places.length + 1);
  const columns: number[] = [];
  const scores: number[] = [];

  for (const [row, place] of open.places.entries()) {
    const code = before.codes[place]!;
    const [district, regency] = [parentOf(code), parentOf(parentOf(code))];
    const districtHeirs = districts.heirs(district);
    const regencyHeirs = regencies.heirs(regency);
    const restDistrict = 1 - districtHeirs.reduce((sum, heir) => sum + heir.share, 0);
    const restRegency = 1 - regencyHeirs.reduce((sum, heir) => sum + heir.share, 0);
    const seen = new Set<number>();
    let bestScore = Number.NEGATIVE_INFINITY;

    const weigh = (column: number): void => {
      if (seen.has(column)) return;
      seen.add(column);
      const find = open.finds[column]!;
      const to = after.codes[find]!;
      const [toDistrict, toRegency] = [parentOf(to), parentOf(parentOf(to))];
      const heard = regencies.share(regency, toRegency);
      // A voice or two out of hundreds are namesakes elsewhere, not a border that moved.
      const inRegency = heard >= leastHeard ? heard : 0;
      const inDistrict = districts.share(district, toDistrict);
      const chanceOfPlace =
        inDistrict / byDistrict.get(toDistrict)!.length +
        restDistrict * (inRegency / byRegency.get(toRegency)!.length + restRegency / open.finds.length);
      const number = inDistrict < oneBlock ? 1 : lastFigures(code) === lastFigures(to) ? numberKept : numberNotKept;
      // A kelurahan that becomes a desa keeps its last figures: then the first one says nothing.
      const isKindChanged = code.length === to.length && code.at(-4) !== to.at(-4) && lastFigures(code) !== lastFigures(to);
      const kind = isKindChanged ? kindChanged : kindKept;
      const score = Math.log((chanceOfPlace * ratioOf(place, find).ratio * number * kind) / chanceOfNone);
      bestScore = Math.max(bestScore, score);
      if (score <= least) return;
      columns.push(column);
      scores.push(score);
    };

    const namesakes = byKey.get(before.read[place]!.key) ?? [];
    if (namesakes.length <= mostNamesakes) namesakes.forEach(weigh);
    else
      for (const column of namesakes)
        if (regencies.share(regency, parentOf(parentOf(after.codes[open.finds[column]!]!))) >= leastShare) weigh(column);
    if (reach === "near") for (const heir of districtHeirs) if (heir.share >= leastShare) byDistrict.get(heir.code)?.forEach(weigh);
    // The whole kabupaten is looked through only for those of which nothing has been found nearer by.
    if (reach === "near" && bestScore < 2)
      for (const heir of regencyHeirs) if (heir.share >= leastShare) byRegency.get(heir.code)?.forEach(weigh);
    start[row + 1] = columns.length;
  }
  return {
    places: open.places,
    finds: open.finds,
    start,
    column: Int32Array.from(columns),
    score: Float64Array.from(scores),
    columns: open.finds.length,
  };
}
