import { describe, expect, it } from "vitest";
import { analyseHotspots, type HotspotsInput } from "../../../../api/analysis/hotspots/hotspots.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

const maps = 100;
const lists = gridLists(17, 18);
const n = lists.length;
const { unit } = createRandom(3517);
const population = Float64Array.from({ length: n }, () => Math.round(900 + 8000 * unit() ** 2));
const people = population.reduce((sum, number) => sum + number, 0);
const weights = weightsOfLists(lists);

/** Events dealt out by people: the null of the exact statistic; shuffled over the villages, that of permutation. */
function nullMap(events: number, seed: number): Float64Array {
  const random = createRandom(seed, events);
  const counts = new Float64Array(n);
  const reach: number[] = [];
  population.reduce((sum, number, i) => {
    reach[i] = sum + number;
    return sum + number;
  }, 0);
  for (let event = 0; event < events; event++) {
    const at = random.unit() * people;
    counts[reach.findIndex((upTo) => at < upTo)]! += 1;
  }
  return counts;
}

const base = { reported: new Uint8Array(n).fill(1), weights, significance: "permutation", tail: "two_sided", alpha: 0.05 } as const;

/** Rates shuffled over villages of equal people, so that every placing is equally likely. */
function shuffled(counts: Float64Array, seed: number): Float64Array {
  const { below } = createRandom(seed, 99);
  const mixed = counts.slice();
  for (let i = n - 1; i > 0; i--) {
    const j = below(i + 1);
    const kept = mixed[i]!;
    mixed[i] = mixed[j]!;
    mixed[j] = kept;
  }
  return mixed;
}

const cases: [string, number, Pick<HotspotsInput, "statistic" | "measure" | "permutations">][] = [120, 400, 1200].flatMap((events) => [
  ["Gi*", events, { statistic: "gi_star", measure: "count", permutations: 999 }],
  ["Local Moran", events, { statistic: "local_moran", measure: "count", permutations: 999 }],
  ["exact", events, { statistic: "exact", measure: "rate", permutations: 1 }],
]);

// A seeded slice of the null drive: 306 villages, as sparse as Jombang in a month, a quarter and a year.
describe("under the null", () => {
  it.each(cases)("%s with %d events: P(p ≤ a) ≤ a, and ties never make it smaller", (_, events, method) => {
    const levels = [0.001, 0.01, 0.05];
    // Per map the share of villages at or below each level: villages of a map depend on each other, maps do not.
    const shares = levels.map(() => new Float64Array(maps));
    for (let map = 0; map < maps; map++) {
      const counts = method.statistic === "exact" ? nullMap(events, map) : shuffled(nullMap(events, map), map);
      const { p } = analyseHotspots({ ...base, ...method, counts, population, correction: "none", seed: map }).columns;
      levels.forEach((level, l) => {
        shares[l]![map] = p.filter((value) => value <= level).length / n;
      });
    }
    levels.forEach((level, l) => {
      const mean = shares[l]!.reduce((sum, share) => sum + share, 0) / maps;
      const spread = Math.sqrt(shares[l]!.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (maps - 1) / maps);
      expect(mean).toBeLessThanOrEqual(level + 3 * spread + 1e-12);
    });
  });

  it("after the false discovery rate, at most alpha of the maps show any hotspot", () => {
    let alarms = 0;
    for (let map = 0; map < maps; map++) {
      const counts = shuffled(nullMap(400, map), map);
      const result = analyseHotspots({
        ...base,
        statistic: "gi_star",
        measure: "count",
        permutations: 9999,
        counts,
        population,
        correction: "fdr",
        seed: map,
      });
      if (result.summary.significant > 0) alarms++;
    }
    expect(alarms / maps).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / maps));
  });

  it("randomised between p and what lies below the tie, the p of a fixed village is uniform", () => {
    const count = 400;
    const drawn: number[] = [];
    for (let map = 0; map < count; map++) {
      const counts = shuffled(nullMap(120, map), map);
      const { pHigh, pMid } = analyseHotspots({
        ...base,
        tail: "high",
        statistic: "gi_star",
        measure: "count",
        permutations: 999,
        counts,
        population,
        correction: "none",
        seed: map,
      }).columns;
      const tie = 2 * (pHigh[150]! - pMid[150]!);
      drawn.push(pHigh[150]! - tie * createRandom(map, 5).unit());
    }
    drawn.sort((a, b) => a - b);
    const distance = Math.max(...drawn.map((p, i) => Math.max(Math.abs(p - i / count), Math.abs(p - (i + 1) / count))));
    // Kolmogorov–Smirnov at 0.001.
    expect(distance).toBeLessThan(1.95 / Math.sqrt(count));
  });
});
