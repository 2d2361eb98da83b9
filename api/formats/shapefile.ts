import { type Problem, problem } from "../problem.ts";
import { readDbf } from "./dbf.ts";
import { type DeclaredCrs, declaredByWkt } from "./declaredCrs.ts";
import { type FileRow, type FileSource, RowBatch } from "./rows.ts";
import { isPolygonType, readShapes, shapeTypeName, shapeTypeOf } from "./shapefileShapes.ts";
import { notRead } from "./signatures.ts";
import { openZip, type ZipEntry } from "./zipArchive.ts";

/** The files of one Shapefile, by their endings. */
interface Layer {
  readonly name: string;
  readonly parts: ReadonlyMap<string, ZipEntry>;
}

const partEnding = /^(.*)\.(shp|dbf|prj|cpg|shx)$/i;
const mostLayersLooked = 200;
const smallPartBytes = 64 * 1024;
// What macOS adds to every zip.
const isClutter = (path: string): boolean => /(^|\/)(__MACOSX\/|\._|\.DS_Store$)/.test(path);

const otherContents: readonly (readonly [RegExp, string])[] = [
  [/\.gdb\/|\.gdbtable$/i, "File Geodatabase (.gdb)"],
  [/\.kml$/i, "KMZ / KML"],
  [/\.(tab|mif)$/i, "MapInfo"],
  [/\.(gml|xml)$/i, "GML"],
];

function layersIn(entries: readonly ZipEntry[]): Layer[] {
  const layers = new Map<string, Map<string, ZipEntry>>();
  for (const entry of entries) {
    const match = partEnding.exec(entry.path);
    if (!match || isClutter(entry.path)) continue;
    const parts = layers.get(match[1]!) ?? new Map<string, ZipEntry>();
    layers.set(match[1]!, parts);
    if (!parts.has(match[2]!.toLowerCase())) parts.set(match[2]!.toLowerCase(), entry);
  }
  return [...layers].map(([name, parts]) => ({ name, parts })).filter(({ parts }) => parts.has("shp"));
}

/** Why a zip without any Shapefile is refused: by what it holds instead. */
function nothingToRead(entries: readonly ZipEntry[], name: string): Problem {
  const expected = "Shapefile (.shp + .dbf + .prj), GeoPackage, FlatGeobuf, GeoJSON, TopoJSON";
  const paths = entries.map(({ path }) => path).filter((path) => !isClutter(path));
  for (const [pattern, format] of otherContents) if (paths.some((path) => pattern.test(path))) return notRead(name, format, expected);
  const inside = paths.find((path) => /\.(zip|7z|rar|tar|tgz|gz)$/i.test(path));
  if (inside)
    return problem("zip_refused", {
      name,
      reason_id: `di dalamnya ada arsip lagi (${inside.slice(0, 80)})`,
      reason_en: `there is another archive in it (${inside.slice(0, 80)})`,
    });
  const single = paths.find((path) => /\.(geo)?json$|\.gpkg$|\.fgb$|\.topojson$|\.ndjson$|\.sql$|\.csv$/i.test(path));
  if (single)
    return problem("zip_refused", {
      name,
      reason_id: `${single.slice(0, 80)} tidak perlu di dalam zip: kirim berkas itu sendiri, atau sebagai .gz`,
      reason_en: `${single.slice(0, 80)} needs no zip: send that file itself, or as .gz`,
    });
  return problem("zip_refused", {
    name,
    reason_id: `tidak ada .shp di dalamnya (${paths.slice(0, 5).join(", ").slice(0, 200) || "kosong"})`,
    reason_en: `there is no .shp in it (${paths.slice(0, 5).join(", ").slice(0, 200) || "empty"})`,
  });
}

/** The layer asked for, or the only one that holds polygons. */
async function chosenLayer(layers: readonly Layer[], { name, layer: wanted }: FileSource): Promise<Layer> {
  const names = layers.map((layer) => layer.name).join(", ");
  if (wanted) {
    const found = layers.find((layer) => layer.name === wanted || layer.name.split("/").at(-1) === wanted);
    if (!found) throw problem("layer_not_found", { name, value: wanted, layers: names });
    return found;
  }
  if (layers.length === 1) return layers[0]!;
  if (layers.length > mostLayersLooked) throw problem("layer_unclear", { name, layers: `${layers.length}` });
  const types = await Promise.all(layers.map(async (layer) => ({ layer, type: await shapeTypeOf(layer.parts.get("shp")!.read()) })));
  const polygons = types.filter(({ type }) => type !== null && isPolygonType(type));
  if (polygons.length === 0)
    throw problem("no_polygon_layer", {
      name,
      layers: types.map(({ layer, type }) => `${layer.name} (${type === null ? "?" : shapeTypeName(type)})`).join(", "),
    });
  if (polygons.length > 1) throw problem("layer_unclear", { name, layers: polygons.map(({ layer }) => layer.name).join(", ") });
  return polygons[0]!.layer;
}

async function smallText(entry: ZipEntry | undefined): Promise<string | null> {
  if (!entry) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of entry.read()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > smallPartBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, smallPartBytes).toString("utf8");
}

/**
 * Reads the polygons and the table of a zipped Shapefile side by side, straight out of the zip: the n-th shape belongs to the n-th line.
 * The row is that number. Text is read by the .cpg, coordinates are as the .prj declares.
 * @throws zip_refused, layer_unclear, layer_not_found, no_polygon_layer, part_missing, and what the .shp and .dbf throw
 */
export async function* readShapefile(path: string, source: FileSource): AsyncGenerator<FileRow[]> {
  const { name } = source;
  const zip = await openZip(path, name);
  try {
    const layers = layersIn(zip.entries);
    if (layers.length === 0) throw nothingToRead(zip.entries, name);
    const layer = await chosenLayer(layers, source);
    const table = layer.parts.get("dbf");
    if (!table) throw problem("part_missing", { name, layer: layer.name, value: ".dbf" });
    const wkt = await smallText(layer.parts.get("prj"));
    const crs: DeclaredCrs | null = wkt?.trim() ? declaredByWkt(wkt) : null;
    const records = readDbf(table.read(), await smallText(layer.parts.get("cpg")), source);
    const batch = new RowBatch();
    let [row, deleted] = [0, 0];
    try {
      for await (const shape of readShapes(layer.parts.get("shp")!.read(), name)) {
        row++;
        const record = await records.next();
        if (record.done) throw unequal(name, row);
        if (record.value === null) {
          deleted++;
          continue;
        }
        const fault = record.value.fault ?? shape.fault;
        batch.add({ row, properties: record.value.properties, geometry: shape.geometry, crs, ...(fault && { fault }) }, shape.bytes);
        if (batch.isFull) yield batch.take();
      }
      if (!(await records.next()).done) throw unequal(name, row + 1);
    } finally {
      await records.return(undefined);
    }
    if (!batch.isEmpty) yield batch.take();
    if (deleted > 0) source.tell?.({ code: "rows_deleted", value: deleted });
  } finally {
    zip.close();
  }
}

const unequal = (name: string, row: number): Problem =>
  problem("file_damaged", {
    name,
    where_id: `baris ke-${row}`,
    where_en: `row ${row}`,
    reason: "jumlah bentuk (.shp) dan baris (.dbf) tidak sama / unequal numbers of shapes (.shp) and rows (.dbf)",
  });
