import { createRandom } from "../significance/random.ts";
import { drawGammas, normalTable, normalTableSize } from "./gammaDraw.ts";

/** An area's posterior of weighted incidents: gamma(shape, rate) times the mean weight, bootstrapped from its own incidents. */
export interface RiskPosterior {
  readonly shape: Float64Array;
  readonly rate: Float64Array;
  /** NaN where the component is missing. */
  readonly meanWeight: Float64Array;
  /** Places of an area's incidents in `decays` and `weights`: members[offsets[i] .. offsets[i + 1]). */
  readonly offsets: Int32Array;
  readonly members: Int32Array;
}

export interface SimulationInput {
  /** Indices of the areas to score. */
  readonly areas: Int32Array;
  readonly posteriors: readonly [kejadian: RiskPosterior, imbasan: RiskPosterior];
  readonly decays: Float64Array;
  readonly weights: Float64Array;
  readonly reference: number;
  /** Components after the first two, [0, 1] over all areas, NaN where missing; the same in every draw. */
  readonly fixed: readonly Float64Array[];
  /** Weights of the components in the same order, summing to 1. */
  readonly componentWeights: readonly number[];
  readonly draws: number;
  readonly seed: number;
}

/** Bounds of scores in points and of ranks, one an entry of `areas`. */
export interface Simulated {
  readonly scoreLower: Float64Array;
  readonly scoreUpper: Float64Array;
  readonly rankLower: Float64Array;
  readonly rankUpper: Float64Array;
}

const concentration = 50;
const tail = 0.05;
/** Scores are kept as whole steps of 100 / 65,535 points. */
const finest = 65_535;
/** So many draws are ranked together that their counters stay in the cache. */
const drawsTogether = 16;
/** Up to so many incidents the mean weight is resampled; beyond, its normal limit is drawn, which by then is as good. */
const mostResampled = 12;
/** Resamples an area, used in turn by its draws. */
const resamples = 128;

/**
 * 90% bounds of scores and ranks: draws the rates from their posteriors, the mean weights by bootstrap and the component weights from a Dirichlet distribution around
 * the official ones (concentration 50), scores and ranks every area in each draw, and takes the 5th and 95th percentile.
 *
 * Why: a score from three incidents among 800 people is less sure than one from thirty among 20,000, and so is its rank. Every area has a random stream of its own, so the
 * bits do not depend on the number of threads. Rank 1 is the highest score; tied areas share the mean of their ranks. Draws are kept as 16-bit steps (0.0015 points).
 * Cost: O(areas × draws), about 30 ns each; memory 2 bytes each.
 */
export function simulateScores(input: SimulationInput): Simulated {
  const { areas, draws } = input;
  const steps = new Uint16Array(areas.length * draws);
  const componentDraws = componentDrawsOf(input);
  const scratch = {
    gammas: new Float64Array(draws),
    sums: new Float64Array(draws),
    meanWeights: new Float64Array(resamples),
    words: new Uint32Array(Math.ceil(1.1 * draws)),
  };
  for (let a = 0; a < areas.length; a++) drawArea(input, areas[a]!, componentDraws, scratch, steps.subarray(a * draws, (a + 1) * draws));
  const lowest = Math.floor(tail * draws);
  const highest = Math.max(lowest, Math.ceil((1 - tail) * draws) - 1);
  const bounds = new Float64Array(2);
  const result = {
    scoreLower: new Float64Array(areas.length),
    scoreUpper: new Float64Array(areas.length),
    rankLower: new Float64Array(areas.length),
    rankUpper: new Float64Array(areas.length),
  };
  for (let a = 0; a < areas.length; a++) {
    orderStatistics(steps, a * draws, draws, lowest, highest, bounds);
    result.scoreLower[a] = (bounds[0]! * 100) / finest;
    result.scoreUpper[a] = (bounds[1]! * 100) / finest;
  }
  const unit = stepsToRanks(steps, areas.length, draws);
  for (let a = 0; a < areas.length; a++) {
    orderStatistics(steps, a * draws, draws, lowest, highest, bounds);
    result.rankLower[a] = Math.max(1, bounds[0]! * unit);
    result.rankUpper[a] = Math.min(areas.length, bounds[1]! * unit);
  }
  return result;
}

/** Dirichlet draws around the official weights, by which components an area has (a bit each): draws of the first component, then of the second, … */
function componentDrawsOf({ componentWeights, draws, seed }: SimulationInput): (pattern: number) => Float64Array {
  const random = createRandom(seed, 1);
  const words = new Uint32Array(draws);
  const raw = componentWeights.map((weight) => {
    const drawn = new Float64Array(draws);
    const shape = concentration * weight;
    if (shape === 0) return drawn;
    drawGammas(shape >= 1 ? shape : shape + 1, random, drawn, words);
    // Below shape 1 a draw of shape + 1 is shrunk by a power of a uniform number.
    return shape >= 1 ? drawn : drawn.map((value) => value * (1 - random.unit()) ** (1 / shape));
  });
  const made = new Map<number, Float64Array>();
  return (pattern) => {
    const known = made.get(pattern);
    if (known) return known;
    const shares = new Float64Array(raw.length * draws);
    for (let draw = 0; draw < draws; draw++) {
      let sum = 0;
      raw.forEach((column, c) => {
        if (pattern & (1 << c)) sum += column[draw]!;
      });
      raw.forEach((column, c) => {
        if (pattern & (1 << c) && sum > 0) shares[c * draws + draw] = column[draw]! / sum;
      });
    }
    made.set(pattern, shares);
    return shares;
  };
}

interface Scratch {
  readonly gammas: Float64Array;
  readonly sums: Float64Array;
  readonly meanWeights: Float64Array;
  readonly words: Uint32Array;
}

/** Scores one area in every draw, as steps. */
function drawArea(
  input: SimulationInput,
  area: number,
  componentDraws: (pattern: number) => Float64Array,
  { gammas, sums, meanWeights, words }: Scratch,
  steps: Uint16Array,
): void {
  const { posteriors, reference, fixed, draws } = input;
  const random = createRandom(input.seed, 2, area);
  let pattern = 0;
  posteriors.forEach(({ meanWeight }, c) => {
    if (!Number.isNaN(meanWeight[area]!)) pattern |= 1 << c;
  });
  fixed.forEach((component, c) => {
    if (!Number.isNaN(component[area]!)) pattern |= 1 << (c + posteriors.length);
  });
  const shares = componentDraws(pattern);
  sums.fill(0);
  posteriors.forEach((posterior, c) => {
    if ((pattern & (1 << c)) === 0) return;
    const count = drawMeanWeights(input, posterior, area, random.next, meanWeights);
    for (let k = 0; k < count; k++) meanWeights[k]! /= posterior.rate[area]!;
    drawGammas(posterior.shape[area]!, random, gammas, words);
    const mask = count - 1;
    const row = c * draws;
    for (let draw = 0; draw < draws; draw++) {
      const rate = gammas[draw]! * meanWeights[draw & mask]!;
      sums[draw]! += shares[row + draw]! * (rate / (rate + reference));
    }
  });
  fixed.forEach((component, c) => {
    const value = component[area]!;
    if (!(value > 0)) return;
    const row = (c + posteriors.length) * draws;
    for (let draw = 0; draw < draws; draw++) sums[draw]! += shares[row + draw]! * value;
  });
  for (let draw = 0; draw < draws; draw++) steps[draw] = sums[draw]! * finest + 0.5;
}

/** Fills in bootstrapped mean weights and returns how many, a power of two; one where there is nothing to vary. */
function drawMeanWeights(input: SimulationInput, posterior: RiskPosterior, area: number, next: () => number, drawn: Float64Array): number {
  const { decays, weights } = input;
  const start = posterior.offsets[area]!;
  const count = posterior.offsets[area + 1]! - start;
  const mean = posterior.meanWeight[area]!;
  let decaySum = 0;
  let square = 0;
  for (let m = start; m < start + count; m++) {
    const e = posterior.members[m]!;
    decaySum += decays[e]!;
    square += (decays[e]! * (weights[e]! - mean)) ** 2;
  }
  drawn[0] = mean;
  if (count < 2 || square === 0) return 1;
  if (count > mostResampled) {
    // A log-normal of the same mean and variance stays above zero.
    const normal = normalTable();
    const spread = Math.sqrt(Math.log1p(square / (decaySum * mean) ** 2));
    for (let k = 0; k < resamples; k++) drawn[k] = mean * Math.exp(spread * (normal[next() & (normalTableSize - 1)]! - spread / 2));
    return resamples;
  }
  for (let k = 0; k < resamples; k++) {
    let above = 0;
    let below = 0;
    for (let pick = 0; pick < count; pick++) {
      const e = posterior.members[start + Math.floor((next() / 4294967296) * count)]!;
      above += decays[e]! * weights[e]!;
      below += decays[e]!;
    }
    drawn[k] = above / below;
  }
  return resamples;
}

/** Replaces each draw's score steps by ranks in units that fit 16 bits; returns the unit. */
function stepsToRanks(steps: Uint16Array, areas: number, draws: number): number {
  const unit = Math.max(1, Math.ceil(areas / finest));
  // Coarse enough to be quick for few areas, fine enough that ties are rare.
  let shift = 10;
  while (shift > 0 && (finest + 1) >> shift < Math.min(8 * areas, Math.max(16_384, 2 * areas))) shift--;
  const bins = (finest + 1) >> shift;
  const ranks = new Int32Array(drawsTogether * bins);
  for (let first = 0; first < draws; first += drawsTogether) {
    const together = Math.min(drawsTogether, draws - first);
    ranks.fill(0);
    for (let a = 0; a < areas; a++) {
      const row = a * draws + first;
      for (let draw = 0; draw < together; draw++) ranks[draw * bins + (steps[row + draw]! >> shift)]! += 1;
    }
    for (let draw = 0; draw < together; draw++) {
      let higher = 0;
      for (let bin = (draw + 1) * bins - 1; bin >= draw * bins; bin--) {
        const count = ranks[bin]!;
        ranks[bin] = Math.round((higher + (count + 1) / 2) / unit);
        higher += count;
      }
    }
    for (let a = 0; a < areas; a++) {
      const row = a * draws + first;
      for (let draw = 0; draw < together; draw++) steps[row + draw] = ranks[draw * bins + (steps[row + draw]! >> shift)]!;
    }
  }
  return unit;
}

const coarse = new Int32Array(256);
const fineLowest = new Int32Array(256);
const fineHighest = new Int32Array(256);

/** The values at the two places of the sorted stretch, found by counting high bytes, then the low bytes of the two that matter. */
function orderStatistics(steps: Uint16Array, start: number, length: number, lowest: number, highest: number, bounds: Float64Array): void {
  coarse.fill(0);
  for (let at = start; at < start + length; at++) coarse[steps[at]! >> 8]! += 1;
  let first = 0;
  let beforeFirst = 0;
  while (beforeFirst + coarse[first]! <= lowest) beforeFirst += coarse[first++]!;
  let second = first;
  let beforeSecond = beforeFirst;
  while (beforeSecond + coarse[second]! <= highest) beforeSecond += coarse[second++]!;
  fineLowest.fill(0);
  fineHighest.fill(0);
  for (let at = start; at < start + length; at++) {
    const step = steps[at]!;
    if (step >> 8 === first) fineLowest[step & 255]! += 1;
    if (step >> 8 === second) fineHighest[step & 255]! += 1;
  }
  bounds[0] = (first << 8) | placeAmong(fineLowest, lowest - beforeFirst);
  bounds[1] = (second << 8) | placeAmong(fineHighest, highest - beforeSecond);
}

function placeAmong(counts: Int32Array, place: number): number {
  let low = 0;
  let before = 0;
  while (before + counts[low]! <= place) before += counts[low++]!;
  return low;
}
