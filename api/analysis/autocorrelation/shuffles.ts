import { createRandom } from "../significance/random.ts";

/** Shuffles with one random stream; parts of a longer work begin at multiples of it, so that the number of threads changes nothing. */
export const shufflesInBlock = 256;

/** How often values dealt at random gave more, the same and less than was observed. */
export interface TailCounts {
  readonly above: number;
  readonly equal: number;
  readonly below: number;
}

/** Which of all shuffles a part makes: `from` is a multiple of shufflesInBlock. */
export interface ShufflePart {
  readonly from: number;
  readonly permutations: number;
}

/**
 * Deals the values over the areas at random again and again (Fisher–Yates) and shows each deal to `visit`, which must not keep or change it.
 * Each block of shuffles starts from the values as given with a stream of its own. Cost: O(permutations × n).
 */
export function forEachShuffle(values: Float64Array, part: ShufflePart, seed: number, visit: (shuffled: Float64Array) => void): void {
  const shuffled = new Float64Array(values.length);
  let block = part.from / shufflesInBlock;
  for (let done = 0; done < part.permutations; block++) {
    const random = createRandom(seed, 1, block);
    shuffled.set(values);
    for (let shuffle = 0; shuffle < shufflesInBlock && done < part.permutations; shuffle++, done++) {
      for (let i = values.length - 1; i > 0; i--) {
        const j = random.below(i + 1);
        const kept = shuffled[i]!;
        shuffled[i] = shuffled[j]!;
        shuffled[j] = kept;
      }
      visit(shuffled);
    }
  }
}

/** Counts values against an observed one; differences up to `tolerance` are rounding and count as equal. */
export function tailCounter(observed: number, tolerance: number): { add(value: number): void; counts(): TailCounts } {
  let above = 0;
  let equal = 0;
  let below = 0;
  return {
    add(value) {
      if (value > observed + tolerance) above++;
      else if (value < observed - tolerance) below++;
      else equal++;
    },
    counts: () => ({ above, equal, below }),
  };
}

/** The counts of several parts together. */
export function addTailCounts(parts: readonly TailCounts[]): TailCounts {
  let above = 0;
  let equal = 0;
  let below = 0;
  for (const part of parts) {
    above += part.above;
    equal += part.equal;
    below += part.below;
  }
  return { above, equal, below };
}

/** Two-sided p: twice the smaller tail with the observed map itself among the deals, at most 1. */
export function twoSidedP({ above, equal, below }: TailCounts): number {
  return Math.min(1, (2 * (1 + equal + Math.min(above, below))) / (above + equal + below + 1));
}
