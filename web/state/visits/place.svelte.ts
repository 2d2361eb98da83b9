import { classesOf, riskBreaks, unknownClass } from "../../colour/classes.ts";
import { areas } from "../areas.svelte.ts";
import { values } from "../values.svelte.ts";
import { villages } from "../villages.svelte.ts";

class VisitPlaces {
  private readonly boxes = $derived(new Map(areas.villages.map((village) => [village.code, village])));
  /** How each village is coloured: by its published score. */
  readonly classes = $derived.by(() => {
    const risk = values.risk?.columns;
    const codes = values.names?.codes ?? [];
    const classes = classesOf(
      Float64Array.from(codes, (_, index) => risk?.score[index] ?? Number.NaN),
      riskBreaks,
    );
    risk?.band.forEach((band, index) => {
      if (band === "DATA KURANG" && index < classes.length) classes[index] = unknownClass;
    });
    return classes;
  });

  /** Longitude and latitude of the middle of a village; null where it is not known. */
  middle(code: string): readonly [number, number] | null {
    const box = this.boxes.get(code)?.bbox;
    return box ? [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] : null;
  }

  name(code: string): string {
    return this.boxes.get(code)?.name ?? villages.area(code)?.name ?? code;
  }

  district(code: string): string {
    return areas.districts.find((district) => district.code === code.slice(0, 8))?.name ?? values.names?.districts[code.slice(0, 8)] ?? "";
  }
}

/** Names, places and colours of the villages that are visited. */
export const visitPlaces = new VisitPlaces();
