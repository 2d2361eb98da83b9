import { gridOfPoints, neighbourhoodsOf } from "../clusters/pointGrid.ts";
import { AnalysisRefusal } from "../significance/refusal.ts";

/** Pairs of points below a distance of each other, each once. */
export interface NearPairs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 0 for a pair on one spot, else 1 + the number of the distance band, from its lower edge up to below its upper. */
  readonly band: Uint8Array;
}

/** Every pair is looked up once a simulation and takes 9 bytes: 20 million are 30 s for 999 simulations on two threads. */
const mostPairs = 20_000_000;

/**
 * Finds all pairs of points less than the last edge apart and the band of each. x, y, edges: metres; edges ascending, above 0, at most 250.
 * Cost: O(pairs of points in neighbouring cells of the size of the last edge). More pairs than the limit, 20 million, are refused (`too_many_pairs`).
 */
export function findNearPairs(x: Float64Array, y: Float64Array, edges: readonly number[], limit = mostPairs): NearPairs {
  const grid = gridOfPoints(x, y, edges[edges.length - 1]!);
  const ranges = neighbourhoodsOf(grid, 1);
  const squares = Float64Array.from(edges, (edge) => edge * edge);
  const last = squares[squares.length - 1]!;
  let count = 0;
  forEachPair(() => {
    count++;
  });
  if (count > limit) throw new AnalysisRefusal("too_many_pairs", { pairs: count, limit });
  const pairs = { from: new Int32Array(count), to: new Int32Array(count), band: new Uint8Array(count) };
  let next = 0;
  forEachPair((from, to, square) => {
    let band = 0;
    if (square > 0) while (square >= squares[band++]!);
    pairs.from[next] = from;
    pairs.to[next] = to;
    pairs.band[next++] = band;
  });
  return pairs;

  function forEachPair(visit: (from: number, to: number, squaredMetres: number) => void): void {
    for (let cell = 0; cell < grid.columns.length; cell++) {
      for (let at = grid.starts[cell]!; at < grid.starts[cell + 1]!; at++) {
        // This row from the point itself on, and the row after it.
        for (let range = 3 * cell + 1; range < 3 * cell + 3; range++) {
          const end = grid.starts[ranges[2 * range + 1]!]!;
          for (let other = Math.max(grid.starts[ranges[2 * range]!]!, at + 1); other < end; other++) {
            const square = (grid.x[other]! - grid.x[at]!) ** 2 + (grid.y[other]! - grid.y[at]!) ** 2;
            if (square < last) visit(grid.order[at]!, grid.order[other]!, square);
          }
        }
      }
    }
  }
}
