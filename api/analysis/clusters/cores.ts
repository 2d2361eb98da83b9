import type { PointGrid } from "./pointGrid.ts";
import { createUnion, findRoot, unite } from "./union.ts";

/** How many cells away a point within epsilon may lie, where the diagonal of a cell is epsilon. */
export const reach = 2;
const rows = 2 * reach + 1;

/** The core points alone, in the cells of the grid. */
export interface Cores {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly cell: Int32Array;
  /** The first core point of each cell, and the end. */
  readonly starts: Int32Array;
}

/**
 * 1 at the position of each core point: one with `minPoints` points within the distance, itself counted.
 * All points of a cell are near each other, so a cell with enough of them needs no look around.
 */
export function findCores(grid: PointGrid, ranges: Int32Array, squaredMetres: number, minPoints: number): Uint8Array {
  const { x, y, starts } = grid;
  const isCore = new Uint8Array(x.length);
  const firsts = new Int32Array(rows);
  const ends = new Int32Array(rows);
  for (let cell = 0; cell + 1 < starts.length; cell++) {
    const begin = starts[cell]!;
    const end = starts[cell + 1]!;
    if (end - begin >= minPoints) {
      isCore.fill(1, begin, end);
      continue;
    }
    let around = 0;
    for (let r = 0; r < rows; r++) {
      firsts[r] = starts[ranges[2 * (cell * rows + r)]!]!;
      ends[r] = starts[ranges[2 * (cell * rows + r) + 1]!]!;
      around += ends[r]! - firsts[r]!;
    }
    if (around < minPoints) continue;
    for (let at = begin; at < end; at++) {
      const px = x[at]!;
      const py = y[at]!;
      let near = 0;
      for (let r = 0; r < rows && near < minPoints; r++) {
        const last = ends[r]!;
        for (let other = firsts[r]!; other < last; other++) {
          const dx = x[other]! - px;
          const dy = y[other]! - py;
          if (dx * dx + dy * dy <= squaredMetres) near++;
        }
      }
      if (near >= minPoints) isCore[at] = 1;
    }
  }
  return isCore;
}

/** Takes out all points that are not core. */
export function onlyCores({ x, y, starts }: PointGrid, isCore: Uint8Array): Cores {
  let count = 0;
  for (let at = 0; at < isCore.length; at++) count += isCore[at]!;
  const cores = {
    x: new Float64Array(count),
    y: new Float64Array(count),
    cell: new Int32Array(count),
    starts: new Int32Array(starts.length),
  };
  let next = 0;
  for (let cell = 0; cell + 1 < starts.length; cell++) {
    for (let at = starts[cell]!; at < starts[cell + 1]!; at++) {
      if (!isCore[at]) continue;
      cores.x[next] = x[at]!;
      cores.cell[next] = cell;
      cores.y[next++] = y[at]!;
    }
    cores.starts[cell + 1] = next;
  }
  return cores;
}

/** Unites the cells that hold core points within the distance of each other. Core points of one cell are near each other anyway. */
export function joinCells(cores: Cores, ranges: Int32Array, squaredMetres: number): Int32Array {
  const { starts } = cores;
  const cells = starts.length - 1;
  const union = createUnion(cells);
  for (let cell = 0; cell < cells; cell++) {
    if (starts[cell] === starts[cell + 1]) continue;
    let root = findRoot(union, cell);
    // Each pair of cells once: in this row those to the right, then all of the rows after it.
    for (let r = reach; r < rows; r++) {
      const end = ranges[2 * (rows * cell + r) + 1]!;
      for (let other = Math.max(ranges[2 * (rows * cell + r)]!, cell + 1); other < end; other++) {
        if (starts[other] === starts[other + 1] || findRoot(union, other) === root) continue;
        if (areJoined(cores, cell, other, squaredMetres)) root = unite(union, root, other);
      }
    }
  }
  return union;
}

/** From so many pairs of points on, two cells are first compared by their outlines: of many incidents on one label point each pair would be looked at in vain. */
const manyPairs = 64;

function areJoined(cores: Cores, cell: number, other: number, squaredMetres: number): boolean {
  const { x, y, starts } = cores;
  const pairs = (starts[cell + 1]! - starts[cell]!) * (starts[other + 1]! - starts[other]!);
  if (pairs > manyPairs && gap(x, starts, cell, other) ** 2 + gap(y, starts, cell, other) ** 2 > squaredMetres) return false;
  for (let i = starts[cell]!; i < starts[cell + 1]!; i++) {
    for (let j = starts[other]!; j < starts[other + 1]!; j++) {
      const dx = x[i]! - x[j]!;
      const dy = y[i]! - y[j]!;
      if (dx * dx + dy * dy <= squaredMetres) return true;
    }
  }
  return false;
}

/** How far apart along one axis the points of two cells are at least; 0 where they overlap. */
function gap(along: Float64Array, starts: Int32Array, cell: number, other: number): number {
  const [least, most] = extent(along, starts[cell]!, starts[cell + 1]!);
  const [otherLeast, otherMost] = extent(along, starts[other]!, starts[other + 1]!);
  return Math.max(0, otherLeast - most, least - otherMost);
}

function extent(along: Float64Array, begin: number, end: number): [number, number] {
  let [least, most] = [along[begin]!, along[begin]!];
  for (let at = begin + 1; at < end; at++) {
    least = Math.min(least, along[at]!);
    most = Math.max(most, along[at]!);
  }
  return [least, most];
}
