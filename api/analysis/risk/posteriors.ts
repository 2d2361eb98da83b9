import type { Weights } from "../neighbours/weights.ts";
import type { DecayedIncidents } from "./incidents.ts";
import { decayedYears, type OfficialVersion } from "./officialVersion.ts";
import type { RiskPosterior } from "./simulation.ts";

/**
 * Posterior of each area's own weighted incidents per 10,000 people a year: rate gamma(prior shape + decayed incidents, prior rate + decayed people-years),
 * times the decay-weighted mean weight of its incidents (the official version's where there is none). NaN where people are unknown. Cost: O(n + incidents).
 */
export function ownPosterior(past: DecayedIncidents, population: Float64Array, version: OfficialVersion): RiskPosterior {
  const years = decayedYears(version);
  return {
    shape: past.decayed.map((decayed) => version.priorShape + decayed),
    rate: population.map((people) => version.priorRate + (people > 0 ? (people / 10_000) * years : 0)),
    meanWeight: past.decayed.map((decayed, i) =>
      population[i]! > 0 ? (decayed > 0 ? past.weighted[i]! / decayed : version.meanWeight) : Number.NaN,
    ),
    offsets: past.offsets,
    members: firstWholeNumbers(past.used),
  };
}

/** The same of all neighbours of each area taken together, the area itself left out; NaN without a neighbour of known people. Cost: O(edges + incidents of neighbours). */
export function aroundPosterior(
  past: DecayedIncidents,
  population: Float64Array,
  weights: Weights,
  version: OfficialVersion,
): RiskPosterior {
  const n = population.length;
  const years = decayedYears(version);
  const shape = new Float64Array(n).fill(version.priorShape);
  const rate = new Float64Array(n).fill(version.priorRate);
  const meanWeight = new Float64Array(n).fill(Number.NaN);
  const offsets = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) {
    let count = 0;
    for (let e = weights.offsets[i]!; e < weights.offsets[i + 1]!; e++) {
      const j = weights.targets[e]!;
      count += past.offsets[j + 1]! - past.offsets[j]!;
    }
    offsets[i + 1] = offsets[i]! + count;
  }
  const members = new Int32Array(offsets[n]!);
  let filled = 0;
  for (let i = 0; i < n; i++) {
    let decayed = 0;
    let weighted = 0;
    const start = weights.offsets[i]!;
    const end = weights.offsets[i + 1]!;
    for (let e = start; e < end; e++) {
      const j = weights.targets[e]!;
      decayed += past.decayed[j]!;
      weighted += past.weighted[j]!;
      rate[i]! += (population[j]! / 10_000) * years;
      for (let member = past.offsets[j]!; member < past.offsets[j + 1]!; member++) members[filled++] = member;
    }
    shape[i]! += decayed;
    if (end > start) meanWeight[i] = decayed > 0 ? weighted / decayed : version.meanWeight;
  }
  return { shape, rate, meanWeight, offsets, members };
}

function firstWholeNumbers(count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let k = 0; k < count; k++) numbers[k] = k;
  return numbers;
}

/** Posterior means u as components u / (u + reference), in [0, 1). */
export function posteriorComponent({ shape, rate, meanWeight }: RiskPosterior, reference: number): Float64Array {
  return shape.map((value, i) => {
    const weighted = (value / rate[i]!) * meanWeight[i]!;
    return weighted / (weighted + reference);
  });
}
