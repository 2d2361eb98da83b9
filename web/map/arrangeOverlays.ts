import type { Map as MapLibreMap } from "maplibre-gl";
import { type Overlay, overlayIds } from "../state/overlays.ts";
import { opacityPaint, overlayLabels, overlayLayers } from "./layers/findingStyle.ts";

const underSelection = "selected-casing";

/**
 * Shows the layers on top in their order and as strongly as wished, and hides the others. Returns the layer that incidents lie under, and how strongly they are
 * drawn: those are no layers of the map's own.
 */
export function arrangeOverlays(map: MapLibreMap, overlays: readonly Overlay[]): { readonly beforeId: string; readonly opacity: number } {
  const shown = new Map(overlays.map((overlay) => [overlay.id, overlay]));
  for (const id of overlayIds) {
    const overlay = shown.get(id);
    for (const layer of [...overlayLayers[id], overlayLabels[id] ?? []].flat()) {
      map.setLayoutProperty(layer, "visibility", overlay ? "visible" : "none");
      const type = map.getLayer(layer)?.type ?? "line";
      for (const [name, value] of overlay ? opacityPaint(layer, type, overlay.opacity / 100) : [])
        map.setPaintProperty(layer, name as "line-opacity", value as number);
    }
  }
  for (const { id } of overlays) for (const layer of overlayLayers[id]) map.moveLayer(layer, underSelection);
  const above = overlays.slice(overlays.findIndex(({ id }) => id === "kejadian") + 1).flatMap(({ id }) => overlayLayers[id])[0];
  return { beforeId: above ?? underSelection, opacity: (shown.get("kejadian")?.opacity ?? 100) / 100 };
}
