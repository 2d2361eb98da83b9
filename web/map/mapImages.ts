import type { Map as MapLibreMap } from "maplibre-gl";
import type { Palette } from "../colour/palette.ts";
import { dotsImage, hatchImage } from "./hatch.ts";
import { surgeImage } from "./layers/findingStyle.ts";
import { potentialImages } from "./layers/potentialLayer.ts";

/** Gives a map its patterns and signs in the colours of a theme. */
export function addImages(map: MapLibreMap, { hatchInk, hatchGround, coverage, potential, casing, finding }: Palette): void {
  const images = {
    hatch: hatchImage(hatchInk, hatchGround),
    dots: dotsImage(coverage.silent),
    surge: surgeImage(finding.surge, casing),
    ...potentialImages(potential, casing),
  };
  for (const [name, image] of Object.entries(images)) {
    if (map.hasImage(name)) map.updateImage(name, image);
    else map.addImage(name, image, { pixelRatio: 2 });
  }
}
