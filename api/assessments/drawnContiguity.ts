import type { Database } from "../database/database.ts";
import { type FlatPolygons, FlatPolygonsBuilder } from "../formats/flatPolygons.ts";
import { problem } from "../problem.ts";
import * as samples from "../queries/samples.ts";
import type { Sample } from "./sample.ts";

/** The tolerance with which neighbours are found and kept when boundaries are imported. */
export const keptToleranceMetres = 10;
/** More would take too long and too much memory in one request; the import finds neighbours of the nation at the kept tolerance. */
export const mostVillagesDrawn = 10_000;
const villagesPerQuery = 1000;

/** Shapes of the sample's villages, for finding neighbours anew with another tolerance. */
export interface DrawnContiguity {
  readonly kind: "polygons";
  readonly polygons: FlatPolygons;
  /** The sample's area of each village. */
  readonly areaOf: Int32Array;
  readonly isRookOnly: boolean;
  readonly toleranceMetres: number;
}

/** Reads the stored shapes of all villages of the sample. @throws invalid_input naming the limit where there are too many. */
export async function readDrawnContiguity(
  database: Database,
  sample: Sample,
  areaOf: (village: string) => number,
  isRookOnly: boolean,
  toleranceMetres: number,
): Promise<DrawnContiguity> {
  const { villages } = sample;
  if (villages.length > mostVillagesDrawn) {
    throw problem("invalid_input", {
      field: "weights.toleranceMetres",
      value: `${toleranceMetres} (${villages.length} desa/villages)`,
      expected: `${keptToleranceMetres} | ≤ ${mostVillagesDrawn} desa/villages`,
    });
  }
  const builder = new FlatPolygonsBuilder();
  for (let at = 0; at < villages.length; at += villagesPerQuery) {
    const asked = villages.slice(at, at + villagesPerQuery);
    const shapes = await samples.villageShapes(database, asked);
    // An import may have taken a village away since the sample was read; then shapes and areas would not be of one another.
    if (shapes.length !== asked.length) throw problem("areas_changed");
    for (const { geojson } of shapes) builder.add(geojson);
  }
  return { kind: "polygons", polygons: builder.finish(), areaOf: Int32Array.from(villages, areaOf), isRookOnly, toleranceMetres };
}
