import type { Map as MapLibreMap } from "maplibre-gl";

/** A copy of the map as it is drawn next; a moment later its own picture is gone from memory. */
export function takePicture(map: MapLibreMap): Promise<HTMLCanvasElement> {
  return new Promise((resolve, reject) => {
    map.once("render", () => {
      const drawn = map.getCanvas();
      const copy = document.createElement("canvas");
      copy.width = drawn.width;
      copy.height = drawn.height;
      const context = copy.getContext("2d");
      if (!context) return reject(new Error("no 2d context"));
      context.drawImage(drawn, 0, 0);
      resolve(copy);
    });
    map.triggerRepaint();
  });
}
