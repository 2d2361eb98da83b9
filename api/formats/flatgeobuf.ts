import { ByteBuffer } from "flatbuffers";
import { magicbytes } from "flatgeobuf/lib/mjs/constants.js";
import { Feature } from "flatgeobuf/lib/mjs/flat-geobuf/feature.js";
import { fromFeature } from "flatgeobuf/lib/mjs/geojson/feature.js";
import { fromByteBuffer } from "flatgeobuf/lib/mjs/header-meta.js";
import { calcTreeSize } from "flatgeobuf/lib/mjs/packedrtree.js";
import { problem } from "../problem.ts";
import { ByteCursor } from "./byteCursor.ts";
import { type DeclaredCrs, declaredByCode, declaredByWkt } from "./declaredCrs.ts";
import { type FileRow, type FileSource, mostVertices, RowBatch, recordLimitBytes } from "./rows.ts";

type HeaderMeta = ReturnType<typeof fromByteBuffer>;

type FlatGeometry = NonNullable<ReturnType<Feature["geometry"]>>;

const attributesLimitBytes = 1024 * 1024;
const deepestParts = 4;
const headerLimitBytes = 10 * 1024 * 1024;
const sizeBytes = 4;

function declaredBy(crs: HeaderMeta["crs"]): DeclaredCrs | null {
  if (!crs || (!crs.code && !crs.wkt && !crs.code_string)) return null;
  if (crs.code || crs.code_string) {
    const byCode = declaredByCode(`${crs.org ?? "EPSG"}:${crs.code_string ?? crs.code}`);
    if (byCode.system || !crs.wkt) return byCode;
  }
  return declaredByWkt(crs.wkt ?? "");
}

/** A table of flat buffers with its size in front, at an address that its numbers fit. */
function sized(size: Uint8Array, content: Uint8Array): ByteBuffer {
  const bytes = new Uint8Array(sizeBytes + content.length);
  bytes.set(size);
  bytes.set(content, sizeBytes);
  return new ByteBuffer(bytes);
}

/**
 * How many vertices a shape would make, counted before it is made: offsets may point at the same part a million times, and ends of rings may run back and forth.
 * @throws where the ends of its rings do not follow each other, or it lies too deep
 */
function countVertices(shape: FlatGeometry, depth = 0): number {
  if (depth > deepestParts) throw new Error(`> ${deepestParts} × parts`);
  let vertices = shape.xyLength() / 2;
  let last = 0;
  for (let ring = 0; ring < shape.endsLength(); ring++) {
    const end = shape.ends(ring) ?? 0;
    if (end < last || end > vertices) throw new Error(`ends: ${last}, ${end}`);
    last = end;
  }
  for (let part = 0; part < shape.partsLength() && vertices <= mostVertices; part++) {
    const inside = shape.parts(part);
    vertices += 1 + (inside ? countVertices(inside, depth + 1) : 0);
  }
  return vertices;
}

function readFeature(buffer: ByteBuffer, header: HeaderMeta, row: number, crs: DeclaredCrs | null): FileRow {
  try {
    const feature = Feature.getSizePrefixedRootAsFeature(buffer);
    if (feature.propertiesLength() > attributesLimitBytes) throw new Error(`> ${attributesLimitBytes} byte`);
    const shape = feature.geometry();
    const vertices = shape ? countVertices(shape) : 0;
    if (vertices > mostVertices) throw new Error(`> ${mostVertices} titik / vertices`);
    // Writers leave the geometry out where there is none.
    if (!shape) {
      const { properties } = fromFeature(row, withoutGeometry(feature), header);
      return { row, properties: properties ?? {}, geometry: null, crs };
    }
    const { properties, geometry } = fromFeature(row, feature, header);
    const coordinates = (geometry as { coordinates?: unknown[] }).coordinates;
    return { row, properties: properties ?? {}, geometry: coordinates?.length === 0 ? null : geometry, crs };
  } catch (error) {
    const reason = `FlatGeobuf: ${(error as Error).message}`.slice(0, 160);
    return { row, properties: {}, fault: { code: "unreadable_row", reason } };
  }
}

const emptyPoint = {
  type: () => 1,
  xyArray: () => new Float64Array(0),
  zArray: () => null,
  endsArray: () => null,
  partsLength: () => 0,
  parts: () => null,
};

/** The feature with a stand-in for the shape it lacks, so that its properties can be read. */
function withoutGeometry(feature: Feature): Feature {
  return Object.assign(Object.create(feature) as Feature, { geometry: () => emptyPoint });
}

/**
 * Reads a FlatGeobuf as a stream, feature by feature; its index is passed over. Lengths are believed only within the limits of a record.
 * @throws file_damaged, file_cut naming the feature, record_too_large
 */
export async function* readFlatgeobuf(source: FileSource): AsyncGenerator<FileRow[]> {
  const { name } = source;
  const place = { name, where_id: "awal FlatGeobuf", where_en: "the beginning of the FlatGeobuf" };
  const cursor = new ByteCursor(source.bytes);
  const take = async (length: number, where: { where_id: string; where_en: string }): Promise<Uint8Array> => {
    const bytes = await cursor.take(length);
    if (bytes.length < length) throw problem("file_cut", { name, ...where });
    return Uint8Array.from(bytes);
  };
  try {
    const magic = await take(magicbytes.length, place);
    if (magic[3] !== magicbytes[3]) throw problem("file_damaged", { ...place, reason: `versi / version ${magic[3]}` });
    const headerSize = await take(sizeBytes, place);
    const headerBytes = new DataView(headerSize.buffer).getUint32(0, true);
    if (headerBytes < 8 || headerBytes > headerLimitBytes) throw problem("file_damaged", { ...place, reason: `${headerBytes} byte` });
    const headerContent = await take(headerBytes, place);
    let header: HeaderMeta;
    let indexBytes = 0;
    try {
      header = fromByteBuffer(sized(headerSize, headerContent));
      if (header.indexNodeSize > 0 && header.featuresCount > 0) indexBytes = calcTreeSize(header.featuresCount, header.indexNodeSize);
    } catch (error) {
      throw problem("file_damaged", { ...place, reason: (error as Error).message.slice(0, 160) });
    }
    if (!(await cursor.skip(indexBytes))) throw problem("file_cut", { ...place, where_id: "indeks", where_en: "the index" });

    const crs = declaredBy(header.crs);
    const batch = new RowBatch();
    let row = 0;
    for (;;) {
      const size = Uint8Array.from(await cursor.take(sizeBytes));
      if (size.length === 0) break;
      row++;
      const where = { where_id: `fitur ke-${row}`, where_en: `feature ${row}` };
      if (size.length < sizeBytes) throw problem("file_cut", { name, ...where });
      const length = new DataView(size.buffer).getUint32(0, true);
      if (length > recordLimitBytes) throw problem("record_too_large", { name, row, limit: `${recordLimitBytes / 1024 ** 2} MB` });
      batch.add(readFeature(sized(size, await take(length, where)), header, row, crs), length);
      if (batch.isFull) yield batch.take();
    }
    // A count of 0 means that the writer did not know; a smaller number of features means that some are missing.
    if (header.featuresCount > row)
      throw problem("file_cut", {
        name,
        where_id: `setelah fitur ke-${row} dari ${header.featuresCount}`,
        where_en: `after feature ${row} of ${header.featuresCount}`,
      });
    if (!batch.isEmpty) yield batch.take();
  } finally {
    await cursor.close();
  }
}
