import { requireInput } from "../significance/refusal.ts";
import { forEachCellNeighbourhood, gridOfPoints } from "./pointGrid.ts";
import { createUnion, findRoot, unite } from "./union.ts";

export interface DbscanInput {
  /** Metres of one plane, finite. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Points at most this far apart are near; above 0. */
  readonly epsilonMetres: number;
  /** Points near a core point, the point itself counted; at least 1. */
  readonly minPoints: number;
  /** Days; with epsilonDays near also means at most so many days apart. */
  readonly days?: Float64Array;
  readonly epsilonDays?: number;
}

export interface Clusters {
  /** Cluster of each point, numbered from 0 by their first point; −1 is noise. */
  readonly cluster: Int32Array;
  /** 1 for core points. */
  readonly core: Uint8Array;
  readonly count: number;
}

/** Cells of side epsilon / √2 further apart than this hold no near points. */
const reach = 2;

/**
 * DBSCAN: clusters as chains of crowded points, and the rest as noise; with days, ST-DBSCAN, where near also means near in time.
 *
 * Why: finds gatherings of any shape without being told how many. In words: a point with at least `minPoints` points within epsilon (itself included) is core; core points
 * within epsilon of each other share a cluster; another point within epsilon of a core point belongs to the cluster of the nearest one (of equals, the first), so borders
 * do not depend on the order of visiting; the rest is noise. The distance epsilon itself still counts.
 * Source: Ester, Kriegel, Sander & Xu 1996, https://cdn.aaai.org/KDD/1996/KDD96-037.pdf; Birant & Kut 2007, doi:10.1016/j.datak.2006.01.013. Core points and noise equal scikit-learn's.
 * Cost: about O(n) on a grid of cells in which, without days, all points are near each other; worst O(n²) when days set apart what lies on one spot.
 * Fails where crowding differs from place to place: one epsilon fits not all. Throws the refusal `wrong_input`.
 */
export function dbscan(input: DbscanInput): Clusters {
  const { x, y, epsilonMetres, minPoints, days } = input;
  const n = x.length;
  const epsilonDays = input.epsilonDays ?? Number.POSITIVE_INFINITY;
  requireInput(y.length === n, "y", y.length);
  requireInput(epsilonMetres > 0 && epsilonMetres < Number.POSITIVE_INFINITY, "epsilonMetres", epsilonMetres);
  requireInput(Number.isInteger(minPoints) && minPoints >= 1, "minPoints", minPoints);
  requireInput(!days || days.length === n, "days", days?.length);
  requireInput(epsilonDays >= 0 && (days !== undefined || input.epsilonDays === undefined), "epsilonDays", input.epsilonDays);
  for (let i = 0; i < n; i++) requireInput(Number.isFinite(x[i]!) && Number.isFinite(y[i]!) && Number.isFinite(days?.[i] ?? 0), "point", i);

  // The diagonal of a cell is below epsilon, so that its points are near each other; two cells further out are out of reach only at the corners.
  const grid = gridOfPoints(x, y, (epsilonMetres / Math.SQRT2) * (1 - 1e-12));
  const { order, starts } = grid;
  const squareEpsilon = epsilonMetres * epsilonMetres;
  const isNear = (i: number, j: number): boolean => {
    const dx = x[i]! - x[j]!;
    const dy = y[i]! - y[j]!;
    return dx * dx + dy * dy <= squareEpsilon && (days === undefined || Math.abs(days[i]! - days[j]!) <= epsilonDays);
  };

  const core = new Uint8Array(n);
  forEachCellNeighbourhood(grid, reach, (cell, ranges) => {
    const begin = starts[cell]!;
    const end = starts[cell + 1]!;
    if (days === undefined && end - begin >= minPoints) {
      for (let at = begin; at < end; at++) core[order[at]!] = 1;
      return;
    }
    for (let at = begin; at < end; at++) {
      const i = order[at]!;
      let near = 0;
      for (let r = 0; r < ranges.length && near < minPoints; r += 2) {
        for (let other = starts[ranges[r]!]!; other < starts[ranges[r + 1]!]! && near < minPoints; other++)
          if (isNear(i, order[other]!)) near++;
      }
      if (near >= minPoints) core[i] = 1;
    }
  });

  const union = createUnion(n);
  forEachCellNeighbourhood(grid, reach, (cell, ranges) => {
    const begin = starts[cell]!;
    const end = starts[cell + 1]!;
    if (days === undefined) {
      let first = -1;
      for (let at = begin; at < end; at++) {
        const i = order[at]!;
        if (!core[i]) continue;
        if (first < 0) first = i;
        else unite(union, first, i);
      }
      if (first < 0) return;
    }
    // Each pair of cells once: in this row those to the right, then all of the rows after it.
    for (let r = 2 * reach; r < ranges.length; r += 2) {
      for (let other = Math.max(ranges[r]!, days === undefined ? cell + 1 : cell); other < ranges[r + 1]!; other++) {
        joinCells(begin, end, starts[other]!, starts[other + 1]!);
      }
    }
  });

  const cluster = new Int32Array(n).fill(-1);
  forEachCellNeighbourhood(grid, reach, (cell, ranges) => {
    for (let at = starts[cell]!; at < starts[cell + 1]!; at++) {
      const i = order[at]!;
      cluster[i] = core[i] ? findRoot(union, i) : nearestCore(i, ranges);
    }
  });
  return { cluster, core, count: renumber(cluster, core, union) };

  function joinCells(begin: number, end: number, otherBegin: number, otherEnd: number): void {
    for (let at = begin; at < end; at++) {
      const i = order[at]!;
      if (!core[i]) continue;
      for (let other = otherBegin; other < otherEnd; other++) {
        const j = order[other]!;
        if (!core[j] || i === j) continue;
        // Without days the two cells are each of one cluster already, so one pair says it all.
        if (days === undefined && findRoot(union, i) === findRoot(union, j)) return;
        if (isNear(i, j)) {
          unite(union, i, j);
          if (days === undefined) return;
        }
      }
    }
  }

  /** The nearest core point of a point that is none, or −1. */
  function nearestCore(i: number, ranges: Int32Array): number {
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let r = 0; r < ranges.length; r += 2) {
      for (let other = starts[ranges[r]!]!; other < starts[ranges[r + 1]!]!; other++) {
        const j = order[other]!;
        if (!core[j] || !isNear(i, j)) continue;
        const square = (x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2;
        if (square < least || (square === least && j < nearest)) {
          least = square;
          nearest = j;
        }
      }
    }
    return nearest;
  }
}

/** Turns roots and nearest core points into numbers from 0 in the order of first points; returns how many. */
function renumber(cluster: Int32Array, core: Uint8Array, union: Int32Array): number {
  const number = new Int32Array(cluster.length).fill(-1);
  let count = 0;
  for (let i = 0; i < cluster.length; i++) {
    if (cluster[i]! < 0) continue;
    const root = core[i] ? cluster[i]! : findRoot(union, cluster[i]!);
    if (number[root]! < 0) number[root] = count++;
    cluster[i] = number[root]!;
  }
  return count;
}
