import type { Map as MapLibreMap } from "maplibre-gl";
import type { Level } from "../state/view.ts";
import { featureIdOf } from "./featureId.ts";

const noClass = 255;

/** What the areas of one set of tiles are drawn as: class, and whether they step back. Only what changed costs anything. */
export class AreaStates {
  private readonly map: MapLibreMap;
  private readonly source: string;
  private codes: readonly string[] = [];
  private ids: Float64Array = new Float64Array(0);
  private painted: Uint8Array = new Uint8Array(0);
  private dimmed: Uint8Array = new Uint8Array(0);

  constructor(map: MapLibreMap, source: string) {
    this.map = map;
    this.source = source;
  }

  private set(id: number, state: Record<string, unknown>): void {
    this.map.setFeatureState({ source: this.source, sourceLayer: this.source, id }, state);
  }

  /** Colours every area by its class, in the order of `codes`. Areas that are no longer among them lose theirs. */
  paint(codes: readonly string[], classes: Uint8Array): void {
    if (codes !== this.codes) this.take(codes);
    for (let i = 0; i < classes.length; i += 1) {
      if (classes[i] === this.painted[i]) continue;
      this.painted[i] = classes[i] as number;
      this.set(this.ids[i] as number, { class: classes[i] });
    }
  }

  private take(codes: readonly string[]): void {
    if (this.ids.length > 0) this.map.removeFeatureState({ source: this.source, sourceLayer: this.source });
    this.codes = codes;
    this.ids = Float64Array.from(codes, featureIdOf);
    this.painted = new Uint8Array(codes.length).fill(noClass);
    this.dimmed = new Uint8Array(codes.length);
  }

  /** Lets those step back that were not chosen; null chooses none, and all stand as they are. */
  choose(chosen: Uint8Array | null): void {
    for (let i = 0; i < this.ids.length; i += 1) {
      const isDim = chosen !== null && chosen[i] !== 1 ? 1 : 0;
      if (isDim === this.dimmed[i]) continue;
      this.dimmed[i] = isDim;
      this.set(this.ids[i] as number, { dim: isDim === 1 });
    }
  }
}

/** The states of the areas of every level. */
export const statesOf = (map: MapLibreMap): Record<Level, AreaStates> => ({
  village: new AreaStates(map, "villages"),
  district: new AreaStates(map, "districts"),
  regency: new AreaStates(map, "regencies"),
});
