import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Palette } from "../../colour/palette.ts";
import type { OverlayId } from "../../state/overlays.ts";

/** The map's layers that each layer on top is made of, from the ground up. Incidents are a layer of our own that finds its place by itself. */
export const overlayLayers: Readonly<Record<OverlayId, readonly string[]>> = {
  tepi: ["ring-line"],
  kerapatan: ["density-fill", "density-line"],
  gerombol: ["scan-casing", "scan-line"],
  gi: ["hotspot-casing", "hotspot-line"],
  gugus: ["point-cluster-fill", "point-cluster-line", "point-cluster-dot"],
  lonjakan: ["surge-mark"],
  kejadian: [],
  potensi: ["potentials"],
};

/** Their labels, which stay above everything that might hide them. */
export const overlayLabels: Partial<Record<OverlayId, string>> = { kerapatan: "density-label", gerombol: "scan-label" };

/** How strongly each is drawn at full opacity, where that is not 1. */
const usualOpacity: Readonly<Record<string, number>> = { "density-fill": 0.13, "point-cluster-fill": 0.25 };

/** The paint that a layer's opacity is, at a share of its usual strength. */
export function opacityPaint(id: string, type: string, share: number): readonly [string, number | ExpressionSpecification][] {
  const value = (usualOpacity[id] ?? 1) * share;
  if (id === "potentials") return [["icon-opacity", ["*", ["get", "weight"], share]]];
  if (type === "symbol")
    return [
      ["icon-opacity", value],
      ["text-opacity", value],
    ];
  return type === "circle"
    ? [
        ["circle-opacity", value],
        ["circle-stroke-opacity", value],
      ]
    : [[`${type}-opacity`, value]];
}

const font = ["Inter SemiBold"];
const rounded = { "line-join": "round", "line-cap": "round" } as const;
const empty = { type: "geojson" as const, data: { type: "FeatureCollection" as const, features: [] } };

/** Sources of what processes found, of the ring around the area, and of what a person draws. */
export const findingSources = {
  density: empty,
  scan: empty,
  "scan-labels": empty,
  "point-clusters": empty,
  surge: empty,
  ring: empty,
  drawn: empty,
  measure: empty,
} as const;

/** Layers of what processes found, of the ring around the area, and of what a person draws. */
export function findingLayers(palette: Palette): LayerSpecification[] {
  const { finding, casing, accent, text, textSecond } = palette;
  const line = (id: string, source: string, colour: string, width: number | ExpressionSpecification, more: object = {}) =>
    ({ id, type: "line", source, layout: rounded, paint: { "line-color": colour, "line-width": width, ...more } }) as LayerSpecification;
  const label = (id: string, source: string, colour: string, layout: object) =>
    ({
      id,
      type: "symbol",
      source,
      layout: { "text-field": ["get", "text"], "text-font": font, "text-size": 11, "text-padding": 2, ...layout },
      paint: { "text-color": colour, "text-halo-color": casing, "text-halo-width": 1.8 },
    }) as LayerSpecification;
  const isFirst: ExpressionSpecification = ["==", ["get", "rank"], 1];
  return [
    { id: "density-fill", type: "fill", source: "density", paint: { "fill-color": finding.density, "fill-opacity": 0.2 } },
    line("density-line", "density", finding.density, 1, { "line-dasharray": [4, 2] }),
    label("density-label", "density", finding.density, { "symbol-placement": "line", "symbol-spacing": 320 }),
    line("ring-line", "ring", textSecond, 1, { "line-dasharray": [2, 2] }),
    line("scan-casing", "scan", casing, ["case", isFirst, 6, 4.5]),
    line("scan-line", "scan", finding.scan, ["case", isFirst, 3, 1.8]),
    label("scan-label", "scan-labels", finding.scan, {
      "text-size": 11.5,
      "symbol-sort-key": ["get", "rank"],
      "text-max-width": 30,
      "text-variable-anchor": ["bottom", "top", "left", "right"],
      "text-radial-offset": 0.6,
    }),
    {
      id: "point-cluster-fill",
      type: "fill",
      source: "point-clusters",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": finding.cluster, "fill-opacity": 0.25 },
    },
    line("point-cluster-line", "point-clusters", finding.cluster, 2),
    {
      id: "point-cluster-dot",
      type: "circle",
      source: "point-clusters",
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 9,
        "circle-color": "transparent",
        "circle-stroke-color": finding.cluster,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "surge-mark",
      type: "symbol",
      source: "surge",
      layout: {
        "icon-image": "surge",
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "icon-offset": [0, -6],
        "text-field": ["get", "text"],
        "text-font": font,
        "text-size": 11,
        "text-anchor": "left",
        "text-offset": [0.9, -0.6],
        "text-allow-overlap": true,
      },
      paint: { "text-color": finding.surge, "text-halo-color": casing, "text-halo-width": 1.8 },
    },
    { id: "drawn-fill", type: "fill", source: "drawn", paint: { "fill-color": accent, "fill-opacity": 0.08 } },
    line("drawn-line", "drawn", accent, 1.8, { "line-dasharray": [3, 2] }),
    line("measure-line", "measure", text, 2),
    {
      id: "measure-dot",
      type: "circle",
      source: "measure",
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 3.5, "circle-color": text, "circle-stroke-color": casing, "circle-stroke-width": 1.5 },
    },
  ];
}

/** A triangle that points up, for screens with two dots a pixel. */
export function surgeImage(ink: string, paper: string): ImageData {
  const side = 34;
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.beginPath();
  context.moveTo(side / 2, 5);
  context.lineTo(side - 5, side - 6);
  context.lineTo(5, side - 6);
  context.closePath();
  context.lineJoin = "round";
  context.lineWidth = 5;
  context.strokeStyle = paper;
  context.stroke();
  context.fillStyle = ink;
  context.fill();
  return context.getImageData(0, 0, side, side);
}
