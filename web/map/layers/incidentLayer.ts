import type { Layer } from "@deck.gl/core";
import { ScatterplotLayer } from "@deck.gl/layers";
import { MapLibreOverlay } from "@deck.gl/maplibre";
import { type Palette, rgbOf } from "../../colour/palette.ts";

/** Incidents to draw, as flat arrays in the order of drawing: large first, so that small ones stay seen. */
export interface IncidentPoints {
  readonly n: number;
  /** longitude, latitude pairs */
  readonly positions: Float32Array;
  /** 1 to 5 */
  readonly severities: Uint8Array;
  readonly isVerified: Uint8Array;
}

/** Radius in pixels for severity 1 to 5. */
export const severityRadii: readonly number[] = [2, 2.7, 3.6, 4.7, 6.1];

function incidentLayer(points: IncidentPoints, palette: Palette): Layer {
  const [ink, paper] = [[...rgbOf(palette.incident), 255], [...rgbOf(palette.casing), 255]];
  const radii = new Float32Array(points.n);
  const fills = new Uint8Array(points.n * 4);
  const strokes = new Uint8Array(points.n * 4);
  for (let i = 0; i < points.n; i += 1) {
    radii[i] = severityRadii[(points.severities[i] as number) - 1] ?? 2;
    fills.set(points.isVerified[i] ? ink : paper, i * 4);
    strokes.set(points.isVerified[i] ? paper : ink, i * 4);
  }
  return new ScatterplotLayer({
    id: "incidents",
    data: {
      length: points.n,
      attributes: {
        getPosition: { value: points.positions, size: 2 },
        getRadius: { value: radii, size: 1 },
        getFillColor: { value: fills, size: 4, normalized: true },
        getLineColor: { value: strokes, size: 4, normalized: true },
      },
    },
    radiusUnits: "pixels",
    lineWidthUnits: "pixels",
    getLineWidth: 1.2,
    stroked: true,
    filled: true,
    // Interleaved layers name the layer of the map that they lie under.
    beforeId: "selected-casing",
  } as ConstructorParameters<typeof ScatterplotLayer>[0]);
}

/** The incidents above the map's areas and under the selection. */
export class IncidentOverlay {
  readonly control = new MapLibreOverlay({ interleaved: true, layers: [] });

  show(points: IncidentPoints | null, palette: Palette): void {
    this.control.setProps({ layers: points && points.n > 0 ? [incidentLayer(points, palette)] : [] });
  }
}
