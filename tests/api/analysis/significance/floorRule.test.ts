import { describe, expect, it } from "vitest";
import type { PermutationCounts } from "../../../../api/analysis/significance/conditionalPermutation.ts";
import type { Correction } from "../../../../api/analysis/significance/corrections.ts";
import { keepFloorRule } from "../../../../api/analysis/significance/floorRule.ts";
import type { Tail } from "../../../../api/analysis/significance/tails.ts";

const countsOf = (draws: number, above: number[], equal: number[], below: number[]): PermutationCounts => ({
  draws,
  above: Float64Array.from(above),
  equal: Float64Array.from(equal),
  below: Float64Array.from(below),
});
/** Area 0 has nothing at or above it, area 1 nothing at or below, area 2 something on both sides, area 3 only ties above. */
const first = (): PermutationCounts => countsOf(10, [0, 10, 3, 0], [0, 0, 1, 2], [10, 0, 6, 8]);

/** Runs the rule with further permutations made up: of all draws `above` of area 0 lie above it, the others of every area as far as possible from the floor's side. */
function kept(settings: { tail?: Tail; correction?: Correction; cap?: number; above?: number; counts?: PermutationCounts }) {
  const asked: [number[], number, number][] = [];
  const counts = settings.counts ?? first();
  const outcome = keepFloorRule({
    counts,
    tail: settings.tail ?? "two_sided",
    correction: settings.correction ?? "fdr",
    alpha: 0.05,
    cap: settings.cap ?? 1000,
    permuteOn(places, draws, round) {
      asked.push([places, draws, round]);
      const above = places.map((a) => (a === 0 ? (settings.above ?? 0) : draws));
      return countsOf(
        draws,
        above,
        places.map(() => 0),
        above.map((some) => draws - some),
      );
    },
  });
  return { ...outcome, asked, counts: outcome.counts };
}

describe("the floor rule", () => {
  // Hand arithmetic: limit fdr = 0.05 × at floor / tests, bonferroni 0.05 / tests, none 0.05; needed = sides / limit − 1.
  it.each([
    ["two-sided, false discovery rate: 2 of 4 at the floor need 2 / 0.025 − 1", "two_sided", "fdr", 79, [0, 1]],
    ["high, false discovery rate: 1 of 4 at the floor needs 1 / 0.0125 − 1", "high", "fdr", 79, [0]],
    ["two-sided, Bonferroni: 2 / 0.0125 − 1", "two_sided", "bonferroni", 159, [0, 1]],
    ["high, Bonferroni: 1 / 0.0125 − 1", "high", "bonferroni", 79, [0]],
    ["two-sided, no correction: 2 / 0.05 − 1", "two_sided", "none", 39, [0, 1]],
    ["high, no correction: 1 / 0.05 − 1", "high", "none", 19, [0]],
  ] as const)("%s", (_, tail, correction, needed, places) => {
    const { draws, extended, atFloor, asked, counts } = kept({ tail, correction });
    expect(asked).toEqual([[places, needed - 10, 0]]);
    expect([...draws]).toEqual([0, 1, 2, 3].map((a) => ((places as readonly number[]).includes(a) ? needed : 10)));
    expect(extended).toEqual(places);
    expect(atFloor).toBe(places.length);
    expect(counts.below[0]).toBe(needed);
    expect(counts.above[1]).toBe(places.length === 2 ? needed : 10);
  });

  it("an area that leaves the floor makes those that stay need more, and they are permuted on", () => {
    const { draws, extended, atFloor, asked, counts } = kept({ above: 1 });
    expect(asked).toEqual([
      [[0, 1], 69, 0],
      [[1], 80, 1],
    ]);
    expect([...draws]).toEqual([79, 159, 10, 10]);
    expect(extended).toEqual([0, 1]);
    expect(atFloor).toBe(1);
    expect([counts.above[0], counts.below[0], counts.above[1], counts.below[1]]).toEqual([1, 78, 159, 0]);
  });

  it("equal sums add up like the others", () => {
    const { counts, atFloor } = keepFloorRule({
      counts: countsOf(10, [0], [0], [10]),
      tail: "high",
      correction: "none",
      alpha: 0.05,
      cap: 100,
      permuteOn: () => countsOf(9, [2], [3], [4]),
    });
    expect([counts.above[0], counts.equal[0], counts.below[0], atFloor]).toEqual([2, 3, 14, 0]);
  });

  it("with nobody at the floor nothing is permuted on, and what was given stays as it was", () => {
    const counts = countsOf(10, [1, 9], [0, 0], [9, 1]);
    const { draws, extended, atFloor, asked } = kept({ counts });
    expect([[...draws], extended, atFloor, asked]).toEqual([[10, 10], [], 0, []]);
    const given = first();
    kept({ counts: given });
    expect(given).toEqual(first());
  });

  it("permutations enough for the floor are not added to", () => {
    const { asked, atFloor, extended } = kept({ counts: countsOf(79, [0, 79, 9, 9], [0, 0, 0, 0], [79, 0, 70, 70]) });
    expect([asked, atFloor, extended]).toEqual([[], 2, []]);
    expect(kept({ counts: countsOf(78, [0, 78, 9, 9], [0, 0, 0, 0], [78, 0, 69, 69]) }).asked).toEqual([[[0, 1], 1, 0]]);
  });

  it("what is needed may be the cap; one more is refused, and says what is needed", () => {
    expect(kept({ cap: 79 }).atFloor).toBe(2);
    expect(() => kept({ cap: 78 })).toThrowError(
      expect.objectContaining({ code: "permutations_too_few", details: { permutations: 10, needed: 79, atFloor: 2, areas: 4, cap: 78 } }),
    );
    expect(kept({ cap: 0, counts: countsOf(79, [0, 79, 9, 9], [0, 0, 0, 0], [79, 0, 70, 70]) }).atFloor).toBe(2);
  });
});
