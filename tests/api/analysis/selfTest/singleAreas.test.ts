import { describe, expect, it } from "vitest";
import { analyseHotspots } from "../../../../api/analysis/hotspots/hotspots.ts";
import type { Weights } from "../../../../api/analysis/neighbours/weights.ts";
import { testedMethod } from "../../../../api/analysis/selfTest/selfTest.ts";
import type { HotspotMethod } from "../../../../api/analysis/selfTest/testedMethod.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { AnalysisRefusal } from "../../../../api/analysis/significance/refusal.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";
import { method } from "./worlds.ts";

const n = 21;
const grid = weightsOfLists([...gridLists(5, 4), []]);
/** The first area touches all others, which stand in a row. */
const star = weightsOfLists(
  Array.from({ length: n }, (_, i) => {
    if (i === 0) return Array.from({ length: n - 1 }, (_j, j) => j + 1);
    return [0, i - 1, i + 1].filter((j, at) => at === 0 || (j > 0 && j < n));
  }),
);
const population = Float64Array.from({ length: n }, (_, i) => 400 + 90 * ((i * 5) % 7));
const corner = [0, 1, 5, 6, 10];
const maps = {
  hot: (i: number, below: (limit: number) => number) => (corner.includes(i) ? 6 : 0) + below(3),
  cold: (i: number, below: (limit: number) => number) => (corner.includes(i) ? 0 : 5) + below(2),
  sparse: (i: number, below: (limit: number) => number) => (i === 6 || i === 1 ? 2 : 0) + Number(below(7) === 0),
  tied: (i: number) => 1 + (i % 3),
  bunched: (i: number, below: (limit: number) => number) => (below(4) === 0 ? 12 : 0) + (corner.includes(i) ? 9 : 0),
};

/** What analyseHotspots says of every area: 0 nothing, 1 raised, −1 the other way. */
function verdicts(asked: HotspotMethod, counts: Float64Array, weights: Weights): { sides: number[]; p: number[] } {
  try {
    const { columns } = analyseHotspots({ ...asked, counts, population, reported: new Uint8Array(n).fill(1), weights });
    const sides = columns.class.map((found) =>
      found === null || found === "not significant" ? 0 : found === "hot" || found.startsWith("high") ? 1 : -1,
    );
    return { sides, p: [...columns.p] };
  } catch (error) {
    if (error instanceof AnalysisRefusal) return { sides: new Array<number>(n).fill(0), p: [] };
    throw error;
  }
}

function quickVerdicts(asked: HotspotMethod, counts: Float64Array, weights: Weights): number[] {
  const events = counts.reduce((sum, count) => sum + count, 0);
  const tested = testedMethod(asked, population, weights, events);
  return Array.from({ length: n }, (_, i) => {
    const watched = Uint8Array.from({ length: n }, (_j, j) => Number(j === i));
    return tested(counts, watched, "raised") ? 1 : tested(counts, watched, "either") ? -1 : 0;
  });
}

const mapsOf = (kind: keyof typeof maps): Float64Array => {
  const { below } = createRandom(8, kind.length);
  return Float64Array.from({ length: n }, (_, i) => maps[kind](i, below));
};
const kinds = Object.keys(maps) as (keyof typeof maps)[];

describe("watching one area after another, a tested method says of each what analyseHotspots says", () => {
  it.each([
    ["exact", { statistic: "exact" }],
    ["exact at 0.3, no correction", { statistic: "exact", alpha: 0.3, correction: "none" }],
    ["exact, high", { statistic: "exact", tail: "high", correction: "none" }],
    ["Gi*, 99, no correction", { permutations: 99, correction: "none" }],
    ["Gi*, high, 99", { permutations: 99, tail: "high", alpha: 0.2 }],
    ["Gi*, 600", { permutations: 600 }],
    ["Gi, 2,500, no correction", { statistic: "gi", permutations: 2500, correction: "none" }],
    ["Gi, high, 2,500, Bonferroni", { statistic: "gi", tail: "high", permutations: 2500, correction: "bonferroni" }],
    ["Local Moran, 600, no correction", { statistic: "local_moran", permutations: 600, correction: "none" }],
    ["Local Moran of counts, high, 600", { statistic: "local_moran", measure: "count", tail: "high", permutations: 600, alpha: 0.2 }],
  ] as [string, Partial<HotspotMethod>][])("%s", (_, more) => {
    const asked = method(more);
    for (const kind of kinds) {
      const counts = mapsOf(kind);
      for (const weights of [grid, star])
        expect([kind, ...quickVerdicts(asked, counts, weights)]).toEqual([kind, ...verdicts(asked, counts, weights).sides]);
    }
  });

  it.each([
    ["exact", { statistic: "exact" }],
    ["Gi*", { permutations: 700 }],
    ["Gi*, high", { permutations: 700, tail: "high" }],
    ["Local Moran", { statistic: "local_moran", permutations: 700 }],
  ] as [string, Partial<HotspotMethod>][])(
    "%s: an alpha just below and just above what the smallest p needs tells them apart",
    (_, more) => {
      for (const weights of [grid, star])
        for (const correction of ["bonferroni", "none"] as const) {
          const counts = mapsOf("cold");
          const { p } = verdicts(method({ ...more, correction: "none", alpha: 0.5 }), counts, weights);
          const known = p.filter((value) => !Number.isNaN(value));
          const edge = Math.min(...known) * (correction === "none" ? 1 : known.length);
          for (const factor of [0.999, 1.001]) {
            if (edge * factor >= 1) continue;
            const asked = method({ ...more, correction, alpha: edge * factor });
            expect([factor, ...quickVerdicts(asked, counts, weights)]).toEqual([factor, ...verdicts(asked, counts, weights).sides]);
          }
        }
    },
  );

  it("the whole method, whatever others are watched, and nothing where the method is refused", () => {
    const asked = method({ significance: "analytic", correction: "none" });
    const counts = mapsOf("hot");
    const { sides } = verdicts(asked, counts, grid);
    expect([quickVerdicts(asked, counts, grid), new Set(sides).size > 1]).toEqual([sides, true]);
    const all = new Uint8Array(n).fill(1);
    expect(testedMethod(asked, population, grid, 60)(counts, all, "either")).toBe(true);
    const refused = method({ alpha: 1e-9, correction: "bonferroni", permutations: 99 });
    expect(quickVerdicts(refused, counts, grid)).toEqual(new Array<number>(n).fill(0));
  });
});
