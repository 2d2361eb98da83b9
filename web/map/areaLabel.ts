import type { ListedArea } from "../state/areas.svelte.ts";

export interface Label {
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  /** Smaller is placed first. */
  readonly order: number;
}

/** The name of an area in its middle; the areas with the most villages are named first where there is not room for all. */
export const areaLabel = ({ name, bbox, villages }: ListedArea): Label => ({
  name,
  lon: (bbox[0] + bbox[2]) / 2,
  lat: (bbox[1] + bbox[3]) / 2,
  order: -villages,
});

/** Labels as points that the map places. */
export const labelFeatures = (labels: readonly Label[]) => ({
  type: "FeatureCollection" as const,
  features: labels.map(({ name, lon, lat, order }) => ({
    type: "Feature" as const,
    geometry: { type: "Point" as const, coordinates: [lon, lat] },
    properties: { name, order },
  })),
});
