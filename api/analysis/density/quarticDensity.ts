import { AnalysisRefusal } from "../significance/refusal.ts";

/** Points by place: several at one place are one with a number. Metres from the grid's south-west corner. */
export interface CountedPoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly count: Float64Array;
}

/** Square cells in metres; what is marked 1 in `inside` belongs to the region. */
export interface PlaneGrid {
  readonly columns: number;
  readonly rows: number;
  readonly cellMetres: number;
  readonly inside: Uint8Array;
}

/** Points at one place put together, in the order of first appearance. Cost: O(n). */
export function countedPoints(x: Float64Array, y: Float64Array): CountedPoints {
  const places = new Map<string, number>();
  const found: number[] = [];
  const count = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const key = `${x[i]} ${y[i]}`;
    const place = places.get(key);
    if (place === undefined) {
      places.set(key, found.length);
      count[found.length] = 1;
      found.push(i);
    } else count[place]! += 1;
  }
  return { x: Float64Array.from(found, (i) => x[i]!), y: Float64Array.from(found, (i) => y[i]!), count: count.slice(0, found.length) };
}

const mostSteps = 5e8;

/**
 * Quartic kernel density of points on a grid, edge-corrected: how many incidents per km².
 *
 * Why: dots hide each other and the eye invents gatherings; a density says where they lie close. In words: each point spreads over the cells whose centre is nearer than its bandwidth, by
 * (1 − distance² / bandwidth²)²; what would fall outside the region is given back to the cells inside by dividing by the share that falls inside (Diggle's correction as by Jones: each point's own share), so that
 * density × area adds up to the number of points. Sums and shares are both taken over cells, which keeps that exact on any grid.
 *
 * bandwidths: metres, one a place, at least the cell size. Returns points per km² of every cell, also of those outside (what would be there without the border; the caller masks them), and the
 * number of points outside: neither their cell nor one beside it is in the region, and they are in no sum, since all of them would pile up along its edge. Refuses `density_too_fine` (naming the cell size that would do) beyond 5e8 steps.
 * Source: Diggle 1985, doi:10.2307/2347366; Jones 1993, doi:10.1007/BF00147776. Cost: O(places × (bandwidth / cell)²). Density is not risk: where many live much is reported.
 */
export function quarticDensity(
  points: CountedPoints,
  bandwidths: Float64Array,
  grid: PlaneGrid,
): { perKm2: Float64Array; outside: number } {
  const { columns, rows, cellMetres, inside } = grid;
  const steps = bandwidths.reduce((sum, bandwidth) => sum + Math.min(Math.PI * (bandwidth / cellMetres) ** 2, columns * rows), 0);
  if (steps > mostSteps)
    throw new AnalysisRefusal("density_too_fine", { cellMetres: Math.ceil(cellMetres * Math.sqrt(steps / mostSteps)) });
  const perKm2 = new Float64Array(columns * rows);
  const cellKm2 = cellMetres ** 2 / 1e6;
  let outside = 0;
  for (let p = 0; p < points.x.length; p++) {
    if (!isBesideRegion(grid, points.x[p]!, points.y[p]!)) {
      outside += points.count[p]!;
      continue;
    }
    // All in cells, from the centre of the first one.
    const x = points.x[p]! / cellMetres - 0.5;
    const y = points.y[p]! / cellMetres - 0.5;
    const reach = bandwidths[p]! / cellMetres;
    const square = reach * reach;
    const firstRow = Math.max(0, Math.ceil(y - reach));
    const lastRow = Math.min(rows - 1, y + reach);
    let share = 0;
    for (let r = firstRow; r <= lastRow; r++) {
      const rest = square - (r - y) * (r - y);
      const half = Math.sqrt(Math.max(0, rest));
      const last = Math.min(columns - 1, x + half);
      for (let c = Math.max(0, Math.ceil(x - half)); c <= last; c++) {
        const height = rest - (c - x) * (c - x);
        if (inside[r * columns + c] === 1) share += height * height;
      }
    }
    if (share === 0) {
      outside += points.count[p]!;
      continue;
    }
    const factor = points.count[p]! / (share * cellKm2);
    for (let r = firstRow; r <= lastRow; r++) {
      const rest = square - (r - y) * (r - y);
      const half = Math.sqrt(Math.max(0, rest));
      const last = Math.min(columns - 1, x + half);
      for (let c = Math.max(0, Math.ceil(x - half)); c <= last; c++) {
        const height = rest - (c - x) * (c - x);
        perKm2[r * columns + c]! += factor * height * height;
      }
    }
  }
  return { perKm2, outside };
}

/** Whether the point's cell or one of the eight around it belongs to the region. */
function isBesideRegion({ columns, rows, cellMetres, inside }: PlaneGrid, x: number, y: number): boolean {
  const column = Math.floor(x / cellMetres);
  const row = Math.floor(y / cellMetres);
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++)
    for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) if (inside[r * columns + c] === 1) return true;
  return false;
}

const leastFactor = 1 / 4;
const mostFactor = 4;

/**
 * A bandwidth for every place that is wider where points are few: Abramson's square root law.
 * In words: bandwidth × (geometric mean of the pilot density at all points / pilot density at the point)^½, kept between a quarter and four times the bandwidth and at least `least`. The
 * pilot is the density with the one bandwidth, read at the cell of the point.
 * pilot: per km², one a cell, as quarticDensity gives it. Source: Abramson 1982, doi:10.1214/aos/1176345986. Cost: O(places).
 */
export function adaptiveBandwidths(
  points: CountedPoints,
  pilot: Float64Array,
  grid: PlaneGrid,
  bandwidth: number,
  least: number,
): Float64Array {
  const cell = (metres: number, cells: number): number => Math.min(cells - 1, Math.max(0, Math.floor(metres / grid.cellMetres)));
  const at = points.x.map((x, p) => pilot[cell(points.y[p]!, grid.rows) * grid.columns + cell(x, grid.columns)]!);
  let logarithms = 0;
  let known = 0;
  at.forEach((density, p) => {
    if (!(density > 0)) return;
    logarithms += points.count[p]! * Math.log(density);
    known += points.count[p]!;
  });
  const mean = Math.exp(logarithms / known);
  return at.map((density) => {
    const factor = density > 0 ? Math.sqrt(mean / density) : mostFactor;
    return Math.max(least, bandwidth * Math.min(mostFactor, Math.max(leastFactor, factor)));
  });
}
