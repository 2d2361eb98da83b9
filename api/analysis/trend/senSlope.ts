import { normalQuantile } from "../distributions/normal.ts";
import { requireInput } from "../significance/refusal.ts";
import { scoreVariance } from "./mannKendall.ts";

export interface SenSlope {
  /** Change a step; NaN with fewer than two known steps. */
  readonly slope: number;
  /** Infinite where the steps are too few to bound it. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * Sen's slope: the change per step as the median of the slopes between all pairs of steps, with its confidence interval.
 *
 * Why: up to 29% of the steps may be wild without moving it far, where a least-squares line follows a single one. In words: with N pairs and C = normal quantile × standard deviation of
 * Kendall's score, the interval runs from the slope of rank (N − C) / 2, rounded down, to the one as far from the other end; so it errs to the wide side.
 * values: one a step, in order of time; NaN is an unknown step, its time stays counted. confidence: in (0, 1).
 * Source: Sen 1968, doi:10.1080/01621459.1968.10480934. Cost: O(n² log n). Fails as the Mann–Kendall test does.
 */
export function senSlope(values: Float64Array, confidence: number): SenSlope {
  requireInput(confidence > 0 && confidence < 1, "confidence", confidence);
  const slopes: number[] = [];
  for (let i = 0; i < values.length; i++) {
    for (let j = i + 1; j < values.length; j++) {
      const slope = (values[j]! - values[i]!) / (j - i);
      if (!Number.isNaN(slope)) slopes.push(slope);
    }
  }
  const pairs = slopes.length;
  if (pairs === 0) return { slope: Number.NaN, lower: Number.NaN, upper: Number.NaN };
  const sorted = Float64Array.from(slopes).sort();
  const variance = scoreVariance(values.filter((value) => !Number.isNaN(value)));
  const rank = Math.floor((pairs - normalQuantile((1 + confidence) / 2) * Math.sqrt(variance)) / 2);
  return {
    slope: (sorted[(pairs - 1) >> 1]! + sorted[pairs >> 1]!) / 2,
    lower: rank >= 1 ? sorted[rank - 1]! : Number.NEGATIVE_INFINITY,
    upper: rank >= 1 ? sorted[pairs - rank]! : Number.POSITIVE_INFINITY,
  };
}
