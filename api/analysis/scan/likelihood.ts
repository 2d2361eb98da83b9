/**
 * Log likelihood ratio of a window with `observed` of all `cases` where `expected` would be under equal risk; 0 where observed is not above expected.
 *
 * In words: observed × ln(observed / expected) + the same of what is outside. It is `cases` times the divergence of two shares, hence jointly convex in
 * observed and expected, which the bounds of bounds.ts stand on. observed, cases: whole numbers; 0 < expected < cases.
 * Source: Kulldorff 1997, doi:10.1080/03610929708831995. Cost: two logarithms.
 */
export function logLikelihoodRatio(observed: number, expected: number, cases: number): number {
  if (!(observed > expected)) return 0;
  const inside = observed * Math.log(observed / expected);
  const outside = cases - observed;
  return outside > 0 ? inside + outside * Math.log(outside / (cases - expected)) : inside;
}

/** Risk inside over risk outside; infinite where every case is inside. */
export function relativeRisk(observed: number, expected: number, cases: number): number {
  return observed / expected / ((cases - observed) / (cases - expected));
}
