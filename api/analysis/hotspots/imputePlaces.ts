import { createRandom } from "../significance/random.ts";

/** Events that may have been in several areas: event e in areas[offsets[e]] … areas[offsets[e + 1] − 1] with the probability beside it. */
export interface UncertainEvents {
  readonly offsets: Int32Array;
  /** Index of the area, −1 for one that is not on the map. */
  readonly areas: Int32Array;
  /** In (0, 1]; those of an event add up to at most 1, the rest is nowhere on the map. */
  readonly probabilities: Float64Array;
}

/** Stream of the seed that deals out places; those of the permutations begin at 1. */
const placesStream = -1;

/** Expected events: the certain ones plus, for each uncertain one, its probability in every area where it may have been. Cost: O(candidates). */
export function expectedCounts(certain: Float64Array, uncertain: UncertainEvents): Float64Array {
  const counts = certain.slice();
  uncertain.areas.forEach((area, candidate) => {
    if (area >= 0) counts[area]! += uncertain.probabilities[candidate]!;
  });
  return counts;
}

/**
 * Maps on which every uncertain event was put by chance in one of the areas where it may have been, by its probabilities.
 * Why: methods that need whole events see each possible truth as often as it is likely. certain: events of known place, one an area.
 * Same seed, same maps. Source: Rubin 1987, doi:10.1002/9780470316696. Cost: O(maps × (areas + candidates)).
 */
export function imputePlaces(certain: Float64Array, uncertain: UncertainEvents, maps: number, seed: number): Float64Array[] {
  return Array.from({ length: maps }, (_, map) => {
    const { unit } = createRandom(seed, placesStream, map);
    const counts = certain.slice();
    for (let event = 0; event + 1 < uncertain.offsets.length; event++) {
      let left = unit();
      for (let candidate = uncertain.offsets[event]!; candidate < uncertain.offsets[event + 1]!; candidate++) {
        left -= uncertain.probabilities[candidate]!;
        if (left >= 0) continue;
        const area = uncertain.areas[candidate]!;
        if (area >= 0) counts[area]! += 1;
        break;
      }
    }
    return counts;
  });
}
