import { nameKey } from "../names/placeName.ts";
import { parentOf, type Villages } from "./areaList.ts";
import { assign } from "./assignment.ts";
import { nameRatios, type Open, scorePairs } from "./pairScores.ts";
import { type Correspondence, countVotes } from "./parentVotes.ts";
import { surenessOf } from "./sureness.ts";

/** What made us think that a village went there. */
export type Evidence =
  | "same_code"
  | "same_name"
  | "other_spelling"
  | "similar_name"
  | "other_name"
  | "same_district"
  | "district_recoded"
  | "same_regency"
  | "other_regency"
  | "same_number"
  | "last_left"
  | "name_in_parts"
  | "overlap"
  | "by_villages"
  | "several_steps";

/** One village found again under another code. */
export interface Match {
  readonly place: number;
  readonly find: number;
  /** In [0, 1]. */
  readonly sureness: number;
  readonly evidence: readonly Evidence[];
}

/** Of villages whose code was hidden and that were found beyond doubt, this part was right: the others were gone, and a namesake took their place. */
const surest = 0.998;

/** Namesakes that are sure come first: they are most, and need no look at every name near by. */
const rounds = [
  { reach: "namesakes", least: 1, leastSure: 0.99 },
  { reach: "near", least: 1, leastSure: 0 },
  { reach: "near", least: 0, leastSure: 0 },
] as const;
const blockShare = 0.6;

/**
 * Finds villages again under other codes: scores by place, name and number, then the one-to-one assignment with the largest sum, first of what is clear,
 * then of what is left, where fewer are left to choose from. Names that repeat go to where their neighbours went.
 * Cost: about 1 s for 6,000 villages whose code vanished, 8 s for 77,000.
 */
export function matchVillages(
  before: Villages,
  after: Villages,
  open: Open,
): { matches: Match[]; votes: Correspondence; ratioOf: ReturnType<typeof nameRatios> } {
  const votes = countVotes(before, after, open.places, open.finds, { keyOf: nameKey });
  const ratioOf = nameRatios(before, after);
  const matches: Match[] = [];
  let { places, finds } = open;
  for (const { reach, least, leastSure } of rounds) {
    const scores = scorePairs(before, after, { places, finds }, votes, ratioOf, least, reach);
    const columnOf = assign(scores);
    const sureness = surenessOf(scores, columnOf);
    for (const row of columnOf.keys()) if (!(sureness[row]! >= leastSure)) columnOf[row] = -1;
    const found = new Set<number>();
    for (const [row, column] of columnOf.entries()) {
      if (column === -1) continue;
      found.add(column);
      const [place, find] = [places[row]!, finds[column]!];
      matches.push({ place, find, sureness: Math.min(sureness[row]!, surest), evidence: evidenceOf(place, find, least) });
    }
    places = places.filter((_, row) => columnOf[row] === -1);
    finds = finds.filter((_, column) => !found.has(column));
  }
  return { matches, votes, ratioOf };

  function evidenceOf(place: number, find: number, least: number): Evidence[] {
    const { nats } = ratioOf(place, find);
    const [from, to] = [before.codes[place]!, after.codes[find]!];
    const evidence: Evidence[] = [nats === 0 ? "same_name" : nats === 1 ? "other_spelling" : nats < 12 ? "similar_name" : "other_name"];
    const [district, toDistrict] = [parentOf(from), parentOf(to)];
    if (district === toDistrict) evidence.push("same_district");
    else if (votes.districts.share(district, toDistrict) >= blockShare) evidence.push("district_recoded");
    else evidence.push(parentOf(district) === parentOf(toDistrict) ? "same_regency" : "other_regency");
    if (from.slice(-3) === to.slice(-3)) evidence.push("same_number");
    if (least === 0) evidence.push("last_left");
    return evidence;
  }
}
