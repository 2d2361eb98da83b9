import { fillRandom, type RandomState } from "../significance/random.ts";
import { normalTable, normalTableSize } from "./gammaDraw.ts";

/** Incidents in flat arrays: how much is left of each and how much it counts. */
export interface WeightedIncidents {
  readonly decays: Float64Array;
  readonly weights: Float64Array;
}

/** Resamples an area, used in turn by its draws; a power of two. */
export const meanWeightCount = 128;
/** Up to so many incidents the mean weight is resampled; beyond, its normal limit is drawn, which by then is as good. */
const mostResampled = 12;

const decayOf = new Float64Array(mostResampled);
const weightedOf = new Float64Array(mostResampled);
/** Two picks a word, of 16 bits each. */
const words = new Uint32Array((meanWeightCount / 2) * mostResampled);
const picks = new Uint16Array(words.buffer);
const few = Array.from({ length: mostResampled + 1 }, (_, count) => words.subarray(0, (meanWeightCount / 2) * count));

/**
 * Fills in mean weights of the incidents members[start .. end), bootstrapped, and returns how many: meanWeightCount, or one where there is nothing to vary.
 *
 * Why: weighted counts are not Poisson; a mean weight of two incidents is itself unsure. In words: as many incidents are drawn with replacement as there are, their
 * decay × weight over their decays. Beyond 12 incidents a log-normal number of the same mean and variance, which stays above zero.
 * mean: decay-weighted mean weight. Source: Efron 1979, doi:10.1214/aos/1176344552. Cost: O(128 × min(12, incidents)).
 */
export function drawMeanWeights(
  { decays, weights }: WeightedIncidents,
  members: Int32Array,
  start: number,
  end: number,
  mean: number,
  random: RandomState,
  drawn: Float64Array,
): number {
  const count = end - start;
  let decaySum = 0;
  let square = 0;
  for (let m = start; m < end; m++) {
    const e = members[m]!;
    decaySum += decays[e]!;
    square += (decays[e]! * (weights[e]! - mean)) ** 2;
  }
  drawn[0] = mean;
  if (count < 2 || square === 0) return 1;
  if (count > mostResampled) {
    fillRandom(random, few[2]!);
    const normal = normalTable();
    const spread = Math.sqrt(Math.log1p(square / (decaySum * mean) ** 2));
    for (let k = 0; k < meanWeightCount; k++)
      drawn[k] = mean * Math.exp(spread * (normal[words[k]! & (normalTableSize - 1)]! - spread / 2));
    return meanWeightCount;
  }
  for (let m = 0; m < count; m++) {
    const e = members[start + m]!;
    decayOf[m] = decays[e]!;
    weightedOf[m] = decays[e]! * weights[e]!;
  }
  fillRandom(random, few[count]!);
  for (let k = 0, at = 0; k < meanWeightCount; k++) {
    let above = 0;
    let below = 0;
    for (const end = at + count; at < end; at++) {
      const pick = (picks[at]! * count) >> 16;
      above += weightedOf[pick]!;
      below += decayOf[pick]!;
    }
    drawn[k] = above / below;
  }
  return meanWeightCount;
}
