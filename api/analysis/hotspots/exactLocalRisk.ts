import { betaQuantile } from "../distributions/beta.ts";
import type { Weights } from "../neighbours/weights.ts";
import { emptyTails, setTails, type Tail, type TailProbabilities } from "../significance/tails.ts";
import { bunchedTails, singleTails } from "./bunchedTails.ts";
import { type Dispersion, eventDispersion } from "./dispersion.ts";

export interface ExactLocalRisk extends TailProbabilities {
  /** p if events came singly: equal to p unless they are shown not to. */
  readonly pBinomial: Float64Array;
  /** Probability of exactly what was observed. */
  readonly pTie: Float64Array;
  /** Events in the area and its neighbours. */
  readonly observed: Float64Array;
  /** Events that its share of the people would have. */
  readonly expected: Float64Array;
  readonly relativeRisk: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly dispersion: Dispersion;
  /** Whether events are shown to come in bunches, so that the tails are those of bunches. */
  readonly isBunched: boolean;
}

/** Probability inside the interval of the relative risk. */
const confidence = 0.95;
/** Events are taken as bunched when chance alone would scatter them so unevenly less often than this. */
export const dispersionLevel = 0.01;

/**
 * Exact local risk: are there more (or fewer) events in an area and its neighbours than their share of the people would have, with no approximation and no permutation.
 *
 * Why: for rare events the normal approximation and permuted rates are coarse; given the total, the events of a neighbourhood are binomial.
 * In words: observed ~ Binomial(total events, s) with s = people of area and neighbours / all people, when the risk is equal everywhere; pHigh = P(X ≥ observed),
 * pLow = P(X ≤ observed). Relative risk = inside rate / outside rate, with the 95% Clopper–Pearson interval carried over by odds.
 * Where eventDispersion shows bunches (its p below 0.01) the tails are those of bunchedTails, the interval is that of total / ratio effective events, and pBinomial keeps the other.
 * counts: whole numbers ≥ 0; population > 0, all known (leave others out before). Islands and neighbourhoods that are everything: NaN.
 * Source: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404; conditioning as Przyborowski & Wilenski 1940, doi:10.1093/biomet/31.3-4.313; effective numbers Korn & Graubard 1998.
 * Cost: O(n + edges), about 15 µs an area for the interval. Fails for bunches too weak to be shown: p is then too small by as little as they are weak.
 */
export function exactLocalRisk(counts: Float64Array, population: Float64Array, weights: Weights, tail: Tail): ExactLocalRisk {
  const n = counts.length;
  let events = 0;
  let people = 0;
  for (let i = 0; i < n; i++) {
    events += counts[i]!;
    people += population[i]!;
  }
  const dispersion = eventDispersion(counts, population, weights);
  const isBunched = dispersion.p < dispersionLevel;
  const ratio = isBunched ? dispersion.ratio : 1;
  const none = (): Float64Array => new Float64Array(n).fill(Number.NaN);
  const single = emptyTails(n);
  const judged = isBunched ? emptyTails(n) : single;
  const columns = { pTie: none(), observed: none(), expected: none(), relativeRisk: none(), lower: none(), upper: none() };
  for (let i = 0; i < n; i++) {
    const start = weights.offsets[i]!;
    const end = weights.offsets[i + 1]!;
    if (start === end) continue;
    let inside = counts[i]!;
    let insidePeople = population[i]!;
    for (let e = start; e < end; e++) {
      inside += counts[weights.targets[e]!]!;
      insidePeople += population[weights.targets[e]!]!;
    }
    const share = insidePeople / people;
    columns.observed[i] = inside;
    columns.expected[i] = events * share;
    if (!(share < 1 - 1e-12)) continue;
    const singly = singleTails(inside, events, share);
    setTails(single, i, singly.low, singly.high, singly.tie, tail);
    columns.pTie[i] = singly.tie;
    if (isBunched) {
      const bunched = bunchedTails(inside, events, share, ratio);
      setTails(judged, i, bunched.low, bunched.high, bunched.tie, tail);
      columns.pTie[i] = bunched.tie;
    }
    if (events === 0) continue;
    const odds = (part: number): number => (part / (1 - part)) * ((1 - share) / share);
    const outside = (1 - confidence) / 2;
    const effective = inside / ratio;
    const others = (events - inside) / ratio;
    columns.relativeRisk[i] = odds(inside / events);
    columns.lower[i] = inside === 0 ? 0 : odds(betaQuantile(effective, others + 1, outside));
    columns.upper[i] = inside === events ? Number.POSITIVE_INFINITY : odds(betaQuantile(effective + 1, others, 1 - outside));
  }
  return { ...judged, pBinomial: single.p, ...columns, dispersion, isBunched };
}
