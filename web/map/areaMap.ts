import "maplibre-gl/dist/maplibre-gl.css";
import {
  type GeoJSONSource,
  type IControl,
  type LngLatBoundsLike,
  Map as MapLibreMap,
  type MapMouseEvent,
  Marker,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { Palette } from "../colour/palette.ts";
import type { Box } from "../state/areas.svelte.ts";
import { districtCodeOf, featureIdOf, villageCodeOf } from "./featureId.ts";
import { dotsImage, hatchImage } from "./hatch.ts";
import { IncidentOverlay, type IncidentPoints } from "./layers/incidentLayer.ts";
import { type PotentialPoint, potentialFeatures, potentialImages } from "./layers/potentialLayer.ts";
import { type Drawn, fillColour, mapStyle } from "./style.ts";

setWorkerUrl(workerUrl);

export interface Label {
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  /** Smaller is placed first. */
  readonly order: number;
}

export interface MapEvents {
  readonly onHover: (code: string | null, x: number, y: number) => void;
  readonly onSelect: (code: string | null) => void;
  readonly onMove: (longitude: number, latitude: number, zoom: number) => void;
}

const noClass = 255;

/** The map of areas. Geometry comes from tiles; everything else is told to it, and may be told before the map is ready. */
export class AreaMap {
  private readonly map: MapLibreMap;
  private readonly overlay = new IncidentOverlay();
  private readonly ready: Promise<void>;
  private palette: Palette;
  private codes: readonly string[] = [];
  private ids: Float64Array = new Float64Array(0);
  private painted: Uint8Array = new Uint8Array(0);
  private points: IncidentPoints | null = null;
  private hovered: number | null = null;
  private selected: number | null = null;
  private tag: Marker | null = null;
  private readonly drawn: Drawn;

  constructor(
    container: HTMLElement,
    palette: Palette,
    start: readonly [number, number, number] | null,
    label: string,
    events: MapEvents,
    drawn: Drawn = "villages",
  ) {
    this.palette = palette;
    this.drawn = drawn;
    this.map = new MapLibreMap({
      container,
      style: mapStyle(palette, drawn),
      center: start ? [start[0], start[1]] : [113, -7.5],
      zoom: start ? start[2] : 7,
      minZoom: 3,
      maxZoom: 16,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
      locale: { "Map.Title": label },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new ScaleControl({ maxWidth: 90 }), "bottom-left");
    this.map.setMissingStyleImageResolver(() => this.addImages());
    this.ready = new Promise((resolve) => {
      this.map.once("style.load", () => {
        this.overlay.addTo(this.map);
        resolve();
      });
    });
    this.listen(events);
  }

  private addImages(): void {
    const { hatchInk, hatchGround, coverage, potential, casing } = this.palette;
    const images = {
      hatch: hatchImage(hatchInk, hatchGround),
      dots: dotsImage(coverage.silent),
      ...potentialImages(potential, casing),
    };
    for (const [name, image] of Object.entries(images)) {
      if (this.map.hasImage(name)) this.map.updateImage(name, image);
      else this.map.addImage(name, image, { pixelRatio: 2 });
    }
  }

  private listen(events: MapEvents): void {
    const codeOf = this.drawn === "villages" ? villageCodeOf : districtCodeOf;
    const villageAt = (event: MapMouseEvent): number | null => {
      const id = this.map.getLayer("area-fill") && this.map.queryRenderedFeatures(event.point, { layers: ["area-fill"] })[0]?.id;
      return typeof id === "number" ? id : null;
    };
    this.map.on("mousemove", (event) => {
      const id = villageAt(event);
      this.hover(id);
      this.map.getCanvas().style.cursor = id === null ? "" : "pointer";
      events.onHover(id === null ? null : codeOf(id), event.point.x, event.point.y);
    });
    this.map.getCanvas().addEventListener("mouseleave", () => {
      this.hover(null);
      events.onHover(null, 0, 0);
    });
    this.map.on("click", (event) => {
      const id = villageAt(event);
      events.onSelect(id === null ? null : codeOf(id));
    });
    this.map.on("moveend", (event) => {
      const centre = this.map.getCenter();
      // Only what a person did goes into the address; fitting an area is not news.
      if (("originalEvent" in event && event.originalEvent) || "isByButton" in event)
        events.onMove(centre.lng, centre.lat, this.map.getZoom());
    });
  }

  private setState(id: number, state: Record<string, unknown>): void {
    this.map.setFeatureState({ source: this.drawn, sourceLayer: this.drawn, id }, state);
  }

  private hover(id: number | null): void {
    if (id === this.hovered) return;
    if (this.hovered !== null) this.setState(this.hovered, { hover: false });
    if (id !== null) this.setState(id, { hover: true });
    this.hovered = id;
  }

  /** Colours every village by its class, in the order of `codes`; only those whose class changed cost anything. Other villages lose theirs. */
  async setClasses(codes: readonly string[], classes: Uint8Array): Promise<void> {
    await this.ready;
    if (codes !== this.codes) this.takeVillages(codes);
    for (let i = 0; i < classes.length; i += 1) {
      if (classes[i] === this.painted[i]) continue;
      this.painted[i] = classes[i] as number;
      this.setState(this.ids[i] as number, { class: classes[i] });
    }
  }

  private takeVillages(codes: readonly string[]): void {
    for (const id of this.ids) this.setState(id, { class: -1 });
    this.codes = codes;
    this.ids = Float64Array.from(codes, featureIdOf);
    this.painted = new Uint8Array(codes.length).fill(noClass);
  }

  async setSelected(code: string | null): Promise<void> {
    await this.ready;
    if (this.selected !== null) this.setState(this.selected, { selected: false });
    this.selected = code === null ? null : featureIdOf(code);
    if (this.selected !== null) this.setState(this.selected, { selected: true });
  }

  /** Names the selected village on the map; null takes the tag away. */
  async setTag(tag: { readonly text: string; readonly lon: number; readonly lat: number } | null): Promise<void> {
    await this.ready;
    this.tag?.remove();
    this.tag = null;
    if (!tag) return;
    const element = document.createElement("div");
    element.className = "village-tag";
    element.textContent = tag.text;
    element.setAttribute("aria-hidden", "true");
    this.tag = new Marker({ element, anchor: "bottom", offset: [0, -2] }).setLngLat([tag.lon, tag.lat]).addTo(this.map);
  }

  async setLabels(level: "district" | "village", labels: readonly Label[]): Promise<void> {
    await this.ready;
    const features = labels.map(({ name, lon, lat, order }) => ({
      type: "Feature" as const,
      geometry: { type: "Point" as const, coordinates: [lon, lat] },
      properties: { name, order },
    }));
    this.map.getSource<GeoJSONSource>(`${level}-labels`)?.setData({ type: "FeatureCollection", features });
  }

  /** Draws the outline around the hotspots, given as lines of [longitude, latitude]. */
  async setHotspots(lines: readonly number[][][]): Promise<void> {
    await this.ready;
    this.map
      .getSource<GeoJSONSource>("hotspots")
      ?.setData({ type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: lines as number[][][] } });
  }

  /** Draws standing disputes, each in the shape of its stage and as strongly as it weighs. */
  async setPotentials(points: readonly PotentialPoint[]): Promise<void> {
    await this.ready;
    this.map.getSource<GeoJSONSource>("potentials")?.setData(potentialFeatures(points));
  }

  async setIncidents(points: IncidentPoints | null): Promise<void> {
    await this.ready;
    this.points = points;
    this.overlay.show(points, this.palette);
  }

  /** Takes the colours of another theme. */
  async setPalette(palette: Palette): Promise<void> {
    await this.ready;
    this.palette = palette;
    this.addImages();
    for (const layer of mapStyle(palette, this.drawn).layers) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        if (name.endsWith("-color") && name !== "fill-color") this.map.setPaintProperty(layer.id, name as "line-color", value);
      }
    }
    this.map.setPaintProperty("area-fill", "fill-color", fillColour(palette));
    this.overlay.show(this.points, palette);
  }

  /** Lays an overlay of its own over the map, and pales the areas beneath it. */
  async lay(control: IControl, fillOpacity: number): Promise<void> {
    await this.ready;
    this.map.addControl(control);
    this.map.setPaintProperty("area-fill", "fill-opacity", fillOpacity);
  }

  /** Shows a box as large as it fits. */
  fit(box: Box, isMoving = false): void {
    this.map.fitBounds([box[0], box[1], box[2], box[3]] as LngLatBoundsLike, { padding: 24, animate: isMoving, duration: 200 });
  }

  /** Brings a place into view when it is not. */
  show(box: Box): void {
    const seen = this.map.getBounds();
    if (!seen.contains([box[0], box[1]]) || !seen.contains([box[2], box[3]]))
      this.map.panTo([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], { duration: 200 });
  }

  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { duration: 150 }, { isByButton: true });
  }

  remove(): void {
    this.map.remove();
  }
}
