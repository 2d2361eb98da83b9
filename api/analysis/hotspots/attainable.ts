import type { Weights } from "../neighbours/weights.ts";
import type { Measure } from "../rates/measure.ts";
import { benjaminiHochberg, bonferroni, type Correction } from "../significance/corrections.ts";
import type { Tail } from "../significance/tails.ts";
import type { Significance, Statistic } from "./judge.ts";

/** A method of hotspots, on areas with known people, before any map is looked at. */
export interface AttainableQuestion {
  readonly population: Float64Array;
  readonly weights: Weights;
  readonly statistic: Statistic;
  readonly measure: Measure;
  readonly significance: Significance;
  readonly tail: Tail;
  readonly correction: Correction;
  readonly alpha: number;
}

/** More events than anybody will have: what these cannot show, no number can. */
const mostEvents = 2 ** 30;
/** From so many areas and events on something is always possible, and nothing needs working out. */
const enoughOfBoth = 1000;

/** What stands in the way of any discovery: too few events, with the number needed, or areas that no number of events would help. Null where nothing does. */
export function hindrance(question: AttainableQuestion, events: number): { readonly code: string; readonly needed?: number } | null {
  if (Math.min(events, question.weights.n) >= enoughOfBoth) return null;
  const needed = eventsNeeded(question);
  if (needed === Number.POSITIVE_INFINITY) return { code: "nothing_attainable" };
  // Expected events of uncertain place need not be whole.
  return Math.ceil(events - 1e-9) < needed ? { code: "too_few_events", needed } : null;
}

/**
 * The fewest events with which any map at all could have a significant area, Infinity where none could have.
 *
 * Why: with two incidents in three hundred villages no arrangement of them is rarer than the correction asks, and "not significant" everywhere would be read as "all is quiet".
 * In words: the smallest p that each area could have, were the events arranged for it, put through the correction as if all could have theirs on one map (in the upper tail as many
 * as can neighbour an event): a map that is really there has no smaller ones. Exact: all events inside, share^events, or none, (1 − share)^events. By permutation: all that is above zero lies among the k
 * neighbours, as likely as drawing it there by chance, or all neighbours are zero while as many others as can be are not. Standardised rates have no ties, so one event is enough for them; analytic p have no such bound.
 * An upper bound of what is possible: fewer events show nothing, as many may or may not. Cost: O(n log n) for each of about 20 numbers tried.
 */
export function eventsNeeded(question: AttainableQuestion): number {
  if (question.statistic !== "exact" && question.significance === "analytic") return 0;
  if (!isPossible(question, mostEvents)) return Number.POSITIVE_INFINITY;
  let enough = 1;
  while (!isPossible(question, enough)) enough *= 2;
  let short = enough >> 1;
  while (enough - short > 1) {
    const middle = (short + enough) >>> 1;
    if (isPossible(question, middle)) enough = middle;
    else short = middle;
  }
  return enough;
}

function isPossible({ population, weights, statistic, measure, tail, correction, alpha }: AttainableQuestion, events: number): boolean {
  const n = weights.n;
  const people = population.reduce((sum, number) => sum + number, 0);
  const highs = new Float64Array(n).fill(Number.NaN);
  const lows = new Float64Array(n).fill(Number.NaN);
  let longest = 0;
  for (let i = 0; i < n; i++) {
    const k = weights.offsets[i + 1]! - weights.offsets[i]!;
    if (k === 0) continue;
    longest = Math.max(longest, k);
    if (statistic === "exact") {
      let inside = population[i]!;
      for (let e = weights.offsets[i]!; e < weights.offsets[i + 1]!; e++) inside += population[weights.targets[e]!]!;
      if (!(inside < people * (1 - 1e-12))) continue;
      highs[i] = (inside / people) ** events;
      lows[i] = (1 - inside / people) ** events;
    } else {
      // Standardised rates differ between any two areas of different people, with events or without.
      const nonzero = measure === "eb" ? n : events;
      highs[i] = allAmong(k, n - 1, Math.min(nonzero, k));
      lows[i] = allAmong(n - 1 - k, n - 1, Math.min(nonzero, n - 1 - k));
    }
  }
  // Local Moran's upper tail is either of the sum's, by the side of the area's own value.
  const isOneSided = tail === "high" && statistic !== "local_moran";
  const sides = tail === "high" ? 1 : 2;
  const p = attainableTogether(highs, isOneSided ? lows.map((low) => (low >= 0 ? 1 : low)) : lows, Math.min(n, events * (longest + 1))).map(
    (tailP) => Math.min(1, sides * tailP),
  );
  const corrected = correction === "none" ? p : correction === "fdr" ? benjaminiHochberg(p) : bonferroni(p);
  return corrected.some((value) => value <= alpha);
}

/** The smaller tail of each area, the upper one only for the `most` areas where it is smallest: no more can neighbour an event at a time. */
function attainableTogether(highs: Float64Array, lows: Float64Array, most: number): Float64Array {
  const together = lows.slice();
  const ascending = [...highs.keys()].filter((i) => !Number.isNaN(highs[i])).sort((i, j) => highs[i]! - highs[j]!);
  for (const i of ascending.slice(0, most)) together[i] = Math.min(lows[i]!, highs[i]!);
  return together;
}

/** The chance that `chosen` of `all` places, drawn without replacement, all lie among `inside` of them. */
function allAmong(inside: number, all: number, chosen: number): number {
  let chance = 1;
  for (let drawn = 0; drawn < chosen && chance > 1e-300; drawn++) chance *= (inside - drawn) / (all - drawn);
  return chance;
}
