import type { Map as MapLibreMap } from "maplibre-gl";
import type { Level } from "../state/view.ts";
import type { Drawn } from "./style.ts";

/** The layers that draw each mark. */
type LayersOf = Readonly<Record<"hover" | "selected", readonly string[]>>;

/** The lines around the area that is hovered and the one that is selected. Their tiles are fetched with the first of them. */
export class AreaMarks {
  private readonly map: MapLibreMap;
  private readonly collection: string;
  private readonly layersOf: LayersOf;
  private readonly marked = new Map<keyof LayersOf, number>();

  constructor(map: MapLibreMap, collection: string, layersOf: LayersOf) {
    this.map = map;
    this.collection = collection;
    this.layersOf = layersOf;
  }

  /** Marks one area in place of the one before; null marks none. */
  mark(name: keyof LayersOf, id: number | null): void {
    const before = this.marked.get(name) ?? null;
    if (before === id) return;
    if (before !== null) this.set(before, { [name]: false });
    if (id === null) this.marked.delete(name);
    else {
      for (const layer of this.layersOf[name]) this.map.setLayoutProperty(layer, "visibility", "visible");
      this.set(id, { [name]: true });
      this.marked.set(name, id);
    }
  }

  private set(id: number, state: Record<string, boolean>): void {
    this.map.setFeatureState({ source: `${this.collection}-marks`, sourceLayer: this.collection, id }, state);
  }
}

/** The marks of the areas of every level; only those that the map is of can be selected. */
export function marksOf(map: MapLibreMap, drawn: Drawn): Record<Level, AreaMarks> {
  const own = new AreaMarks(map, drawn, { hover: ["hover-line"], selected: ["selected-casing", "selected-line"] });
  const coarse = (collection: string) => new AreaMarks(map, collection, { hover: [`${collection}-hover`], selected: [] });
  return { village: own, district: drawn === "districts" ? own : coarse("districts"), regency: coarse("regencies") };
}
