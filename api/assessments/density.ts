import type { Inputs } from "../contract/processes.ts";
import { daysBetween } from "../contract/time.ts";
import { type FlatPolygons, FlatPolygonsBuilder } from "../formats/flatPolygons.ts";
import { regionCodes } from "../queries/regionCodes.ts";
import { villageShapes } from "../queries/samples.ts";
import type { Frame, Outcome } from "./frame.ts";
import { readIncidentPoints } from "./incidentPoints.ts";

const areasPerQuery = 50;

/** The shapes of the areas that the incidents are reported from; without any asked, those of the person's own, else all kabupaten. */
async function readRegion(frame: Frame, areas: readonly string[] | null): Promise<FlatPolygons> {
  const codes = await regionCodes(frame.database, areas);
  const builder = new FlatPolygonsBuilder();
  for (let at = 0; at < codes.length; at += areasPerQuery)
    for (const { geojson } of await villageShapes(frame.database, codes.slice(at, at + areasPerQuery))) builder.add(geojson);
  return builder.finish();
}

/** The process `density`: where incidents lie close, as a grid and as contours. Not where a person is at risk: that takes the people into account. */
export async function assessDensity(frame: Frame, inputs: Inputs<"density">): Promise<Outcome> {
  const { filter, ids, longitude, latitude, warnings } = await readIncidentPoints(frame, inputs);
  const region = await readRegion(frame, inputs.areas ?? frame.scope);
  const { bandwidthMetres, cellMetres, adaptive } = inputs;
  const { grid, perKm2, contours, ...result } = await frame.pool.run(
    "analyseDensity",
    [{ longitude, latitude, region, bandwidthMetres, cellMetres, adaptive }],
    frame.signal,
  );
  const { metresPerDegree, ...place } = grid;
  return {
    inputs: { ...inputs, period: filter.period, issues: filter.issues },
    seed: 0,
    codes: [],
    columns: {},
    summary: {
      ...result.summary,
      unit: "incidents per km² in the period",
      periodDays: daysBetween(filter.from, filter.to),
      grid: {
        ...place,
        cellDegrees: { east: grid.cellMetres / metresPerDegree.east, north: grid.cellMetres / metresPerDegree.north },
        // Row after row from the south-west corner; null outside the region.
        perKm2,
      },
      contours,
    },
    warnings: [...result.warnings, ...warnings],
    hashed: [ids, longitude, latitude, region.coordinates],
  };
}
