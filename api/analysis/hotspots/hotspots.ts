import { knownValues, spreadOver, subsetOf, takeFrom } from "../neighbours/subset.ts";
import { islandsOf, type Weights } from "../neighbours/weights.ts";
import { type Measure, measured } from "../rates/measure.ts";
import { benjaminiHochberg, bonferroni, type Correction } from "../significance/corrections.ts";
import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import type { Tail } from "../significance/tails.ts";
import type { AnalysisWarning } from "../significance/warning.ts";
import { hindrance } from "./attainable.ts";
import { type HotspotClass, quadrantClass, sideClass } from "./classes.ts";
import { type Judgement, judge, type Significance, type Statistic } from "./judge.ts";

export interface HotspotsInput {
  /** Events of the period, one an area, ≥ 0. */
  readonly counts: Float64Array;
  /** For the exact statistic where the place of some events is not certain: whole counts of several maps, of which `counts` is the expectation. */
  readonly imputed?: readonly Float64Array[];
  /** People, NaN where unknown. */
  readonly population: Float64Array;
  /** 1 for an area that was asked for, 0 for the ring around it: in the sample, moments, permutation pool and correction all the same. */
  readonly reported: Uint8Array;
  readonly weights: Weights;
  readonly statistic: Statistic;
  /** Ignored by the exact statistic, which always compares events with people. */
  readonly measure: Measure;
  readonly significance: Significance;
  readonly tail: Tail;
  readonly permutations: number;
  readonly correction: Correction;
  readonly alpha: number;
  readonly seed: number;
  /** How far the floor rule may extend the permutations of single areas. */
  readonly permutationCap?: number;
  /** Refuse, rather than warn, where no map with so few events or areas could show anything. */
  readonly refusesHopeless?: boolean;
}

type ColumnName = "value" | "z" | "p" | "pLow" | "pHigh" | "pMid" | "q";

export interface HotspotsResult {
  readonly columns: Readonly<Record<ColumnName, Float64Array>> & {
    readonly class: (HotspotClass | null)[];
    /** Only for the exact statistic. */
    readonly observed?: Float64Array;
    readonly expected?: Float64Array;
    readonly lower?: Float64Array;
    readonly upper?: Float64Array;
    readonly pBinomial?: Float64Array;
  };
  readonly summary: {
    /** Areas in the sample: with known values, ring included. */
    readonly n: number;
    /** Areas of those that were asked for. */
    readonly reported: number;
    /** Areas with a p-value, which the correction is over. */
    readonly tested: number;
    /** Indices of areas in the sample without a neighbour there. */
    readonly islands: number[];
    /** Indices of areas whose value is unknown. */
    readonly withoutData: number[];
    /** Events and people of the sample. */
    readonly events: number;
    readonly population: number;
    /** Of the areas asked for. */
    readonly significant: number;
    readonly atFloor: number;
    /** The most that any area had; 0 when none were needed. */
    readonly permutationsUsed: number;
    /** Indices of areas whose permutations were extended. */
    readonly extended: number[];
  };
  readonly warnings: AnalysisWarning[];
}

/**
 * Hotspots and cold spots with their significance: a local statistic of every area, its p-values, the correction for many tests, and a class.
 * Areas whose value is unknown (people unknown or zero, for every measure but the count) are out of sample and neighbour lists; islands have no result.
 * Refuses: `too_few_areas` (fewer than three in the sample), `no_neighbours` (for any of them), `permutations_too_few` (floorRule.ts), `wrong_input`; on demand `too_few_events`
 * and `nothing_attainable` (attainable.ts), which are warnings else. Same input and seed: same bits.
 * Cost: see permuteNeighbourSums; the rest is O(n + edges).
 */
export function analyseHotspots(input: HotspotsInput): HotspotsResult {
  checkInput(input);
  const { counts, population, reported, statistic, alpha, correction } = input;
  const n = counts.length;
  const isExact = statistic === "exact";
  const values = measured(isExact ? "rate" : input.measure, counts, population);
  const hasValue = knownValues(values);
  const subset = subsetOf(input.weights, hasValue);
  if (subset.members.length < 3) throw new AnalysisRefusal("too_few_areas", { areas: subset.members.length, needed: 3 });
  const take = (column: Float64Array): Float64Array => takeFrom(column, subset.members);

  const islands = islandsOf(subset.weights).map((a) => subset.members[a]!);
  if (islands.length === subset.members.length) throw new AnalysisRefusal("no_neighbours", { areas: islands.length });
  const warnings: AnalysisWarning[] = hopeless(input, take(population), take(counts), subset.weights);

  const judgement = judge({
    ...input,
    values: take(values),
    counts: take(counts),
    ...(input.imputed ? { imputed: input.imputed.map(take) } : {}),
    population: take(population),
    weights: subset.weights,
  });
  const q =
    correction === "none"
      ? new Float64Array(judgement.p.length).fill(Number.NaN)
      : correction === "fdr"
        ? benjaminiHochberg(judgement.p)
        : bonferroni(judgement.p);
  const classes = new Array<HotspotClass | null>(n).fill(null);
  let significant = 0;
  let tested = 0;
  subset.members.forEach((i, a) => {
    if (Number.isNaN(judgement.p[a]!)) return;
    tested++;
    const isSignificant = (correction === "none" ? judgement.p[a]! : q[a]!) <= alpha;
    if (isSignificant && reported[i]) significant++;
    classes[i] =
      statistic === "local_moran"
        ? quadrantClass(isSignificant, judgement.deviation![a]!, judgement.lag![a]!)
        : sideClass(isSignificant, judgement.pLow[a]!, judgement.pHigh[a]!);
  });

  const spread = (column: Float64Array): Float64Array => spreadOver(subset, n, column);
  const withoutData: number[] = [];
  let events = 0;
  let people = 0;
  let asked = 0;
  let eventsWithout = 0;
  for (let i = 0; i < n; i++) {
    if (hasValue[i]) {
      events += counts[i]!;
      if (population[i]! > 0) people += population[i]!;
      asked += reported[i]!;
    } else {
      withoutData.push(i);
      eventsWithout += counts[i]!;
    }
  }
  if (withoutData.length > 0) warnings.push({ code: "without_population", details: { areas: withoutData.length, events: eventsWithout } });
  if (islands.length > 0) warnings.push({ code: "islands", details: { areas: islands.length } });
  if (events === 0) warnings.push({ code: "no_events", details: { areas: subset.members.length } });
  else if (!isExact && judgement.z.every(Number.isNaN) && tested > 0) warnings.push({ code: "no_variation", details: { areas: tested } });
  if (judgement.exact?.isBunched)
    warnings.push({ code: "over_dispersed", details: { ...judgement.exact.dispersion, tails: "beta_binomial" } });
  if (!isExact && input.significance === "analytic") warnings.push({ code: "normal_approximation", details: { areas: tested } });
  if (isExact && input.imputed) warnings.push({ code: "places_imputed", details: { maps: input.imputed.length } });
  if (judgement.extended.length > 0) {
    warnings.push({
      code: "permutations_extended",
      details: { areas: judgement.extended.length, permutations: judgement.permutationsUsed },
    });
  }
  return {
    columns: {
      value: spread(judgement.value),
      z: spread(judgement.z),
      p: spread(judgement.p),
      pLow: spread(judgement.pLow),
      pHigh: spread(judgement.pHigh),
      pMid: spread(judgement.pMid),
      q: spread(q),
      class: classes,
      ...exactColumns(judgement, spread),
    },
    summary: {
      n: subset.members.length,
      reported: asked,
      tested,
      islands,
      withoutData,
      events,
      population: people,
      significant,
      atFloor: judgement.atFloor,
      permutationsUsed: judgement.permutationsUsed,
      extended: judgement.extended.map((a) => subset.members[a]!),
    },
    warnings,
  };
}

/** Told, or refused, where even the most extreme map would show nothing: "not significant" everywhere must not be read as quiet. */
function hopeless(input: HotspotsInput, population: Float64Array, counts: Float64Array, weights: Weights): AnalysisWarning[] {
  const events = counts.reduce((sum, count) => sum + count, 0);
  const found = hindrance({ ...input, population, weights }, events);
  if (!found) return [];
  const { alpha, correction } = input;
  const details = { events, areas: weights.n, alpha, correction, ...(found.needed === undefined ? {} : { needed: found.needed }) };
  if (input.refusesHopeless) throw new AnalysisRefusal(found.code, details);
  return [{ code: found.code, details }];
}

function exactColumns(judgement: Judgement, spread: (column: Float64Array) => Float64Array): Record<string, Float64Array> {
  const { exact } = judgement;
  if (!exact) return {};
  const { observed, expected, lower, upper, pBinomial } = exact;
  return Object.fromEntries(
    Object.entries({ observed, expected, lower, upper, pBinomial }).map(([name, column]) => [name, spread(column)]),
  );
}

function checkInput(input: HotspotsInput): void {
  const n = input.counts.length;
  requireInput(input.population.length === n, "population", input.population.length);
  requireInput(input.reported.length === n, "reported", input.reported.length);
  requireInput(input.weights.n === n, "weights", input.weights.n);
  requireInput(input.alpha > 0 && input.alpha < 1, "alpha", input.alpha);
  requireInput(Number.isInteger(input.permutations) && input.permutations >= 1, "permutations", input.permutations);
  requireInput(
    input.counts.every((count) => count >= 0 && count < Number.POSITIVE_INFINITY),
    "counts",
    "below zero or not a number",
  );
}
