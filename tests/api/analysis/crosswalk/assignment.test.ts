import { describe, expect, it } from "vitest";
import { assign, type SparseScores } from "../../../../api/analysis/crosswalk/assignment.ts";
import { surenessOf } from "../../../../api/analysis/crosswalk/sureness.ts";
import { seededRandom } from "../../../fixtures/random.ts";

function sparse(rows: readonly (readonly (readonly [number, number])[])[], columns: number): SparseScores {
  const start = new Int32Array(rows.length + 1);
  for (const [row, edges] of rows.entries()) start[row + 1] = start[row]! + edges.length;
  const flat = rows.flat();
  return { start, column: Int32Array.from(flat, ([to]) => to), score: Float64Array.from(flat, ([, value]) => value), columns };
}

const sumOf = (rows: readonly (readonly (readonly [number, number])[])[], columnOf: ArrayLike<number>): number =>
  rows.reduce((sum, edges, row) => sum + (edges.find(([to]) => to === columnOf[row])?.[1] ?? 0), 0);

/** The largest sum by trying everything. */
function bestByHand(rows: readonly (readonly (readonly [number, number])[])[], row = 0, taken = 0): number {
  if (row === rows.length) return 0;
  let best = bestByHand(rows, row + 1, taken);
  for (const [to, value] of rows[row]!)
    if (!(taken & (1 << to))) best = Math.max(best, value + bestByHand(rows, row + 1, taken | (1 << to)));
  return best;
}

describe("the assignment", () => {
  it("has the largest sum of scores, each column at most once: as trying everything says, 300 times", () => {
    const random = seededRandom(11);
    for (let time = 0; time < 300; time++) {
      const columns = 1 + Math.floor(random() * 7);
      const rows = Array.from({ length: 1 + Math.floor(random() * 7) }, () =>
        Array.from({ length: columns }, (_, to) => [to, Math.ceil(random() * 20) / 2] as const).filter(() => random() < 0.5),
      );
      const columnOf = assign(sparse(rows, columns));
      const used = [...columnOf].filter((to) => to !== -1);
      expect(new Set(used).size).toBe(used.length);
      expect(sumOf(rows, columnOf)).toBeCloseTo(bestByHand(rows), 9);
    }
  });

  it("leaves a row alone rather than taking more from another", () => {
    expect([...assign(sparse([[[0, 5]], [[0, 3]], []], 1))]).toEqual([0, -1, -1]);
    expect([...assign(sparse([], 3))]).toEqual([]);
  });

  it("gives way where both gain by an exchange", () => {
    expect([
      ...assign(
        sparse(
          [
            [
              [0, 5],
              [1, 4],
            ],
            [[0, 3]],
          ],
          2,
        ),
      ),
    ]).toEqual([1, 0]);
  });
});

describe("how sure a row is", () => {
  it("is the odds against staying alone where there is no other way", () => {
    const scores = sparse([[[0, Math.log(9)]]], 1);
    expect(surenessOf(scores, assign(scores))[0]).toBeCloseTo(0.9, 12);
  });

  it("is a half for two that may be exchanged for nothing, and unknown for a row alone", () => {
    const twins = sparse(
      [
        [
          [0, 20],
          [1, 20],
        ],
        [
          [0, 20],
          [1, 20],
        ],
        [],
      ],
      2,
    );
    const [one, other, alone] = surenessOf(twins, assign(twins));
    expect(one).toBeCloseTo(0.5, 6);
    expect(other).toBeCloseTo(0.5, 6);
    expect(alone).toBeNaN();
  });

  it("falls where a row left alone would have liked the column as much", () => {
    const scores = sparse([[[0, 10]], [[0, 10]]], 1);
    const columnOf = assign(scores);
    expect(surenessOf(scores, columnOf)[columnOf.indexOf(0)]).toBeCloseTo(0.5, 3);
  });

  it("a column that the first row, left alone, would have liked as much halves its holder's sureness", () => {
    const scores = { start: Int32Array.of(0, 1, 2), column: Int32Array.of(0, 0), score: Float64Array.of(5, 5), columns: 1 };
    // By hand: 1 over 1, the odds of staying alone, e^-5, and those of the other row, 1.
    expect(surenessOf(scores, Int32Array.of(-1, 0))[1]).toBeCloseTo(1 / (2 + Math.exp(-5)), 12);
  });
});
