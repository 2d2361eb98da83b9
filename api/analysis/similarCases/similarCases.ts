/** What a dispute was about, between whom, where and when. Unknown parts are null, NaN or empty. */
export interface CaseFacts {
  /** Three figures, of which the first names the group: 404. */
  readonly issue: string | null;
  /** Kinds and names of those who stood against each other, in any order. */
  readonly actors: readonly string[];
  /** Degrees. */
  readonly longitude: number;
  readonly latitude: number;
  /** Days on any one scale. */
  readonly day: number;
}

/** Each 0 to 1, NaN where one of the two does not tell. */
export interface SimilarityParts {
  readonly issue: number;
  readonly actors: number;
  readonly distance: number;
  readonly time: number;
}

export interface SimilarCase {
  /** Place in the list given. */
  readonly index: number;
  /** 0 to 1: the parts that are known, by their weights. */
  readonly similarity: number;
  readonly parts: SimilarityParts;
  /** NaN where a place is unknown. */
  readonly kilometres: number;
  /** Days from the case to the question, negative where it came later. */
  readonly daysBefore: number;
}

/** How much each part counts; what a dispute is about more than where it is. Set by judgement and not measured. */
export const similarityWeights: Readonly<Record<keyof SimilarityParts, number>> = { issue: 0.4, actors: 0.3, distance: 0.15, time: 0.15 };
/** Of the same group of issues, not the same issue. */
const sameGroup = 0.5;
/** The nearness halves with every so many kilometres and days. */
const halfKilometres = 15;
const halfDays = 730;
/** Below this nothing is alike, however near. */
export const leastSimilarity = 0.4;
const earthRadiusKilometres = 6371.0088;

/**
 * Past cases that are most like one at hand, most alike first, with what the likeness is made of.
 *
 * Why: what helped in a like dispute is the first thing that a mediator asks for; and that there was none is an answer too.
 * In words: issue (same 1, same group ½), actors (those in common over all of both: Jaccard), distance (halves every 15 km) and time (halves every two years), as a weighted
 * mean of what both tell. A case about which neither issue nor actors agree in anything is not alike, however near it lies. Cost: O(cases × actors).
 * Source: Jaccard 1912, doi:10.1111/j.1469-8137.1912.tb05611.x; Aamodt & Plaza 1994, doi:10.3233/AIC-1994-7104 (weighted nearest cases).
 */
export function similarCases(question: CaseFacts, cases: readonly CaseFacts[], most: number): SimilarCase[] {
  return cases
    .map((one, index): SimilarCase => {
      const kilometres = kilometresBetween(question, one);
      const daysBefore = question.day - one.day;
      const parts = {
        issue: issueLikeness(question.issue, one.issue),
        actors: shareInCommon(question.actors, one.actors),
        distance: 0.5 ** (kilometres / halfKilometres),
        time: 0.5 ** (Math.abs(daysBefore) / halfDays),
      };
      return { index, similarity: weightedMean(parts), parts, kilometres, daysBefore };
    })
    .filter(({ similarity, parts }) => similarity >= leastSimilarity && (parts.issue > 0 || parts.actors > 0))
    .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
    .slice(0, most);
}

function issueLikeness(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number.NaN;
  if (one === other) return 1;
  return one.slice(0, 1) === other.slice(0, 1) ? sameGroup : 0;
}

function shareInCommon(one: readonly string[], other: readonly string[]): number {
  const plain = (names: readonly string[]): Set<string> =>
    new Set(names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ""));
  const [mine, theirs] = [plain(one), plain(other)];
  if (mine.size === 0 || theirs.size === 0) return Number.NaN;
  const common = [...mine].filter((name) => theirs.has(name)).length;
  return common / (mine.size + theirs.size - common);
}

/** Great-circle distance on the mean radius. */
function kilometresBetween(a: CaseFacts, b: CaseFacts): number {
  const radians = Math.PI / 180;
  const north = Math.sin(((b.latitude - a.latitude) * radians) / 2) ** 2;
  const east = Math.sin(((b.longitude - a.longitude) * radians) / 2) ** 2;
  const chord = north + Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * east;
  return 2 * earthRadiusKilometres * Math.asin(Math.sqrt(Math.min(1, chord)));
}

function weightedMean(parts: SimilarityParts): number {
  let [sum, weights] = [0, 0];
  for (const name of Object.keys(similarityWeights) as (keyof SimilarityParts)[]) {
    if (Number.isNaN(parts[name])) continue;
    sum += similarityWeights[name] * parts[name];
    weights += similarityWeights[name];
  }
  return weights > 0 ? sum / weights : 0;
}
