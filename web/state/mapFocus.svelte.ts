import { areas, type Box } from "./areas.svelte.ts";

class MapFocus {
  /** The box that the map shall show next; a new one is a new wish. */
  box = $state.raw<Box | null>(null);

  /** Brings areas into view by their codes. */
  on(codes: readonly string[]): void {
    const wanted = new Set(codes);
    const boxes = [...areas.villages, ...areas.districts, ...areas.regencies]
      .filter(({ code }) => wanted.has(code))
      .map(({ bbox }) => bbox);
    const first = boxes[0];
    if (!first) return;
    this.box = boxes.reduce<Box>(
      (all, box) => [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])],
      first,
    );
  }
}

/** What a person has asked the map to show. */
export const mapFocus = new MapFocus();
