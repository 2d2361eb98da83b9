import type { FlatPolygons } from "../../formats/flatPolygons.ts";

/** Shells anticlockwise, then their holes, in whole millionths of a degree: x0, y0, x1, y1, … without the closing vertex. */
export type Polygons = readonly (readonly Int32Array[])[];

export interface Region {
  readonly polygons: Polygons;
  readonly squareMetres: number;
  readonly perimeterMetres: number;
}

export interface Tally<Kept> {
  readonly total: number;
  readonly slivers: number;
  readonly squareMetres: number;
  /** The largest first. */
  readonly kept: readonly Kept[];
}

export interface DrawingFaults {
  readonly overlaps: Tally<Region & { readonly one: number; readonly other: number }>;
  readonly gaps: Tally<Region & { readonly around: readonly number[] }>;
  readonly slivers: Tally<Region & { readonly area: number }>;
  /** 0 inside, NaN without a reference point. */
  readonly metresOutside: Float64Array;
}

/** Geometry that an import does not do itself: handed in, and run where it does not hold up the service. */
export interface BoundaryChecks {
  /** Overlaps, gaps, slivers and reference points of areas drawn together; at least one area of each finding is changed. */
  checkDrawing(
    polygons: FlatPolygons,
    areas: { readonly longitude: Float64Array; readonly latitude: Float64Array; readonly changed: Uint8Array },
    options: {
      readonly overlapSquareMetres: number;
      readonly gapSquareMetres: number;
      readonly sliverWidthMetres: number;
      readonly sliverCompactness: number;
      readonly kept: number;
    },
    watch: { readonly signal: AbortSignal; readonly progress: (share: number) => void },
  ): Promise<DrawingFaults>;
  /** Symmetric difference of areas before and after, one by one. */
  measureMoves(before: FlatPolygons, after: FlatPolygons, signal: AbortSignal): Promise<readonly (Region & { readonly share: number })[]>;
  /** Holes outside their shells, of one area. */
  findHolesOutside(
    polygons: Polygons,
  ): readonly { readonly ring: Int32Array; readonly squareMetres: number; readonly isWhollyOutside: boolean }[];
}
