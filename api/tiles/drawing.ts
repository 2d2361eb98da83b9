import type { FlatPolygons } from "../analysis/neighbours/polygons.ts";
import { bufferShare, maxZoom, type TileAddress } from "./covering.ts";
import { addArea, beginLayer, extent, finishLayer, type TileLayer } from "./encode.ts";
import { addVertex, boxOf, clipPart, createPart, emptyPart, endRing, type Part } from "./part.ts";
import { weighVertices } from "./weights.ts";

/** Areas as tiles need them: nothing secret ever goes into one. */
export interface TileFeatures {
  readonly codes: readonly string[];
  readonly names: readonly string[];
  /** Their shapes in degrees, shells anticlockwise and each followed by its holes, which run clockwise. */
  readonly polygons: FlatPolygons;
}

/** What vertices may be off by, in units of a tile: a third of a pixel of 4,096 units to 512 pixels. */
const tolerance = 3;
const buffer = bufferShare * extent;

/** The number that stands for an area in tiles: its code's digits. */
export const featureId = (code: string): number => Number(code.replaceAll(".", ""));

/** Areas in the square of the web map, with what decides at which zoom a vertex and a ring are drawn. */
export interface Drawing {
  readonly features: TileFeatures;
  /** 0 to 1 from west to east and from north to south. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weights: Float64Array;
  /** Signed area of each ring; positive for shells. */
  readonly sizes: Float64Array;
}

/** Projects areas and weighs their vertices, once for all zooms. Cost: O(n log n) for real borders. */
export function drawingOf(features: TileFeatures): Drawing {
  const { coordinates, ringOffsets, areaOffsets, n } = features.polygons;
  const firstVertex = ringOffsets[areaOffsets[0]!]!;
  const vertices = ringOffsets[areaOffsets[n]!]! - firstVertex;
  const [x, y, weights] = [new Float64Array(vertices), new Float64Array(vertices), new Float64Array(vertices)];
  for (let v = 0; v < vertices; v++) {
    x[v] = coordinates[2 * (firstVertex + v)]! / 360 + 0.5;
    const sine = Math.sin((coordinates[2 * (firstVertex + v) + 1]! * Math.PI) / 180);
    y[v] = Math.min(1, Math.max(0, 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI));
  }
  const sizes = new Float64Array(ringOffsets.length - 1);
  const leastSquare = (tolerance / (extent * 2 ** maxZoom)) ** 2;
  for (let ring = areaOffsets[0]!; ring < areaOffsets[n]!; ring++) {
    const [first, last] = [ringOffsets[ring]! - firstVertex, ringOffsets[ring + 1]! - firstVertex - 1];
    let double = 0;
    for (let v = first; v < last; v++)
      double += (x[v]! - x[first]!) * (y[first]! - y[v + 1]!) - (x[v + 1]! - x[first]!) * (y[first]! - y[v]!);
    sizes[ring] = double / 2;
    weighVertices(x, y, weights, first, last, leastSquare);
  }
  return { features, x, y, weights, sizes };
}

/** Puts what a zoom draws of an area into a part, in units of that zoom. */
function drawArea({ features, x, y, weights, sizes }: Drawing, area: number, zoom: number, part: Part): void {
  const { ringOffsets, areaOffsets } = features.polygons;
  const firstVertex = ringOffsets[areaOffsets[0]!]!;
  const units = extent * 2 ** zoom;
  // At the last zoom every vertex is drawn, since maps go on from there by enlarging it.
  const least = zoom === maxZoom ? 0 : tolerance / units;
  emptyPart(part);
  for (let ring = areaOffsets[area]!; ring < areaOffsets[area + 1]!; ring++) {
    if (Math.abs(sizes[ring]!) < least * least) continue;
    const [first, last] = [ringOffsets[ring]! - firstVertex, ringOffsets[ring + 1]! - firstVertex - 1];
    const isClosed = x[first] === x[last] && y[first] === y[last];
    for (let v = first; v < last + (isClosed ? 0 : 1); v++)
      if (least === 0 || weights[v]! > least * least) addVertex(part, x[v]! * units, y[v]! * units);
    endRing(part, sizes[ring]! > 0);
  }
}

interface Range {
  readonly west: number;
  readonly north: number;
  readonly east: number;
  readonly south: number;
}

/**
 * Cuts the wanted tiles of one zoom out of a drawing: each area is drawn once and halved until every piece lies in one tile and what is drawn beyond its edge.
 * Cost: O(vertices drawn · log of the tiles an area reaches over).
 */
export function cutZoom(drawing: Drawing, collection: string, zoom: number, wanted: readonly TileAddress[]): Map<number, Uint8Array> {
  const width = 2 ** zoom;
  const layers = new Map<number, TileLayer | null>(wanted.map(({ x, y }) => [y * width + x, null]));
  const all: Range = wanted.reduce(
    (range, { x, y }) => ({
      west: Math.min(range.west, x),
      north: Math.min(range.north, y),
      east: Math.max(range.east, x),
      south: Math.max(range.south, y),
    }),
    { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity },
  );
  const box = new Float64Array(4);
  const parts: Part[] = [];
  const { codes, names } = drawing.features;
  const halve = (area: number, part: Part, depth: number, range: Range): void => {
    boxOf(part, box);
    const [boxWest, boxNorth, boxEast, boxSouth] = [box[0]!, box[1]!, box[2]!, box[3]!];
    const west = Math.max(range.west, Math.ceil((boxWest - buffer) / extent - 1));
    const north = Math.max(range.north, Math.ceil((boxNorth - buffer) / extent - 1));
    const east = Math.min(range.east, Math.floor((boxEast + buffer) / extent));
    const south = Math.min(range.south, Math.floor((boxSouth + buffer) / extent));
    if (west > east || north > south) return;
    const clipped = (axis: 0 | 1, from: number, to: number, level: number, given: Part): Part => {
      const [least, most] = [from * extent - buffer, (to + 1) * extent + buffer];
      const [low, high] = axis === 0 ? [boxWest, boxEast] : [boxNorth, boxSouth];
      if (low >= least && high <= most) return given;
      parts[level] ??= createPart();
      clipPart(given, parts[level], axis, least, most);
      return parts[level];
    };
    if (west === east && north === south) {
      const key = north * width + west;
      let layer = layers.get(key);
      if (layer === undefined) return;
      const inColumn = clipped(0, west, west, depth, part);
      const piece = clipped(1, north, north, depth + 1, inColumn);
      if (piece.rings === 0) return;
      if (layer === null) {
        layer = beginLayer(collection);
        layers.set(key, layer);
      }
      addArea(layer, featureId(codes[area]!), codes[area]!, names[area]!, piece, west * extent, north * extent);
      return;
    }
    const isWide = east - west >= south - north;
    const [from, to] = isWide ? [west, east] : [north, south];
    const middle = (from + to) >> 1;
    for (const [begin, end] of [
      [from, middle],
      [middle + 1, to],
    ] as const) {
      const half = clipped(isWide ? 0 : 1, begin, end, depth, part);
      // The piece at this depth is done with before the other half is cut into its place.
      if (half.rings > 0)
        halve(area, half, depth + 2, isWide ? { west: begin, east: end, north, south } : { west, east, north: begin, south: end });
    }
  };
  const whole = createPart();
  for (let area = 0; area < codes.length; area++) {
    drawArea(drawing, area, zoom, whole);
    if (whole.rings > 0) halve(area, whole, 0, all);
  }
  const tiles = new Map<number, Uint8Array>();
  for (const [key, layer] of layers) if (layer && layer.values.size > 0) tiles.set(key, finishLayer(layer));
  return tiles;
}
