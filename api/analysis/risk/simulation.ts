import { beginStream, fillRandom } from "../significance/random.ts";
import { drawComponentShares } from "./componentShares.ts";
import { areasTogether, createDrawTable, putRows, rankDraws, takeRows } from "./drawnRanks.ts";
import { gammaLevels, levelBits, levelCount } from "./gammaLevels.ts";
import { drawMeanWeights, meanWeightCount, type WeightedIncidents } from "./meanWeights.ts";
import { orderStatistics } from "./orderStatistics.ts";

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

export interface SimulationInput extends WeightedIncidents {
  /** Indices of the areas to score. */
  readonly areas: Int32Array;
  readonly posteriors: readonly [kejadian: RiskPosterior, imbasan: RiskPosterior];
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

const tail = 0.05;
/** Scores are kept as whole steps of 100 / 65,535 points. */
const finest = 65_535;

/**
 * 90% bounds of scores and ranks: draws the rates from their posteriors, the mean weights by bootstrap and the component weights from a Dirichlet distribution around
 * the official ones, scores and ranks every area in each draw, and takes the 5th and 95th percentile.
 *
 * Why: a score from three incidents among 800 people is less sure than one from thirty among 20,000, and so is its rank. Every area has a random stream of its own, so the
 * bits do not depend on the number of threads. Rank 1 is the highest score; tied areas share the mean of their ranks. Draws are kept as 16-bit steps (0.0015 points),
 * and rates are drawn from 512 levels each (gammaLevels): both far below what a thousand draws can tell apart.
 * Cost: O(areas × draws), about 30 ns each; memory 2 bytes each.
 */
export function simulateScores(input: SimulationInput): Simulated {
  const { areas, draws } = input;
  const componentShares = drawComponentShares(input.componentWeights, draws, input.seed, 1);
  const scratch: Scratch = {
    levels: new Float64Array(levelCount),
    meanWeights: new Float64Array(meanWeightCount),
    words: new Uint32Array(draws),
    sums: new Float64Array(draws),
  };
  const lowest = Math.floor(tail * draws);
  const highest = Math.max(lowest, Math.ceil((1 - tail) * draws) - 1);
  const bounds = new Float64Array(2);
  const result = {
    scoreLower: new Float64Array(areas.length),
    scoreUpper: new Float64Array(areas.length),
    rankLower: new Float64Array(areas.length),
    rankUpper: new Float64Array(areas.length),
  };
  const table = createDrawTable(areas.length, draws);
  const rows = new Uint16Array(areasTogether * draws);
  for (let first = 0; first < areas.length; first += areasTogether) {
    const end = Math.min(first + areasTogether, areas.length);
    for (let a = first, start = 0; a < end; a++, start += draws) {
      drawArea(input, areas[a]!, componentShares, scratch);
      for (let draw = 0; draw < draws; draw++) rows[start + draw] = scratch.sums[draw]! * finest + 0.5;
      orderStatistics(rows, start, draws, lowest, highest, bounds);
      result.scoreLower[a] = (bounds[0]! * 100) / finest;
      result.scoreUpper[a] = (bounds[1]! * 100) / finest;
    }
    putRows(table, first, rows);
  }
  const unit = rankDraws(table);
  for (let first = 0; first < areas.length; first += areasTogether) {
    const end = Math.min(first + areasTogether, areas.length);
    takeRows(table, first, rows);
    for (let a = first, start = 0; a < end; a++, start += draws) {
      orderStatistics(rows, start, draws, lowest, highest, bounds);
      result.rankLower[a] = Math.max(1, bounds[0]! * unit);
      result.rankUpper[a] = Math.min(areas.length, bounds[1]! * unit);
    }
  }
  return result;
}

interface Scratch {
  readonly levels: Float64Array;
  readonly meanWeights: Float64Array;
  /** A random number a draw: its low bits choose the level of the first posterior, the next ones that of the second. */
  readonly words: Uint32Array;
  /** The scores of the area, in [0, 1]. */
  readonly sums: Float64Array;
}

/** Scores one area in every draw, into scratch.sums. */
function drawArea(input: SimulationInput, area: number, componentShares: (pattern: number) => Float64Array, scratch: Scratch): void {
  const { posteriors, fixed, draws } = input;
  const random = beginStream(input.seed, 2, area);
  let pattern = 0;
  for (let c = 0; c < 2; c++) if (!Number.isNaN(posteriors[c]!.meanWeight[area]!)) pattern |= 1 << c;
  for (let c = 0; c < fixed.length; c++) if (!Number.isNaN(fixed[c]![area]!)) pattern |= 1 << (c + 2);
  const shares = componentShares(pattern);
  fillRandom(random, scratch.words);
  scratch.sums.fill(0);
  for (let c = 0; c < 2; c++) {
    if ((pattern & (1 << c)) === 0) continue;
    const { shape, rate, meanWeight, offsets, members } = posteriors[c]!;
    const { levels, meanWeights } = scratch;
    gammaLevels(shape[area]!, 1 / (rate[area]! * input.reference), levels);
    const count = drawMeanWeights(input, members, offsets[area]!, offsets[area + 1]!, meanWeight[area]!, random, meanWeights);
    addPosterior(scratch, shares, c * draws, c * levelBits, count - 1);
  }
  for (let c = 0; c < fixed.length; c++) {
    const value = fixed[c]![area]!;
    if (value > 0) addFixed(scratch.sums, shares, (c + 2) * draws, value);
  }
}

function addPosterior({ levels, meanWeights, words, sums }: Scratch, shares: Float64Array, row: number, bits: number, mask: number): void {
  for (let draw = 0; draw < sums.length; draw++) {
    const times = levels[(words[draw]! >>> bits) & (levelCount - 1)]! * meanWeights[draw & mask]!;
    sums[draw]! += (shares[row + draw]! * times) / (times + 1);
  }
}

function addFixed(sums: Float64Array, shares: Float64Array, row: number, value: number): void {
  for (let draw = 0; draw < sums.length; draw++) sums[draw]! += shares[row + draw]! * value;
}
