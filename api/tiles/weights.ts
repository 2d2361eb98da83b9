/** Square of the distance of a point from a segment, in the plane. */
function squareDistance(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length));
  const [ox, oy] = [px - ax - along * dx, py - ay - along * dy];
  return ox * ox + oy * oy;
}

const stack = new Int32Array(4096);

/**
 * How much each vertex of the closed line from `first` to `last` matters: the square of its distance from the line drawn without it, 0 below `leastSquare`; its ends always.
 * One pass for all zooms: a zoom draws what weighs more than its own tolerance.
 * Source: Douglas & Peucker 1973, doi:10.3138/FM57-6770-U75U-7727. Cost: O(n log n) for real borders, O(n²) at worst.
 */
export function weighVertices(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  first: number,
  last: number,
  leastSquare: number,
): void {
  weights.fill(0, first, last + 1);
  weights[first] = 1;
  weights[last] = 1;
  let depth = 0;
  let from = first;
  let to = last;
  for (;;) {
    let farthest = -1;
    let most = leastSquare;
    const middle = (from + to) >> 1;
    const [ax, ay, bx, by] = [x[from]!, y[from]!, x[to]!, y[to]!];
    for (let v = from + 1; v < to; v++) {
      const square = squareDistance(x[v]!, y[v]!, ax, ay, bx, by);
      // Of equals the one nearer to the middle, so that regular shapes do not go as deep as they are long.
      if (square > most || (square === most && farthest !== -1 && Math.abs(v - middle) < Math.abs(farthest - middle))) {
        most = square;
        farthest = v;
      }
    }
    if (farthest !== -1) {
      weights[farthest] = most;
      const [isLeft, isRight] = [farthest - from > 1, to - farthest > 1];
      // The shorter half waits, so that the stack holds no more than the logarithm of the longest line.
      if (isLeft && isRight) {
        const isLeftLonger = farthest - from > to - farthest;
        stack[depth++] = isLeftLonger ? farthest : from;
        stack[depth++] = isLeftLonger ? to : farthest;
        if (isLeftLonger) to = farthest;
        else from = farthest;
        continue;
      }
      if (isLeft) {
        to = farthest;
        continue;
      }
      if (isRight) {
        from = farthest;
        continue;
      }
    }
    if (depth === 0) return;
    to = stack[--depth]!;
    from = stack[--depth]!;
  }
}
