import { describe, expect, it } from "vitest";
import { chanceBound } from "../../../../api/analysis/selfTest/chanceBound.ts";
import { dealEvents, placeAt, runningShares, runningSums } from "../../../../api/analysis/selfTest/dealtEvents.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";

/** All sums of k of the values. */
function sumsOf(values: readonly number[], k: number): number[] {
  return k === 0 ? [0] : values.flatMap((value, i) => sumsOf(values.slice(i + 1), k - 1).map((sum) => value + sum));
}

describe("the bound of a chance", () => {
  const values = [0, 0, 3, 1, 0, 9, 0.5, 2, 0, 1, 0, 4];

  it("is never below the share of all draws that are as high, and at most 1", () => {
    const bound = chanceBound(Float64Array.from(values));
    for (const own of [0, 5, 7]) {
      const others = values.filter((_, i) => i !== own);
      for (const k of [1, 2, 4]) {
        const sums = sumsOf(others, k);
        for (const sum of [0, 1, 3, 5, 9, 12, 18]) {
          const share = sums.filter((one) => one >= sum).length / sums.length;
          expect(bound(own, k, sum)).toBeGreaterThanOrEqual(share);
          expect(bound(own, k, sum)).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it("is Chernoff's, the least of ten steepnesses, worked out anew", () => {
    const bound = chanceBound(Float64Array.from(values));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const largest = 9 - mean;
    for (const [own, k, sum] of [
      [0, 2, 12],
      [5, 3, 9],
      [7, 4, 17],
      [1, 1, 9],
      [2, 5, 3],
    ] as const) {
      const others = values.filter((_, i) => i !== own);
      const tried = [1, 1.5, 2, 3, 4, 6, 8, 11, 15, 20].map((multiple) => {
        const t = multiple / largest;
        const factor = others.reduce((total, value) => total + Math.exp(t * value), 0) / others.length;
        return factor ** k / Math.exp(t * sum);
      });
      expect(Math.abs(bound(own, k, sum) / Math.min(1, ...tried) - 1)).toBeLessThan(1e-9);
    }
  });

  it("says nothing where all values are equal", () => {
    expect(chanceBound(Float64Array.of(2, 2, 2))(0, 1, 5)).toBe(1);
  });
});

describe("dealing out events", () => {
  it("running sums, with the risk inside a cluster; places by them, those without a share never", () => {
    expect([...runningSums([1, 0, 2, 5])]).toEqual([1, 1, 3, 8]);
    const people = Float64Array.of(10, 20, 30);
    expect([...runningShares(people, Int32Array.of(1), 3)]).toEqual([10, 70, 100]);
    expect([...people]).toEqual([10, 20, 30]);
    const upTo = Float64Array.of(1, 1, 3, 8);
    expect([0, 0.99, 1, 2.99, 3, 7.99, 8, 99].map((at) => placeAt(upTo, at))).toEqual([0, 0, 2, 2, 3, 3, 3, 3]);
    expect([...runningSums([])]).toEqual([]);
  });

  it.each([1, 2.5])(
    "with dispersion %f every event goes somewhere, means are shares, variances as many times the multinomial",
    (dispersion) => {
      const shares = [0.5, 0.3, 0.2];
      const maps = 6000;
      const random = createRandom(12, 10 * dispersion);
      const sums = [0, 0, 0];
      const squares = [0, 0, 0];
      for (let map = 0; map < maps; map++) {
        const counts = dealEvents(runningSums(shares), 20, dispersion, random);
        expect(counts[0]! + counts[1]! + counts[2]!).toBe(20);
        counts.forEach((count, i) => {
          sums[i]! += count;
          squares[i]! += count ** 2;
        });
      }
      shares.forEach((share, i) => {
        const mean = sums[i]! / maps;
        const variance = 20 * share * (1 - share) * dispersion;
        expect(Math.abs(mean - 20 * share)).toBeLessThan(4.5 * Math.sqrt(variance / maps));
        expect(Math.abs((squares[i]! / maps - mean ** 2) / variance - 1)).toBeLessThan(0.1);
      });
    },
  );
});
