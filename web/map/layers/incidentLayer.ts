import type { Layer } from "@deck.gl/core";
import { DataFilterExtension } from "@deck.gl/extensions";
import { ScatterplotLayer } from "@deck.gl/layers";
import { MapLibreOverlay } from "@deck.gl/maplibre";
import type { Map as MapLibreMap } from "maplibre-gl";
import { type Palette, rgbOf } from "../../colour/palette.ts";

/** Incidents to draw, as flat arrays in the order of drawing: large first, so that small ones stay seen. */
export interface IncidentPoints {
  readonly n: number;
  /** longitude, latitude pairs */
  readonly positions: Float32Array;
  /** 1 to 5 */
  readonly severities: Uint8Array;
  readonly isVerified: Uint8Array;
  /** Days since some first day. */
  readonly days: Int32Array;
}

/** Days since the same first day, half-open. */
type Days = readonly [number, number];

/** Radius in pixels for severity 1 to 5. */
export const severityRadii: readonly number[] = [2, 2.7, 3.6, 4.7, 6.1];

const places = new WeakMap<IncidentPoints, readonly number[]>();

/** The same list for the same points: another would have every dot worked out anew. */
function placesOf(points: IncidentPoints): readonly number[] {
  const kept = places.get(points) ?? Array.from({ length: points.n }, (_, index) => index);
  places.set(points, kept);
  return kept;
}

const byDay = new DataFilterExtension({ filterSize: 1 });

function incidentLayer(points: IncidentPoints, days: Days, palette: Palette, beforeId: string, opacity: number): Layer {
  const [ink, paper] = [rgbOf(palette.incident), rgbOf(palette.casing)];
  return new ScatterplotLayer<number>({
    id: "incidents",
    data: placesOf(points),
    getPosition: (index) => [points.positions[index * 2] as number, points.positions[index * 2 + 1] as number],
    getRadius: (index) => severityRadii[(points.severities[index] as number) - 1] ?? 2,
    getFillColor: (index) => (points.isVerified[index] ? ink : paper),
    getLineColor: (index) => (points.isVerified[index] ? paper : ink),
    updateTriggers: { getFillColor: palette, getLineColor: palette },
    // The graphics card leaves out what is not of the period; moving it moves two numbers.
    getFilterValue: (index: number) => points.days[index] as number,
    filterRange: [days[0], days[1] - 1],
    extensions: [byDay],
    radiusUnits: "pixels",
    lineWidthUnits: "pixels",
    getLineWidth: 1.2,
    stroked: true,
    filled: true,
    // Without this the dots hide the labels that are drawn after them.
    parameters: { depthWriteEnabled: false, depthCompare: "always" },
    // Interleaved layers name the layer of the map that they lie under.
    beforeId,
    opacity,
  } as ConstructorParameters<typeof ScatterplotLayer<number>>[0]);
}

/** The incidents above the map's areas and under the selection and the labels. */
export class IncidentOverlay {
  private readonly control = new MapLibreOverlay({ interleaved: true, layers: [] });
  private map: MapLibreMap | null = null;
  private layers: Layer[] = [];
  private shown: readonly [IncidentPoints | null, Days, Palette] | null = null;
  private beforeId = "selected-casing";
  private opacity = 1;

  /** Lays the incidents under a layer of the map, as strongly as wished. */
  place(beforeId: string, opacity: number): void {
    this.beforeId = beforeId;
    this.opacity = opacity;
    if (this.shown) this.show(...this.shown);
  }

  addTo(map: MapLibreMap): void {
    this.map = map;
    map.addControl(this.control);
  }

  show(points: IncidentPoints | null, days: Days, palette: Palette): void {
    this.shown = [points, days, palette];
    this.layers = points && points.n > 0 ? [incidentLayer(points, days, palette, this.beforeId, this.opacity)] : [];
    this.control.setProps({ layers: this.layers });
    // While shapes are still arriving the overlay cannot find its place in the order and would lie above the labels.
    if (!this.map?.isStyleLoaded()) this.map?.once("idle", () => this.control.setProps({ layers: this.layers }));
  }
}
