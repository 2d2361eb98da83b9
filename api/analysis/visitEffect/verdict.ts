import type { Placebo } from "./placebo.ts";
import type { EffectPower } from "./power.ts";
import type { EffectEstimate } from "./randomisation.ts";

/** `helps`: fewer incidents than without. `not_seen`: none found, and a halving would have been. `cannot_tell`: for the reasons given. */
export type VisitVerdict = "helps" | "not_seen" | "cannot_tell";
export type VisitReason =
  | "too_few_visits"
  | "too_few_incidents"
  | "no_comparable_villages"
  | "not_balanced"
  | "placebo_fails"
  | "more_incidents_after"
  | "power_too_low";

/** Fewer matched visits than this say nothing, whatever they show. */
export const fewestVisits = 10;
export const fewestIncidents = 20;
/** Of the visits that could be learned from, so many must have a comparable village. */
export const leastMatched = 0.5;
/** Largest difference of the mean forecasts of visited and compared, in standard deviations. */
export const mostImbalance = 0.25;
/** "Not seen" is said only where so large a reduction would have been seen in 80%. */
export const tellingEffect = 0.5;

export interface Judged {
  readonly episodes: number;
  readonly matched: number;
  /** Of all members, after. */
  readonly incidents: number;
  /** Of the forecasts. */
  readonly imbalance: number;
  readonly estimate: EffectEstimate | null;
  readonly placebo: Placebo | null;
  readonly power: EffectPower | null;
  readonly alpha: number;
}

/** The verdict, with every reason that keeps it from being more. */
export function judgeVisits(judged: Judged): { readonly verdict: VisitVerdict; readonly reasons: VisitReason[] } {
  const { estimate, placebo, power } = judged;
  const reasons: VisitReason[] = [];
  if (judged.matched < fewestVisits) reasons.push("too_few_visits");
  if (judged.episodes > 0 && judged.matched < leastMatched * judged.episodes) reasons.push("no_comparable_villages");
  if (judged.incidents < fewestIncidents) reasons.push("too_few_incidents");
  if (judged.imbalance > mostImbalance) reasons.push("not_balanced");
  if (placebo?.fails) reasons.push("placebo_fails");
  const isSignificant = estimate !== null && estimate.p <= judged.alpha;
  if (isSignificant && !(estimate.effect < 0)) reasons.push("more_incidents_after");
  if (!isSignificant && power !== null && !(power.smallestEffect <= tellingEffect)) reasons.push("power_too_low");
  if (reasons.length > 0 || estimate === null) return { verdict: "cannot_tell", reasons };
  return { verdict: isSignificant ? "helps" : "not_seen", reasons };
}
