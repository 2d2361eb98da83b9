import { cosineLikeness, type TrigramProfile } from "./trigrams.ts";

/** One incident as far as it is compared with another. Unknown numbers are NaN. */
export interface ComparedIncident {
  readonly villageCode: string;
  /** The day on which it began, counted from any one day. */
  readonly day: number;
  readonly issue: string;
  readonly form: string;
  readonly text: TrigramProfile;
  readonly killed: number;
  readonly injured: number;
  readonly displaced: number;
}

/** What speaks for and against, in log-odds: the prior and each part add up to the logit of the probability. */
export interface DuplicateParts {
  readonly prior: number;
  readonly space: number;
  readonly time: number;
  readonly text: number;
  readonly issue: number;
  readonly form: number;
  readonly casualties: number;
}

/** The numbers that a pair is judged by, in the order of `coefficients`. Swapping the two changes none of them. */
export const featureNames = [
  "constant",
  "sameVillage",
  "logDistance",
  "logDays",
  "likeness",
  "likenessSquared",
  "sameIssue",
  "sameForm",
  "casualtiesAgree",
  "casualtiesDiffer",
] as const;

/**
 * Fitted by `scripts/reference/fitDuplicates.ts` on 40,000 made pairs (seed 20250701) of which 15 in 100 tell of one incident; run it again after a change of
 * the made pairs and put its output here. Pairs come from the same fortnight and at most 10 km apart: others are never asked about.
 */
const coefficients: readonly number[] = [-0.2481, 0.5123, -2.2858, -3.0494, 8.1863, -1.3468, 0.7515, 0.2349, 1.6264, -1.0914];

/** The features of a pair. `metres` is the distance between the two places; NaN where one of them is not known. */
export function pairFeatures(a: ComparedIncident, b: ComparedIncident, metres: number): Float64Array {
  if (metres < 0) throw new RangeError(`a distance of ${metres} m`);
  const likeness = cosineLikeness(a.text, b.text);
  const features = new Float64Array(featureNames.length);
  features[0] = 1;
  features[1] = a.villageCode === b.villageCode ? 1 : 0;
  // Unknown speaks neither way: what is typical of asked pairs stands in for it.
  features[2] = Math.log1p((Number.isNaN(metres) ? 3000 : metres) / 500);
  features[3] = Math.log1p(Math.abs(a.day - b.day));
  features[4] = Number.isNaN(likeness) ? 0.45 : likeness;
  features[5] = features[4] ** 2;
  features[6] = a.issue === b.issue ? 1 : 0;
  features[7] = a.form === b.form ? 1 : 0;
  for (const field of ["killed", "injured", "displaced"] as const) {
    const [one, other] = [a[field], b[field]];
    if (Number.isNaN(one) || Number.isNaN(other)) continue;
    if (one === other && one > 0) features[8]!++;
    else features[9]! += Math.abs(Math.log1p(one) - Math.log1p(other));
  }
  return features;
}

/**
 * The probability that two incidents on record are one that was reported twice, by logistic regression on nearness in space and time, likeness of the texts
 * (character trigrams, cosine), issue, form and casualties. In (0, 1); symmetric; unknown casualties change nothing.
 *
 * Calibrated on made pairs, not on an office's own decisions, and for pairs that were worth asking about: it orders and proposes, a person decides.
 * Method: Fellegi & Sunter 1969, with the weights fitted together (logistic regression) since the parts depend on each other. Cost: linear in the texts.
 */
export function sameIncidentProbability(
  a: ComparedIncident,
  b: ComparedIncident,
  metres: number,
): { probability: number; parts: DuplicateParts } {
  const features = pairFeatures(a, b, metres);
  const weigh = (...indices: readonly number[]): number => indices.reduce((sum, index) => sum + coefficients[index]! * features[index]!, 0);
  const parts: DuplicateParts = {
    prior: weigh(0),
    space: weigh(1, 2),
    time: weigh(3),
    text: weigh(4, 5),
    issue: weigh(6),
    form: weigh(7),
    casualties: weigh(8, 9),
  };
  const logit = Object.values(parts).reduce((sum: number, part: number) => sum + part, 0);
  return { probability: 1 / (1 + Math.exp(-logit)), parts };
}
