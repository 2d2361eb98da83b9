import "maplibre-gl/dist/maplibre-gl.css";
import type { FeatureCollection, Position } from "geojson";
import { type ExpressionSpecification, type GeoJSONSource, Map as MapLibreMap, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { Palette } from "../colour/palette.ts";
import { mapStyle } from "./style.ts";

setWorkerUrl(workerUrl);

/** Colours of the three weights of a finding; each also has a shape of its own in the list. */
export interface FindingColours {
  readonly fault: string;
  readonly warning: string;
  readonly note: string;
}

/** From this zoom on shapes are large enough to be seen without a dot. */
const shapesAlone = 14;
const empty: FeatureCollection = { type: "FeatureCollection", features: [] };

function* positionsOf(value: unknown): Generator<Position> {
  if (!Array.isArray(value)) return;
  if (typeof value[0] === "number") yield value as Position;
  else for (const part of value) yield* positionsOf(part);
}

/** West, south, east, north of all shapes; null where there are none. */
export function boxOf({ features }: FeatureCollection): [number, number, number, number] | null {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of features) {
    if (!geometry || !("coordinates" in geometry)) continue;
    for (const [x = 0, y = 0] of positionsOf(geometry.coordinates)) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return box[0] <= box[2] ? box : null;
}

/** A dot in the middle of every shape, so that what is thinner than a pixel is found from afar. */
function dotsOf(shapes: FeatureCollection): FeatureCollection {
  const features = shapes.features.flatMap((feature) => {
    const box = boxOf({ type: "FeatureCollection", features: [feature] });
    if (!box) return [];
    return [{ ...feature, geometry: { type: "Point" as const, coordinates: [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] } }];
  });
  return { type: "FeatureCollection", features };
}

function layersOf(colours: FindingColours, outline: string) {
  const colour: ExpressionSpecification = ["match", ["get", "severity"], "fault", colours.fault, "warning", colours.warning, colours.note];
  return [
    { id: "file-line", type: "line" as const, source: "file", paint: { "line-color": outline, "line-width": 0.7 } },
    { id: "finding-fill", type: "fill" as const, source: "findings", paint: { "fill-color": colour, "fill-opacity": 0.35 } },
    { id: "finding-line", type: "line" as const, source: "findings", paint: { "line-color": colour, "line-width": 2 } },
    {
      id: "finding-dot",
      type: "circle" as const,
      source: "finding-dots",
      maxzoom: shapesAlone,
      paint: { "circle-color": colour, "circle-radius": ["interpolate", ["linear"], ["zoom"], 8, 1.6, 13, 4] as ExpressionSpecification },
    },
    {
      id: "finding-point",
      type: "circle" as const,
      source: "findings",
      filter: ["==", ["geometry-type"], "Point"] as ExpressionSpecification,
      paint: { "circle-color": colour, "circle-radius": 5, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5 },
    },
  ];
}

/** The map under a boundary report: what is loaded as outlines, and what was found upon it. */
export class FindingsMap {
  private readonly map: MapLibreMap;
  private readonly ready: Promise<void>;

  constructor(container: HTMLElement, palette: Palette, colours: FindingColours, label: string, onChoose: (number: number) => void) {
    this.map = new MapLibreMap({
      container,
      style: mapStyle(palette),
      center: [113, -7.5],
      zoom: 7,
      minZoom: 3,
      maxZoom: 20,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
      locale: { "Map.Title": label },
    });
    this.map.touchZoomRotate.disableRotation();
    this.ready = new Promise((resolve) => {
      this.map.once("style.load", () => {
        for (const source of ["file", "findings", "finding-dots"])
          this.map.addSource(source, { type: "geojson", data: empty, tolerance: 0.1 });
        for (const layer of layersOf(colours, palette.textSecond)) this.map.addLayer(layer);
        resolve();
      });
    });
    for (const layer of ["finding-fill", "finding-point", "finding-dot"]) {
      this.map.on("click", layer, (event) => {
        const number = event.features?.[0]?.properties?.number;
        if (typeof number === "number") onChoose(number);
      });
    }
  }

  async setShapes(shapes: FeatureCollection): Promise<void> {
    await this.ready;
    this.map.getSource<GeoJSONSource>("findings")?.setData(shapes);
    this.map.getSource<GeoJSONSource>("finding-dots")?.setData(dotsOf(shapes));
    this.fit(boxOf(shapes));
  }

  /** Draws the areas of a file that is not stored yet; null draws none. */
  async setFile(areas: FeatureCollection | null): Promise<void> {
    await this.ready;
    this.map.getSource<GeoJSONSource>("file")?.setData(areas ?? empty);
    if (areas) this.fit(boxOf(areas));
  }

  private fit(box: [number, number, number, number] | null): void {
    if (box) this.map.fitBounds(box, { padding: 24, maxZoom: 14, animate: false });
  }

  /** Brings a place into the middle, near enough to see a few metres. */
  async goTo(position: readonly [number, number]): Promise<void> {
    await this.ready;
    this.map.jumpTo({ center: [position[0], position[1]], zoom: Math.max(this.map.getZoom(), 15) });
  }

  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { duration: 150 });
  }

  remove(): void {
    this.map.remove();
  }
}
