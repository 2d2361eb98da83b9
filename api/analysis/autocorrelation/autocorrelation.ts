import { normalTwoSided } from "../distributions/normal.ts";
import { knownValues, subsetOf, takeFrom } from "../neighbours/subset.ts";
import { islandsOf, type Weights } from "../neighbours/weights.ts";
import { type Measure, measured } from "../rates/measure.ts";
import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import type { AnalysisWarning } from "../significance/warning.ts";
import { moranI, permuteMoranI } from "./moranI.ts";

export interface AutocorrelationInput {
  readonly counts: Float64Array;
  /** People, NaN where unknown. */
  readonly population: Float64Array;
  readonly weights: Weights;
  readonly measure: Measure;
  /** 0 for the normal approximation alone. */
  readonly permutations: number;
  readonly seed: number;
}

export interface AutocorrelationResult {
  readonly summary: {
    readonly moranI: number;
    readonly expected: number;
    readonly variance: number;
    readonly z: number;
    /** Two-sided: by permutation when there are any, else by the normal approximation. */
    readonly p: number;
    readonly pAnalytic: number;
    readonly pPermutation: number;
    readonly permutations: number;
    /** Areas in the sample, and those of them with neighbours, by which I is scaled. */
    readonly n: number;
    readonly withNeighbours: number;
    readonly islands: number[];
    readonly withoutData: number[];
    readonly events: number;
  };
  readonly warnings: AnalysisWarning[];
}

/**
 * Global Moran's I of counts, rates or Assunção–Reis standardised rates (then it is EB Moran), with its significance.
 * Areas whose value is unknown are out. Refuses `too_few_areas` below four areas with neighbours (the variance needs them) and `wrong_input`.
 * Constant values: I, z and p are NaN, with the warning `no_variation`. Cost: O(edges × (1 + permutations)).
 */
export function analyseAutocorrelation(input: AutocorrelationInput): AutocorrelationResult {
  const { counts, population, permutations } = input;
  const n = counts.length;
  requireInput(population.length === n, "population", population.length);
  requireInput(input.weights.n === n, "weights", input.weights.n);
  requireInput(Number.isInteger(permutations) && permutations >= 0, "permutations", permutations);
  const values = measured(input.measure, counts, population);
  const hasValue = knownValues(values);
  const { members, weights } = subsetOf(input.weights, hasValue);
  const known = takeFrom(values, members);
  const observed = moranI(known, weights);
  if (observed.areas < 4) throw new AnalysisRefusal("too_few_areas", { areas: observed.areas, needed: 4 });
  const varies = !Number.isNaN(observed.moranI);
  const pAnalytic = Number.isNaN(observed.z) ? Number.NaN : normalTwoSided(observed.z);
  let pPermutation = Number.NaN;
  if (varies && permutations > 0) {
    const { above, equal, below } = permuteMoranI(known, weights, observed, permutations, input.seed);
    pPermutation = Math.min(1, (2 * (1 + equal + Math.min(above, below))) / (permutations + 1));
  }
  const withoutData: number[] = [];
  let events = 0;
  for (let i = 0; i < n; i++) {
    if (hasValue[i]) events += counts[i]!;
    else withoutData.push(i);
  }
  const islands = islandsOf(weights).map((a) => members[a]!);
  const warnings: AnalysisWarning[] = [];
  if (withoutData.length > 0) warnings.push({ code: "without_population", details: { areas: withoutData.length } });
  if (islands.length > 0) warnings.push({ code: "islands", details: { areas: islands.length } });
  if (!varies) warnings.push({ code: "no_variation", details: { areas: members.length } });
  return {
    summary: {
      moranI: observed.moranI,
      expected: observed.expected,
      variance: observed.variance,
      z: observed.z,
      p: permutations > 0 ? pPermutation : pAnalytic,
      pAnalytic,
      pPermutation,
      permutations,
      n: members.length,
      withNeighbours: observed.areas,
      islands,
      withoutData,
      events,
    },
    warnings,
  };
}
