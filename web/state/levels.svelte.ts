import { areas } from "./areas.svelte.ts";
import { view } from "./view.svelte.ts";
import type { FillLayer, Level } from "./view.ts";

/** An area smaller than so many pixels across cannot be told from its neighbours. */
const leastPixels = 8;
/** The share of a box around areas that they fill. */
const filledShare = 0.55;
/** Colourings of single villages that no sum or median stands for. */
const ofVillagesOnly: readonly FillLayer[] = ["coverage", "emerging", "certainty"];

class Levels {
  zoom = $state(9);
  /** The middle width of a village and of a kecamatan of the chosen area, in degrees. */
  private widths = $derived.by(() => {
    const box = areas.box;
    const room = box ? (box[2] - box[0]) * (box[3] - box[1]) * filledShare : 0;
    const villages = areas.chosen.reduce((sum, regency) => sum + regency.villages, 0);
    return { village: Math.sqrt(room / Math.max(1, villages)), district: Math.sqrt(room / Math.max(1, areas.districts.length)) };
  });

  /** Whether the chosen colouring can be told of larger areas at all. */
  canBeCoarse = $derived(!ofVillagesOnly.includes(view.fill));
  private byZoom = $derived.by((): Level => {
    const pixelsPerDegree = (512 * 2 ** this.zoom) / 360;
    if (this.widths.village * pixelsPerDegree >= leastPixels) return "village";
    return areas.chosen.length > 1 && this.widths.district * pixelsPerDegree < leastPixels ? "regency" : "district";
  });
  /** The areas that are coloured now. */
  shown = $derived.by((): Level => {
    if (!this.canBeCoarse) return "village";
    if (view.level === "auto") return this.byZoom;
    return view.level;
  });
}

/** Which areas the map colours: by zoom, unless a person chose. */
export const levels = new Levels();
