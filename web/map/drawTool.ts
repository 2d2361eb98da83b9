import type { Map as MapLibreMap, MapMouseEvent } from "maplibre-gl";

export type DrawMode = "box" | "lasso" | "measure";
type Corner = [number, number];

export interface DrawEvents {
  /** What is drawn so far, or at last. */
  readonly onShape: (corners: readonly Corner[], isDone: boolean) => void;
  /** The tool was given up, or has done its work. */
  readonly onEnd: () => void;
}

/** A line is kept to so many corners: the address carries them. */
const mostCorners = 48;
const leastPixels = 6;

/** Every so many-th corner, so that a line drawn by hand has no more corners than may be kept. */
function thinned(corners: readonly Corner[]): Corner[] {
  const step = Math.ceil(corners.length / mostCorners);
  return corners.filter((_, at) => at % step === 0);
}

/** Lets a person draw a box, a free line or a chain of points upon a map, until it is done or Escape is pressed. Returns what ends it. */
export function drawUpon(map: MapLibreMap, mode: DrawMode, events: DrawEvents): () => void {
  let corners: Corner[] = [];
  let start: MapMouseEvent["point"] | null = null;
  const canvas = map.getCanvas();
  const at = (x: number, y: number): Corner => {
    const { lng, lat } = map.unproject([x, y]);
    return [lng, lat];
  };

  const down = (event: MapMouseEvent): void => {
    if (mode === "measure") return;
    event.preventDefault();
    start = event.point;
    corners = [at(start.x, start.y)];
  };
  const move = (event: MapMouseEvent): void => {
    if (!start) return;
    const { x, y } = event.point;
    if (mode === "box") corners = [at(start.x, start.y), at(x, start.y), at(x, y), at(start.x, y)];
    else corners.push(at(x, y));
    events.onShape(corners, false);
  };
  const up = (event: MapMouseEvent): void => {
    if (!start) return;
    const isDrawn = Math.hypot(event.point.x - start.x, event.point.y - start.y) > leastPixels || corners.length > 8;
    start = null;
    if (isDrawn && corners.length >= 3) events.onShape(thinned(corners), true);
    events.onEnd();
  };
  const add = (corner: Corner): void => {
    corners = [...corners, corner];
    events.onShape(corners, false);
  };
  const click = (event: MapMouseEvent): void => {
    if (mode === "measure") add([event.lngLat.lng, event.lngLat.lat]);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      events.onEnd();
    }
    if (event.key === "Enter" && mode === "measure" && document.activeElement === canvas) {
      const { lng, lat } = map.getCenter();
      add([lng, lat]);
    }
  };

  map.on("mousedown", down);
  map.on("mousemove", move);
  map.on("mouseup", up);
  map.on("click", click);
  window.addEventListener("keydown", key, true);
  canvas.style.cursor = "crosshair";
  canvas.focus();
  return () => {
    map.off("mousedown", down);
    map.off("mousemove", move);
    map.off("mouseup", up);
    map.off("click", click);
    window.removeEventListener("keydown", key, true);
    canvas.style.cursor = "";
  };
}

/** Metres along a chain of corners, on the sphere (haversine; within 0.5% of the ellipsoid). */
export function metresAlong(corners: readonly (readonly [number, number])[]): number {
  const radians = Math.PI / 180;
  let metres = 0;
  for (let i = 1; i < corners.length; i += 1) {
    const [a, b] = [corners[i - 1] as Corner, corners[i] as Corner];
    const across = Math.sin(((b[0] - a[0]) * radians) / 2) ** 2 * Math.cos(a[1] * radians) * Math.cos(b[1] * radians);
    metres += 2 * 6_371_008.8 * Math.asin(Math.sqrt(Math.sin(((b[1] - a[1]) * radians) / 2) ** 2 + across));
  }
  return metres;
}
