/**
 * The convex hull: the corners of the smallest outline without dents that holds all of some points, as their indices, counter-clockwise from the one with the smallest x, then y.
 *
 * Why: shows on a map where a cluster lies. In words: sorted by x, then y, points are taken to the lower and the upper outline, dropping those at which it would turn right
 * or go straight on. One index where all lie on one spot, the two ends where they lie on a line. x, y: any unit, finite.
 * Source: Andrew 1979, doi:10.1016/0020-0190(79)90072-3. Cost: O(m log m) for m members.
 */
export function convexHull(x: Float64Array, y: Float64Array, members: readonly number[]): number[] {
  const sorted = [...members].sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]!);
  const distinct = sorted.filter((point, at) => at === 0 || x[point] !== x[sorted[at - 1]!] || y[point] !== y[sorted[at - 1]!]);
  if (distinct.length === 1) return distinct;
  return [...outlineOf(distinct), ...outlineOf(distinct.reverse())];

  /** One side of the hull without its last corner, which is the first of the other side. */
  function outlineOf(points: readonly number[]): number[] {
    const side: number[] = [];
    for (const point of points) {
      while (side.length > 1 && turn(side[side.length - 2]!, side[side.length - 1]!, point) <= 0) side.pop();
      side.push(point);
    }
    return side.slice(0, -1);
  }

  /** Above 0 where the way from a over b to c turns left. */
  function turn(a: number, b: number, c: number): number {
    return (x[b]! - x[a]!) * (y[c]! - y[a]!) - (y[b]! - y[a]!) * (x[c]! - x[a]!);
  }
}
