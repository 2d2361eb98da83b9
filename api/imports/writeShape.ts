import type { Shape } from "./shape.ts";

const scale = 1_000_000;

function ringText(ring: Int32Array): string {
  let text = "[";
  for (let i = 0; i < ring.length; i += 2) text += `[${ring[i]! / scale},${ring[i + 1]! / scale}],`;
  return `${text}[${ring[0]! / scale},${ring[1]! / scale}]]`;
}

/** GeoJSON text with at most six decimals; a Polygon where there is one, else a MultiPolygon. */
export function shapeGeojson(shape: Pick<Shape, "polygons">): string {
  const polygons = shape.polygons.map((rings) => `[${rings.map(ringText).join(",")}]`);
  return polygons.length === 1
    ? `{"type":"Polygon","coordinates":${polygons[0]}}`
    : `{"type":"MultiPolygon","coordinates":[${polygons.join(",")}]}`;
}

/** EWKB of a MultiPolygon in EPSG:4326 as hexadecimal text, which PostGIS reads without parsing decimals. */
export function shapeEwkb(shape: Pick<Shape, "polygons">): string {
  const vertices = shape.polygons.flat().reduce((sum, ring) => sum + ring.length / 2 + 1, 0);
  const rings = shape.polygons.reduce((sum, polygon) => sum + polygon.length, 0);
  const buffer = Buffer.allocUnsafe(13 + shape.polygons.length * 9 + rings * 4 + vertices * 16);
  let at = 0;
  const header = (type: number, count: number, srid: boolean): void => {
    at = buffer.writeUInt8(1, at);
    at = buffer.writeUInt32LE(srid ? type | 0x20000000 : type, at);
    if (srid) at = buffer.writeUInt32LE(4326, at);
    at = buffer.writeUInt32LE(count, at);
  };
  header(6, shape.polygons.length, true);
  for (const polygon of shape.polygons) {
    header(3, polygon.length, false);
    for (const ring of polygon) {
      at = buffer.writeUInt32LE(ring.length / 2 + 1, at);
      for (let i = 0; i <= ring.length; i += 2) {
        const from = i === ring.length ? 0 : i;
        at = buffer.writeDoubleLE(ring[from]! / scale, at);
        at = buffer.writeDoubleLE(ring[from + 1]! / scale, at);
      }
    }
  }
  return buffer.toString("hex");
}
