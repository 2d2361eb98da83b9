import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { coverageClasses, emergingClasses, pairClass, suppressedClass, unknownClass, zeroClass } from "../colour/classes.ts";
import { type Palette, rgbOf } from "../colour/palette.ts";
import { inOrder } from "./layerOrder.ts";
import { findingLayers, findingSources } from "./layers/findingStyle.ts";

const tiles = (collection: string): string => `${window.location.origin}/api/collections/${collection}/tiles/WebMercatorQuad/{z}/{y}/{x}`;
const tiled = (collection: string, minzoom: number) => ({ type: "vector" as const, tiles: [tiles(collection)], minzoom, maxzoom: 12 });
const noLines = { type: "geojson" as const, data: { type: "FeatureCollection" as const, features: [] } };

const isState = (name: string): ExpressionSpecification => ["boolean", ["feature-state", name], false];
const whenState = (name: string, value: number): ExpressionSpecification => ["case", isState(name), value, 0];
const font = ["Inter SemiBold"];
/** Areas that were not chosen, while others are, step back so far. */
const steppedBack = 0.28;
/** Above every class. */
const dimmed = 100;

/**
 * The fill of an area by the class in its feature state; an area without one lies outside and is not judged. Those that step back are told apart here too:
 * every property that follows a state is written anew for each corner of an area that changes, and a slider changes hundreds of areas.
 */
function fillColour(palette: Palette): ExpressionSpecification {
  const colours: [number, string][] = [
    ...palette.ramp.map((colour, index): [number, string] => [index, colour]),
    [zeroClass, palette.zero],
    [unknownClass, palette.hatchGround],
    [suppressedClass, palette.suppressed],
    ...Object.entries(coverageClasses).map(([state, found]): [number, string] => [
      found,
      palette.coverage[state as keyof typeof coverageClasses],
    ]),
    ...Object.entries(emergingClasses).map(([group, found]): [number, string] => [
      found,
      palette.emerging[group as keyof typeof emergingClasses],
    ]),
    ...palette.pairs.map((colour, index): [number, string] => [pairClass + index, colour]),
  ];
  const faint = (colour: string): string => `rgba(${rgbOf(colour).join(",")},${steppedBack})`;
  return [
    "match",
    ["+", ["coalesce", ["feature-state", "class"], -1], ["case", isState("dim"), dimmed, 0]],
    ...colours.flat(),
    ...colours.flatMap(([found, colour]) => [dimmed + found, faint(colour)]),
    palette.land,
  ] as unknown as ExpressionSpecification;
}

const lines = (
  id: string,
  source: string,
  colour: string,
  width: number | ExpressionSpecification,
  more: object = {},
): LayerSpecification => ({
  id,
  type: "line",
  source,
  ...(["villages", "districts", "regencies"].includes(source) ? { "source-layer": source } : {}),
  layout: { "line-join": "round", "line-cap": "round" },
  paint: { "line-color": colour, "line-width": width, ...more },
});

/**
 * A line around the one area that is hovered or selected. It has the same tiles once more, fetched with the first mark: beside the fill, every change of class
 * would write these lines anew.
 */
const mark = (id: string, drawn: string, colour: string, width: ExpressionSpecification): LayerSpecification => ({
  id,
  type: "line",
  source: `${drawn}-marks`,
  "source-layer": drawn,
  layout: { "line-join": "round", "line-cap": "round", visibility: "none" },
  paint: { "line-color": colour, "line-width": width },
});

function labels(id: string, palette: Palette, zooms: { minzoom?: number; maxzoom?: number }, layout: object): LayerSpecification {
  return {
    id,
    type: "symbol",
    source: id,
    ...zooms,
    layout: { "text-field": ["get", "name"], "text-font": font, "text-padding": 3, "symbol-sort-key": ["get", "order"], ...layout },
    paint: { "text-color": palette.text, "text-halo-color": palette.casing, "text-halo-width": 1.6, "text-halo-blur": 0.3 },
  } as LayerSpecification;
}

/** Fill, hatch and hover of kecamatan or kabupaten; hidden until the zoom or a person asks for them. */
function coarse(source: "districts" | "regencies", palette: Palette): LayerSpecification[] {
  const hidden = { visibility: "none" } as const;
  const isUnknown: ExpressionSpecification = ["case", ["==", ["feature-state", "class"], unknownClass], 1, 0];
  const of = { source, "source-layer": source };
  return [
    {
      id: `${source}-fill`,
      type: "fill",
      ...of,
      layout: hidden,
      paint: { "fill-color": fillColour(palette), "fill-antialias": false },
    },
    { id: `${source}-hatch`, type: "fill", ...of, layout: hidden, paint: { "fill-pattern": "hatch", "fill-opacity": isUnknown } },
    mark(`${source}-hover`, source, palette.outline, whenState("hover", 2.4)),
  ];
}

/** The areas that carry values: villages, or kecamatan for those who see no villages. */
export type Drawn = "villages" | "districts";

/** The whole style of the map in the colours of a theme. Values come later, by feature state. */
export function mapStyle(palette: Palette, drawn: Drawn = "villages"): StyleSpecification {
  const layers: LayerSpecification[] = [
    { id: "land", type: "background", paint: { "background-color": palette.land } },
    {
      id: "area-fill",
      type: "fill",
      source: drawn,
      "source-layer": drawn,
      paint: { "fill-color": fillColour(palette), "fill-antialias": false },
    },
    ...coarse("districts", palette),
    ...coarse("regencies", palette),
    ...findingLayers(palette),
    {
      id: "area-hatch",
      type: "fill",
      source: drawn,
      "source-layer": drawn,
      paint: { "fill-pattern": "hatch", "fill-opacity": ["case", ["==", ["feature-state", "class"], unknownClass], 1, 0] },
    },
    {
      id: "area-dots",
      type: "fill",
      source: drawn,
      "source-layer": drawn,
      layout: { visibility: "none" },
      paint: { "fill-pattern": "dots", "fill-opacity": ["case", ["==", ["feature-state", "class"], coverageClasses.late], 1, 0] },
    },
    lines("village-lines", drawn, palette.casing, ["interpolate", ["linear"], ["zoom"], 6, 0.1, 8, 0.3, 10, 0.7, 13, 1.2], {
      "line-opacity": 0.85,
    }),
    lines("district-lines", "districts", palette.district, ["interpolate", ["linear"], ["zoom"], 6, 0.3, 9, 0.9, 11, 1.2]),
    lines("regency-casing", "regencies", palette.casing, 3.4, { "line-opacity": 0.5 }),
    lines("regency-lines", "regencies", palette.outline, 1.9),
    mark("hover-line", drawn, palette.outline, whenState("hover", 1.8)),
    lines("hotspot-casing", "hotspots", palette.casing, 5),
    lines("hotspot-line", "hotspots", palette.outline, 2.4),
    mark("selected-casing", drawn, palette.casing, whenState("selected", 7)),
    mark("selected-line", drawn, palette.accent, whenState("selected", 3.4)),
    {
      id: "potentials",
      type: "symbol",
      source: "potentials",
      layout: {
        "icon-image": ["concat", "potential-", ["get", "stage"]],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "symbol-sort-key": ["get", "weight"],
      },
      paint: { "icon-opacity": ["get", "weight"] },
    },
    labels(
      "regency-labels",
      palette,
      { maxzoom: 8.5 },
      { "text-size": 11.5, "text-transform": "uppercase", "text-letter-spacing": 0.09, "text-max-width": 9 },
    ),
    labels(
      "district-labels",
      palette,
      { minzoom: 8.5 },
      { "text-size": 10.5, "text-transform": "uppercase", "text-letter-spacing": 0.07, "text-max-width": 9 },
    ),
    labels("village-labels", palette, { minzoom: 11.2 }, { "text-size": 11, "text-max-width": 8 }),
  ];
  return {
    version: 8,
    sources: {
      villages: tiled("villages", 6),
      districts: tiled("districts", 5),
      regencies: tiled("regencies", 3),
      "villages-marks": tiled("villages", 6),
      "districts-marks": tiled("districts", 5),
      "regencies-marks": tiled("regencies", 3),
      hotspots: noLines,
      potentials: noLines,
      ...findingSources,
      "regency-labels": noLines,
      "district-labels": noLines,
      "village-labels": noLines,
    },
    layers: inOrder(layers),
    transition: { duration: 0, delay: 0 },
  };
}
