import { describe, expect, it } from "vitest";
import { dealEvents, runningShares } from "../../../../api/analysis/selfTest/dealtEvents.ts";
import { growCluster, startsOfClusters } from "../../../../api/analysis/selfTest/plantedCluster.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

const grid = weightsOfLists(gridLists(4, 4));
const all = new Uint8Array(16).fill(1);

describe("planted clusters", () => {
  it("start where enough areas are linked, among those asked for, and are at most half of all", () => {
    const parts = weightsOfLists([[1], [0, 2], [1], [4], [3], [], [], []]);
    const asked = Uint8Array.of(1, 1, 0, 1, 1, 1, 0, 1);
    expect([...startsOfClusters(parts, asked, 1)]).toEqual([0, 1, 3, 4, 5, 7]);
    expect([...startsOfClusters(parts, asked, 2)]).toEqual([0, 1, 3, 4]);
    expect([...startsOfClusters(parts, asked, 3)]).toEqual([0, 1]);
    expect([...startsOfClusters(grid, all, 8)]).toHaveLength(16);
    expect([...startsOfClusters(grid, all, 9)]).toEqual([]);
  });

  it("grow ring by ring: in a corner of a grid the nearest, each once", () => {
    const distance = (i: number): number => (i % 4) + Math.floor(i / 4);
    for (let seed = 0; seed < 30; seed++) {
      const cluster = growCluster(grid, 0, 5, createRandom(seed));
      expect(cluster[0]).toBe(0);
      expect(new Set(cluster).size).toBe(5);
      expect([...cluster].map(distance).sort()).toEqual([0, 1, 1, 2, 2]);
    }
  });

  it("take every neighbour of the outer ring equally often", () => {
    const times = new Map<number, number>();
    for (let seed = 0; seed < 400; seed++) {
      const last = growCluster(grid, 5, 2, createRandom(seed))[1] ?? -1;
      times.set(last, (times.get(last) ?? 0) + 1);
    }
    // 100 each, standard deviation 8.7.
    expect([...times.keys()].sort((a, b) => a - b)).toEqual([1, 4, 6, 9]);
    for (const count of times.values()) expect(Math.abs(count - 100)).toBeLessThan(35);
  });

  it("stay smaller where no more areas are linked", () => {
    expect([...growCluster(weightsOfLists([[1], [0], []]), 1, 3, createRandom(1))]).toEqual([1, 0]);
  });
});

describe("simulated maps", () => {
  const population = Float64Array.of(0, 100, 300, 600);

  it("count the people of the cluster relative-risk-fold", () => {
    expect([...runningShares(population, Int32Array.of(1), 3)]).toEqual([0, 300, 600, 1200]);
    expect([...population]).toEqual([0, 100, 300, 600]);
  });

  it.each([1, 4])(
    "hold all events, each area its share of them, nobody's area none, with dispersion %d times the variance",
    (dispersion) => {
      const [maps, events] = [2000, 40];
      const upTo = runningShares(population, new Int32Array(0), 1);
      const counts = Array.from({ length: maps }, (_, map) => dealEvents(upTo, events, dispersion, createRandom(5, map)));
      for (const map of counts) expect(map.reduce((sum, count) => sum + count, 0)).toBe(events);
      [0, 0.1, 0.3, 0.6].forEach((share, i) => {
        const mean = counts.reduce((sum, map) => sum + map[i]!, 0) / maps;
        const variance = counts.reduce((sum, map) => sum + (map[i]! - mean) ** 2, 0) / (maps - 1);
        const expected = dispersion * events * share * (1 - share);
        expect(Math.abs(mean - events * share)).toBeLessThanOrEqual(4 * Math.sqrt(expected / maps));
        expect(Math.abs(variance - expected)).toBeLessThanOrEqual(0.2 * expected);
      });
    },
  );
});
