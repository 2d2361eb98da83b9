import { reviewWeight } from "../contract/potential.ts";
import { formatWhen } from "../contract/time.ts";
import { type CollectionId, collections } from "../queries/collections.ts";
import type { Row } from "../queries/items.ts";

/** A row as it travels. `text` is the whole feature as JSON, its geometry taken over as kept, never parsed and written again. */
export interface Feature {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly text: string;
}

const internal = new Set(["key", "sorted", "geojson", "version", "occurred_precision", "occurred_on", "obtained_precision", "values"]);

function propertiesOf(id: CollectionId, row: Row, timeZone: string): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  if (collections[id].keyType === "uuid") properties.id = row.key;
  for (const [name, value] of Object.entries(row)) if (!internal.has(name)) properties[name] = value ?? null;
  const told = (name: string, precision: unknown) => {
    const value = row[name];
    if (typeof value === "string") properties[name] = formatWhen(new Date(value), precision === "day" ? "day" : "moment", timeZone);
  };
  if (id === "incidents") {
    told("occurred_from", row.occurred_precision);
    told("occurred_to", row.occurred_precision);
  }
  if (id === "reports") told("obtained_at", row.obtained_precision);
  if (id === "potentials") properties.weight = row.status === "open" ? reviewWeight(Number(row.days_overdue)) : null;
  if (row.values !== undefined) Object.assign(properties, row.values);
  return properties;
}

const opening = (key: string): string => `{"type":"Feature","id":${JSON.stringify(key)},"geometry":`;

/** A feature that was made without its shape, as the pieces to send: the shape is taken over as it is kept. */
export function piecesOf({ id, text }: Feature, shape: Buffer | undefined): readonly (string | Buffer)[] {
  return shape ? [opening(id), shape, text.slice(opening(id).length + "null".length)] : [text];
}

/** Makes the feature of one row of a collection. */
export function featureOf(id: CollectionId, row: Row, timeZone: string): Feature {
  const properties = propertiesOf(id, row, timeZone);
  return {
    id: row.key,
    properties,
    text: `${opening(row.key)}${row.geojson ?? "null"},"properties":${JSON.stringify(properties)}}`,
  };
}
