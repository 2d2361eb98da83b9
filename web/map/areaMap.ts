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
import { coverageClasses, unknownClass } from "../colour/classes.ts";
import type { Palette } from "../colour/palette.ts";
import type { Box } from "../state/areas.svelte.ts";
import { firstMap } from "../state/firstMap.ts";
import type { Overlay } from "../state/overlays.ts";
import type { Level } from "../state/view.ts";
import { type Label, labelFeatures } from "./areaLabel.ts";
import { type AreaMarks, marksOf } from "./areaMarks.ts";
import { type AreaStates, statesOf } from "./areaStates.ts";
import { arrangeOverlays } from "./arrangeOverlays.ts";
import { districtCodeOf, featureIdOf, regencyCodeOf, villageCodeOf } from "./featureId.ts";
import type { findingSources } from "./layers/findingStyle.ts";
import { IncidentOverlay, type IncidentPoints } from "./layers/incidentLayer.ts";
import { type PotentialPoint, potentialFeatures } from "./layers/potentialLayer.ts";
import { addImages } from "./mapImages.ts";
import { takePicture } from "./picture.ts";
import { type Drawn, mapStyle } from "./style.ts";

setWorkerUrl(workerUrl);

export interface MapEvents {
  readonly onHover: (code: string | null, x: number, y: number) => void;
  readonly onSelect: (code: string | null) => void;
  readonly onMove: (longitude: number, latitude: number, zoom: number) => void;
  /** The zoom as it is after every move, also one that no person made. */
  readonly onZoom?: (zoom: number) => void;
}

type Shapes = Parameters<GeoJSONSource["setData"]>[0];

const sourceOf = { village: "villages", district: "districts", regency: "regencies" } as const;
const codeOfId = { village: villageCodeOf, district: districtCodeOf, regency: regencyCodeOf } as const;

/** The map of areas. Geometry comes from tiles; everything else is told to it, and may be told before the map is ready. */
export class AreaMap {
  private readonly map: MapLibreMap;
  private readonly overlay = new IncidentOverlay();
  private readonly ready: Promise<void>;
  private palette: Palette;
  private readonly states: Record<Level, AreaStates>;
  private readonly marks: Record<Level, AreaMarks>;
  private incidents: readonly [IncidentPoints | null, readonly [number, number]] = [null, [0, 0]];
  private tag: Marker | null = null;
  private readonly drawn: Drawn;
  private level: Level;
  private readonly isShown = new Map<string, boolean>();
  private isColoured = false;
  /** What a person draws goes first; then areas do not answer to the mouse. */
  isDrawing = false;

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
    this.level = drawn === "villages" ? "village" : "district";
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
    this.states = statesOf(this.map);
    this.marks = marksOf(this.map, drawn);
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new ScaleControl({ maxWidth: 90 }), "bottom-left");
    this.map.setMissingStyleImageResolver(() => addImages(this.map, this.palette));
    this.ready = new Promise((resolve) => {
      this.map.once("style.load", () => {
        this.overlay.addTo(this.map);
        resolve();
      });
    });
    this.listen(events);
  }

  /** The library's map, for tools that draw upon it; they wait until it is ready. */
  async whenReady(): Promise<MapLibreMap> {
    await this.ready;
    return this.map;
  }

  private listen(events: MapEvents): void {
    const areaAt = (event: MapMouseEvent): number | null => {
      const layer = this.isMarked ? "area-fill" : `${sourceOf[this.level]}-fill`;
      const isThere = !this.isDrawing && this.map.getLayer(layer);
      const id = isThere && this.map.queryRenderedFeatures(event.point, { layers: [layer] })[0]?.id;
      return typeof id === "number" ? id : null;
    };
    this.map.on("mousemove", (event) => {
      const id = areaAt(event);
      this.hover(id);
      if (!this.isDrawing) this.map.getCanvas().style.cursor = id === null ? "" : "pointer";
      events.onHover(id === null ? null : codeOfId[this.level](id), event.point.x, event.point.y);
    });
    this.map.getCanvas().addEventListener("mouseleave", () => {
      this.hover(null);
      events.onHover(null, 0, 0);
    });
    this.map.on("click", (event) => {
      if (this.isDrawing) return;
      const id = areaAt(event);
      events.onSelect(id === null ? null : codeOfId[this.level](id));
    });
    this.map.on("moveend", (event) => {
      const centre = this.map.getCenter();
      // Only what a person did goes into the address; fitting an area is not news.
      if (("originalEvent" in event && event.originalEvent) || "isByButton" in event)
        events.onMove(centre.lng, centre.lat, this.map.getZoom());
      events.onZoom?.(this.map.getZoom());
    });
  }

  /** Whether the areas that are coloured are those that the map is of. */
  private get isMarked(): boolean {
    return this.level === "village" || this.drawn === "districts";
  }

  private hover(id: number | null): void {
    this.marks[this.level].mark("hover", id);
  }

  private showLayer(layer: string, isShown: boolean): void {
    // Told again, the whole style would be gone through once more.
    if (this.isShown.get(layer) === isShown || !this.map.getLayer(layer)) return;
    this.isShown.set(layer, isShown);
    this.map.setLayoutProperty(layer, "visibility", isShown ? "visible" : "none");
  }

  /** Colours every area of a level by its class, in the order of `codes`, and shows that level; only what changed costs anything. */
  async setClasses(
    codes: readonly string[],
    classes: Uint8Array,
    level: Level = this.drawn === "villages" ? "village" : "district",
  ): Promise<void> {
    await this.ready;
    if (level !== this.level) this.showLevel(level);
    this.states[level].paint(codes, classes);
    // A pattern that nothing has would still be drawn, invisibly, with every change of a class.
    if (codes.length > 0) {
      const hasUnknown = classes.includes(unknownClass);
      this.showLayer("area-hatch", this.isMarked && hasUnknown);
      if (!this.isMarked) this.showLayer(`${sourceOf[level]}-hatch`, hasUnknown);
      this.showLayer("area-dots", this.isMarked && classes.includes(coverageClasses.late));
    }
    if (!this.isColoured && codes.length > 0) this.map.once("idle", () => firstMap.isDrawn());
    this.isColoured ||= codes.length > 0;
  }

  /** Shows the areas of a level, coloured or not yet. */
  async setLevel(level: Level): Promise<void> {
    await this.ready;
    if (level !== this.level) this.showLevel(level);
  }

  private showLevel(level: Level): void {
    this.hover(null);
    this.level = level;
    for (const layer of ["area-fill", "area-hatch", "area-dots", "village-lines"]) this.showLayer(layer, level === "village");
    this.showLayer("district-lines", level !== "regency");
    for (const coarse of ["district", "regency"] as const) {
      this.showLayer(`${sourceOf[coarse]}-fill`, level === coarse);
      if (level !== coarse) this.showLayer(`${sourceOf[coarse]}-hatch`, false);
    }
  }

  /** Lets villages step back that were not chosen, in the order of the codes painted; null: none is chosen. */
  async setChosen(chosen: Uint8Array | null): Promise<void> {
    await this.ready;
    this.states.village.choose(chosen);
  }

  async setSelected(code: string | null): Promise<void> {
    await this.ready;
    this.marks.village.mark("selected", code === null ? null : featureIdOf(code));
  }

  /** Shows the layers on top in their order and as strongly as wished; hides the others. */
  async setOverlays(overlays: readonly Overlay[]): Promise<void> {
    await this.ready;
    const { beforeId, opacity } = arrangeOverlays(this.map, overlays);
    this.overlay.place(beforeId, opacity);
  }

  /** Draws what a process found, the ring around the area, or what a person draws. */
  async setShapes(source: keyof typeof findingSources, shapes: Shapes): Promise<void> {
    await this.ready;
    this.map.getSource<GeoJSONSource>(source)?.setData(shapes);
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

  async setLabels(level: Level, labels: readonly Label[]): Promise<void> {
    await this.ready;
    this.map.getSource<GeoJSONSource>(`${level}-labels`)?.setData(labelFeatures(labels));
  }

  /** Draws the outline around the hotspots, given as lines of [longitude, latitude]. */
  async setHotspots(lines: readonly number[][][]): Promise<void> {
    await this.ready;
    const geometry = { type: "MultiLineString" as const, coordinates: lines as number[][][] };
    this.map.getSource<GeoJSONSource>("hotspots")?.setData({ type: "Feature", properties: {}, geometry });
  }

  /** Draws standing disputes, each in the shape of its stage and as strongly as it weighs. */
  async setPotentials(points: readonly PotentialPoint[]): Promise<void> {
    await this.ready;
    this.map.getSource<GeoJSONSource>("potentials")?.setData(potentialFeatures(points));
  }

  async setIncidents(points: IncidentPoints | null, days: readonly [number, number]): Promise<void> {
    await this.ready;
    this.incidents = [points, days];
    this.overlay.show(points, days, this.palette);
  }

  /** Takes the colours of another theme. */
  async setPalette(palette: Palette): Promise<void> {
    await this.ready;
    this.palette = palette;
    addImages(this.map, palette);
    for (const layer of mapStyle(palette, this.drawn).layers)
      for (const [name, value] of Object.entries(layer.paint ?? {}))
        if (name.endsWith("-color")) this.map.setPaintProperty(layer.id, name as "line-color", value);
    this.overlay.show(...this.incidents, palette);
  }

  /** Lays an overlay of its own over the map, and pales the areas beneath it. */
  async lay(control: IControl, fillOpacity: number): Promise<void> {
    await this.ready;
    this.map.addControl(control);
    this.map.setPaintProperty("area-fill", "fill-opacity", fillOpacity);
  }

  /** Shows the same part of the world as another map, from now on. */
  follow(other: AreaMap): void {
    const copy = (): unknown => this.map.jumpTo({ center: other.map.getCenter(), zoom: other.map.getZoom() });
    copy();
    other.map.on("move", copy);
    this.map.once("remove", () => other.map.off("move", copy));
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

  /** The map as it stands now, for a sheet of its own. */
  picture = (): Promise<HTMLCanvasElement> => takePicture(this.map);

  remove(): void {
    this.map.remove();
  }
}
