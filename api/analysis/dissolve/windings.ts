import type { EdgeTable } from "./edges.ts";

/** The ways out of every point, in compressed sparse rows, anticlockwise. A way is twice its edge, and one more where it is walked from its second end. */
export interface Ways {
  /** Where the ways of a point begin in `order`. */
  readonly starts: Int32Array;
  readonly order: Int32Array;
  /** Where a way stands in `order`, by way. */
  readonly places: Int32Array;
}

export const startOf = (table: EdgeTable, way: number): number => (way & 1 ? table.to[way >> 1]! : table.from[way >> 1]!);
export const endOf = (table: EdgeTable, way: number): number => (way & 1 ? table.from[way >> 1]! : table.to[way >> 1]!);

/** Sorts the ways out of each point by direction, exactly. Edges that are not walked have none. Cost: O(n log n). */
export function waysOf(table: EdgeTable): Ways {
  const starts = new Int32Array(table.points + 1);
  for (let edge = 0; edge < table.count; edge++) {
    if (table.times[edge] === 0) continue;
    starts[table.from[edge]! + 1]! += 1;
    starts[table.to[edge]! + 1]! += 1;
  }
  for (let point = 0; point < table.points; point++) starts[point + 1]! += starts[point]!;
  const order = new Int32Array(starts[table.points]!);
  const fill = starts.slice(0, table.points);
  for (let edge = 0; edge < table.count; edge++) {
    if (table.times[edge] === 0) continue;
    order[fill[table.from[edge]!]!++] = 2 * edge;
    order[fill[table.to[edge]!]!++] = 2 * edge + 1;
  }
  const { x, y } = table;
  const before = (one: number, other: number): number => {
    const [a, b] = [startOf(table, one), endOf(table, one)];
    const c = endOf(table, other);
    const [ux, uy, vx, vy] = [x[b]! - x[a]!, y[b]! - y[a]!, x[c]! - x[a]!, y[c]! - y[a]!];
    const isUpper = uy > 0 || (uy === 0 && ux > 0);
    const isOtherUpper = vy > 0 || (vy === 0 && vx > 0);
    if (isUpper !== isOtherUpper) return isUpper ? -1 : 1;
    return uy * vx - ux * vy;
  };
  // Two ways at nearly every point: sorted in place, without a call to sort.
  for (let point = 0; point < table.points; point++) {
    for (let i = starts[point]! + 1; i < starts[point + 1]!; i++) {
      const way = order[i]!;
      let j = i - 1;
      for (; j >= starts[point]! && before(way, order[j]!) < 0; j--) order[j + 1] = order[j]!;
      order[j + 1] = way;
    }
  }
  const places = new Int32Array(2 * table.count).fill(-1);
  for (let place = 0; place < order.length; place++) places[order[place]!] = place;
  return { starts, order, places };
}

/** The edges of a connected part by bands of y, so that what lies beside a point is found without walking around the whole part. */
interface Bands {
  readonly south: number;
  readonly height: number;
  readonly starts: Int32Array;
  readonly edges: Int32Array;
}

const edgesPerBand = 8;

function bandsOf(table: EdgeTable, edges: Int32Array, south: number, north: number): Bands {
  const { y, from, to } = table;
  const height = Math.max(1, Math.ceil((north - south + 1) / Math.ceil(edges.length / edgesPerBand)));
  const bandAt = (level: number): number => Math.floor((level - south) / height);
  const starts = new Int32Array(bandAt(north) + 2);
  const first = (edge: number): number => bandAt(Math.min(y[from[edge]!]!, y[to[edge]!]!));
  const last = (edge: number): number => bandAt(Math.max(y[from[edge]!]!, y[to[edge]!]!));
  for (const edge of edges) for (let band = first(edge); band <= last(edge); band++) starts[band + 1]!++;
  for (let band = 0; band + 1 < starts.length; band++) starts[band + 1]! += starts[band]!;
  const placed = new Int32Array(starts[starts.length - 1]!);
  const fill = starts.slice();
  for (const edge of edges) for (let band = first(edge); band <= last(edge); band++) placed[fill[band]!++] = edge;
  return { south, height, starts, edges: placed };
}

/** How often the point, which lies on none of them and between their southern and northern end, is walked around by the edges. */
function windingAt(table: EdgeTable, bands: Bands, pointX: number, pointY: number): number {
  const { x, y, from, to, times } = table;
  const band = Math.floor((pointY - bands.south) / bands.height);
  let winding = 0;
  for (let place = bands.starts[band]!; place < bands.starts[band + 1]!; place++) {
    const edge = bands.edges[place]!;
    const [a, b] = [from[edge]!, to[edge]!];
    const isBelow = y[a]! <= pointY;
    if (isBelow === y[b]! <= pointY) continue;
    const side = (x[b]! - x[a]!) * (pointY - y[a]!) - (pointX - x[a]!) * (y[b]! - y[a]!);
    if (isBelow ? side > 0 : side < 0) winding += isBelow ? times[edge]! : -times[edge]!;
  }
  return winding;
}

/**
 * The winding number on the left of every way of a drawing whose edges meet at their ends only.
 * In words: around a point it changes at each way by how often that way is walked; across a connected part it is handed on from point to point; the
 * outside of a part has the winding number that the other parts give it. Cost: O(n), and for each part the edges beside it of the parts whose boxes hold it.
 */
export function windingsOf(table: EdgeTable, ways: Ways): Int32Array {
  const partOf = new Int32Array(table.points).fill(-1);
  const parts: { first: number; edges: Int32Array; box: [number, number, number, number]; bands: Bands | null }[] = [];
  const stack: number[] = [];
  for (let seed = 0; seed < table.points; seed++) {
    if (partOf[seed] !== -1 || ways.starts[seed] === ways.starts[seed + 1]) continue;
    const edges: number[] = [];
    const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
    let first = seed;
    partOf[seed] = parts.length;
    stack.push(seed);
    for (let point = stack.pop(); point !== undefined; point = stack.pop()) {
      const [x, y] = [table.x[point]!, table.y[point]!];
      if (x < table.x[first]! || (x === table.x[first]! && y < table.y[first]!)) first = point;
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
      for (let place = ways.starts[point]!; place < ways.starts[point + 1]!; place++) {
        const way = ways.order[place]!;
        if ((way & 1) === 0) edges.push(way >> 1);
        const next = endOf(table, way);
        if (partOf[next] !== -1) continue;
        partOf[next] = parts.length;
        stack.push(next);
      }
    }
    parts.push({ first, edges: Int32Array.from(edges), box, bands: null });
  }

  const windings = new Int32Array(2 * table.count);
  const isKnown = new Uint8Array(table.points);
  for (const part of parts) {
    const [x, y] = [table.x[part.first]!, table.y[part.first]!];
    let outside = 0;
    for (const other of parts) {
      if (other === part || other.box[0] > x || other.box[2] < x || other.box[1] > y || other.box[3] < y) continue;
      other.bands ??= bandsOf(table, other.edges, other.box[1], other.box[3]);
      outside += windingAt(table, other.bands, x, y);
    }
    handOn(table, ways, windings, isKnown, part.first, outside);
  }
  return windings;
}

/** Fills in the windings of a connected part, beginning at its westernmost point, west of which the winding is known. */
function handOn(table: EdgeTable, ways: Ways, windings: Int32Array, isKnown: Uint8Array, first: number, outside: number): void {
  const { starts, order } = ways;
  // The last way out of the westernmost point in the upper half comes before west, the next one after it: between them lies the outside.
  let last = -1;
  for (let place = starts[first]!; place < starts[first + 1]!; place++) {
    const end = endOf(table, order[place]!);
    const rise = table.y[end]! - table.y[first]!;
    if (rise > 0 || (rise === 0 && table.x[end]! > table.x[first]!)) last = order[place]!;
  }
  if (last === -1) last = order[starts[first + 1]! - 1]!;
  windings[last] = outside;
  const stack = [last];
  while (stack.length > 0) {
    const way = stack.pop()!;
    const point = startOf(table, way);
    if (isKnown[point] === 1) continue;
    isKnown[point] = 1;
    let winding = windings[way]!;
    const count = starts[point + 1]! - starts[point]!;
    for (let step = 1; step <= count; step++) {
      const next = order[starts[point]! + ((ways.places[way]! - starts[point]! + step) % count)]!;
      winding += next & 1 ? -table.times[next >> 1]! : table.times[next >> 1]!;
      windings[next] = winding;
      // Left of a way is right of the way back, from which its own left differs by how often it is walked.
      const back = next ^ 1;
      if (isKnown[endOf(table, next)] === 0) {
        windings[back] = winding - (next & 1 ? -table.times[next >> 1]! : table.times[next >> 1]!);
        stack.push(back);
      }
    }
  }
}
