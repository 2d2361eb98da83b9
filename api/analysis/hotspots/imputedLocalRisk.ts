import type { Weights } from "../neighbours/weights.ts";
import { emptyTails, setTails, type Tail } from "../significance/tails.ts";
import { type ExactLocalRisk, exactLocalRisk } from "./exactLocalRisk.ts";

/**
 * Exact local risk of events whose place is not certain: multiple imputation.
 *
 * Why: the exact tails need whole events, and half an event in each of two villages is not what happened in either. In words: the exact local risk of each of several
 * maps on which every uncertain event was put by chance where it may have been; tails, observed, expected and relative risk are the means over the maps, p is made of the mean
 * tails, and the interval reaches from the lowest to the highest of the maps. Means of p-values are cautious, never bold: an event that may be elsewhere counts less.
 * maps: counts of each map, whole numbers ≥ 0, at least one map. The rest as exactLocalRisk.
 * Source: Rubin 1987, doi:10.1002/9780470316696. Cost: maps × that of exactLocalRisk.
 */
export function imputedLocalRisk(maps: readonly Float64Array[], population: Float64Array, weights: Weights, tail: Tail): ExactLocalRisk {
  const risks = maps.map((counts) => exactLocalRisk(counts, population, weights, tail));
  const over = (column: (risk: ExactLocalRisk) => Float64Array, join: (one: number, other: number) => number): Float64Array =>
    risks.slice(1).reduce((joined, risk) => joined.map((value, i) => join(value, column(risk)[i]!)), column(risks[0]!).slice());
  const mean = (column: (risk: ExactLocalRisk) => Float64Array): Float64Array =>
    over(column, (one, other) => one + other).map((sum) => sum / maps.length);
  const low = mean((risk) => risk.pLow);
  const high = mean((risk) => risk.pHigh);
  const tie = mean((risk) => risk.pTie);
  const tails = emptyTails(population.length);
  low.forEach((value, i) => {
    if (!Number.isNaN(value)) setTails(tails, i, value, high[i]!, tie[i]!, tail);
  });
  return {
    ...tails,
    pTie: tie,
    pBinomial: mean((risk) => risk.pBinomial),
    observed: mean((risk) => risk.observed),
    expected: mean((risk) => risk.expected),
    relativeRisk: mean((risk) => risk.relativeRisk),
    lower: over((risk) => risk.lower, Math.min),
    upper: over((risk) => risk.upper, Math.max),
    dispersion: {
      ratio: risks.reduce((sum, { dispersion }) => sum + dispersion.ratio, 0) / maps.length,
      p: risks.reduce((sum, { dispersion }) => sum + dispersion.p, 0) / maps.length,
    },
    isBunched: risks.some(({ isBunched }) => isBunched),
  };
}
