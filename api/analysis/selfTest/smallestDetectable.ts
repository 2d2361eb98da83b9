/**
 * The nearest sequence that never falls, all entries weighing alike: neighbours that fall are replaced by their mean, again and again.
 * Source: pool adjacent violators, Ayer et al. 1955, doi:10.1214/aoms/1177728423. Cost: O(n).
 */
export function neverFalling(values: readonly number[]): number[] {
  const pools: { sum: number; size: number }[] = [];
  for (const value of values) {
    let pool = { sum: value, size: 1 };
    for (let last = pools.at(-1); last && last.sum * pool.size > pool.sum * last.size; last = pools.at(-1)) {
      pool = { sum: pool.sum + last.sum, size: pool.size + last.size };
      pools.pop();
    }
    pools.push(pool);
  }
  return pools.flatMap(({ sum, size }) => new Array<number>(size).fill(sum / size));
}

/**
 * The relative risk from which on a cluster is seen with the probability wanted.
 * In words: power smoothed so that it never falls with the risk, then a straight line in the logarithm of the risk between the two risks tried around it.
 * The smallest risk tried where that is already enough; NaN where the largest is not. relativeRisks: ascending, > 0; powers: one each, in [0, 1].
 */
export function smallestDetectable(relativeRisks: readonly number[], powers: readonly number[], wanted: number): number {
  const fit = neverFalling(powers);
  const at = fit.findIndex((power) => power >= wanted);
  if (at <= 0) return at === 0 ? relativeRisks[0]! : Number.NaN;
  const [below, above] = [fit[at - 1]!, fit[at]!];
  const [from, to] = [Math.log(relativeRisks[at - 1]!), Math.log(relativeRisks[at]!)];
  return Math.exp(from + ((wanted - below) / (above - below)) * (to - from));
}
