import { collectionTexts } from "../contract/collections.ts";
import { type CollectionId, collections } from "../queries/collections.ts";
import type { Queryable } from "../queries/queryables.ts";
import { tiledCollections } from "../tiles/covering.ts";
import { pageFormats } from "./itemsAnswer.ts";
import { mediaTypes } from "./wantedFormat.ts";

const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const relation = "http://www.opengis.net/def/rel/ogc/1.0";
const tiled: readonly string[] = Object.values(tiledCollections).map((entry) => entry.collection);

/** What OGC API Features tells of a collection: what it is, where it lies, and where its items, properties and tiles are. */
export function collectionDocument(id: CollectionId, root: string, extent: readonly number[] | null): Record<string, unknown> {
  const at = `${root}/collections/${id}`;
  const spatial = extent ? { spatial: { bbox: [extent], crs: crs84 } } : {};
  const temporal = collections[id].time === null ? {} : { temporal: { interval: [[null, null]] } };
  return {
    id,
    title: collectionTexts[id].title,
    description: collectionTexts[id].description,
    ...(extent || collections[id].time !== null ? { extent: { ...spatial, ...temporal } } : {}),
    itemType: "feature",
    crs: [crs84],
    storageCrs: crs84,
    links: [
      { href: at, rel: "self", type: mediaTypes.json, title: collectionTexts[id].title },
      { href: `${at}?f=html`, rel: "alternate", type: mediaTypes.html, title: collectionTexts[id].title },
      ...pageFormats.map((format) => ({
        href: format === "geojson" ? `${at}/items` : `${at}/items?f=${format}`,
        rel: "items",
        type: mediaTypes[format],
        title: `${collectionTexts[id].title}: ${format}`,
      })),
      { href: `${at}/queryables`, rel: `${relation}/queryables`, type: "application/schema+json", title: "queryables" },
      { href: `${at}/sortables`, rel: `${relation}/sortables`, type: "application/schema+json", title: "sortables" },
      ...(tiled.includes(id)
        ? [{ href: `${at}/tiles`, rel: `${relation}/tilesets-vector`, type: mediaTypes.json, title: "vector tiles" }]
        : []),
    ],
  };
}

const schemaTypes = {
  text: { type: "string" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  time: { type: "string", format: "date-time" },
} as const;

/** The properties that a filter or an order may name, as JSON Schema. */
export function propertySchema(id: CollectionId, what: "queryables" | "sortables", root: string): Record<string, unknown> {
  const queryables: Readonly<Record<string, Queryable>> = collections[id].queryables;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `${root}/collections/${id}/${what}`,
    type: "object",
    title: collectionTexts[id].title,
    description: collectionTexts[id].description,
    properties: {
      ...Object.fromEntries(Object.entries(queryables).map(([name, { type }]) => [name, { title: name, ...schemaTypes[type] }])),
      ...(what === "queryables" ? { geometry: { title: "geometry", "x-ogc-role": "primary-geometry", format: "geometry-any" } } : {}),
    },
    additionalProperties: false,
  };
}
