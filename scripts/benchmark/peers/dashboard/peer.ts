import "maplibre-gl/dist/maplibre-gl.css";
import { GeoJsonLayer } from "@deck.gl/layers";
import { MapLibreOverlay } from "@deck.gl/maplibre";
import { type ExpressionSpecification, type GeoJSONSource, Map as MapLibreMap, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

setWorkerUrl(workerUrl);

interface Village {
  readonly type: "Feature";
  readonly geometry: never;
  properties: { at: number; class: number };
}

/** What the benchmark calls: the next step of the slider, drawn when the promise is kept. */
declare global {
  interface Window {
    step: () => Promise<void>;
  }
}

const colours = ["#fcf2a9", "#f4cd69", "#eba555", "#df7c50", "#c65b4a", "#9e4540", "#71372e"];
const query = new URLSearchParams(window.location.search);
const box = (query.get("box") ?? "").split(",").map(Number) as [number, number, number, number];
const classOf = (at: number, step: number): number => (at * 5 + step) % colours.length;
const villages = (await (await fetch("villages.geojson")).json()) as { type: "FeatureCollection"; features: Village[] };
villages.features.forEach((village, at) => {
  village.properties = { at, class: classOf(at, 0) };
});

const map = new MapLibreMap({
  container: "map",
  style: { version: 8, sources: {}, layers: [{ id: "land", type: "background", paint: { "background-color": "#e9ecef" } }] },
  fadeDuration: 0,
  attributionControl: false,
  bounds: box,
  fitBoundsOptions: { padding: 24 },
});
const drawn = (): Promise<void> => new Promise((done) => map.once("idle", () => done()));
await new Promise<void>((done) => map.once("load", () => done()));

if (query.get("peer") === "maplibre") {
  const fill = ["at", ["get", "class"], ["literal", colours]] as unknown as ExpressionSpecification;
  map.addSource("villages", { type: "geojson", data: villages });
  map.addLayer({ id: "fill", type: "fill", source: "villages", paint: { "fill-color": ["to-color", fill] } });
  map.addLayer({ id: "line", type: "line", source: "villages", paint: { "line-color": "#ffffff", "line-width": 0.4 } });
} else {
  const overlay = new MapLibreOverlay({ interleaved: true, layers: [] });
  map.addControl(overlay);
  const rgb = colours.map((hex) => [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16)) as [number, number, number]);
  window.step = async () => undefined;
  const show = (step: number): void =>
    overlay.setProps({
      layers: [
        new GeoJsonLayer({
          id: "villages",
          data: villages as never,
          getFillColor: (village) => rgb[classOf((village as unknown as Village).properties.at, step)] ?? [0, 0, 0],
          getLineColor: [255, 255, 255],
          getLineWidth: 0.4,
          lineWidthUnits: "pixels",
          updateTriggers: { getFillColor: step },
        }),
      ],
    });
  let step = 0;
  show(step);
  window.step = async () => {
    step += 1;
    show(step);
    map.triggerRepaint();
    await drawn();
  };
}
if (query.get("peer") === "maplibre") {
  let step = 0;
  window.step = async () => {
    step += 1;
    for (const village of villages.features) village.properties.class = classOf(village.properties.at, step);
    map.getSource<GeoJSONSource>("villages")?.setData(villages);
    await drawn();
  };
}
await drawn();
performance.mark("map-coloured");
