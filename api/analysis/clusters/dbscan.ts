import { requireInput } from "../significance/refusal.ts";
import { type Cores, findCores, joinCells, onlyCores, reach } from "./cores.ts";
import { type Clusters, numberClusters } from "./numbering.ts";
import { gridOfPoints, neighbourhoodsOf } from "./pointGrid.ts";
import { findRoot } from "./union.ts";

export interface DbscanInput {
  /** Metres of one plane, finite. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Points at most this far apart are near; above 0. */
  readonly epsilonMetres: number;
  /** Points near a core point, the point itself counted; at least 1. */
  readonly minPoints: number;
}

/**
 * DBSCAN, density-based spatial clustering of applications with noise: clusters as chains of crowded points, and the rest as noise.
 *
 * Why: finds gatherings of any shape without being told how many. In words: a point with at least `minPoints` points within epsilon (itself included) is core; core points
 * within epsilon of each other share a cluster; another point within epsilon of a core point belongs to the cluster of the nearest one (of equally near ones the one with
 * the smaller x, then y), so that no partition depends on the order of the points; the rest is noise. The distance epsilon itself still counts.
 * Source: Ester, Kriegel, Sander & Xu 1996, https://cdn.aaai.org/KDD/1996/KDD96-037.pdf. Core points, their partition and noise equal scikit-learn's.
 * Cost: about O(n) on a grid of cells in which all points are near each other, 120 bytes a point; O(n × minPoints) where that is many.
 * Fails where crowding differs from place to place: one epsilon fits not all. Throws the refusal `wrong_input`.
 */
export function dbscan(input: DbscanInput): Clusters {
  const { x, y, epsilonMetres, minPoints } = input;
  const n = x.length;
  requireDbscanInput(input);

  // The diagonal of a cell is a hair below epsilon, so that its points are near each other.
  const grid = gridOfPoints(x, y, (epsilonMetres / Math.SQRT2) * (1 - 1e-12));
  const ranges = neighbourhoodsOf(grid, reach);
  const square = epsilonMetres * epsilonMetres;
  const isCore = findCores(grid, ranges, square, minPoints);
  const cores = onlyCores(grid, isCore);
  const union = joinCells(cores, ranges, square);

  const cluster = new Int32Array(n);
  const core = new Uint8Array(n);
  for (let cell = 0; cell < grid.columns.length; cell++) {
    for (let at = grid.starts[cell]!; at < grid.starts[cell + 1]!; at++) {
      const home = isCore[at] ? cell : nearestCoreCell(cores, ranges, cell, grid.x[at]!, grid.y[at]!, square);
      cluster[grid.order[at]!] = home < 0 ? -1 : findRoot(union, home);
      core[grid.order[at]!] = isCore[at]!;
    }
  }
  return { cluster, core, count: numberClusters(cluster, grid.columns.length) };
}

export function requireDbscanInput({ x, y, epsilonMetres, minPoints }: DbscanInput): void {
  requireInput(y.length === x.length, "y", y.length);
  requireInput(epsilonMetres > 0 && epsilonMetres < Number.POSITIVE_INFINITY, "epsilonMetres", epsilonMetres);
  requireInput(Number.isInteger(minPoints) && minPoints >= 1, "minPoints", minPoints);
  for (let i = 0; i < x.length; i++) requireInput(Number.isFinite(x[i]!) && Number.isFinite(y[i]!), "point", i);
}

/** The cell of the core point nearest to a place in the cell, of equally near ones the one with the smaller x, then y; −1 where none is within the distance. */
function nearestCoreCell(cores: Cores, ranges: Int32Array, cell: number, px: number, py: number, squaredMetres: number): number {
  const { x, y, starts } = cores;
  const rows = 2 * reach + 1;
  let nearest = -1;
  let least = squaredMetres;
  for (let range = cell * rows; range < (cell + 1) * rows; range++) {
    const end = starts[ranges[2 * range + 1]!]!;
    for (let at = starts[ranges[2 * range]!]!; at < end; at++) {
      const dx = x[at]! - px;
      const dy = y[at]! - py;
      const distance = dx * dx + dy * dy;
      if (distance > least) continue;
      const isTie = distance === least && nearest >= 0;
      if (isTie && (x[at]! > x[nearest]! || (x[at] === x[nearest] && y[at]! >= y[nearest]!))) continue;
      least = distance;
      nearest = at;
    }
  }
  return nearest < 0 ? -1 : cores.cell[nearest]!;
}
