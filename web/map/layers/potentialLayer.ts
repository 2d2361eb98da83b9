import { stageShapes } from "../../format/stageShape.ts";

/** A standing dispute on the map. */
export interface PotentialPoint {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  readonly stage: string;
  /** How strongly it is drawn, in (0, 1]: what is overdue fades. */
  readonly weight: number;
}

const box = 16;
const margin = 1.5;
const scale = 2.4;
const casingWidth = 1.6;

/** The shapes of the stages as images for the map, by name; drawn for screens with two dots a pixel. */
export function potentialImages(ink: string, casing: string): Record<string, ImageData> {
  const side = Math.ceil((box + margin * 2) * scale);
  return Object.fromEntries(
    Object.entries(stageShapes).map(([stage, path]) => {
      const canvas = document.createElement("canvas");
      canvas.width = side;
      canvas.height = side;
      const context = canvas.getContext("2d") as CanvasRenderingContext2D;
      context.scale(scale, scale);
      context.translate(margin, margin);
      const shape = new Path2D(path);
      context.lineJoin = "round";
      context.lineWidth = casingWidth * 2;
      context.strokeStyle = casing;
      context.stroke(shape);
      context.fillStyle = ink;
      context.fill(shape, "evenodd");
      return [`potential-${stage}`, context.getImageData(0, 0, side, side)];
    }),
  );
}

/** The disputes as the map's source takes them. */
export function potentialFeatures(points: readonly PotentialPoint[]) {
  return {
    type: "FeatureCollection" as const,
    features: points.map(({ id, lon, lat, stage, weight }) => ({
      type: "Feature" as const,
      geometry: { type: "Point" as const, coordinates: [lon, lat] },
      properties: { id, stage: stage in stageShapes ? stage : "T1", weight },
    })),
  };
}
