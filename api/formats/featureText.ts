import type { FileRow } from "./rows.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/** One GeoJSON feature from its bytes; what is no feature becomes a row with its fault. */
export function featureRow(bytes: Uint8Array, row: number): FileRow {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch (error) {
    const reason = (error as Error).message.replace(/\s+/g, " ").slice(0, 160);
    return { row, properties: {}, fault: { code: "unreadable_row", reason } };
  }
  const feature = value as { type?: unknown; id?: unknown; properties?: unknown; geometry?: unknown } | null;
  if (typeof feature !== "object" || feature === null || feature.type !== "Feature") {
    return { row, properties: {}, fault: { code: "not_a_feature", value: feature?.type ?? value } };
  }
  const properties =
    typeof feature.properties === "object" && feature.properties !== null ? (feature.properties as Record<string, unknown>) : {};
  const identified = feature.id !== undefined && !Object.hasOwn(properties, "id") ? { ...properties, id: feature.id } : properties;
  return { row, properties: identified, geometry: feature.geometry ?? null };
}
