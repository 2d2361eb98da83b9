import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

/**
 * Fetches the map library and the script of its threads before a screen asks for them, one after the other: over a slow line each of these steps would wait for
 * the one before. What fails here is asked for again by the screen, which tells of it.
 */
export function fetchMapAhead(): void {
  void import("./areaMap.ts").catch(() => undefined);
  void fetch(workerUrl).catch(() => undefined);
}
