import { type ComparedIncident, type DuplicateParts, sameIncidentProbability } from "../analysis/duplicates/sameIncident.ts";
import { trigramsOf } from "../analysis/duplicates/trigrams.ts";
import type { Database } from "../database/database.ts";
import { type ComparedRow, candidatePairs, comparedIncidents, type PairSearch } from "../queries/duplicates.ts";

/** The reach in which two reports of one incident are looked for: what the probability was calibrated for. */
const reach = { mostDaysApart: 7, mostMetres: 10_000 } as const;
/** So many pairs are judged at most, the newest first; more than these is told, never silently cut. */
export const mostJudged = 5000;

export interface LikelyPair {
  readonly first: string;
  readonly second: string;
  readonly probability: number;
  readonly parts: DuplicateParts;
  readonly metres: number;
  readonly daysApart: number;
}

export interface LikelyDuplicates {
  /** Best first. */
  readonly pairs: readonly LikelyPair[];
  readonly judged: number;
  /** Whether there were more pairs than were judged. */
  readonly isCut: boolean;
}

function comparable(row: ComparedRow): ComparedIncident {
  const known = (value: number | null): number => value ?? Number.NaN;
  return { ...row, text: trigramsOf(row.text), killed: known(row.killed), injured: known(row.injured), displaced: known(row.displaced) };
}

/** Pairs of incidents that are likely one, with at least the given probability. */
export async function findLikelyDuplicates(
  database: Database,
  search: Omit<PairSearch, "mostDaysApart" | "mostMetres" | "limit">,
  minimum: number,
): Promise<LikelyDuplicates> {
  const found = await candidatePairs(database, { ...search, ...reach, limit: mostJudged + 1 });
  const candidates = found.slice(0, mostJudged);
  const ids = [...new Set(candidates.flatMap(({ first, second }) => [first, second]))];
  const incidents = new Map((await comparedIncidents(database, ids)).map((row) => [row.id, comparable(row)]));
  const pairs = candidates
    .flatMap((pair): LikelyPair[] => {
      const [a, b] = [incidents.get(pair.first), incidents.get(pair.second)];
      if (!a || !b) return [];
      return [{ ...pair, ...sameIncidentProbability(a, b, pair.metres) }];
    })
    .filter((pair) => pair.probability >= minimum)
    .sort((a, b) => b.probability - a.probability || (a.first < b.first ? -1 : a.first > b.first ? 1 : a.second < b.second ? -1 : 1));
  return { pairs, judged: candidates.length, isCut: found.length > mostJudged };
}
