import type { Weights } from "../neighbours/weights.ts";
import { beyondRounding, standardScore } from "./globalMoments.ts";
import { type WeightSums, weightSums } from "./weightSums.ts";

/** Joins of one kind: how many there are and how many chance would make. */
export interface JoinCount {
  readonly observed: number;
  /** Non-free sampling: so many black areas as there are, dealt at random. */
  readonly expected: number;
  readonly variance: number;
  readonly z: number;
  /** Free sampling: each area black by itself, with the share of black areas as its probability. */
  readonly expectedFree: number;
  readonly varianceFree: number;
  readonly zFree: number;
}

export type JoinKind = "blackBlack" | "blackWhite" | "whiteWhite";

/** Observed joins: black–black, black–white, white–white. */
type Joins = readonly [number, number, number];

/**
 * Join counts: do black areas border on black ones, and white on white, more often than chance would have it?
 *
 * Why: for rare events most villages have none, and then only "something happened" or "nothing" can be told; this asks just that.
 * In words: a join is half the weight from one area to another, so that mutual binary weights count every shared border once; joins are black–black, black–white
 * or white–white. Expectations and variances under non-free and free sampling, from the chance that one, two, three or four areas have the colours.
 * isBlack: 1 or 0, one an area; weights as they are to be used (binary). Joins ≥ 0 in the unit of the weights. z is NaN where there is no variance (one colour only).
 * All areas count, islands too: leave them out before, if they are not to. Under free sampling the share is taken from the same map, as in spdep.
 * Source: Moran 1948, doi:10.1111/j.2517-6161.1948.tb00012.x; moments Cliff & Ord 1981, chapter 1. Equal to spdep joincount.test and joincount.multi to 1e-12.
 * Cost: O(n + edges × log neighbours). Fails where some villages have far more people than others: those are black for that reason alone.
 */
export function joinCounts(isBlack: Float64Array, weights: Weights): Readonly<Record<JoinKind, JoinCount>> {
  const sums = weightSums(weights);
  const n = isBlack.length;
  let black = 0;
  for (let i = 0; i < n; i++) black += isBlack[i]!;
  const white = n - black;
  const [blackBlack, blackWhite, whiteWhite] = joinsOf(isBlack, weights, sums);
  return {
    blackBlack: joinCount(blackBlack, sums, sameColour(black, n), sameColourFree(black / n)),
    blackWhite: joinCount(blackWhite, sums, unlike(black, white), unlikeFree(black / n)),
    whiteWhite: joinCount(whiteWhite, sums, sameColour(white, n), sameColourFree(white / n)),
  };
}

/** Joins of each kind. Cost: O(n + edges of black areas). */
export function joinsOf(isBlack: Float64Array, { n, offsets, targets, values: w }: Weights, sums: WeightSums): Joins {
  let within = 0;
  let touching = 0;
  for (let i = 0; i < n; i++) {
    if (isBlack[i] === 0) continue;
    touching += sums.rowSums[i]! + sums.columnSums[i]!;
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) within += w[e]! * isBlack[targets[e]!]!;
  }
  // A black area's weights, outgoing and incoming, meet black (counted at both ends) or white.
  const blackBlack = within / 2;
  const blackWhite = touching / 2 - within;
  return [blackBlack, blackWhite, sums.s0 / 2 - blackBlack - blackWhite];
}

/** The chance that a pair of areas is a join of the kind, that two pairs with one area in common both are, and that two pairs apart both are. */
interface PairChances {
  readonly once: number;
  readonly shared: number;
  readonly apart: number;
}

function joinCount(observed: number, sums: WeightSums, nonFree: PairChances, free: PairChances): JoinCount {
  const { expected, variance } = moments(sums, nonFree);
  const { expected: expectedFree, variance: varianceFree } = moments(sums, free);
  return {
    observed,
    expected,
    variance,
    z: standardScore(observed, expected, variance),
    expectedFree,
    varianceFree,
    zFree: standardScore(observed, expectedFree, varianceFree),
  };
}

function moments({ s0, s1, s2 }: WeightSums, { once, shared, apart }: PairChances): { expected: number; variance: number } {
  const expected = (s0 * once) / 2;
  const variance = (s1 * once + (s2 - 2 * s1) * shared + (s0 * s0 + s1 - s2) * apart) / 4 - expected * expected;
  return { expected, variance: beyondRounding(variance, expected) };
}

function sameColour(count: number, n: number): PairChances {
  const two = (count * (count - 1)) / (n * (n - 1));
  const three = (two * (count - 2)) / (n - 2);
  return { once: two, shared: three, apart: (three * (count - 3)) / (n - 3) };
}

function sameColourFree(share: number): PairChances {
  return { once: share ** 2, shared: share ** 3, apart: share ** 4 };
}

/** Two areas of unlike colours, in either order. */
function unlike(black: number, white: number): PairChances {
  const n = black + white;
  const pair = (black * white) / (n * (n - 1));
  return {
    once: 2 * pair,
    shared: pair,
    apart: (4 * pair * (black - 1) * (white - 1)) / ((n - 2) * (n - 3)),
  };
}

function unlikeFree(share: number): PairChances {
  const pair = share * (1 - share);
  return { once: 2 * pair, shared: pair, apart: 4 * pair * pair };
}
