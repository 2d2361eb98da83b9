/** Rings of one area, or of what was cut off it, in units of a zoom: x0, y0, x1, y1, … without closing vertices. Has a life: it is filled again and again. */
export interface Part {
  numbers: Float64Array;
  /** How many numbers are in use. */
  length: number;
  /** Where each ring ends in `numbers`. */
  ends: Int32Array;
  /** 1 for a ring that begins a polygon, 0 for its holes. */
  outer: Uint8Array;
  rings: number;
}

export const createPart = (): Part => ({
  numbers: new Float64Array(1024),
  length: 0,
  ends: new Int32Array(16),
  outer: new Uint8Array(16),
  rings: 0,
});

export function emptyPart(part: Part): void {
  part.length = 0;
  part.rings = 0;
}

export function addVertex(part: Part, x: number, y: number): void {
  if (part.length + 2 > part.numbers.length) {
    const larger = new Float64Array(2 * part.numbers.length);
    larger.set(part.numbers);
    part.numbers = larger;
  }
  part.numbers[part.length++] = x;
  part.numbers[part.length++] = y;
}

/** Ends the ring of the vertices added since the last one; fewer than three make none. */
export function endRing(part: Part, isOuter: boolean): void {
  const from = part.rings === 0 ? 0 : part.ends[part.rings - 1]!;
  if (part.length - from < 6) {
    part.length = from;
    return;
  }
  if (part.rings === part.ends.length) {
    const [ends, outer] = [new Int32Array(2 * part.rings), new Uint8Array(2 * part.rings)];
    ends.set(part.ends);
    outer.set(part.outer);
    part.ends = ends;
    part.outer = outer;
  }
  part.outer[part.rings] = isOuter ? 1 : 0;
  part.ends[part.rings++] = part.length;
}

/** West, north, east, south, in units; the other way round for a part without rings. */
export function boxOf({ numbers, length }: Part, box: Float64Array): void {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < length; i += 2) {
    const x = numbers[i]!;
    const y = numbers[i + 1]!;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < north) north = y;
    if (y > south) south = y;
  }
  box[0] = west;
  box[1] = north;
  box[2] = east;
  box[3] = south;
}

/**
 * What of a part lies between two values of x (axis 0) or y (axis 1): each ring is walked around, and where it leaves the band it goes along its edge.
 * Source: Sutherland & Hodgman 1974, doi:10.1145/360767.360802. Cost: O(vertices).
 */
export function clipPart(part: Part, into: Part, axis: 0 | 1, least: number, most: number): void {
  emptyPart(into);
  const { numbers } = part;
  let from = 0;
  for (let ring = 0; ring < part.rings; ring++) {
    const end = part.ends[ring]!;
    let ax = numbers[end - 2]!;
    let ay = numbers[end - 1]!;
    let a = axis === 0 ? ax : ay;
    for (let i = from; i < end; i += 2) {
      const bx = numbers[i]!;
      const by = numbers[i + 1]!;
      const b = axis === 0 ? bx : by;
      // From one side to the other at most two crossings: the first is the one nearer to a.
      if (a < least && b >= least) addCrossing(into, axis, ax, ay, bx, by, least);
      else if (a > most && b <= most) addCrossing(into, axis, ax, ay, bx, by, most);
      if (a >= least && b < least) addCrossing(into, axis, ax, ay, bx, by, least);
      else if (a <= most && b > most) addCrossing(into, axis, ax, ay, bx, by, most);
      if (b >= least && b <= most) addVertex(into, bx, by);
      ax = bx;
      ay = by;
      a = b;
    }
    endRing(into, part.outer[ring] === 1);
    from = end;
  }
}

function addCrossing(into: Part, axis: 0 | 1, ax: number, ay: number, bx: number, by: number, at: number): void {
  if (axis === 0) addVertex(into, at, ay + ((by - ay) * (at - ax)) / (bx - ax));
  else addVertex(into, ax + ((bx - ax) * (at - ay)) / (by - ay), at);
}
