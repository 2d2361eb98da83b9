export type Correction = "none" | "fdr" | "bonferroni";

/**
 * Benjamini–Hochberg adjusted p-values: the smallest false discovery rate at which each test is still rejected.
 *
 * Why: with hundreds of villages tested at once, 5% false alarms each are many false hotspots; this holds the expected share of false
 * ones among those named. In words: sort ascending, multiply each p by the number of tests over its rank, carry the minimum from the largest down.
 * p: one a test, in [0, 1]; NaN is no test and stays NaN. Returns q in [0, 1], q ≥ p. Valid under independence and positive dependence.
 * Source: Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x; for maps Caldas de Castro & Singer 2006. Cost: O(n log n).
 */
export function benjaminiHochberg(p: Float64Array): Float64Array {
  const tested = indicesOfTests(p);
  tested.sort((i, j) => p[i]! - p[j]! || i - j);
  const q = new Float64Array(p.length).fill(Number.NaN);
  let least = 1;
  for (let rank = tested.length; rank >= 1; rank--) {
    const i = tested[rank - 1]!;
    least = Math.min(least, (p[i]! * tested.length) / rank);
    q[i] = least;
  }
  return q;
}

/**
 * Bonferroni adjusted p-values: p times the number of tests, at most 1. Holds the chance of any false alarm at alpha, under any dependence.
 * NaN is no test and stays NaN. Source: Dunn 1961, doi:10.1080/01621459.1961.10482090. Cost: O(n).
 */
export function bonferroni(p: Float64Array): Float64Array {
  const tests = indicesOfTests(p).length;
  return p.map((value) => Math.min(1, value * tests));
}

/**
 * The largest p of one test that the correction could still reject when the `atFloor` smallest p-values of `tests` are equal.
 * In words: alpha × atFloor / tests for the false discovery rate, alpha / tests for Bonferroni, alpha without correction.
 */
export function rejectionLimit(correction: Correction, alpha: number, atFloor: number, tests: number): number {
  if (correction === "fdr") return (alpha * atFloor) / tests;
  return correction === "bonferroni" ? alpha / tests : alpha;
}

function indicesOfTests(p: Float64Array): number[] {
  const tested: number[] = [];
  for (let i = 0; i < p.length; i++) if (!Number.isNaN(p[i])) tested.push(i);
  return tested;
}
