import Flatbush from "flatbush";

/** Edges of a tree over all points, in the order in which they were found. */
export interface TreeEdges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly metres: Float64Array;
}

/** Squared distance of each point to the k-th nearest one, itself counted as the first. k is at most the number of points. Cost: O(n k log n). */
export function squaredCoreDistances(x: Float64Array, y: Float64Array, k: number): Float64Array {
  if (x.length === 0) return new Float64Array(0);
  const index = new Flatbush(x.length, 16, Float64Array);
  for (let i = 0; i < x.length; i++) index.add(x[i]!, y[i]!);
  index.finish();
  return x.map((own, i) => {
    const last = index.neighbors(own, y[i]!, k)[k - 1]!;
    return (x[last]! - own) ** 2 + (y[last]! - y[i]!) ** 2;
  });
}

/**
 * The shortest tree that joins all points, where two points are as far apart as the largest of their distance, either's core distance, and the resolution.
 *
 * Why: cut at any length it gives the clusters that DBSCAN finds with that epsilon, without the border points. In words: start anywhere, always add the nearest point
 * that is not in the tree yet. Exact. Source: Prim 1957, doi:10.1002/j.1538-7305.1957.tb01515.x; the distance from Campello, Moulavi & Sander 2013.
 * x, y, resolutionMetres: metres. Cost: O(n²) time, O(n) memory.
 */
export function mutualReachabilityTree(x: Float64Array, y: Float64Array, squaredCore: Float64Array, resolutionMetres: number): TreeEdges {
  const n = x.length;
  const edges = {
    from: new Int32Array(Math.max(0, n - 1)),
    to: new Int32Array(Math.max(0, n - 1)),
    metres: new Float64Array(Math.max(0, n - 1)),
  };
  // What is not in the tree yet, without gaps: its point, place, core distance, and distance from the tree with the point there.
  const outside = Int32Array.from(x.keys());
  const [ox, oy] = [x.slice(), y.slice()];
  const core = squaredCore.map((square) => Math.max(square, resolutionMetres * resolutionMetres));
  const distance = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(n);
  let next = n - 1;
  for (let left = n - 1; left > 0; left--) {
    const point = outside[next]!;
    const [px, py, own] = [ox[next]!, oy[next]!, core[next]!];
    outside[next] = outside[left]!;
    ox[next] = ox[left]!;
    oy[next] = oy[left]!;
    core[next] = core[left]!;
    distance[next] = distance[left]!;
    from[next] = from[left]!;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < left; i++) {
      const dx = ox[i]! - px;
      const dy = oy[i]! - py;
      let square = Math.max(dx * dx + dy * dy, own, core[i]!);
      if (square < distance[i]!) {
        distance[i] = square;
        from[i] = point;
      } else square = distance[i]!;
      if (square < least) {
        least = square;
        next = i;
      }
    }
    edges.from[left - 1] = from[next]!;
    edges.to[left - 1] = outside[next]!;
    edges.metres[left - 1] = Math.sqrt(least);
  }
  return edges;
}
