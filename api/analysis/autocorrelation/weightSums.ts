import type { Weights } from "../neighbours/weights.ts";

/** The sums over weights that the moments of every global statistic are made of. */
export interface WeightSums {
  /** Sum of all weights. */
  readonly s0: number;
  /** Half the sum of squares of each weight plus its opposite. */
  readonly s1: number;
  /** Sum of squares of each area's row sum plus its column sum. */
  readonly s2: number;
  readonly rowSums: Float64Array;
  readonly columnSums: Float64Array;
  /** Areas with neighbours. */
  readonly withNeighbours: number;
}

/**
 * S₀, S₁ and S₂ of weights as they are given, mutual or not. Why: how much a global statistic varies by chance depends on the map only through these.
 * No unit. Source: Cliff & Ord 1981, chapter 1. Cost: O(n + edges × log neighbours).
 */
export function weightSums(weights: Weights): WeightSums {
  const { n, offsets, targets, values } = weights;
  const rowSums = new Float64Array(n);
  const columnSums = new Float64Array(n);
  let withNeighbours = 0;
  let s0 = 0;
  let s1 = 0;
  for (let i = 0; i < n; i++) {
    if (offsets[i] !== offsets[i + 1]) withNeighbours++;
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      const j = targets[e]!;
      const weight = values[e]!;
      rowSums[i]! += weight;
      columnSums[j]! += weight;
      s1 += weight * (weight + weightOf(weights, j, i));
    }
    s0 += rowSums[i]!;
  }
  let s2 = 0;
  for (let i = 0; i < n; i++) s2 += (rowSums[i]! + columnSums[i]!) ** 2;
  return { s0, s1, s2, rowSums, columnSums, withNeighbours };
}

/** The weight of j among the neighbours of i, 0 where it is none; rows are ascending. */
function weightOf(weights: Weights, i: number, j: number): number {
  let low = weights.offsets[i]!;
  let high = weights.offsets[i + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const target = weights.targets[middle]!;
    if (target === j) return weights.values[middle]!;
    if (target < j) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}
