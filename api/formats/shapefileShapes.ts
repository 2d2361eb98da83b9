import { problem } from "../problem.ts";
import { ByteCursor } from "./byteCursor.ts";
import { nestedRings } from "./nestedRings.ts";
import { mostVertices, type RowFault, recordLimitBytes } from "./rows.ts";

/** One shape of a Shapefile, in the order of its records. */
export interface ShapeRecord {
  readonly geometry: unknown;
  readonly fault?: RowFault;
  readonly bytes: number;
}

const typeNames: Readonly<Record<number, string>> = {
  0: "Null",
  1: "Point",
  3: "PolyLine",
  5: "Polygon",
  8: "MultiPoint",
  11: "PointZ",
  13: "PolyLineZ",
  15: "PolygonZ",
  18: "MultiPointZ",
  21: "PointM",
  23: "PolyLineM",
  25: "PolygonM",
  28: "MultiPointM",
  31: "MultiPatch",
};
const headerBytes = 100;
const polygonHeaderBytes = 44;

export const shapeTypeName = (type: number): string => typeNames[type] ?? `type ${type}`;
export const isPolygonType = (type: number): boolean => type === 5 || type === 15 || type === 25;

/** What kind of shapes a .shp holds, from its first bytes; null where it is none. */
export async function shapeTypeOf(bytes: AsyncIterable<Uint8Array>): Promise<number | null> {
  const cursor = new ByteCursor(bytes);
  try {
    const head = Buffer.from(await cursor.take(headerBytes));
    return head.length === headerBytes && head.readInt32BE(0) === 9994 ? head.readInt32LE(32) : null;
  } finally {
    await cursor.close();
  }
}

const damagedShape = (reason: string): { geometry: null; fault: RowFault } => ({
  geometry: null,
  fault: { code: "unreadable_row", field: "geometry", reason },
});

/** A polygon from the content of its record: box, number of parts and points, where each part begins, then x and y; heights and measures follow and are left. */
function polygon(content: Buffer): { geometry: unknown; fault?: RowFault } {
  if (content.length < polygonHeaderBytes) return damagedShape(`${content.length} byte`);
  const parts = content.readInt32LE(36);
  const points = content.readInt32LE(40);
  if (parts < 0 || points < 0 || polygonHeaderBytes + parts * 4 + points * 16 > content.length)
    return damagedShape(`${parts} ring, ${points} titik / points, ${content.length} byte`);
  if (parts === 0 || points === 0) return { geometry: null };
  const rings: number[][][] = [];
  const firstPoint = polygonHeaderBytes + parts * 4;
  for (let part = 0; part < parts; part++) {
    const from = content.readInt32LE(polygonHeaderBytes + part * 4);
    const to = part + 1 < parts ? content.readInt32LE(polygonHeaderBytes + (part + 1) * 4) : points;
    if (from < 0 || from > to || to > points) return damagedShape(`ring ${part + 1}: ${from}–${to}`);
    const ring: number[][] = [];
    for (let point = from; point < to; point++)
      ring.push([content.readDoubleLE(firstPoint + point * 16), content.readDoubleLE(firstPoint + point * 16 + 8)]);
    if (ring.length > 0) rings.push(ring);
  }
  const polygons = nestedRings(rings);
  if (polygons === null) return damagedShape(`${parts} ring, ${points} titik / points`);
  return {
    geometry: polygons.length === 1 ? { type: "Polygon", coordinates: polygons[0] } : { type: "MultiPolygon", coordinates: polygons },
  };
}

/**
 * Reads the shapes of a .shp one after the other. Lengths and counts are believed only as far as there are bytes, so a record that claims
 * millions of points costs nothing (the libraries at hand make room for what it claims, or hold the whole file).
 * @throws file_damaged, file_cut naming the record; record_too_large.
 */
export async function* readShapes(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<ShapeRecord> {
  const cursor = new ByteCursor(bytes);
  try {
    const head = Buffer.from(await cursor.take(headerBytes));
    if (head.length < headerBytes || head.readInt32BE(0) !== 9994)
      throw problem("file_damaged", { name, where_id: "awal .shp", where_en: "the beginning of the .shp", reason: "9994" });
    // The length is in words of two bytes; some writers leave more behind it.
    const wholeBytes = head.readInt32BE(24) * 2;
    for (let row = 1; cursor.position < wholeBytes; row++) {
      const place = { name, where_id: `.shp, bentuk ke-${row}`, where_en: `.shp, shape ${row}` };
      const recordHead = Buffer.from(await cursor.take(8));
      if (recordHead.length < 8) throw problem("file_cut", place);
      const length = recordHead.readInt32BE(4) * 2;
      if (length < 4) throw problem("file_damaged", { ...place, reason: `${length} byte` });
      if (length > recordLimitBytes)
        throw problem("record_too_large", { name, row, limit: `${recordLimitBytes / 1024 ** 2} MB, ${mostVertices} titik / vertices` });
      const content = Buffer.from(await cursor.take(length));
      if (content.length < length) throw problem("file_cut", place);
      const type = content.readInt32LE(0);
      if (type === 0) yield { geometry: null, bytes: length };
      else if (isPolygonType(type)) yield { ...polygon(content), bytes: length };
      else yield { geometry: null, fault: { code: "not_a_polygon", field: "geometry", value: shapeTypeName(type) }, bytes: length };
    }
    await cursor.drain();
  } finally {
    await cursor.close();
  }
}
