/** How settled or heated a dispute is, as the taxonomy's stages; unknown stages are null. */
export type Stage = "T0" | "T1" | "T2" | "T3" | "T4" | "T5" | "T6" | "T7";

/**
 * How far talking can help at each stage, 0 to 1. Set by judgement and not measured: a visit helps most while a dispute is heard of and before it is fought out,
 * less while violence spreads (that is for the police first), and again when it cools. Where nothing is known of a stage a half is taken.
 */
export const helpByStage: Readonly<Record<Stage, number>> = { T0: 0.3, T1: 0.8, T2: 1, T3: 1, T4: 0.6, T5: 0.4, T6: 0.9, T7: 0.8 };
export const helpOfUnknownStage = 0.5;

/** After so many days since the last contact a visit is worth 63% of the first one. */
const contactMemoryDays = 60;

export interface VisitGainInput {
  /** Risk score 0–100 by village, NaN where too little is known. */
  readonly score: Float64Array;
  /** NaN where unknown. */
  readonly population: Float64Array;
  readonly stage: readonly (Stage | null)[];
  /** Since the last visit, ≥ 0; NaN where none is on record. */
  readonly daysSinceVisit: Float64Array;
}

/** The parts multiply up to the gain. */
export interface VisitGain {
  /** 0–100, NaN where the score is unknown: such a village has no gain to plan with, and is what exploration is for. */
  readonly gain: Float64Array;
  readonly risk: Float64Array;
  readonly help: Float64Array;
  readonly people: Float64Array;
  readonly recency: Float64Array;
}

/**
 * What a visit to each village is worth.
 *
 * In words: risk score × how far talking can help at the stage of its disputes × people × recency. People is the square root of population over the median one,
 * held between ½ and 2, so that a town weighs more than a hamlet and still does not take every visit; 1 where unknown. Recency is 1 − exp(−days ÷ 60) since the last
 * contact and 1 without any. An ordering of places by what one can know beforehand, not a forecast of effect: nobody has measured what a visit changes here.
 * Cost: O(n log n) for the median.
 */
export function visitGain({ score, population, stage, daysSinceVisit }: VisitGainInput): VisitGain {
  const known = Float64Array.from(population.filter((people) => people > 0)).sort();
  const median = known.length === 0 ? Number.NaN : (known[(known.length - 1) >> 1]! + known[known.length >> 1]!) / 2;
  const help = Float64Array.from(stage, (found) => (found === null ? helpOfUnknownStage : helpByStage[found]));
  const people = population.map((count) => (count > 0 ? Math.min(2, Math.max(0.5, Math.sqrt(count / median))) : 1));
  const recency = daysSinceVisit.map((days) => (Number.isNaN(days) ? 1 : 1 - Math.exp(-Math.max(0, days) / contactMemoryDays)));
  const gain = score.map((value, village) => value * help[village]! * people[village]! * recency[village]!);
  return { gain, risk: Float64Array.from(score), help, people, recency };
}
