import { z } from "zod";
import { collectionTexts } from "../contract/collections.ts";
import { type Answer, everyRole, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { tileBounds } from "../queries/tiles.ts";
import { maxZoom, tiledCollections } from "../tiles/covering.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { TileCache } from "./tileCache.ts";

const tileSets = new Map(Object.values(tiledCollections).map((entry) => [entry.collection, entry]));

function tileSet(collection: string | undefined) {
  const found = tileSets.get(collection ?? "");
  if (!found) throw problem("not_found", { value: `petak/tiles ${collection}` });
  return found;
}

function index(field: string, text: string | undefined, most: number): number {
  if (!/^\d{1,8}$/.test(text ?? "") || Number(text) > most)
    throw problem("invalid_parameter", { field, value: text, expected: `0–${most}` });
  return Number(text);
}

export function tileRoutes({ database }: Parts): Route[] {
  const kept = new TileCache(database);
  const base = "/api/collections/{collection}/tiles/WebMercatorQuad";
  return [
    route({
      method: "get",
      path: `${base}/tilejson`,
      summary: "TileJSON 3",
      tag: "koleksi",
      who: everyRole,
      query: z.strictObject({ f: z.enum(["json"]).optional() }),
      answers: {
        200: {
          description: "TileJSON",
          types: { "application/json": z.object({ tilejson: z.string(), tiles: z.array(z.string()) }).loose() },
        },
        ...problemAnswers,
      },
      handle: async ({ path, url }) => {
        const { collection, minZoom } = tileSet(path.collection);
        const bounds = await tileBounds(database, collection);
        return {
          body: {
            tilejson: "3.0.0",
            name: collection,
            description: collectionTexts[collection as keyof typeof collectionTexts].description,
            scheme: "xyz",
            tiles: [`${url.origin}/api/collections/${collection}/tiles/WebMercatorQuad/{z}/{y}/{x}`],
            minzoom: minZoom,
            maxzoom: maxZoom,
            ...(bounds ? { bounds } : {}),
            vector_layers: [{ id: collection, fields: { code: "String", name: "String" }, minzoom: minZoom, maxzoom: maxZoom }],
          },
        };
      },
    }),
    route({
      method: "get",
      path: `${base}/{z}/{y}/{x}`,
      summary: "Petak vektor / a vector tile",
      tag: "koleksi",
      who: everyRole,
      query: z.strictObject({ f: z.enum(["mvt"]).optional(), v: z.string().max(80).optional() }),
      answers: {
        200: { description: "Mapbox Vector Tile 2", types: { "application/vnd.mapbox-vector-tile": null }, headers: ["ETag"] },
        204: { description: "Kosong / empty" },
        ...problemAnswers,
      },
      handle: async ({ path, query }): Promise<Answer> => {
        const { collection } = tileSet(path.collection);
        const z = index("z", path.z, 24);
        const tile = await kept.get(collection, z, index("x", path.x, 2 ** z - 1), index("y", path.y, 2 ** z - 1));
        // With the version of the shapes in its address a tile never changes; without it, it is asked for again.
        const cache = query.v === undefined ? "public, no-cache" : "public, max-age=31536000, immutable";
        if (!tile) return { status: 204, headers: { "Cache-Control": cache } };
        const etag = tile.etag.startsWith('"') ? tile.etag : `"${tile.etag}"`;
        return { type: "application/vnd.mapbox-vector-tile", headers: { ETag: etag, "Cache-Control": cache }, body: tile.data };
      },
    }),
  ];
}
