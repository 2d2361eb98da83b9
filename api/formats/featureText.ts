import { problem } from "../problem.ts";
import { type DeclaredCrs, declaredByGeojson } from "./declaredCrs.ts";
import { readJson } from "./json.ts";
import { deepestNesting, measureJson } from "./jsonMeasure.ts";
import { type FileRow, mostVertices } from "./rows.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

const shortReason = (error: unknown): string => (error as Error).message.replace(/\s+/g, " ").slice(0, 160);

/** Members of an object and of all inside it. */
function countMembers(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, inside) => sum + countMembers(inside), 0);
  return Object.values(value).reduce((sum: number, inside) => sum + 1 + countMembers(inside), 0);
}

/** Members that a parsed feature has; its coordinates are lists of numbers and are not walked. */
function membersOf(feature: Record<string, unknown>): number {
  const { geometry, ...others } = feature;
  if (typeof geometry !== "object" || geometry === null || Array.isArray(geometry)) return countMembers(feature);
  const { coordinates, ...rest } = geometry as Record<string, unknown>;
  return countMembers(others) + 1 + countMembers(rest) + (coordinates === undefined ? 0 : 1);
}

/**
 * One GeoJSON feature from its bytes; what is no feature becomes a row with its fault.
 * @throws record_too_large when it has more vertices than a shape may have, before it is parsed.
 */
export function featureRow(bytes: Uint8Array, row: number, name: string, fileCrs?: DeclaredCrs): FileRow {
  const size = measureJson(bytes);
  if (size.depth > deepestNesting)
    return { row, properties: {}, fault: { code: "unreadable_row", reason: `[[[… > ${deepestNesting}`, value: size.depth } };
  if (size.containers > mostVertices)
    throw problem("record_too_large", { name, row, limit: `${mostVertices} titik / vertices`, value: size.containers });
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch (error) {
    return { row, properties: {}, fault: { code: "unreadable_row", reason: shortReason(error) } };
  }
  const feature = value as { type?: unknown; id?: unknown; properties?: unknown; geometry?: unknown; crs?: unknown } | null;
  if (typeof feature !== "object" || feature === null || feature.type !== "Feature") {
    return { row, properties: {}, fault: { code: "not_a_feature", value: feature?.type ?? value } };
  }
  // Fewer members than the text has colons: a key stands twice, and one of its values would vanish.
  if (membersOf(feature as Record<string, unknown>) < size.members) {
    const strict = readJson(decoder.decode(bytes));
    if ("fault" in strict && strict.fault.code === "duplicate_key")
      return { row, properties: {}, fault: { code: "duplicate_key", ...strict.fault.details } };
  }
  const properties =
    typeof feature.properties === "object" && feature.properties !== null ? (feature.properties as Record<string, unknown>) : {};
  const identified = feature.id !== undefined && !Object.hasOwn(properties, "id") ? { ...properties, id: feature.id } : properties;
  const crs = declaredByGeojson(feature.crs) ?? fileCrs;
  return { row, properties: identified, geometry: feature.geometry ?? null, ...(crs && { crs }) };
}
