import type { EdgeTable } from "./edgeTable.ts";

/**
 * The faces of a planar drawing. Half-edge 2e runs from `from[e]` to `to[e]`, 2e + 1 back; each has one cycle on its left.
 * A face is a cycle that runs anticlockwise, less the clockwise cycles of the parts of the drawing that lie inside it.
 */
export interface Faces {
  readonly table: EdgeTable;
  /** The half-edge after this one around the same cycle; −1 where the edge belongs to no area. */
  readonly next: Int32Array;
  readonly cycle: Int32Array;
  readonly cycles: number;
  /** Some half-edge of the cycle. */
  readonly firstOf: Int32Array;
  /** Twice the signed area in square units; negative for the outer cycle of a connected part. */
  readonly doubleArea: Float64Array;
  /** For the outer cycle of a part: the anticlockwise cycle of the face that it lies in, or −1 for the open plane. For others themselves. */
  readonly faceOf: Int32Array;
  /** Number of the set of areas that cover the face of the cycle; sets[0] is the empty one. */
  readonly coverOf: Int32Array;
  readonly sets: readonly (readonly number[])[];
}

export const originOf = (table: EdgeTable, half: number): number => ((half & 1) === 0 ? table.from[half >> 1]! : table.to[half >> 1]!);

/**
 * Traces the faces of a planar drawing and tells which areas cover each, by the even-odd rule.
 * Cost: O(edges log(edges at a point)), and for each connected part a look at the edges of its height. Exact for coordinates within 2²⁵ units of each other.
 */
export function tracedFaces(table: EdgeTable): Faces {
  const next = nextAround(table);
  const halves = 2 * table.edges;
  const cycle = new Int32Array(halves).fill(-1);
  const firstOf: number[] = [];
  const areas: number[] = [];
  for (let first = 0; first < halves; first++) {
    if (next[first] === -1 || cycle[first] !== -1) continue;
    const number = firstOf.length;
    const start = originOf(table, first);
    const [x0, y0] = [table.x[start]!, table.y[start]!];
    let area = 0;
    for (let half = first; cycle[half] === -1; half = next[half]!) {
      cycle[half] = number;
      const [a, b] = [originOf(table, half), originOf(table, half ^ 1)];
      area += (table.x[a]! - x0) * (table.y[b]! - y0) - (table.x[b]! - x0) * (table.y[a]! - y0);
    }
    firstOf.push(first);
    areas.push(area);
  }
  const traced = { table, next, cycle, cycles: firstOf.length, firstOf: Int32Array.from(firstOf), doubleArea: Float64Array.from(areas) };
  const faceOf = placesOfParts(traced);
  return { ...traced, faceOf, ...covers(traced, faceOf) };
}

/** For each half-edge the one that follows it around the face on its left: at its end, the next one clockwise from its way back. */
function nextAround(table: EdgeTable): Int32Array {
  const { x, y, from, to, head, edges, points } = table;
  const starts = new Int32Array(points + 1);
  for (let e = 0; e < edges; e++) {
    if (head[e] === -1) continue;
    starts[from[e]! + 1]!++;
    starts[to[e]! + 1]!++;
  }
  for (let p = 0; p < points; p++) starts[p + 1]! += starts[p]!;
  const leaving = new Int32Array(starts[points]!);
  const places = starts.slice(0, -1);
  for (let e = 0; e < edges; e++) {
    if (head[e] === -1) continue;
    leaving[places[from[e]!]!++] = 2 * e;
    leaving[places[to[e]!]!++] = 2 * e + 1;
  }
  const isBefore = (point: number, one: number, other: number): boolean => {
    const [a, b] = [originOf(table, one ^ 1), originOf(table, other ^ 1)];
    const [ax, ay] = [x[a]! - x[point]!, y[a]! - y[point]!];
    const [bx, by] = [x[b]! - x[point]!, y[b]! - y[point]!];
    const lowerA = ay < 0 || (ay === 0 && ax < 0);
    const lowerB = by < 0 || (by === 0 && bx < 0);
    return lowerA === lowerB ? ax * by - ay * bx > 0 : lowerB;
  };
  const next = new Int32Array(2 * edges).fill(-1);
  for (let point = 0; point < points; point++) {
    const [begin, end] = [starts[point]!, starts[point + 1]!];
    for (let i = begin + 1; i < end; i++) {
      const half = leaving[i]!;
      let j = i - 1;
      while (j >= begin && isBefore(point, half, leaving[j]!)) {
        leaving[j + 1] = leaving[j]!;
        j--;
      }
      leaving[j + 1] = half;
    }
    for (let i = begin; i < end; i++) next[leaving[i]! ^ 1] = leaving[i === begin ? end - 1 : i - 1]!;
  }
  return next;
}

type Traced = Pick<Faces, "table" | "cycle" | "cycles" | "firstOf" | "doubleArea" | "next">;

/** In which face each connected part lies: the one beyond the nearest edge to the west of its westernmost point. */
function placesOfParts(faces: Traced): Int32Array {
  const { table, cycle, cycles, firstOf, doubleArea, next } = faces;
  const faceOf = Int32Array.from({ length: cycles }, (_, c) => c);
  const part = partsOf(table);
  const outer = faceOf.filter((c) => doubleArea[c]! < 0);
  const westernmost = new Int32Array(cycles);
  for (const c of outer) {
    let best = originOf(table, firstOf[c]!);
    for (let half = next[firstOf[c]!]!; half !== firstOf[c]; half = next[half]!) {
      const point = originOf(table, half);
      const dx = table.x[point]! - table.x[best]!;
      if (dx < 0 || (dx === 0 && table.y[point]! < table.y[best]!)) best = point;
    }
    westernmost[c] = best;
  }
  if (outer.length < 2) {
    for (const c of outer) faceOf[c] = -1;
    return faceOf;
  }
  const rows = rowsOf(table);
  // From west to east: the part beyond which another lies begins further west and is placed already.
  outer.sort((a, b) => table.x[westernmost[a]!]! - table.x[westernmost[b]!]!);
  for (const c of outer) {
    const half = nearestWest(table, rows, westernmost[c]!, part);
    faceOf[c] = half === -1 ? -1 : faceOf[cycle[half]!]!;
  }
  return faceOf;
}

/** Connected parts of the drawing, by point. */
function partsOf(table: EdgeTable): Int32Array {
  const part = Int32Array.from({ length: table.points }, (_, point) => point);
  const root = (point: number): number => {
    let at = point;
    while (part[at] !== at) {
      part[at] = part[part[at]!]!;
      at = part[at]!;
    }
    return at;
  };
  for (let e = 0; e < table.edges; e++) if (table.head[e] !== -1) part[root(table.from[e]!)] = root(table.to[e]!);
  for (let point = 0; point < table.points; point++) part[point] = root(point);
  return part;
}

interface Rows {
  readonly south: number;
  readonly height: number;
  readonly starts: Int32Array;
  readonly edges: Int32Array;
}

/** Edges by bands of y. */
function rowsOf(table: EdgeTable): Rows {
  let [south, north, rise] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  const bounds = (e: number): [number, number] => {
    const [a, b] = [table.y[table.from[e]!]!, table.y[table.to[e]!]!];
    return a < b ? [a, b] : [b, a];
  };
  for (let e = 0; e < table.edges; e++) {
    const [low, high] = bounds(e);
    south = Math.min(south, low);
    north = Math.max(north, high);
    rise += high - low;
  }
  const height = Math.max(1, Math.ceil((4 * rise) / Math.max(1, table.edges)), Math.ceil((north - south) / 200_000));
  const starts = new Int32Array(Math.floor((north - south) / height) + 2);
  const each = (visit: (row: number, e: number) => void): void => {
    for (let e = 0; e < table.edges; e++) {
      if (table.head[e] === -1) continue;
      const [low, high] = bounds(e);
      for (let row = Math.floor((low - south) / height); row <= Math.floor((high - south) / height); row++) visit(row, e);
    }
  };
  each((row) => {
    starts[row + 1]!++;
  });
  for (let row = 0; row + 1 < starts.length; row++) starts[row + 1]! += starts[row]!;
  const edges = new Int32Array(starts.at(-1)!);
  const places = starts.slice(0, -1);
  each((row, e) => {
    edges[places[row]!++] = e;
  });
  return { south, height, starts, edges };
}

/** The nearest edge of another part to the west of a point, a hair above its height, as the half-edge whose left is towards the point; −1 where there is none. */
function nearestWest(table: EdgeTable, rows: Rows, point: number, part: Int32Array): number {
  const { x, y, from, to } = table;
  const [px, py] = [x[point]!, y[point]!];
  const row = Math.floor((py - rows.south) / rows.height);
  let found = -1;
  let nearest = Number.NEGATIVE_INFINITY;
  let lean = 0;
  for (let i = rows.starts[row]!; i < rows.starts[row + 1]!; i++) {
    const e = rows.edges[i]!;
    const isUp = y[from[e]!]! < y[to[e]!]!;
    const [low, high] = isUp ? [from[e]!, to[e]!] : [to[e]!, from[e]!];
    if (y[low]! > py || y[high]! <= py || part[low] === part[point]) continue;
    const slope = (x[high]! - x[low]!) / (y[high]! - y[low]!);
    const at = x[low]! - px + (py - y[low]!) * slope;
    if (at >= 0 || at < nearest || (at === nearest && slope <= lean)) continue;
    nearest = at;
    lean = slope;
    // Downwards, the left is the east.
    found = isUp ? 2 * e + 1 : 2 * e;
  }
  return found;
}

/** Sets of covering areas, by walking over edges from face to face, part by part in the order of their nesting. */
function covers({ table, cycle, cycles, firstOf, doubleArea, next }: Traced, faceOf: Int32Array): Pick<Faces, "coverOf" | "sets"> {
  const sets: number[][] = [[]];
  const known = new Map<string, number>([["", 0]]);
  const coverOf = new Int32Array(cycles).fill(-1);
  const across = (set: number, half: number): number => {
    const areas = new Set(sets[set]);
    for (let entry = table.head[half >> 1]!; entry !== -1; entry = table.nextEntry[entry]!) {
      const area = table.area[entry]!;
      if (!areas.delete(area)) areas.add(area);
    }
    const sorted = [...areas].sort((a, b) => a - b);
    const key = sorted.join();
    let number = known.get(key);
    if (number === undefined) {
      number = sets.length;
      known.set(key, number);
      sets.push(sorted);
    }
    return number;
  };
  const walk: number[] = [];
  const spread = (): void => {
    for (let c = walk.pop(); c !== undefined; c = walk.pop()) {
      let half = firstOf[c]!;
      do {
        const other = cycle[half ^ 1]!;
        if (coverOf[other] === -1) {
          coverOf[other] = across(coverOf[c]!, half);
          walk.push(other);
        }
        half = next[half]!;
      } while (half !== firstOf[c]);
    }
  };
  let waiting: number[] = [];
  for (let c = 0; c < cycles; c++) if (doubleArea[c]! < 0) waiting.push(c);
  while (waiting.length > 0) {
    const left: number[] = [];
    for (const c of waiting) {
      const around = faceOf[c] === -1 ? 0 : coverOf[faceOf[c]!]!;
      if (around === -1) {
        left.push(c);
        continue;
      }
      coverOf[c] = around;
      walk.push(c);
      spread();
    }
    if (left.length === waiting.length) throw new Error(`${left.length} parts of the drawing lie inside each other`);
    waiting = left;
  }
  return { coverOf, sets };
}
