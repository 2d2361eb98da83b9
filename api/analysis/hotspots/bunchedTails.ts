import { betaBelow } from "../distributions/beta.ts";
import { betaBinomialAt, betaBinomialAtLeast, betaBinomialAtMost } from "../distributions/betaBinomial.ts";
import { binomialAt, binomialAtLeast, binomialAtMost } from "../distributions/binomial.ts";

/** Probabilities of at most, at least and exactly what was observed. */
export interface CountTails {
  readonly low: number;
  readonly high: number;
  readonly tie: number;
}

/** Tails of a neighbourhood's events when they come singly: binomial. */
export function singleTails(inside: number, events: number, share: number): CountTails {
  return {
    low: binomialAtMost(inside, events, share),
    high: binomialAtLeast(inside, events, share),
    tie: binomialAt(inside, events, share),
  };
}

/**
 * Tails of a neighbourhood's events when they come in bunches: beta-binomial, or fewer effective events, whichever is the larger.
 *
 * Why: one quarrel that makes five reports is one piece of evidence, not five; the binomial then calls a third of all villages hot.
 * In words: with r = variance of the counts over that of single events, the beta-binomial with concentration (events − r) / (r − 1) has that variance; it is exact where
 * bunches are of very unequal size (counts negative binomial with shape by people). Where bunches are all of one size r, a neighbourhood has inside / r of events / r of them,
 * a binomial carried on between whole numbers by its beta form. Real bunches lie between, so each tail is the larger of the two.
 * inside in [0, events], share in (0, 1), ratio > 1. In [0, 1]. r is an estimate, of all areas, the tested ones included: where many hotspots are real it is too high, and p with it.
 * Source: Skellam 1948, doi:10.1111/j.2517-6161.1948.tb00014.x; effective numbers as Korn & Graubard 1998. Cost: about 3 µs.
 */
export function bunchedTails(inside: number, events: number, share: number, ratio: number): CountTails {
  // With a ratio above the number of events all of them are one bunch.
  const concentration = Math.max((events - ratio) / (ratio - 1), 1e-9);
  const a = share * concentration;
  const b = (1 - share) * concentration;
  const bunches = inside / ratio;
  const others = (events - inside) / ratio;
  return {
    low: Math.max(betaBinomialAtMost(inside, events, a, b), inside === events ? 1 : betaBelow(others, bunches + 1, 1 - share)),
    high: Math.max(betaBinomialAtLeast(inside, events, a, b), inside === 0 ? 1 : betaBelow(bunches, others + 1, share)),
    tie: betaBinomialAt(inside, events, a, b),
  };
}
