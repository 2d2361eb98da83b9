import { requireInput } from "../significance/refusal.ts";
import { reach } from "./cores.ts";
import { type DbscanInput, requireDbscanInput } from "./dbscan.ts";
import { type Clusters, numberClusters } from "./numbering.ts";
import { gridOfPoints, neighbourhoodsOf } from "./pointGrid.ts";
import { createUnion, findRoot, unite } from "./union.ts";

export interface SpaceTimeDbscanInput extends DbscanInput {
  /** Finite, any origin. */
  readonly days: Float64Array;
  /** Points at most so many days apart are near; 0 or more. */
  readonly epsilonDays: number;
}

/**
 * ST-DBSCAN: DBSCAN in which near means near in place and near in time.
 *
 * Why: two gatherings on one spot, months apart, are two. In words: as DBSCAN, but a point counts as near only within epsilon metres and within epsilon days, both ends
 * counted. A point on the border of several clusters goes to the core point nearest in place, of equally near ones the nearest in time, then the one with the smaller x, y,
 * day. Of Birant and Kut's method the two distances are used; their third rule, which ends a cluster where a measured value departs from its mean, has no use for incidents.
 * Source: Birant & Kut 2007, doi:10.1016/j.datak.2006.01.013. Cost: O(n × points near in place and time) and O(n log n) for sorting by day; worst O(n²).
 * Fails where crowding differs from place to place or reporting from month to month. Throws the refusal `wrong_input`.
 */
export function spaceTimeDbscan(input: SpaceTimeDbscanInput): Clusters {
  const { epsilonMetres, epsilonDays, minPoints } = input;
  const n = input.x.length;
  requireDbscanInput(input);
  requireInput(input.days.length === n, "days", input.days.length);
  requireInput(epsilonDays >= 0, "epsilonDays", epsilonDays);
  for (let i = 0; i < n; i++) requireInput(Number.isFinite(input.days[i]!), "days", input.days[i]);

  // Sorted by day first, points stay sorted by day within each cell.
  const byDay = Int32Array.from(input.days.keys()).sort((a, b) => input.days[a]! - input.days[b]!);
  const arranged = (values: Float64Array, order: Int32Array): Float64Array => Float64Array.from(order, (point) => values[point]!);
  const grid = gridOfPoints(arranged(input.x, byDay), arranged(input.y, byDay), (epsilonMetres / Math.SQRT2) * (1 - 1e-12));
  const ranges = neighbourhoodsOf(grid, reach);
  const { x, y, starts } = grid;
  const days = arranged(arranged(input.days, byDay), grid.order);
  const found = new Int32Array(n);

  const isCore = new Uint8Array(n);
  forEachPosition((at, cell) => {
    isCore[at] = findNear(at, cell, minPoints) >= minPoints ? 1 : 0;
  });
  const union = createUnion(n);
  forEachPosition((at, cell) => {
    if (!isCore[at]) return;
    const near = findNear(at, cell, n);
    for (let k = 0; k < near; k++) if (isCore[found[k]!]) unite(union, at, found[k]!);
  });

  const cluster = new Int32Array(n);
  const core = new Uint8Array(n);
  forEachPosition((at, cell) => {
    const home = isCore[at] ? at : nearestCore(at, findNear(at, cell, n));
    const point = byDay[grid.order[at]!]!;
    cluster[point] = home < 0 ? -1 : findRoot(union, home);
    core[point] = isCore[at]!;
  });
  return { cluster, core, count: numberClusters(cluster, n) };

  function forEachPosition(visit: (at: number, cell: number) => void): void {
    for (let cell = 0; cell + 1 < starts.length; cell++) for (let at = starts[cell]!; at < starts[cell + 1]!; at++) visit(at, cell);
  }

  /** Puts the positions near one, itself included, into `found`, until there are as many as the limit; returns how many. */
  function findNear(at: number, cell: number, limit: number): number {
    const rows = 2 * reach + 1;
    let near = 0;
    for (let range = cell * rows; range < (cell + 1) * rows; range++) {
      for (let other = ranges[2 * range]!; other < ranges[2 * range + 1]!; other++) {
        for (let j = firstInTime(other, days[at]!); j < starts[other + 1]! && days[j]! - days[at]! <= epsilonDays; j++) {
          if ((x[j]! - x[at]!) ** 2 + (y[j]! - y[at]!) ** 2 > epsilonMetres * epsilonMetres) continue;
          found[near++] = j;
          if (near === limit) return near;
        }
      }
    }
    return near;
  }

  /** The first position of a cell that is not too long before the day. */
  function firstInTime(cell: number, day: number): number {
    let low = starts[cell]!;
    let high = starts[cell + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (day - days[middle]! > epsilonDays) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Of the first `near` positions found the core nearest in place, then in time, x, y and day; −1 where none is core. */
  function nearestCore(at: number, near: number): number {
    const ranks = (j: number): number[] => [
      (x[j]! - x[at]!) ** 2 + (y[j]! - y[at]!) ** 2,
      Math.abs(days[j]! - days[at]!),
      x[j]!,
      y[j]!,
      days[j]!,
    ];
    let nearest = -1;
    let least: number[] = [];
    for (let k = 0; k < near; k++) {
      if (!isCore[found[k]!]) continue;
      const own = ranks(found[k]!);
      const differs = own.findIndex((value, index) => value !== least[index]);
      if (nearest >= 0 && (differs < 0 || own[differs]! > least[differs]!)) continue;
      nearest = found[k]!;
      least = own;
    }
    return nearest;
  }
}
