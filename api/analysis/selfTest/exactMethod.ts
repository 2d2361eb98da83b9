import { betaBelow } from "../distributions/beta.ts";
import { bunchedTails, type CountTails, singleTails } from "../hotspots/bunchedTails.ts";
import { sideClass } from "../hotspots/classes.ts";
import { eventDispersion } from "../hotspots/dispersion.ts";
import { dispersionLevel } from "../hotspots/exactLocalRisk.ts";
import type { Weights } from "../neighbours/weights.ts";
import { emptyTails, setTails } from "../significance/tails.ts";
import { type Candidate, type HotspotMethod, isReported, type TestedMethod } from "./testedMethod.ts";

/**
 * The exact local risk as a tested method, with the bits of exactLocalRisk. Where events come singly a p-value depends only on the neighbourhood's share of the people and its
 * number of events, so each is worked out once and remembered; where they are shown to be bunched, a tail is worked out whole only if its quick half leaves it a chance.
 * population > 0 everywhere. Cost: O(edges) a map once all are known; about 1 µs an area more where bunched.
 */
export function exactMethod(method: HotspotMethod, population: Float64Array, weights: Weights, events: number): TestedMethod {
  const n = weights.n;
  const shares = sharesOfNeighbourhoods(population, weights);
  const tests = shares.reduce((count, share) => count + (Number.isNaN(share) ? 0 : 1), 0);
  const halfAlpha = method.tail === "high" ? method.alpha : method.alpha / 2;
  const tails = emptyTails(1);
  const candidateOf = (area: number, { low, high, tie }: CountTails): Candidate => {
    setTails(tails, 0, low, high, tie, method.tail);
    return { area, p: tails.p[0]!, isRaised: sideClass(true, low, high) === "hot" };
  };
  const known = new Map<number, Candidate>();
  const single = (area: number, observed: number): Candidate => {
    const place = area * (events + 1) + observed;
    let candidate = known.get(place);
    if (!candidate) {
      candidate = candidateOf(area, singleTails(observed, events, shares[area]!));
      known.set(place, candidate);
    }
    return candidate;
  };
  const hasChance = (observed: number, share: number, ratio: number): boolean => {
    const [inside, outside] = [observed / ratio, (events - observed) / ratio];
    // On the side of the expected number that is not looked at the tail is about a half.
    const isAbove = observed > events * share;
    if (observed > 0 && (isAbove || halfAlpha > 0.05) && betaBelow(inside, outside + 1, share) <= halfAlpha) return true;
    if (method.tail === "high" || observed === events || (isAbove && halfAlpha <= 0.05)) return false;
    return betaBelow(outside, inside + 1, 1 - share) <= halfAlpha;
  };
  return (counts, watched, side) => {
    const { p, ratio } = eventDispersion(counts, population, weights);
    const isBunched = p < dispersionLevel;
    const candidates: Candidate[] = [];
    for (let i = 0; i < n; i++) {
      const share = shares[i]!;
      if (Number.isNaN(share)) continue;
      let observed = counts[i]!;
      for (let e = weights.offsets[i]!; e < weights.offsets[i + 1]!; e++) observed += counts[weights.targets[e]!]!;
      if (isBunched && !hasChance(observed, share, ratio)) continue;
      const candidate = isBunched ? candidateOf(i, bunchedTails(observed, events, share, ratio)) : single(i, observed);
      if (candidate.p <= method.alpha) candidates.push(candidate);
    }
    return isReported(candidates, tests, method, watched, side);
  };
}

/** Share of the people who live in an area and its neighbours; NaN for islands and where that is everybody. */
function sharesOfNeighbourhoods(population: Float64Array, weights: Weights): Float64Array {
  let people = 0;
  for (const number of population) people += number;
  const shares = new Float64Array(weights.n).fill(Number.NaN);
  for (let i = 0; i < weights.n; i++) {
    const start = weights.offsets[i]!;
    const end = weights.offsets[i + 1]!;
    if (start === end) continue;
    let inside = population[i]!;
    for (let e = start; e < end; e++) inside += population[weights.targets[e]!]!;
    if (inside / people < 1 - 1e-12) shares[i] = inside / people;
  }
  return shares;
}
