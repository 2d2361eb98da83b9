import type { Shape } from "./shape.ts";

const scale = 1_000_000;
/** Minus, three digits, point, six digits. */
const longestNumber = 11;
const longestVertex = 2 * longestNumber + 4;
const [minus, point, zero, comma, open, close] = [0x2d, 0x2e, 0x30, 0x2c, 0x5b, 0x5d];

// Used again for every shape: whatever is written is copied out at once.
let bytes = Buffer.allocUnsafe(1 << 16);
let at = 0;

/** Writes whole millionths as the shortest decimal number, as JavaScript itself would write the degrees, at a fifth of its cost. */
function writeDegrees(millionths: number): void {
  let value = millionths;
  if (value < 0) {
    bytes[at++] = minus;
    value = -value;
  }
  const whole = Math.floor(value / scale);
  let rest = value - whole * scale;
  if (whole >= 100) bytes[at++] = zero + Math.floor(whole / 100);
  if (whole >= 10) bytes[at++] = zero + (Math.floor(whole / 10) % 10);
  bytes[at++] = zero + (whole % 10);
  if (rest === 0) return;
  bytes[at++] = point;
  let digits = 6;
  while (rest % 10 === 0) {
    rest /= 10;
    digits--;
  }
  for (let place = at + digits - 1; place >= at; place--) {
    const tenth = Math.floor(rest / 10);
    bytes[place] = zero + rest - 10 * tenth;
    rest = tenth;
  }
  at += digits;
}

function writeVertex(x: number, y: number): void {
  bytes[at++] = open;
  writeDegrees(x);
  bytes[at++] = comma;
  writeDegrees(y);
  bytes[at++] = close;
}

function writeRing(ring: Int32Array): void {
  bytes[at++] = open;
  for (let i = 0; i < ring.length; i += 2) {
    writeVertex(ring[i]!, ring[i + 1]!);
    bytes[at++] = comma;
  }
  writeVertex(ring[0]!, ring[1]!);
  bytes[at++] = close;
}

function reserve(size: number): void {
  if (bytes.length < size) bytes = Buffer.allocUnsafe(2 * size);
  at = 0;
}

/** GeoJSON text with at most six decimals; a Polygon where there is one, else a MultiPolygon. */
export function shapeGeojson({ polygons }: Pick<Shape, "polygons">): string {
  let size = 2;
  for (const rings of polygons) for (const ring of rings) size += 4 + (ring.length / 2 + 1) * longestVertex;
  reserve(size + 4 * polygons.length);
  for (const rings of polygons) {
    if (at > 0) bytes[at++] = comma;
    bytes[at++] = open;
    for (const [index, ring] of rings.entries()) {
      if (index > 0) bytes[at++] = comma;
      writeRing(ring);
    }
    bytes[at++] = close;
  }
  const text = bytes.toString("latin1", 0, at);
  return polygons.length === 1 ? `{"type":"Polygon","coordinates":${text}}` : `{"type":"MultiPolygon","coordinates":[${text}]}`;
}

const polygonType = 3;
const multiPolygonType = 6;
const hasSrid = 0x20000000;
const longitudeLatitude = 4326;

/** EWKB of a MultiPolygon in EPSG:4326 as hexadecimal text, which PostGIS reads without parsing decimals. */
export function shapeEwkb({ polygons }: Pick<Shape, "polygons">): string {
  let size = 13;
  for (const rings of polygons) {
    size += 9;
    for (const ring of rings) size += 4 + (ring.length / 2 + 1) * 16;
  }
  reserve(size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint8(0, 1);
  view.setUint32(1, multiPolygonType | hasSrid, true);
  view.setUint32(5, longitudeLatitude, true);
  view.setUint32(9, polygons.length, true);
  let place = 13;
  for (const rings of polygons) {
    view.setUint8(place, 1);
    view.setUint32(place + 1, polygonType, true);
    view.setUint32(place + 5, rings.length, true);
    place += 9;
    for (const ring of rings) {
      view.setUint32(place, ring.length / 2 + 1, true);
      place += 4;
      for (let i = 0; i < ring.length + 2; i++, place += 8)
        view.setFloat64(place, ring[i < ring.length ? i : i - ring.length]! / scale, true);
    }
  }
  return bytes.toString("hex", 0, place);
}
