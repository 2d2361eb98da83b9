import { feature } from "topojson-client";
import type * as specification from "topojson-specification";
import { problem } from "../problem.ts";
import { type DeclaredCrs, declaredByGeojson } from "./declaredCrs.ts";
import { deepestNesting, measureJson } from "./jsonMeasure.ts";
import { type FileRow, type FileSource, mostVertices, RowBatch, recordLimitBytes } from "./rows.ts";

type GeometryObject = specification.GeometryObject<Record<string, unknown>>;
type Topology = specification.Topology<specification.Objects<Record<string, unknown>>>;

const isPolygonal = (geometry: GeometryObject): boolean =>
  geometry.type === "Polygon" ||
  geometry.type === "MultiPolygon" ||
  (geometry.type === "GeometryCollection" && Array.isArray(geometry.geometries) && geometry.geometries.some(isPolygonal));

/** How many vertices a shape takes from the arcs it names; arcs may be named as often as one likes, so this is counted before they are put together. */
function countVertices(arcs: unknown, lengths: readonly number[]): number {
  if (!Array.isArray(arcs)) return typeof arcs === "number" ? (lengths[arcs < 0 ? ~arcs : arcs] ?? 0) : 0;
  let sum = 0;
  for (const inside of arcs) {
    sum += countVertices(inside, lengths);
    if (sum > mostVertices) break;
  }
  return sum;
}

async function readTopology({ bytes, name }: FileSource): Promise<Topology> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > recordLimitBytes) throw problem("topology_too_large", { name, limit: `${recordLimitBytes / 1024 ** 2} MB` });
  }
  const text = Buffer.concat(chunks);
  const place = { name, where_id: "TopoJSON", where_en: "TopoJSON" };
  const size = measureJson(text);
  if (size.depth > deepestNesting) throw problem("file_damaged", { ...place, reason: `> ${deepestNesting} [[[…` });
  if (size.containers > 2 * mostVertices) throw problem("topology_too_large", { name, limit: `${2 * mostVertices} titik / vertices` });
  let topology: Topology;
  try {
    topology = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text)) as Topology;
  } catch (error) {
    throw problem("file_damaged", { ...place, reason: (error as Error).message.replace(/\s+/g, " ").slice(0, 160) });
  }
  const isWhole =
    topology.type === "Topology" && Array.isArray(topology.arcs) && typeof topology.objects === "object" && topology.objects !== null;
  if (!isWhole || topology.arcs.some((arc) => !Array.isArray(arc))) throw problem("file_damaged", { ...place, reason: "arcs, objects" });
  return topology;
}

function chosenObject(topology: Topology, { name, layer: wanted }: FileSource): GeometryObject {
  const objects = Object.entries(topology.objects).filter(([, object]) => typeof object === "object" && object !== null);
  const names = objects.map(([key]) => key).join(", ");
  if (wanted) {
    const found = objects.find(([key]) => key === wanted);
    if (!found) throw problem("layer_not_found", { name, value: wanted, layers: names });
    return found[1];
  }
  const polygons = objects.filter(([, object]) => isPolygonal(object));
  if (polygons.length > 1) throw problem("layer_unclear", { name, layers: polygons.map(([key]) => key).join(", ") });
  const only = polygons[0] ?? (objects.length === 1 ? objects[0] : undefined);
  if (!only) throw problem("no_polygon_layer", { name, layers: names });
  return only[1];
}

function featureOf(
  topology: Topology,
  geometry: GeometryObject,
  row: number,
  lengths: readonly number[],
  crs: DeclaredCrs | null,
): FileRow {
  const kept = crs && { crs };
  const own =
    typeof geometry.properties === "object" && geometry.properties !== null ? (geometry.properties as Record<string, unknown>) : {};
  const properties = geometry.id !== undefined && !Object.hasOwn(own, "id") ? { ...own, id: geometry.id } : own;
  const type = geometry.type as string | null;
  if (type === null || type === undefined) return { row, properties, geometry: null, ...kept };
  if (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon")
    return { row, properties, geometry: null, fault: { code: "not_a_polygon", field: "geometry", value: type } };
  const vertices = countVertices(geometry.arcs, lengths);
  if (vertices > mostVertices)
    return { row, properties, fault: { code: "unreadable_row", field: "geometry", reason: `> ${mostVertices} titik / vertices` } };
  try {
    return { row, properties, geometry: feature(topology, geometry as specification.Polygon).geometry, ...kept };
  } catch (error) {
    return {
      row,
      properties,
      fault: { code: "unreadable_row", field: "geometry", reason: `arcs: ${(error as Error).message}`.slice(0, 160) },
    };
  }
}

/**
 * Reads the polygons of a TopoJSON. Its arcs are shared by all features, so it is held in memory whole: at most 64 MB of text.
 * The row counts from 1 in the order of the object's geometries.
 * @throws topology_too_large, file_damaged, layer_unclear, layer_not_found, no_polygon_layer
 */
export async function* readTopojson(source: FileSource): AsyncGenerator<FileRow[]> {
  const topology = await readTopology(source);
  const object = chosenObject(topology, source);
  const crs = declaredByGeojson((topology as { crs?: unknown }).crs);
  const lengths = topology.arcs.map((arc) => arc.length);
  const geometries = object.type === "GeometryCollection" && Array.isArray(object.geometries) ? object.geometries : [object];
  const batch = new RowBatch();
  for (const [index, geometry] of geometries.entries()) {
    const row = index + 1;
    if (typeof geometry !== "object" || geometry === null) {
      batch.add({ row, properties: {}, fault: { code: "not_a_feature", value: geometry } }, 0);
      continue;
    }
    batch.add(featureOf(topology, geometry, row, lengths, crs), 16 * countVertices((geometry as { arcs?: unknown }).arcs, lengths));
    if (batch.isFull) yield batch.take();
  }
  if (!batch.isEmpty) yield batch.take();
}
