/** Whether a simulated maximum is at least the ratio; what differs by rounding is equal. */
export function isAtLeast(maximum: number, ratio: number): boolean {
  return maximum >= ratio - 1e-9 * Math.max(1, ratio);
}

/**
 * The simulations up to the one with which `stopAfter` of them are at least as strong as the observed ratio; all where that never happens.
 *
 * Why: a scan that finds nothing is clear after a few dozen simulations. Counting on until a fixed number of successes keeps p valid: with r = stopAfter it is
 * (r + 1) / (simulations + 1), never below the sequential r / simulations. Source: Besag & Clifford 1991, doi:10.1093/biomet/78.2.301.
 */
export function sequentialStop(maxima: Float64Array, ratio: number, stopAfter: number): Float64Array {
  let stronger = 0;
  for (let i = 0; i < maxima.length; i++) {
    if (isAtLeast(maxima[i]!, ratio)) stronger++;
    if (stronger === stopAfter) return maxima.subarray(0, i + 1);
  }
  return maxima;
}
