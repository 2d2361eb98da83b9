import { normalTwoSided } from "../distributions/normal.ts";
import { knownValues, subsetOf, takeFrom } from "../neighbours/subset.ts";
import { binary, islandsOf, rowStandardised, type Weights } from "../neighbours/weights.ts";
import { type Measure, measured } from "../rates/measure.ts";
import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import type { AnalysisWarning } from "../significance/warning.ts";
import { gearyC } from "./gearyC.ts";
import type { GlobalMoments, IslandsPolicy } from "./globalMoments.ts";
import { type JoinCount, type JoinKind, joinCounts } from "./joinCounts.ts";
import { moranI } from "./moranI.ts";
import { type ObservedMap, permuteMap } from "./permuteMap.ts";
import { type ShufflePart, type TailCounts, twoSidedP } from "./shuffles.ts";

export type GlobalStatistic = "moran" | "geary" | "join_count";

export interface AutocorrelationInput {
  readonly counts: Float64Array;
  /** People, NaN where unknown. */
  readonly population: Float64Array;
  readonly weights: Weights;
  /** Moran's I when absent. */
  readonly statistic?: GlobalStatistic;
  /** Not used by join_count, for which an area with at least one event is black. */
  readonly measure: Measure;
  /** `left_out_of_n` when absent. */
  readonly islandsPolicy?: IslandsPolicy;
  /** 0 for the normal approximation alone. */
  readonly permutations: number;
  readonly seed: number;
}

/** What every global statistic tells about its sample. */
interface SampleSummary {
  readonly statistic: GlobalStatistic;
  readonly weighting: "row_standardised" | "binary";
  readonly islandsPolicy: IslandsPolicy;
  readonly permutations: number;
  /** Areas whose value is known, and those of them with neighbours. */
  readonly n: number;
  readonly withNeighbours: number;
  readonly islands: number[];
  readonly withoutData: number[];
  readonly events: number;
}

/** Significance of one number: `p` is by permutation when there are any, else by the normal approximation; all two-sided. */
interface Significance {
  readonly p: number;
  readonly pAnalytic: number;
  readonly pPermutation: number;
}

/** The numbers of the statistic asked for: moranI or gearyC with their moments, or black, white and joins. */
interface GlobalNumbers extends Partial<Significance>, Partial<GlobalMoments> {
  readonly moranI?: number;
  readonly gearyC?: number;
  /** Areas with at least one event, and without. */
  readonly black?: number;
  readonly white?: number;
  readonly joins?: Readonly<Record<JoinKind, JoinCount & Significance>>;
}

export interface AutocorrelationResult {
  readonly summary: GlobalNumbers & SampleSummary;
  readonly warnings: AnalysisWarning[];
}

/**
 * Global autocorrelation: Moran's I or Geary's C of counts, rates or Assunção–Reis standardised rates (with these Moran's I is EB Moran),
 * or join counts of areas with and without events; with significance.
 * Moran and Geary take the weights row-standardised, join counts binary. Areas whose value is unknown are out. Islands policy `left_out_of_n`: for Moran they are
 * left out of n but not of the mean, as in spdep; for the others they are left out altogether, since spdep there mixes two n. `counted_in_n`: they count everywhere.
 * Refuses `too_few_areas` below four areas (the variance needs them) and `wrong_input`. Constant values: no statistic, z or p, with the warning `no_variation`.
 * counted: shuffles counted elsewhere, in parts, by `permuteAutocorrelation`. Cost: O(edges × (1 + permutations)).
 */
export function analyseAutocorrelation(input: AutocorrelationInput, counted?: readonly TailCounts[]): AutocorrelationResult {
  const sample = prepare(input);
  const { permutations } = input;
  const { statistic, islandsPolicy, values, weights } = sample;
  const tails = counted ?? (permutations > 0 ? permuteMap(statistic, sample, { from: 0, permutations }, input.seed) : []);
  const significance = (z: number, which = 0): Significance => {
    const pAnalytic = Number.isNaN(z) ? Number.NaN : normalTwoSided(z);
    const pPermutation = Number.isNaN(z) || !tails[which] ? Number.NaN : twoSidedP(tails[which]);
    return { p: permutations > 0 ? pPermutation : pAnalytic, pAnalytic, pPermutation };
  };
  let numbers: GlobalNumbers;
  let varies: boolean;
  if (statistic === "join_count") {
    const joins = joinCounts(values, weights);
    const tested = (kind: JoinKind, which: number): JoinCount & Significance => ({ ...joins[kind], ...significance(joins[kind].z, which) });
    const black = values.reduce((sum, value) => sum + value, 0);
    numbers = {
      black,
      white: values.length - black,
      joins: { blackBlack: tested("blackBlack", 0), blackWhite: tested("blackWhite", 1), whiteWhite: tested("whiteWhite", 2) },
    };
    varies = black > 0 && black < values.length;
  } else {
    const result = statistic === "moran" ? moranI(values, weights, islandsPolicy) : gearyC(values, weights);
    numbers = { ...result, ...significance(result.z) };
    varies = !Number.isNaN("moranI" in result ? result.moranI : result.gearyC);
  }
  const warnings: AnalysisWarning[] = [];
  if (sample.withoutData.length > 0) warnings.push({ code: "without_population", details: { areas: sample.withoutData.length } });
  if (sample.islands.length > 0) warnings.push({ code: "islands", details: { areas: sample.islands.length } });
  if (!varies) warnings.push({ code: "no_variation", details: { areas: values.length } });
  return {
    summary: {
      ...numbers,
      statistic,
      weighting: statistic === "join_count" ? "binary" : "row_standardised",
      islandsPolicy,
      permutations,
      n: sample.n,
      withNeighbours: sample.n - sample.islands.length,
      islands: sample.islands,
      withoutData: sample.withoutData,
      events: sample.events,
    },
    warnings,
  };
}

/** A part of the shuffles of analyseAutocorrelation, for a thread of its own: how the shuffled maps compare with the observed one, one entry a number tested. */
export function permuteAutocorrelation(input: AutocorrelationInput, part: ShufflePart): TailCounts[] {
  const sample = prepare(input);
  return permuteMap(sample.statistic, sample, part, input.seed);
}

interface PreparedSample extends ObservedMap {
  readonly statistic: GlobalStatistic;
  readonly islandsPolicy: IslandsPolicy;
  readonly n: number;
  readonly islands: number[];
  readonly withoutData: number[];
  readonly events: number;
}

/** Values and weights as the statistic takes them, after unknown areas and, where the policy says so, islands are left out. */
function prepare(input: AutocorrelationInput): PreparedSample {
  const { counts, population, permutations, statistic = "moran", islandsPolicy = "left_out_of_n" } = input;
  const n = counts.length;
  requireInput(population.length === n, "population", population.length);
  requireInput(input.weights.n === n, "weights", input.weights.n);
  requireInput(Number.isInteger(permutations) && permutations >= 0, "permutations", permutations);
  const isJoin = statistic === "join_count";
  const values = isJoin ? counts.map((count) => (count >= 1 ? 1 : 0)) : measured(input.measure, counts, population);
  const hasValue = knownValues(values);
  const known = subsetOf(input.weights, hasValue);
  const islands = islandsOf(known.weights).map((a) => known.members[a]!);
  const keep = hasValue.slice();
  if (statistic !== "moran" && islandsPolicy === "left_out_of_n") for (const island of islands) keep[island] = 0;
  const { members, weights } = subsetOf(input.weights, keep);
  const scaled = islandsPolicy === "left_out_of_n" ? known.members.length - islands.length : known.members.length;
  if (scaled < 4) throw new AnalysisRefusal("too_few_areas", { areas: scaled, needed: 4 });
  const withoutData: number[] = [];
  let events = 0;
  for (let i = 0; i < n; i++) {
    if (hasValue[i]) events += counts[i]!;
    else withoutData.push(i);
  }
  return {
    statistic,
    islandsPolicy,
    values: takeFrom(values, members),
    weights: isJoin ? binary(weights) : rowStandardised(weights),
    n: known.members.length,
    islands,
    withoutData,
    events,
  };
}
