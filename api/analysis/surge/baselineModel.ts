import { fitQuasiPoisson, type LogLinearFit } from "./quasiPoisson.ts";

/** What the band of a week is made from: the level alone, level and season, or these and a trend. */
export type SurgeModel = "level" | "season" | "season and trend";

/** What the weeks before lead one to expect of a week. */
export interface Baseline {
  readonly model: SurgeModel;
  /** Expected count, above 0. */
  readonly expected: number;
  /** Variance of the logarithm of that expectation for a dispersion of 1. */
  readonly logVariance: number;
  /** Variance over mean, at least 1. */
  readonly dispersion: number;
}

/** Weeks of the baseline from which a season (two of every week of the year) and a trend (three) can be told. */
export const weeksForSeason = 104;
export const weeksForTrend = 156;

const weeksOfYear = 365.2425 / 7;
/** The season has ten levels: seven weeks around the week judged, and nine equal parts of the rest of the year. */
const seasonLevels = 10;
const weeksAround = 3.5;
const eventsPerParameter = 5;
const unusualResidual = 2.58;

/**
 * The level, season and trend of the weeks before, for the week `ahead` weeks after the first of them.
 *
 * In words: quasi-Poisson regression on ten levels of season and a linear trend; then weeks whose Anscombe residual r is over 2.58 weigh 1 / r² and the rest alike, and the regression is made
 * again. A model needs its weeks, five events for each of its parameters and one in every season; a trend that leads above all counts seen is dropped; else the simpler model is taken. The simplest
 * is the weighted mean with half an event added (Jeffreys), so that after long silence the expectation is small but not 0.
 * counts: one a week, oldest first, at least one. Source: Farrington et al. 1996, doi:10.2307/2983331; Noufaily et al. 2013, doi:10.1002/sim.5595. Cost: at most five regressions.
 */
export function baselineModel(counts: Float64Array, ahead: number): Baseline {
  const n = counts.length;
  const events = counts.reduce((sum, count) => sum + count, 0);
  const levels = Int32Array.from(counts, (_, index) => seasonLevel(ahead - index));
  const isEverySeason = new Set(levels.filter((_, index) => counts[index]! > 0)).size === seasonLevels;
  for (const model of ["season and trend", "season"] as const) {
    const hasTrend = model === "season and trend";
    const parameters = seasonLevels + (hasTrend ? 1 : 0);
    if (n < (hasTrend ? weeksForTrend : weeksForSeason) || !isEverySeason || events < eventsPerParameter * parameters) continue;
    // The week judged is where all columns but the first are 0, so its expectation is the first coefficient.
    const design = new Float64Array(n * parameters);
    for (let i = 0; i < n; i++) {
      design[i * parameters] = 1;
      if (levels[i]! > 0) design[i * parameters + levels[i]!] = 1;
      if (hasTrend) design[i * parameters + seasonLevels] = (i - ahead) / weeksOfYear;
    }
    const fit = reweightedFit(design, parameters, counts);
    if (!fit) continue;
    const expected = Math.exp(fit.coefficients[0]!);
    if (hasTrend && expected > counts.reduce((most, count) => Math.max(most, count), 0)) continue;
    return { model, expected, logVariance: fit.covariance[0]!, dispersion: Math.max(1, fit.dispersion) };
  }
  const fit = events > 0 ? reweightedFit(new Float64Array(n).fill(1), 1, counts) : null;
  const weighted = (fit ? n * fit.fitted[0]! : 0) + 0.5;
  return { model: "level", expected: weighted / n, logVariance: 1 / weighted, dispersion: Math.max(1, fit?.dispersion ?? 1) };
}

/** 0 for the weeks around the same time of the year as the week judged, 1 to 9 for the parts of the year before it, nearest first. */
function seasonLevel(weeksBefore: number): number {
  const phase = weeksBefore % weeksOfYear;
  if (phase <= weeksAround || phase >= weeksOfYear - weeksAround) return 0;
  return 1 + Math.floor(((phase - weeksAround) * (seasonLevels - 1)) / (weeksOfYear - 2 * weeksAround));
}

/** The regression, made again with less weight on weeks that were themselves unusually high. */
function reweightedFit(design: Float64Array, parameters: number, counts: Float64Array): LogLinearFit | null {
  const n = counts.length;
  const first = fitQuasiPoisson(design, parameters, counts, new Float64Array(n).fill(1));
  if (!first) return null;
  const weights = counts.map((count, i) => {
    const residual =
      (1.5 * (Math.cbrt(count * count) - Math.cbrt(first.fitted[i]! ** 2))) /
      (first.fitted[i]! ** (1 / 6) * Math.sqrt(Math.max(1, first.dispersion) * (1 - first.leverage[i]!)));
    return residual > unusualResidual ? 1 / (residual * residual) : 1;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return fitQuasiPoisson(
    design,
    parameters,
    counts,
    weights.map((weight) => (weight * n) / total),
  );
}
