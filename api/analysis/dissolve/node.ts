import { type EdgeTable, pointOf, walk } from "./edges.ts";

/** Twice the area of the triangle a, b, c: positive where c lies left of a → b. Exact on the grid, whose products stay below 2^53. */
function turn(table: EdgeTable, a: number, b: number, c: number): number {
  const { x, y } = table;
  return (x[b]! - x[a]!) * (y[c]! - y[a]!) - (y[b]! - y[a]!) * (x[c]! - x[a]!);
}

/** Whether a point on the line through an edge lies strictly between its ends. */
function isBetween(table: EdgeTable, from: number, to: number, point: number): boolean {
  if (point === from || point === to) return false;
  const { x, y } = table;
  const along = (x[point]! - x[from]!) * (x[to]! - x[from]!) + (y[point]! - y[from]!) * (y[to]! - y[from]!);
  const length = (x[to]! - x[from]!) ** 2 + (y[to]! - y[from]!) ** 2;
  return along > 0 && along < length;
}

/** Replaces an edge by the way over a point; what it was walked counts for both parts. */
function bend(table: EdgeTable, edge: number, point: number): void {
  const times = table.times[edge]!;
  const from = table.from[edge]!;
  const to = table.to[edge]!;
  table.times[edge] = 0;
  walk(table, from, point, times);
  walk(table, point, to, times);
}

/** Splits the two edges where they meet other than at a common end. True when something was split. */
function part(table: EdgeTable, one: number, other: number): boolean {
  const [a, b, c, d] = [table.from[one]!, table.to[one]!, table.from[other]!, table.to[other]!];
  const turnC = turn(table, a, b, c);
  const turnD = turn(table, a, b, d);
  if ((turnC > 0 && turnD > 0) || (turnC < 0 && turnD < 0)) return false;
  const turnA = turn(table, c, d, a);
  const turnB = turn(table, c, d, b);
  if ((turnA > 0 && turnB > 0) || (turnA < 0 && turnB < 0)) return false;
  if (turnC === 0 && isBetween(table, a, b, c)) bend(table, one, c);
  else if (turnD === 0 && isBetween(table, a, b, d)) bend(table, one, d);
  else if (turnA === 0 && isBetween(table, c, d, a)) bend(table, other, a);
  else if (turnB === 0 && isBetween(table, c, d, b)) bend(table, other, b);
  else if (turnC !== 0 && turnD !== 0 && turnA !== 0 && turnB !== 0) {
    const share = turnA / (turnA - turnB);
    const point = crossingPoint(
      table,
      table.x[a]! + share * (table.x[b]! - table.x[a]!),
      table.y[a]! + share * (table.y[b]! - table.y[a]!),
      [a, b, c, d],
    );
    if (point !== a && point !== b) bend(table, one, point);
    if (point !== c && point !== d) bend(table, other, point);
  } else return false;
  return true;
}

/** Crossings at most this many steps from an end of one of the two edges are put there: rounded beside it, flat crossings would creep along step by step. */
const nearSteps = 2;

function crossingPoint(table: EdgeTable, x: number, y: number, ends: readonly number[]): number {
  let nearest = -1;
  let least = nearSteps * nearSteps;
  for (const end of ends) {
    const distance = (table.x[end]! - x) ** 2 + (table.y[end]! - y) ** 2;
    if (distance > least) continue;
    least = distance;
    nearest = end;
  }
  return nearest === -1 ? pointOf(table, Math.round(x), Math.round(y)) : nearest;
}

const mostRounds = 60;

/**
 * Splits edges until they meet at their ends only. A crossing is rounded to the grid, which moves edges by up to half a step and may make new crossings,
 * so it is looked again until there is none.
 * @returns false when that does not come to an end.
 * Cost: O(n log n + pairs whose boxes overlap) a round, of which there are few; after the first only edges that are new are looked at.
 */
export function nodeEdges(table: EdgeTable): boolean {
  let known = 0;
  for (let round = 0; round < mostRounds; round++) {
    const edges = walkedByWest(table);
    const before = table.count;
    if (!partMeeting(table, edges, known)) return true;
    known = before;
  }
  return false;
}

/** Parts all pairs of edges that meet, of which at least one has a number from `known` on. `edges` from west to east. True when something was split. */
function partMeeting(table: EdgeTable, edges: Int32Array, known: number): boolean {
  const { x, y, from, to } = table;
  const n = edges.length;
  const east = new Float64Array(n);
  const west = new Float64Array(n);
  const north = new Float64Array(n);
  const south = new Float64Array(n);
  // Where the next new edge stands, from each place on: between two old ones there is nothing to look at.
  const nextNew = new Int32Array(n + 1).fill(n);
  for (let i = n - 1; i >= 0; i--) {
    const [a, b] = [from[edges[i]!]!, to[edges[i]!]!];
    east[i] = Math.max(x[a]!, x[b]!);
    west[i] = Math.min(x[a]!, x[b]!);
    north[i] = Math.max(y[a]!, y[b]!);
    south[i] = Math.min(y[a]!, y[b]!);
    nextNew[i] = edges[i]! >= known ? i : nextNew[i + 1]!;
  }
  let isParted = false;
  for (let i = 0; i < n; i++) {
    const one = edges[i]!;
    const isOld = one < known;
    const [mostEast, mostNorth, mostSouth] = [east[i]!, north[i]!, south[i]!];
    for (let j = isOld ? nextNew[i + 1]! : i + 1; j < n && west[j]! <= mostEast; j = isOld ? nextNew[j + 1]! : j + 1) {
      if (south[j]! > mostNorth || north[j]! < mostSouth) continue;
      const other = edges[j]!;
      // Split already in this round: its parts are looked at in the next.
      if (table.times[one] === 0) break;
      if (table.times[other] === 0) continue;
      if (part(table, one, other)) isParted = true;
    }
  }
  return isParted;
}

/** Places of a key's lower digits; both together stay below 2^53. */
const placesOfEdges = 2 ** 23;

/** The edges that are walked, from west to east, equal ones by number. */
function walkedByWest({ count, times, x, from, to }: EdgeTable): Int32Array {
  const edges = new Int32Array(count);
  let n = 0;
  for (let edge = 0; edge < count; edge++) if (times[edge] !== 0) edges[n++] = edge;
  const westOf = (edge: number): number => Math.min(x[from[edge]!]!, x[to[edge]!]!);
  if (count > placesOfEdges) return edges.subarray(0, n).sort((a, b) => westOf(a) - westOf(b));
  // As plain numbers, which sort by themselves: a comparison called a million times costs more than all else here.
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) keys[i] = westOf(edges[i]!) * placesOfEdges + edges[i]!;
  keys.sort();
  for (let i = 0; i < n; i++) edges[i] = ((keys[i]! % placesOfEdges) + placesOfEdges) % placesOfEdges;
  return edges.subarray(0, n);
}
