import { createEdgeTable, type EdgeTable, mixed, pointAt, toggleEdge } from "./edgeTable.ts";

/** Square cells hashed into buckets: which edges, or which points, lie in or near a cell. */
interface Buckets {
  readonly starts: Int32Array;
  readonly members: Int32Array;
}

interface Grid {
  readonly cell: number;
  readonly mask: number;
  /** Buckets of the last edge asked for. */
  buckets: Int32Array;
}

/**
 * Snap rounding: edges that cross or pass a point closely are cut there, so that afterwards edges meet in their ends only, all ends being whole numbers.
 *
 * Why: faces can be traced without a thought for rounding errors, since the result is a planar drawing for certain, however bad the borders are.
 * In words: every end and every crossing, rounded, is a hot pixel; each edge is drawn through the centres of the hot pixels that it passes.
 * No point moves by more than half a unit in x and y; nothing passes over a point it did not pass over before.
 * Source: Hobby 1999, doi:10.1016/S0925-7721(99)00021-8; Guibas & Marimont 1998. Cost: O(edges + crossings) for edges of like length.
 * Exact while edges span less than 2²⁵ units. The table given is left as it is but for points added at its end.
 */
export function snapRounded(table: EdgeTable): EdgeTable {
  const { from, to, head, edges } = table;
  let length = 0;
  for (let e = 0; e < edges; e++) {
    length += Math.abs(table.x[to[e]!]! - table.x[from[e]!]!) + Math.abs(table.y[to[e]!]! - table.y[from[e]!]!);
  }
  const cell = Math.max(16, Math.ceil((1.2 * length) / Math.max(1, edges)));
  const grid: Grid = { cell, mask: 2 ** Math.ceil(Math.log2(Math.max(16, 2 * edges))) - 1, buckets: new Int32Array(64) };
  addCrossings(table, grid);
  const points = bucketsOf(grid, table.points, (point) => {
    grid.buckets[0] = bucketAt(grid, Math.floor(table.x[point]! / cell), Math.floor(table.y[point]! / cell));
    return 1;
  });
  const rounded = createEdgeTable(Math.ceil(1.1 * Math.max(table.points, edges)));
  rounded.points = table.points;
  rounded.x = table.x;
  rounded.y = table.y;
  const met: { point: number; at: number }[] = [];
  for (let e = 0; e < edges; e++) {
    if (head[e] === -1) continue;
    met.length = 0;
    const found = bucketsOfEdge(grid, table, e);
    for (let b = 0; b < found; b++) {
      const bucket = grid.buckets[b]!;
      for (let i = points.starts[bucket]!; i < points.starts[bucket + 1]!; i++) {
        const at = passing(table, e, points.members[i]!);
        if (at > 0) met.push({ point: points.members[i]!, at });
      }
    }
    if (met.length > 1) met.sort((one, other) => one.at - other.at || one.point - other.point);
    for (let entry = head[e]!; entry !== -1; entry = table.nextEntry[entry]!) {
      let last = from[e]!;
      for (const { point } of met) {
        // A point found in two cells of one bucket stands there twice: no piece lies between.
        toggleEdge(rounded, last, point, table.area[entry]!);
        last = point;
      }
      toggleEdge(rounded, last, to[e]!, table.area[entry]!);
    }
  }
  return rounded;
}

const bucketAt = (grid: Grid, column: number, row: number): number => mixed(column, row) & grid.mask;

/** The buckets of all cells that an edge, widened by one unit, passes; how many, with them in `grid.buckets`. */
function bucketsOfEdge(grid: Grid, table: EdgeTable, edge: number): number {
  const { cell } = grid;
  let [ax, ay] = [table.x[table.from[edge]!]!, table.y[table.from[edge]!]!];
  let [bx, by] = [table.x[table.to[edge]!]!, table.y[table.to[edge]!]!];
  if (ax > bx) [ax, ay, bx, by] = [bx, by, ax, ay];
  const slope = bx === ax ? 0 : (by - ay) / (bx - ax);
  const [lowest, highest] = [Math.min(ay, by), Math.max(ay, by)];
  const lastColumn = Math.floor((bx + 1) / cell);
  let count = 0;
  for (let column = Math.floor((ax - 1) / cell); column <= lastColumn; column++) {
    let low = lowest;
    let high = highest;
    if (slope !== 0) {
      const enter = ay + slope * (Math.max(ax, column * cell - 1) - ax);
      const leave = ay + slope * (Math.min(bx, (column + 1) * cell + 1) - ax);
      low = Math.max(low, Math.min(enter, leave));
      high = Math.min(high, Math.max(enter, leave));
    }
    const lastRow = Math.floor((high + 1) / cell);
    for (let row = Math.floor((low - 1) / cell); row <= lastRow; row++) {
      if (count === grid.buckets.length) {
        const larger = new Int32Array(2 * count);
        larger.set(grid.buckets);
        grid.buckets = larger;
      }
      grid.buckets[count++] = bucketAt(grid, column, row);
    }
  }
  return count;
}

/** Sorts members into buckets; `find` puts the buckets of one into `grid.buckets` and says how many. */
function bucketsOf(grid: Grid, count: number, find: (member: number) => number): Buckets {
  const starts = new Int32Array(grid.mask + 2);
  for (let member = 0; member < count; member++) {
    const found = find(member);
    for (let b = 0; b < found; b++) starts[grid.buckets[b]! + 1]!++;
  }
  for (let b = 0; b <= grid.mask; b++) starts[b + 1]! += starts[b]!;
  const members = new Int32Array(starts[grid.mask + 1]!);
  const places = starts.slice(0, -1);
  for (let member = 0; member < count; member++) {
    const found = find(member);
    for (let b = 0; b < found; b++) members[places[grid.buckets[b]!]!++] = member;
  }
  return { starts, members };
}

/** Adds every point in which two edges properly cross, rounded, to the points of the table. */
function addCrossings(table: EdgeTable, grid: Grid): void {
  const { from, to, x, y } = table;
  const { starts, members } = bucketsOf(grid, table.edges, (edge) => (table.head[edge] === -1 ? 0 : bucketsOfEdge(grid, table, edge)));
  const crossings: number[] = [];
  for (let b = 0; b <= grid.mask; b++) {
    for (let i = starts[b]!; i < starts[b + 1]!; i++) {
      const e = members[i]!;
      const [a, c] = [from[e]!, to[e]!];
      const [ax, ay, cx, cy] = [x[a]!, y[a]!, x[c]!, y[c]!];
      for (let j = i + 1; j < starts[b + 1]!; j++) {
        const f = members[j]!;
        const [p, q] = [from[f]!, to[f]!];
        if (p === a || p === c || q === a || q === c) continue;
        const [px, py, qx, qy] = [x[p]!, y[p]!, x[q]!, y[q]!];
        if ((px > ax && px > cx && qx > ax && qx > cx) || (px < ax && px < cx && qx < ax && qx < cx)) continue;
        if ((py > ay && py > cy && qy > ay && qy > cy) || (py < ay && py < cy && qy < ay && qy < cy)) continue;
        const sideP = (cx - ax) * (py - ay) - (cy - ay) * (px - ax);
        const sideQ = (cx - ax) * (qy - ay) - (cy - ay) * (qx - ax);
        if (sideP === 0 || sideQ === 0 || sideP > 0 === sideQ > 0) continue;
        const sideA = (qx - px) * (ay - py) - (qy - py) * (ax - px);
        const sideC = (qx - px) * (cy - py) - (qy - py) * (cx - px);
        if (sideA === 0 || sideC === 0 || sideA > 0 === sideC > 0) continue;
        crossings.push(ax + roundedPart(cx - ax, sideA, sideA - sideC), ay + roundedPart(cy - ay, sideA, sideA - sideC));
      }
    }
  }
  for (let i = 0; i < crossings.length; i += 2) pointAt(table, crossings[i]!, crossings[i + 1]!);
}

/**
 * length × part / whole, rounded, halves up. Where it seems half way it is worked out in whole numbers: rounded to the wrong side, the crossing would stand in a pixel that its edges do not pass,
 * and they would cross without a point.
 */
function roundedPart(length: number, part: number, whole: number): number {
  const value = (part / whole) * length;
  if (Math.abs(value - Math.floor(value) - 0.5) > 1e-6) return Math.round(value);
  const sign = whole < 0 ? -1n : 1n;
  const [above, below] = [sign * (2n * BigInt(length) * BigInt(part) + BigInt(whole)), sign * 2n * BigInt(whole)];
  const quotient = above / below;
  return Number(above < 0n && quotient * below !== above ? quotient - 1n : quotient);
}

/**
 * How far along the edge its piece lies that passes the pixel around a point: above 0 where it does; 0 where it does not, and for its own ends.
 * The pixel is one unit wide and owns its western and southern side. In half units, so that all is exact.
 */
function passing(table: EdgeTable, edge: number, point: number): number {
  const [a, b] = [table.from[edge]!, table.to[edge]!];
  if (point === a || point === b) return 0;
  const dx = 2 * (table.x[b]! - table.x[a]!);
  const dy = 2 * (table.y[b]! - table.y[a]!);
  // Everything relative to the edge's beginning.
  const x = 2 * (table.x[point]! - table.x[a]!);
  const y = 2 * (table.y[point]! - table.y[a]!);
  if (x + 1 < Math.min(0, dx) || x - 1 > Math.max(0, dx) || y + 1 < Math.min(0, dy) || y - 1 > Math.max(0, dy)) return 0;
  const along = x * dx + y * dy;
  if (dx === 0 || dy === 0) return along > 0 ? along : 1;
  const upperLeft = dx * (y + 1) - dy * (x - 1);
  const upperRight = dx * (y + 1) - dy * (x + 1);
  const lowerLeft = dx * (y - 1) - dy * (x - 1);
  const lowerRight = dx * (y - 1) - dy * (x + 1);
  const isRising = dx > 0 === dy > 0;
  if (upperLeft === 0 || lowerRight === 0) return isRising ? 0 : along;
  if (upperRight === 0) return isRising ? along : 0;
  if (lowerLeft === 0) return along;
  const isOneSided = upperLeft > 0 === upperRight > 0 && upperLeft > 0 === lowerLeft > 0 && upperLeft > 0 === lowerRight > 0;
  return isOneSided ? 0 : Math.max(along, 1);
}
