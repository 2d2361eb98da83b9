import { contours } from "d3-contour";
import type { DensityGrid } from "./densityGrid.ts";

/** The smallest part of the region that holds a share of the incidents, as the density spreads them. */
export interface DensityContour {
  readonly share: number;
  /** The density on its border; inside it is higher. */
  readonly perKm2: number;
  readonly areaKm2: number;
  readonly geometry: { readonly type: "MultiPolygon"; readonly coordinates: number[][][][] };
}

/** Degrees with six decimals: a decimetre. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/**
 * Contours of a density by share of the incidents: of all parts of the region that hold, say, half of them, the smallest.
 *
 * Why: a level in incidents per km² says little to a reader, "half of the incidents on a tenth of the area" does. In words: cells from the highest density down until their sum reaches the share; the
 * contour runs where the density is that of the last of them, by marching squares with linear interpolation between the centres of cells; holes are kept.
 * perKm2: row after row from the south-west, NaN outside the region; shares in (0, 1]. Rings are GeoJSON's: longitude, latitude, outer ones counter-clockwise, closed.
 * Source: Hyndman 1996, doi:10.1080/00031305.1996.10474359. Cost: O(cells log cells) and one walk over the cells a share. Without any density no contour.
 */
export function densityContours(perKm2: Float64Array, grid: DensityGrid, shares: readonly number[]): DensityContour[] {
  const { columns, rows, cellMetres, metresPerDegree, west, south } = grid;
  const descending = perKm2
    .filter((value) => value > 0)
    .sort()
    .reverse();
  const total = descending.reduce((sum, value) => sum + value, 0);
  if (total === 0) return [];
  const lines = contours().size([columns, rows]);
  const place = ([x = 0, y = 0]: number[]): number[] => [
    rounded(west + (x * cellMetres) / metresPerDegree.east),
    rounded(south + (y * cellMetres) / metresPerDegree.north),
  ];
  return shares.map((share) => {
    let cells = 0;
    for (let sum = 0; cells < descending.length && sum < share * total * (1 - 1e-12); cells++) sum += descending[cells]!;
    const level = descending[cells - 1]!;
    const { coordinates } = lines.contour(perKm2 as unknown as number[], level);
    return {
      share,
      perKm2: level,
      areaKm2: (cells * cellMetres ** 2) / 1e6,
      // Marching squares goes round with the high side on its right where rows run north.
      geometry: { type: "MultiPolygon", coordinates: coordinates.map((polygon) => polygon.map((ring) => ring.map(place).reverse())) },
    };
  });
}
