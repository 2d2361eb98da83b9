import type { Queryable } from "../database/database.ts";
import type { Gazetteer } from "./gazetteer.ts";
import { knownPlaces, spansFor } from "./knownPlaces.ts";
import { readPlaceText } from "./placeText.ts";
import { resolvePlace, type VillageSpans } from "./resolvePlace.ts";

export interface Candidate {
  readonly code: string;
  readonly name: string;
  readonly district_name: string | null;
  readonly regency_name: string | null;
  /** In [0, 1]: the chance that this village is meant. */
  readonly probability: number;
}

export interface FoundPlaces {
  readonly q: string;
  /** Likeliest first. */
  readonly candidates: readonly Candidate[];
  /** How many there are, of which the first `limit` are told. */
  readonly numberMatched: number;
  /** The chance that a place is meant that is not loaded here, or none at all. */
  readonly none: number;
  /** The first is not sure enough to be taken without a person's word. */
  readonly ambiguous: boolean;
}

/** From this probability on a place is taken without asking. */
export const sureProbability = 0.8;

const rounded = (probability: number): number => Math.round(probability * 1e4) / 1e4;

/** A village with the names above it; null for those that nobody knows. */
export function describeVillage(gazetteer: Gazetteer, village: number): Omit<Candidate, "probability"> {
  const district = gazetteer.districts[gazetteer.districtOf[village]!];
  const regency = district && gazetteer.regencies[district.parent];
  return {
    code: gazetteer.codes[village]!,
    name: gazetteer.names.names[gazetteer.nameOf[village]!]!,
    district_name: district?.name || null,
    regency_name: regency?.name || null,
  };
}

/** Loaded villages whose code is the text or begins with it, all as likely. */
function byCode(gazetteer: Gazetteer, code: string, spans: VillageSpans | null): { village: number; probability: number }[] {
  const found: number[] = [];
  for (const { first, last } of spans ?? [{ first: 0, last: gazetteer.codes.length }])
    for (let village = first; village < last; village++)
      if (gazetteer.isLoaded[village] === 1 && gazetteer.codes[village]!.startsWith(code)) found.push(village);
  return found.map((village) => ({ village, probability: 1 / found.length }));
}

/**
 * Ranked candidates for a place text, or a code, among the loaded villages that a person may see. The probabilities are calibrated: of the places given 0.8,
 * eight in ten are right (tests/api/places/). Equals have equal probabilities, and then, or where the first is not sure, `ambiguous` says that a person has to choose.
 */
export async function findPlaces(
  database: Queryable,
  q: string,
  options: { within: string | null; scope: readonly string[] | null; limit: number },
): Promise<FoundPlaces> {
  const gazetteer = await knownPlaces(database);
  const spans = spansFor(gazetteer, options.within, options.scope);
  const code = /^\d[\d.]*$/.test(q.trim()) ? q.trim() : null;
  const { candidates, none } =
    code === null ? resolvePlace(readPlaceText(q), gazetteer, { within: spans }) : { candidates: byCode(gazetteer, code, spans), none: 0 };
  return {
    q,
    candidates: candidates
      .slice(0, options.limit)
      .map(({ village, probability }) => ({ ...describeVillage(gazetteer, village), probability: rounded(probability) })),
    numberMatched: candidates.length,
    none: rounded(candidates.length === 0 ? 1 : none),
    ambiguous: candidates.length > 0 && candidates[0]!.probability < sureProbability,
  };
}
