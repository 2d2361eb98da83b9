import { describe, expect, it } from "vitest";
import { testedMethod } from "../../../../api/analysis/selfTest/selfTest.ts";
import type { HotspotMethod } from "../../../../api/analysis/selfTest/testedMethod.ts";
import { wholeMethod } from "../../../../api/analysis/selfTest/wholeMethod.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";
import { method } from "./worlds.ts";

const n = 31;
const weights = weightsOfLists([...gridLists(6, 5), []]);
const population = Float64Array.from({ length: n }, (_, i) => 500 + 137 * ((i * 11) % 13));
const corner = [0, 1, 2, 6, 7, 8, 12, 13, 14];

/** A map of few and many events: empty, hot or cold in a corner, or with areas exactly at the mean. */
function mapOf(number: number): Float64Array {
  const random = createRandom(77, number);
  const kind = number % 4;
  if (kind === 3) return Float64Array.from({ length: n }, (_, i) => (i < 30 ? [1, 2, 3][(i + random.below(2)) % 3]! : 2));
  const level = [2, 6, 0.5][number % 3]!;
  return Float64Array.from({ length: n }, (_, i) => {
    const factor = corner.includes(i) ? [1, 5, 0.1][kind]! : 1;
    return Math.floor(2 * level * factor * random.unit() + random.unit());
  });
}

const methods: [string, Partial<HotspotMethod>, number][] = [
  ["Gi*, 599", { permutations: 599 }, 40],
  ["Gi*, high, 599, Bonferroni", { permutations: 599, tail: "high", correction: "bonferroni" }, 40],
  ["Gi, 2,600, no correction", { statistic: "gi", permutations: 2600, correction: "none", alpha: 0.01 }, 24],
  ["Gi*, 2,600, Bonferroni at 0.3", { permutations: 2600, correction: "bonferroni", alpha: 0.3 }, 24],
  ["Local Moran of counts, 599", { statistic: "local_moran", measure: "count", permutations: 599 }, 60],
  ["Local Moran of counts, high", { statistic: "local_moran", measure: "count", tail: "high", permutations: 599, correction: "none" }, 60],
  ["Gi*, 100 at alpha 0.2", { permutations: 100, alpha: 0.2 }, 40],
  ["exact", { statistic: "exact" }, 60],
  ["exact, high, no correction", { statistic: "exact", tail: "high", correction: "none" }, 60],
  ["exact, two-sided at 0.2", { statistic: "exact", correction: "none", alpha: 0.2 }, 60],
];

describe("on small maps, hot, cold, empty and tied, a tested method decides as analyseHotspots", () => {
  it.each(methods)("%s", (_, more, maps) => {
    const asked = method(more);
    const whole = wholeMethod(asked, population, weights);
    const answers = { yes: 0, no: 0 };
    for (let map = 0; map < maps; map++) {
      const counts = mapOf(map);
      const events = counts.reduce((sum, count) => sum + count, 0);
      const quick = testedMethod(asked, population, weights, events);
      const some = createRandom(5, map);
      for (const watched of [
        new Uint8Array(n).fill(1),
        Uint8Array.from({ length: n }, (_area, i) => Number(corner.includes(i))),
        Uint8Array.from({ length: n }, () => Number(some.below(4) === 0)),
      ]) {
        for (const side of ["either", "raised"] as const) {
          const expected = whole(counts, watched, side);
          answers[expected ? "yes" : "no"]++;
          expect([map, side, quick(counts, watched, side)]).toEqual([map, side, expected]);
        }
      }
    }
    expect(answers.yes).toBeGreaterThan(5);
    expect(answers.no).toBeGreaterThan(5);
  });
});
