import { createRandom } from "../significance/random.ts";
import { requireInput } from "../significance/refusal.ts";
import { findNearPairs, type NearPairs } from "./nearPairs.ts";

export interface NearRepeatInput {
  /** Metres of one plane, finite. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Whole days from any origin. */
  readonly days: Float64Array;
  /** Upper edges of the bands, ascending, above 0; a band runs from the edge before it, or 0, up to below its own. */
  readonly distanceEdgesMetres: readonly number[];
  readonly dayEdges: readonly number[];
  readonly seed: number;
}

/**
 * Counts of pairs: the cells of the table, distance band by distance band; then pairs on one spot by day band; then pairs of one day by distance band.
 * The last two are part of the cells of the first distance band and the first day band.
 */
export type KnoxCounts = Float64Array;

/** Checks the input once. Throws the refusal `wrong_input`. */
export function requireNearRepeatInput({ x, y, days, distanceEdgesMetres, dayEdges }: NearRepeatInput): void {
  requireInput(y.length === x.length, "y", y.length);
  requireInput(days.length === x.length, "days", days.length);
  for (const [field, edges] of Object.entries({ distanceEdgesMetres, dayEdges })) {
    const isAscending = edges.every((edge, band) => edge > (edges[band - 1] ?? 0) && edge < Number.POSITIVE_INFINITY);
    requireInput(isAscending && edges.length >= 1 && edges.length <= 250, field, edges.join(", "));
  }
  for (let i = 0; i < x.length; i++) {
    requireInput(Number.isFinite(x[i]!) && Number.isFinite(y[i]!), "point", i);
    requireInput(Number.isInteger(days[i]!), "days", days[i]);
  }
}

/** Counts pairs by bands for one arrangement of days after the other, with the places looked at once. */
export function createKnoxCounter(input: NearRepeatInput): { readonly pairs: NearPairs; readonly count: (days: Int32Array) => KnoxCounts } {
  const { distanceEdgesMetres, dayEdges, days } = input;
  const pairs = findNearPairs(input.x, input.y, distanceEdgesMetres);
  const [distances, times] = [distanceEdgesMetres.length, dayEdges.length];
  const bandOfGap = bandsOfGaps(days, dayEdges);
  // One row for one spot and each band, one column for one day, each band, and what is too far apart in time.
  const width = times + 2;
  const fine = new Float64Array((distances + 1) * width);
  return {
    pairs,
    count(arranged) {
      const { from, to, band } = pairs;
      fine.fill(0);
      for (let pair = 0; pair < from.length; pair++) {
        const gap = arranged[from[pair]!]! - arranged[to[pair]!]!;
        fine[band[pair]! * width + bandOfGap[gap < 0 ? -gap : gap]!]! += 1;
      }
      const counts = new Float64Array(distances * times + times + distances);
      for (let row = 0; row <= distances; row++) {
        const distance = Math.max(0, row - 1);
        for (let column = 0; column <= times; column++) {
          const time = Math.max(0, column - 1);
          const found = fine[row * width + column]!;
          counts[distance * times + time]! += found;
          if (row === 0) counts[distances * times + time]! += found;
          if (column === 0) counts[distances * times + times + distance]! += found;
        }
      }
      return counts;
    },
  };
}

/** For each number of days that two points may be apart: 0 for none, else 1 + its band, and one more beyond the last band. */
function bandsOfGaps(days: Float64Array, edges: readonly number[]): Uint8Array {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const day of days) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return Uint8Array.from({ length: days.length === 0 ? 0 : last - first + 1 }, (_, gap) =>
    gap === 0 ? 0 : 1 + edges.filter((edge) => edge <= gap).length,
  );
}

/**
 * How many of the simulations from `begin` up to below `end` have at least as many pairs as observed, for each count: days dealt anew over the places.
 * Each simulation has a random stream of its own, so it does not matter how they are shared out. Cost: O(pairs) a simulation.
 */
export function permuteNearRepeat(input: NearRepeatInput, begin: number, end: number): Int32Array {
  const counter = createKnoxCounter(input);
  const days = Int32Array.from(input.days);
  const observed = counter.count(days);
  const atLeast = new Int32Array(observed.length);
  for (let simulation = begin; simulation < end; simulation++) {
    const { below } = createRandom(input.seed, simulation);
    const dealt = days.slice();
    for (let i = dealt.length - 1; i > 0; i--) {
      const j = below(i + 1);
      const kept = dealt[i]!;
      dealt[i] = dealt[j]!;
      dealt[j] = kept;
    }
    const counts = counter.count(dealt);
    for (let cell = 0; cell < counts.length; cell++) if (counts[cell]! >= observed[cell]!) atLeast[cell]! += 1;
  }
  return atLeast;
}
