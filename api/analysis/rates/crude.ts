/**
 * Crude rate: events over people, events a person for the whole period. Why: the plainest comparison between places of different size.
 * counts: events ≥ 0, one an area; population: people > 0. Where people are unknown, zero or below, the rate is NaN, never 0.
 * Fails where populations are small: one event in a hamlet looks like an outbreak; see empirical Bayes. Cost: O(n).
 */
export function crudeRates(counts: Float64Array, population: Float64Array): Float64Array {
  return counts.map((count, i) => (population[i]! > 0 ? count / population[i]! : Number.NaN));
}
