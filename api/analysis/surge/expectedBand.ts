import { negativeBinomialAtLeast, negativeBinomialUpper } from "../distributions/negativeBinomial.ts";
import { baselineModel, type SurgeModel } from "./baselineModel.ts";

/** What a week's count is held against. */
export interface ExpectedBand {
  readonly expected: number;
  /** The largest count that is still usual: a larger one comes by chance with at most alpha. */
  readonly upper: number;
  /** Probability of at least the observed count if the week is like those before. */
  readonly p: number;
  /** How far the count is above the expected one, as a share of the way from there to the first unusual count: 1 or more is unusual. NaN where so skewed that even that one is below the expectation. */
  readonly exceedance: number;
  readonly dispersion: number;
  readonly model: SurgeModel;
}

/** Below a year nothing tells a rise from a season. */
export const weeksNeeded = 52;
/** The last half year is left out of the expectation, so that a surge that lasts does not become the usual. */
export const weeksLeftOut = 26;
/** Five years; older weeks say little about this one. */
export const mostWeeks = 261;

/**
 * The expected band of one week's count, from the weeks before it: Farrington's algorithm as improved by Noufaily and others.
 *
 * Why: a count is unusual only against what its own place and time of the year lead one to expect. In words: the regression of baselineModel.ts on the weeks of up to five years that ended half a
 * year before; the count of the week judged is then negative binomial around the expectation with the variance dispersion × (expectation + expectation² × variance of its
 * logarithm), so that the uncertainty of the expectation itself widens the band; upper is the smallest count exceeded with at most alpha.
 *
 * counts: one a week, whole, oldest first; week: the index judged; those before it are used, those after it never. alpha in (0, 1).
 * Null where fewer than 52 weeks are before it. Source: Farrington et al. 1996, doi:10.2307/2983331; Noufaily et al. 2013, doi:10.1002/sim.5595. Cost: see baselineModel.
 * Fails where the way of reporting changed in the last half year, and where weeks are reported late.
 */
export function expectedBand(counts: Float64Array, week: number, alpha: number): ExpectedBand | null {
  if (week < weeksNeeded) return null;
  const end = week - weeksLeftOut;
  const start = Math.max(0, end - mostWeeks);
  const { model, expected, logVariance, dispersion } = baselineModel(counts.subarray(start, end), week - start);
  const variance = dispersion * (expected + expected * expected * logVariance);
  const observed = counts[week]!;
  const upper = negativeBinomialUpper(alpha, expected, variance);
  return {
    expected,
    upper,
    p: negativeBinomialAtLeast(observed, expected, variance),
    exceedance: upper + 1 > expected ? (observed - expected) / (upper + 1 - expected) : Number.NaN,
    dispersion,
    model,
  };
}
