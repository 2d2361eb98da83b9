import { PbfWriter } from "pbf";
import type { Part } from "./part.ts";

/** Units across a tile. */
export const extent = 4096;
const keys = ["code", "name"];
const polygonType = 3;

// Numbers of fields and commands as the specification names them: https://github.com/mapbox/vector-tile-spec/tree/master/2.1
const field = { layer: 3, name: 1, feature: 2, key: 3, value: 4, extent: 5, version: 15 };
const featureField = { id: 1, tags: 2, type: 3, geometry: 4 };
const stringValue = 1;
const moveTo = (1 << 3) | 1;
const closePath = (1 << 3) | 7;
const lineTo = (count: number): number => (count << 3) | 2;
const zigzag = (value: number): number => (value << 1) ^ (value >> 31);

/** One tile in the making: Mapbox Vector Tile 2, one layer. Has a life: features are added, then it is finished once. */
export interface TileLayer {
  readonly layer: PbfWriter;
  readonly values: Map<string, number>;
}

export function beginLayer(name: string): TileLayer {
  const layer = new PbfWriter();
  layer.writeVarintField(field.version, 2);
  layer.writeStringField(field.name, name);
  layer.writeVarintField(field.extent, extent);
  return { layer, values: new Map() };
}

export function finishLayer({ layer, values }: TileLayer): Uint8Array {
  for (const key of keys) layer.writeStringField(field.key, key);
  for (const value of values.keys()) {
    const message = new PbfWriter();
    message.writeStringField(stringValue, value);
    layer.writeBytesField(field.value, message.finish());
  }
  const tile = new PbfWriter();
  tile.writeBytesField(field.layer, layer.finish());
  return tile.finish();
}

function placeOf(values: Map<string, number>, value: string): number {
  const known = values.get(value);
  if (known !== undefined) return known;
  values.set(value, values.size);
  return values.size - 1;
}

// Used again for every feature: millions of small buffers would be most of the work.
const geometry = new PbfWriter(new Uint8Array(1 << 16));
const feature = new PbfWriter(new Uint8Array(1 << 16));
let ring = new Int32Array(1024);

/**
 * Adds an area to a tile, its vertices rounded to whole units from the tile's corner. Vertices that fall together are one, and rings of which no surface is left are left out.
 * An outer ring runs clockwise on the screen, its holes the other way, as the specification asks.
 */
export function addArea(
  { layer, values }: TileLayer,
  id: number,
  code: string,
  name: string,
  part: Part,
  west: number,
  north: number,
): void {
  geometry.pos = 0;
  let [penX, penY] = [0, 0];
  let from = 0;
  let isShellDrawn = false;
  for (let r = 0; r < part.rings; r++) {
    const end = part.ends[r]!;
    const isOuter = part.outer[r] === 1;
    if (isOuter) isShellDrawn = false;
    const length = isOuter || isShellDrawn ? roundedRing(part.numbers, from, end, west, north) : 0;
    from = end;
    const area = doubleArea(length);
    if (area === 0) continue;
    if (isOuter) isShellDrawn = true;
    // Below the line is more: what runs clockwise on the screen has a positive area.
    const isForward = area > 0 === isOuter;
    for (let i = 0; i < length; i += 2) {
      const at = isForward || i === 0 ? i : length - i;
      if (i === 0) geometry.writeVarint(moveTo);
      else if (i === 2) geometry.writeVarint(lineTo(length / 2 - 1));
      const [x, y] = [ring[at]!, ring[at + 1]!];
      geometry.writeVarint(zigzag(x - penX));
      geometry.writeVarint(zigzag(y - penY));
      penX = x;
      penY = y;
    }
    geometry.writeVarint(closePath);
  }
  if (geometry.pos === 0) return;
  feature.pos = 0;
  feature.writeVarintField(featureField.id, id);
  feature.writePackedVarint(featureField.tags, [0, placeOf(values, code), 1, placeOf(values, name)]);
  feature.writeVarintField(featureField.type, polygonType);
  feature.writeBytesField(featureField.geometry, geometry.buf.subarray(0, geometry.pos));
  layer.writeBytesField(field.feature, feature.buf.subarray(0, feature.pos));
}

/** Puts a ring, rounded, into `ring` and returns how many numbers it has. */
function roundedRing(numbers: Float64Array, from: number, end: number, west: number, north: number): number {
  if (ring.length < end - from) ring = new Int32Array(2 * (end - from));
  let length = 0;
  for (let i = from; i < end; i += 2) {
    const x = Math.round(numbers[i]! - west);
    const y = Math.round(numbers[i + 1]! - north);
    if (length > 0 && ring[length - 2] === x && ring[length - 1] === y) continue;
    ring[length++] = x;
    ring[length++] = y;
  }
  while (length > 2 && ring[length - 2] === ring[0] && ring[length - 1] === ring[1]) length -= 2;
  return length < 6 ? 0 : length;
}

/** Twice the signed area of what is in `ring`. Exact: whole numbers far below 2^53. */
function doubleArea(length: number): number {
  let sum = 0;
  for (let i = 0, j = length - 2; i < length; j = i, i += 2) sum += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!;
  return sum;
}
