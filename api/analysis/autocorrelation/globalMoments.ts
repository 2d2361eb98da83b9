/** The expectation and variances of a global statistic when the values lie about at random. */
export interface GlobalMoments {
  readonly expected: number;
  /** Under randomisation: the values are as they are, only where they lie is chance. */
  readonly variance: number;
  readonly z: number;
  /** Under normality: the values too are drawn anew, each from the same normal distribution. */
  readonly varianceNormality: number;
  readonly zNormality: number;
}

/** Whether areas without neighbours belong to the n by which a global statistic is scaled. */
export type IslandsPolicy = "left_out_of_n" | "counted_in_n";

/** A variance is a difference of large sums: what is left of them below 1e-12 of the squared expectation is rounding and counts as 0. */
export function beyondRounding(variance: number, expected: number): number {
  return variance > 1e-12 * expected * expected ? variance : 0;
}

/** How many standard deviations a value lies from its expectation; NaN without variance. */
export function standardScore(value: number, expected: number, variance: number): number {
  return variance > 0 ? (value - expected) / Math.sqrt(variance) : Number.NaN;
}
