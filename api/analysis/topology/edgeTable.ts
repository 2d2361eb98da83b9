/**
 * Borders of many areas as straight edges between points of a whole-number grid, every point and every edge once. An edge carries the areas whose
 * border it is. Growing flat arrays with open hash tables beside them: millions of edges, no object each.
 */
export interface EdgeTable {
  points: number;
  x: Int32Array;
  y: Int32Array;
  pointSlots: Int32Array;
  edges: number;
  /** Point of either end, the lower number first. */
  from: Int32Array;
  to: Int32Array;
  /** First entry of the edge's list of areas, or −1 when an even number of times of each area cancelled it. */
  head: Int32Array;
  edgeSlots: Int32Array;
  entries: number;
  area: Int32Array;
  nextEntry: Int32Array;
}

const powerOfTwoOver = (n: number): number => 2 ** Math.ceil(Math.log2(Math.max(16, n)));

export function createEdgeTable(expected: number): EdgeTable {
  const size = Math.max(16, expected);
  return {
    points: 0,
    x: new Int32Array(size),
    y: new Int32Array(size),
    pointSlots: new Int32Array(powerOfTwoOver(2 * size)),
    edges: 0,
    from: new Int32Array(size),
    to: new Int32Array(size),
    head: new Int32Array(size),
    edgeSlots: new Int32Array(powerOfTwoOver(2 * size)),
    entries: 0,
    area: new Int32Array(size),
    nextEntry: new Int32Array(size),
  };
}

function doubled(array: Int32Array): Int32Array {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}

/** Mixes two whole numbers into 32 bits. */
export function mixed(a: number, b: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** The number of the point, made when it is new. */
export function pointAt(table: EdgeTable, x: number, y: number): number {
  const mask = table.pointSlots.length - 1;
  let slot = mixed(x, y) & mask;
  for (;;) {
    const found = table.pointSlots[slot]! - 1;
    if (found === -1) break;
    if (table.x[found] === x && table.y[found] === y) return found;
    slot = (slot + 1) & mask;
  }
  const point = table.points++;
  if (point === table.x.length) {
    table.x = doubled(table.x);
    table.y = doubled(table.y);
  }
  table.x[point] = x;
  table.y[point] = y;
  table.pointSlots[slot] = point + 1;
  if (2 * table.points > table.pointSlots.length) {
    table.pointSlots = slotsAnew(table.pointSlots.length * 2, table.points, (i) => mixed(table.x[i]!, table.y[i]!));
  }
  return point;
}

function slotsAnew(size: number, count: number, hashOf: (i: number) => number): Int32Array {
  const slots = new Int32Array(size);
  for (let i = 0; i < count; i++) {
    let slot = hashOf(i) & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = i + 1;
  }
  return slots;
}

/** The edge between two points, made when it is new. */
function edgeBetween(table: EdgeTable, one: number, other: number): number {
  const from = Math.min(one, other);
  const to = Math.max(one, other);
  const mask = table.edgeSlots.length - 1;
  let slot = mixed(from, to) & mask;
  for (;;) {
    const found = table.edgeSlots[slot]! - 1;
    if (found === -1) break;
    if (table.from[found] === from && table.to[found] === to) return found;
    slot = (slot + 1) & mask;
  }
  const edge = table.edges++;
  if (edge === table.from.length) {
    table.from = doubled(table.from);
    table.to = doubled(table.to);
    table.head = doubled(table.head);
  }
  table.from[edge] = from;
  table.to[edge] = to;
  table.head[edge] = -1;
  table.edgeSlots[slot] = edge + 1;
  if (2 * table.edges > table.edgeSlots.length) {
    table.edgeSlots = slotsAnew(table.edgeSlots.length * 2, table.edges, (i) => mixed(table.from[i]!, table.to[i]!));
  }
  return edge;
}

/** Enters a piece of an area's border; the same piece of the same area a second time takes it out again (even-odd rule). */
export function toggleEdge(table: EdgeTable, one: number, other: number, area: number): void {
  if (one === other) return;
  const edge = edgeBetween(table, one, other);
  let before = -1;
  for (let entry = table.head[edge]!; entry !== -1; entry = table.nextEntry[entry]!) {
    if (table.area[entry] === area) {
      if (before === -1) table.head[edge] = table.nextEntry[entry]!;
      else table.nextEntry[before] = table.nextEntry[entry]!;
      return;
    }
    before = entry;
  }
  const entry = table.entries++;
  if (entry === table.area.length) {
    table.area = doubled(table.area);
    table.nextEntry = doubled(table.nextEntry);
  }
  table.area[entry] = area;
  table.nextEntry[entry] = table.head[edge]!;
  table.head[edge] = entry;
}
