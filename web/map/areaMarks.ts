import type { Map as MapLibreMap } from "maplibre-gl";
import type { Drawn } from "./style.ts";

const layersOf = { hover: ["hover-line"], selected: ["selected-casing", "selected-line"] } as const;

/** The lines around the area that is hovered and the one that is selected. Their tiles are fetched with the first of them. */
export class AreaMarks {
  private readonly map: MapLibreMap;
  private readonly sourceLayer: Drawn;
  private readonly marked = new Map<keyof typeof layersOf, number>();

  constructor(map: MapLibreMap, sourceLayer: Drawn) {
    this.map = map;
    this.sourceLayer = sourceLayer;
  }

  /** Marks one area in place of the one before; null marks none. */
  mark(name: keyof typeof layersOf, id: number | null): void {
    const before = this.marked.get(name) ?? null;
    if (before === id) return;
    if (before !== null) this.set(before, { [name]: false });
    if (id === null) this.marked.delete(name);
    else {
      for (const layer of layersOf[name]) this.map.setLayoutProperty(layer, "visibility", "visible");
      this.set(id, { [name]: true });
      this.marked.set(name, id);
    }
  }

  private set(id: number, state: Record<string, boolean>): void {
    this.map.setFeatureState({ source: "marks", sourceLayer: this.sourceLayer, id }, state);
  }
}
