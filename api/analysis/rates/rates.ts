import { islandsOf, restrictWeights, type Weights } from "../neighbours/weights.ts";
import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import type { AnalysisWarning } from "../significance/warning.ts";
import { crudeRates } from "./crude.ts";
import { globalEmpiricalBayes, localEmpiricalBayes, rateMoments } from "./empiricalBayes.ts";
import { gammaPoissonPosterior, gammaPrior } from "./gammaPoisson.ts";
import { standardisedRatios } from "./standardisedRatio.ts";

export type Smoothing = "none" | "global" | "local" | "gamma";

export interface RatesInput {
  /** Events of the period, one an area, ≥ 0. */
  readonly counts: Float64Array;
  /** People, NaN where unknown. */
  readonly population: Float64Array;
  /** 1 for an area that was asked for, 0 for the ring around it, which only lends strength. */
  readonly reported: Uint8Array;
  /** Needed for local smoothing. */
  readonly weights?: Weights;
  /** People a rate is told by, such as 10,000. */
  readonly per: number;
  /** What the period is divided by: 1 for the rate of the whole period, its length in years for annual rates. */
  readonly years: number;
  readonly smoothing: Smoothing;
  /** Probability inside lower–upper and inside ratioLower–ratioUpper, such as 0.9. */
  readonly credible: number;
}

type RateColumn =
  | "count"
  | "population"
  | "crude"
  | "smoothed"
  | "shrinkage"
  | "lower"
  | "upper"
  | "expected"
  | "ratio"
  | "ratioLower"
  | "ratioUpper";

export interface RatesResult {
  /**
   * crude to upper in the unit of `per`; shrinkage from 0 (as crude) to 1 (as its reference: all areas, or the neighbourhood);
   * expected in events of the period; ratio and its bounds are observed over expected, with no unit.
   */
  readonly columns: Readonly<Record<RateColumn, Float64Array>>;
  readonly summary: {
    /** Areas in the sample with known people. */
    readonly n: number;
    readonly events: number;
    readonly population: number;
    /** Events over people of the sample, in the unit of the columns. */
    readonly rate: number;
    /** Variance of the true rates between areas, in the unit of the columns squared, held at zero or more. */
    readonly variance: number;
    readonly priorShape: number;
    /** Which kind of neighbourhood local smoothing borrows from; none otherwise. */
    readonly variant?: string;
    readonly withoutPopulation: number[];
    readonly islands: number[];
  };
  readonly warnings: AnalysisWarning[];
}

/**
 * Rates of every area, plain and smoothed, with the Gamma–Poisson posterior's credible interval, and the standardised ratio with its exact one.
 * Areas without known people are out of totals, pool and neighbour lists and NaN in the result; their events are told in a warning.
 * Refuses (`no_population`) when no area has people. Cost: O(n + edges), about 5 µs an area for the intervals.
 */
export function analyseRates(input: RatesInput): RatesResult {
  const { counts, population, weights, per, years, smoothing, credible } = input;
  const n = counts.length;
  requireInput(population.length === n, "population", population.length);
  requireInput(input.reported.length === n, "reported", input.reported.length);
  requireInput(per > 0 && per < Number.POSITIVE_INFINITY, "per", per);
  requireInput(years > 0 && years < Number.POSITIVE_INFINITY, "years", years);
  requireInput(credible > 0 && credible < 1, "credible", credible);
  requireInput(smoothing !== "local" || weights !== undefined, "weights", "none");
  requireInput(weights === undefined || weights.n === n, "weights", weights?.n);
  const hasPeople = Uint8Array.from(population, (people) => (people > 0 ? 1 : 0));
  const withoutPopulation: number[] = [];
  let people = 0;
  let events = 0;
  let eventsWithout = 0;
  for (let i = 0; i < n; i++) {
    if (hasPeople[i]) {
      people += population[i]!;
      events += counts[i]!;
    } else {
      withoutPopulation.push(i);
      eventsWithout += counts[i]!;
    }
  }
  if (people === 0) throw new AnalysisRefusal("no_population", { areas: n });

  const scale = per / years;
  const inUnit = (rates: Float64Array): Float64Array => rates.map((rate) => rate * scale);
  const moments = rateMoments(counts, population);
  const prior = gammaPrior(counts, population);
  const posterior = gammaPoissonPosterior(counts, population, prior, credible);
  const crude = crudeRates(counts, population);
  const known = weights && restrictWeights(weights, hasPeople);
  const islands = known ? islandsOf(known, hasPeople) : [];
  const warnings: AnalysisWarning[] = [];
  if (withoutPopulation.length > 0)
    warnings.push({ code: "without_population", details: { areas: withoutPopulation.length, events: eventsWithout } });
  if (smoothing === "local" && islands.length > 0) warnings.push({ code: "islands", details: { areas: islands.length } });
  if (moments.rawVariance <= 0 && events > 0) warnings.push({ code: "no_variance_between_areas", details: { areas: moments.areas } });
  const ratios = standardisedRatios(counts, population, credible);
  const { smoothed, shrinkage } =
    smoothing === "global"
      ? globalEmpiricalBayes(counts, population)
      : smoothing === "local"
        ? localEmpiricalBayes(counts, population, known!)
        : smoothing === "gamma"
          ? { smoothed: posterior.mean, shrinkage: posterior.shrinkage }
          : { smoothed: crude, shrinkage: crude.map((rate) => (Number.isNaN(rate) ? Number.NaN : 0)) };
  if (smoothing === "local") {
    // Without neighbours there is no neighbourhood to borrow from: the honest answer is none.
    for (const island of islands) {
      smoothed[island] = Number.NaN;
      shrinkage[island] = Number.NaN;
    }
  }
  return {
    columns: {
      count: counts.slice(),
      population: population.map((number) => (number > 0 ? number : Number.NaN)),
      crude: inUnit(crude),
      smoothed: inUnit(smoothed),
      shrinkage,
      lower: inUnit(posterior.lower),
      upper: inUnit(posterior.upper),
      expected: ratios.expected,
      ratio: ratios.ratio,
      ratioLower: ratios.lower,
      ratioUpper: ratios.upper,
    },
    summary: {
      n: moments.areas,
      events,
      population: people,
      rate: moments.mean * scale,
      variance: moments.variance * scale * scale,
      priorShape: prior.shape,
      ...(smoothing === "local" ? { variant: "neighbourhood includes the area (geoda=TRUE)" } : {}),
      withoutPopulation,
      islands,
    },
    warnings,
  };
}
