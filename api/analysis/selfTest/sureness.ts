/** Chance of a wrong "surely", at most e to the minus this: one in ten million for one area and look. */
const leastEvidence = 16.2;

/**
 * Whether `hits` of `draws` permutations show that the full number of permutations will give a share above `limit`.
 * In words: Chernoff's bound, draws × relative entropy of the share seen to the limit; permutations already made are a random part of all of them, which varies less.
 * Source: Hoeffding 1963, doi:10.1080/01621459.1963.10500830. Cost: two logarithms where it is not plain.
 */
export function isSurelyAbove(hits: number, draws: number, limit: number): boolean {
  return hits > limit * draws && evidence(hits, draws, limit) > leastEvidence;
}

/** The same for a share below `limit`. */
export function isSurelyBelow(hits: number, draws: number, limit: number): boolean {
  return hits < limit * draws && evidence(hits, draws, limit) > leastEvidence;
}

function evidence(hits: number, draws: number, limit: number): number {
  if (limit <= 0 || limit >= 1) return Number.POSITIVE_INFINITY;
  const share = hits / draws;
  const part = hits === 0 ? 0 : share * Math.log(share / limit);
  const rest = hits === draws ? 0 : (1 - share) * Math.log((1 - share) / (1 - limit));
  return draws * (part + rest);
}
