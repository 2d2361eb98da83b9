export type Tail = "two_sided" | "high";

/** The p-values of every area, all in [0, 1], NaN where there is none. */
export interface TailProbabilities {
  /** What is judged: by the tail asked for. */
  readonly p: Float64Array;
  readonly pLow: Float64Array;
  readonly pHigh: Float64Array;
  /** With ties counted half: closer to uniform, no longer an upper bound. */
  readonly pMid: Float64Array;
}

export function emptyTails(n: number): TailProbabilities {
  const none = (): Float64Array => new Float64Array(n).fill(Number.NaN);
  return { p: none(), pLow: none(), pHigh: none(), pMid: none() };
}

/**
 * Puts one area's tail probabilities in place. Two-sided p = min(1, 2 × the smaller tail), so that it is never below what chance gives;
 * `tie` is the probability of exactly the observed value, of which mid-p counts half.
 */
export function setTails(tails: TailProbabilities, i: number, low: number, high: number, tie: number, tail: Tail): void {
  tails.pLow[i] = low;
  tails.pHigh[i] = high;
  tails.p[i] = tail === "high" ? high : Math.min(1, 2 * Math.min(low, high));
  tails.pMid[i] = tail === "high" ? high - tie / 2 : Math.min(1, 2 * Math.min(low - tie / 2, high - tie / 2));
}
