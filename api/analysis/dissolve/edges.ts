/**
 * Straight edges between points of a whole-number grid, with how often each is walked: positive from its first end to its second, negative back.
 * Walked both ways they cancel, which leaves the winding number of every point of the plane as it was. Has a life: it grows and is emptied for the next group.
 */
export interface EdgeTable {
  points: number;
  x: Float64Array;
  y: Float64Array;
  count: number;
  /** First end < second end, as numbers of points. */
  from: Int32Array;
  to: Int32Array;
  times: Int32Array;
  pointPlaces: Int32Array;
  edgePlaces: Int32Array;
}

export function createEdgeTable(): EdgeTable {
  const capacity = 4096;
  return {
    points: 0,
    x: new Float64Array(capacity),
    y: new Float64Array(capacity),
    count: 0,
    from: new Int32Array(capacity),
    to: new Int32Array(capacity),
    times: new Int32Array(capacity),
    pointPlaces: new Int32Array(2 * capacity).fill(-1),
    edgePlaces: new Int32Array(2 * capacity).fill(-1),
  };
}

export function emptyEdgeTable(table: EdgeTable): void {
  table.points = 0;
  table.count = 0;
  table.pointPlaces.fill(-1);
  table.edgePlaces.fill(-1);
}

function hash(one: number, other: number): number {
  const mixed = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

const enlarged = <Numbers extends Float64Array | Int32Array>(old: Numbers): Numbers => {
  const larger = new (old.constructor as new (length: number) => Numbers)(2 * old.length);
  larger.set(old);
  return larger;
};

/** The number of a point of the grid, new where it was not met before. Cost: constant on average. */
export function pointOf(table: EdgeTable, x: number, y: number): number {
  const mask = table.pointPlaces.length - 1;
  let place = hash(x, y) & mask;
  for (let point = table.pointPlaces[place]!; point !== -1; point = table.pointPlaces[place]!) {
    if (table.x[point] === x && table.y[point] === y) return point;
    place = (place + 1) & mask;
  }
  const point = table.points++;
  table.pointPlaces[place] = point;
  table.x[point] = x;
  table.y[point] = y;
  if (table.points === table.x.length) {
    table.x = enlarged(table.x);
    table.y = enlarged(table.y);
    table.pointPlaces = new Int32Array(2 * table.pointPlaces.length).fill(-1);
    for (let p = 0; p < table.points; p++) {
      let free = hash(table.x[p]!, table.y[p]!) & (table.pointPlaces.length - 1);
      while (table.pointPlaces[free] !== -1) free = (free + 1) & (table.pointPlaces.length - 1);
      table.pointPlaces[free] = p;
    }
  }
  return point;
}

/** Walks from one point to another `times` times more and returns the edge; from a point to itself is no way (−1). Cost: constant on average. */
export function walk(table: EdgeTable, start: number, end: number, times: number): number {
  if (start === end) return -1;
  const from = Math.min(start, end);
  const to = Math.max(start, end);
  const signed = start < end ? times : -times;
  const mask = table.edgePlaces.length - 1;
  let place = hash(from, to) & mask;
  for (let edge = table.edgePlaces[place]!; edge !== -1; edge = table.edgePlaces[place]!) {
    if (table.from[edge] === from && table.to[edge] === to) {
      // One that was cancelled or split begins anew under a number of its own, so that it counts as new.
      if (table.times[edge] === 0) break;
      table.times[edge]! += signed;
      return edge;
    }
    place = (place + 1) & mask;
  }
  const edge = table.count++;
  table.edgePlaces[place] = edge;
  table.from[edge] = from;
  table.to[edge] = to;
  table.times[edge] = signed;
  if (table.count === table.from.length) {
    table.from = enlarged(table.from);
    table.to = enlarged(table.to);
    table.times = enlarged(table.times);
    table.edgePlaces = new Int32Array(2 * table.edgePlaces.length).fill(-1);
    for (let e = 0; e < table.count; e++) {
      let free = hash(table.from[e]!, table.to[e]!) & (table.edgePlaces.length - 1);
      while (table.edgePlaces[free] !== -1) free = (free + 1) & (table.edgePlaces.length - 1);
      table.edgePlaces[free] = e;
    }
  }
  return edge;
}
