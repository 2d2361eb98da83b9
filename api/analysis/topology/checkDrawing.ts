import type { FlatPolygons } from "../neighbours/polygons.ts";
import { findOverlapsAndGaps, type Gap, type Overlap, type Tally, type TopologyOptions } from "./overlapsAndGaps.ts";
import { findSlivers, metresOutside, type Sliver } from "./rings.ts";

export interface DrawingFaults {
  readonly overlaps: Tally<Overlap>;
  readonly gaps: Tally<Gap>;
  readonly slivers: Tally<Sliver>;
  /** By member: how far its reference point lies outside; 0 inside, NaN where it has none. */
  readonly metresOutside: Float64Array;
}

/**
 * All that can be said of areas as they are drawn together: overlaps, gaps, slivers, reference points outside. One call, so that the shapes travel to a thread once.
 * `longitude` and `latitude` are the members' reference points, in their order, NaN where there is none.
 */
export function checkDrawing(
  polygons: FlatPolygons,
  points: { readonly longitude: Float64Array; readonly latitude: Float64Array },
  options: TopologyOptions & { readonly members: Int32Array },
): DrawingFaults {
  const slivers = findSlivers(polygons, options);
  return {
    ...findOverlapsAndGaps(polygons, options),
    slivers: {
      total: slivers.length,
      slivers: slivers.length,
      squareMetres: slivers.reduce((sum, { squareMetres }) => sum + squareMetres, 0),
      kept: slivers.slice(0, options.kept),
    },
    metresOutside: Float64Array.from(options.members, (area, i) =>
      metresOutside(polygons, area, points.longitude[i]!, points.latitude[i]!),
    ),
  };
}
