import { describe, expect, it } from "vitest";
import { gammaQuantile } from "../../../../api/analysis/distributions/gamma.ts";
import { drawComponentShares } from "../../../../api/analysis/risk/componentShares.ts";
import { areasTogether, createDrawTable, putRows, rankDraws, takeRows } from "../../../../api/analysis/risk/drawnRanks.ts";
import { gammaLevels, levelBits, levelCount } from "../../../../api/analysis/risk/gammaLevels.ts";
import { drawMeanWeights, meanWeightCount } from "../../../../api/analysis/risk/meanWeights.ts";
import { orderStatistics } from "../../../../api/analysis/risk/orderStatistics.ts";
import { simulateScores } from "../../../../api/analysis/risk/simulation.ts";
import { beginStream } from "../../../../api/analysis/significance/random.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const meanOf = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const varianceOf = (values: ArrayLike<number>): number => {
  const mean = meanOf(values);
  return meanOf(Array.from(values, (value) => (value - mean) ** 2));
};

describe("draws of the risk score", () => {
  it.each([1, 1.05, 1.7, 3, 9.3, 100, 2000, 1e6])(
    "gamma levels of shape %f are its quantiles, within 3e-5 of shape and quantile",
    (shape) => {
      const levels = new Float64Array(levelCount);
      gammaLevels(shape, 0.7, levels);
      expect(levelCount).toBe(2 ** levelBits);
      for (let level = 0; level < levelCount; level += 11) {
        const quantile = gammaQuantile(shape, (level + 0.5) / levelCount);
        expect(Math.abs(levels[level]! - 0.7 * quantile)).toBeLessThan(3e-5 * 0.7 * (shape + quantile));
      }
    },
  );

  it("component shares add up to 1, are 0 for what an area lacks, and vary as Dirichlet shares of concentration 50 do", () => {
    const official = [0.5, 0.3, 0.2, 0.01, 0];
    const draws = 20_000;
    const sharesOf = drawComponentShares(official, draws, 3, 1);
    const all = sharesOf(0b11111);
    official.forEach((weight, c) => {
      const share = weight / 1.01;
      const drawn = all.subarray(c * draws, (c + 1) * draws);
      const variance = (share * (1 - share)) / (50 * 1.01 + 1);
      expect(Math.abs(meanOf(drawn) - share)).toBeLessThanOrEqual(4 * Math.sqrt(variance / draws));
      expect(Math.abs(varianceOf(drawn) - variance)).toBeLessThanOrEqual(0.1 * variance);
    });
    const two = sharesOf(0b00101);
    expect(sharesOf(0b00101)).toBe(two);
    for (const draw of [0, 1, draws - 1]) {
      const row = official.map((_, c) => two[c * draws + draw]!);
      expect(row[0]! + row[2]!).toBeCloseTo(1, 12);
      expect([row[1], row[3], row[4]]).toEqual([0, 0, 0]);
      // The same gamma draws whatever the area lacks: the proportions are kept.
      expect(row[0]! / row[2]!).toBeCloseTo(all[draw]! / all[2 * draws + draw]!, 10);
    }
  });

  describe("mean weights", () => {
    const incidents = { decays: Float64Array.of(9, 1, 0.5, 0.5, 9), weights: Float64Array.of(9, 0.2, 0.4, 1, 9) };
    const members = Int32Array.of(0, 1, 2, 3, 4);
    const drawn = new Float64Array(meanWeightCount);
    const draw = (start: number, end: number, mean: number, given = incidents, among = members): number =>
      drawMeanWeights(given, among, start, end, mean, beginStream(5), drawn);

    it("nothing to vary without incidents, with one, or with equal ones", () => {
      expect([draw(1, 1, 0.7), drawn[0]]).toEqual([1, 0.7]);
      expect([draw(2, 3, 0.4), drawn[0]]).toEqual([1, 0.4]);
      const equal = { decays: Float64Array.of(1, 0.3, 0.2), weights: Float64Array.of(0.5, 0.5, 0.5) };
      expect([draw(0, 3, 0.5, equal), drawn[0]]).toEqual([1, 0.5]);
    });

    it("two incidents resampled are one, the other or both: by hand", () => {
      // Incidents 1 and 2, of decay 1 and 1/2 and weight 0.2 and 0.4: alone 0.2 or 0.4, both 0.4 / 1.5.
      expect(draw(1, 3, 0.4 / 1.5)).toBe(meanWeightCount);
      const counted = [0.2, 0.4 / 1.5, 0.4].map((value) => drawn.filter((one) => Math.abs(one - value) < 1e-12).length);
      expect(counted.reduce((sum, count) => sum + count)).toBe(meanWeightCount);
      // Binomial(128, 1/4) and (128, 1/2), four standard errors.
      expect(Math.abs(counted[0]! - 32)).toBeLessThan(20);
      expect(Math.abs(counted[2]! - 32)).toBeLessThan(20);
    });

    it("twelve are resampled and thirteen log-normal, with the same mean and spread", () => {
      const random = seededRandom(4);
      const many = { decays: new Float64Array(13).fill(0.8), weights: Float64Array.from({ length: 13 }, random) };
      for (const count of [12, 13]) {
        const weights = many.weights.subarray(0, count);
        const all: number[] = [];
        for (let repeat = 0; repeat < 50; repeat++) {
          const among = Int32Array.from({ length: count }, (_, e) => e);
          expect(drawMeanWeights(many, among, 0, count, meanOf(weights), beginStream(5, repeat), drawn)).toBe(meanWeightCount);
          all.push(...drawn);
        }
        const variance = varianceOf(weights) / count;
        expect(Math.abs(meanOf(all) - meanOf(weights))).toBeLessThan(5 * Math.sqrt(variance / all.length));
        expect(Math.abs(varianceOf(all) / variance - 1)).toBeLessThan(0.1);
        // Of twelve, each resample is a twelfth of whole incidents; of thirteen it is any number above 0.
        expect(Math.min(...all)).toBeGreaterThan(0);
      }
    });
  });

  it("order statistics are those of the sorted stretch", () => {
    const random = seededRandom(8);
    const bounds = new Float64Array(2);
    for (const spread of [1, 40, 300, 65_536]) {
      const numbers = Uint16Array.from({ length: 120 }, () => Math.floor(spread * random()) + (65_536 - spread));
      const sorted = numbers.slice(10, 110).sort();
      for (const [lowest, highest] of [
        [0, 99],
        [5, 94],
        [50, 50],
      ] as const) {
        orderStatistics(numbers, 10, 100, lowest, highest, bounds);
        expect([...bounds]).toEqual([sorted[lowest], sorted[highest]]);
      }
    }
  });

  it("rows put into a table come back, each draw together", () => {
    const areas = areasTogether + 3;
    const draws = 5;
    const table = createDrawTable(areas, draws);
    const rows = (first: number): Uint16Array => Uint16Array.from({ length: areasTogether * draws }, (_, i) => 1000 * first + i);
    putRows(table, 0, rows(0));
    putRows(table, areasTogether, rows(1));
    // Draw 2 of area 1 and of area 33.
    expect(table.numbers[2 * table.stride + 1]).toBe(1 * draws + 2);
    expect(table.numbers[2 * table.stride + areasTogether + 1]).toBe(1000 + 1 * draws + 2);
    const taken = new Uint16Array(areasTogether * draws);
    takeRows(table, areasTogether, taken);
    expect([...taken]).toEqual([...rows(1)]);
    takeRows(table, 0, taken);
    expect([...taken]).toEqual([...rows(0)]);
  });

  it("ranks: 1 for the highest in each draw, ties share the mean rank, rounded up", () => {
    const table = createDrawTable(4, 2);
    table.numbers.set([15, 65_535, 30_000, 0], 0);
    table.numbers.set([50_000, 50_000, 50_016, 50_000], table.stride);
    expect(rankDraws(table)).toBe(1);
    // 15 and 0 are within the 16 steps that few areas are told apart by: ranks 3 and 4 share 3.5.
    expect([...table.numbers.subarray(0, 4)]).toEqual([4, 1, 2, 4]);
    // Ranks 2, 3 and 4 share 3.
    expect([...table.numbers.subarray(table.stride, table.stride + 4)]).toEqual([3, 3, 1, 3]);
  });

  it("beyond 65,535 areas ranks are told by twos", () => {
    const areas = 70_000;
    const table = createDrawTable(areas, 1);
    for (let a = 0; a < areas; a++) table.numbers[a] = a < 65_536 ? a : 0;
    expect(rankDraws(table)).toBe(2);
    expect(table.numbers[65_535]).toBe(1);
    expect(Math.abs(2 * table.numbers[1000]! - (65_536 - 1000))).toBeLessThanOrEqual(1);
    // The 4,465 areas of step 0 share the mean of ranks 65,536 to 70,000.
    expect(Math.abs(2 * table.numbers[69_999]! - 67_768)).toBeLessThanOrEqual(1);
  });

  it("an area's draws are its own: other areas, their order and their number change none of its bounds of score", () => {
    const count = 70;
    const random = seededRandom(2);
    const posterior = () => ({
      shape: Float64Array.from({ length: count }, () => 1 + 5 * random()),
      rate: new Float64Array(count).fill(2),
      meanWeight: Float64Array.from({ length: count }, (_, i) => (i === 7 ? Number.NaN : 0.3)),
      offsets: new Int32Array(count + 1),
      members: new Int32Array(0),
    });
    const base = {
      posteriors: [posterior(), posterior()] as const,
      decays: new Float64Array(0),
      weights: new Float64Array(0),
      reference: 0.5,
      fixed: [Float64Array.from({ length: count }, (_, i) => (i % 3 === 0 ? Number.NaN : i % 3 === 1 ? 0 : random()))],
      componentWeights: [0.4, 0.4, 0.2],
      draws: 200,
      seed: 9,
    };
    const all = simulateScores({ ...base, areas: Int32Array.from({ length: count }, (_, i) => i) });
    const turned = simulateScores({ ...base, areas: Int32Array.of(69, 7, 5, 33) });
    [69, 7, 5, 33].forEach((i, a) => {
      expect([turned.scoreLower[a], turned.scoreUpper[a]]).toEqual([all.scoreLower[i], all.scoreUpper[i]]);
    });
    expect(Math.min(...all.rankLower)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...all.rankUpper)).toBeLessThanOrEqual(count);
  });
});
