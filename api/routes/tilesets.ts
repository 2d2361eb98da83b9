import { z } from "zod";
import { collectionTexts } from "../contract/collections.ts";
import { Link } from "../contract/feature.ts";
import { everyRole, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { tileBounds } from "../queries/tiles.ts";
import { maxZoom, tiledCollections } from "../tiles/covering.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const scheme = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
const mercator = "http://www.opengis.net/def/crs/EPSG/0/3857";
const halfWorldMetres = 20_037_508.342789244;
const tilePixels = 256;
const pixelMetres = 0.00028;
const Links = z.array(Link);
const TileSet = z
  .object({ title: z.string(), dataType: z.literal("vector"), crs: z.string(), tileMatrixSetURI: z.string(), links: Links })
  .loose();
const Query = z.strictObject({ f: z.enum(["json"]).optional() });

const tiled = new Map(Object.values(tiledCollections).map((entry) => [entry.collection, entry]));

function tiledCollection(name: string | undefined) {
  const found = tiled.get(name ?? "");
  if (!found) throw problem("not_found", { value: `petak/tiles ${name}` });
  return found;
}

/** A set of tiles as OGC API Tiles tells of it; `{tileMatrix}` and the rest are filled in by the client. */
function tileSetDocument(collection: string, minZoom: number, root: string, bounds: readonly number[] | null) {
  const at = `${root}/collections/${collection}/tiles/WebMercatorQuad`;
  return {
    title: collectionTexts[collection as keyof typeof collectionTexts].title,
    description: collectionTexts[collection as keyof typeof collectionTexts].description,
    dataType: "vector" as const,
    crs: mercator,
    tileMatrixSetURI: scheme,
    tileMatrixSetLimits: Array.from({ length: maxZoom - minZoom + 1 }, (_, index) => {
      const tiles = 2 ** (minZoom + index) - 1;
      return { tileMatrix: String(minZoom + index), minTileRow: 0, maxTileRow: tiles, minTileCol: 0, maxTileCol: tiles };
    }),
    ...(bounds
      ? { boundingBox: { lowerLeft: bounds.slice(0, 2), upperRight: bounds.slice(2), crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84" } }
      : {}),
    layers: [{ id: collection, dataType: "vector", minTileMatrix: String(minZoom), maxTileMatrix: String(maxZoom) }],
    links: [
      { rel: "self", type: "application/json", href: at },
      {
        rel: "item",
        type: "application/vnd.mapbox-vector-tile",
        href: `${at}/{tileMatrix}/{tileRow}/{tileCol}`,
        templated: true,
        title: "Mapbox Vector Tile 2",
      },
      { rel: "describedby", type: "application/json", href: `${at}/tilejson`, title: "TileJSON 3" },
      {
        rel: "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
        type: "application/json",
        href: `${root}/tileMatrixSets/WebMercatorQuad`,
      },
    ],
  };
}

/** The tiling scheme: every zoom halves the cell of the one before. */
function matrixSet(root: string) {
  return {
    id: "WebMercatorQuad",
    title: "Google Maps Compatible for the World",
    uri: scheme,
    crs: mercator,
    orderedAxes: ["X", "Y"],
    wellKnownScaleSet: "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
    tileMatrices: Array.from({ length: 25 }, (_, zoom) => {
      const cellSize = (2 * halfWorldMetres) / (tilePixels * 2 ** zoom);
      return {
        id: String(zoom),
        scaleDenominator: cellSize / pixelMetres,
        cellSize,
        cornerOfOrigin: "topLeft",
        pointOfOrigin: [-halfWorldMetres, halfWorldMetres],
        tileWidth: tilePixels,
        tileHeight: tilePixels,
        matrixWidth: 2 ** zoom,
        matrixHeight: 2 ** zoom,
      };
    }),
    links: [{ rel: "self", type: "application/json", href: `${root}/tileMatrixSets/WebMercatorQuad` }],
  };
}

/** What there is of tiles, by OGC API Tiles: the sets of a collection, one set, and the scheme that they are cut by. */
export function tilesetRoutes({ database }: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/collections/{collection}/tiles",
      summary: "Susunan petak satu koleksi / tile sets of a collection",
      tag: "koleksi",
      who: everyRole,
      query: Query,
      answers: {
        200: { description: "Tile sets", types: { "application/json": z.object({ tilesets: z.array(TileSet), links: Links }) } },
        ...problemAnswers,
      },
      handle: async ({ path, url }) => {
        const { collection, minZoom } = tiledCollection(path.collection);
        const document = tileSetDocument(collection, minZoom, `${url.origin}/api`, await tileBounds(database, collection));
        return { body: { links: [{ rel: "self", type: "application/json", href: url.href }], tilesets: [document] } };
      },
    }),
    route({
      method: "get",
      path: "/api/collections/{collection}/tiles/WebMercatorQuad",
      summary: "Satu susunan petak / one tile set",
      tag: "koleksi",
      who: everyRole,
      query: Query,
      answers: { 200: { description: "Tile set", types: { "application/json": TileSet } }, ...problemAnswers },
      handle: async ({ path, url }) => {
        const { collection, minZoom } = tiledCollection(path.collection);
        return { body: tileSetDocument(collection, minZoom, `${url.origin}/api`, await tileBounds(database, collection)) };
      },
    }),
    route({
      method: "get",
      path: "/api/tileMatrixSets",
      summary: "Skema petak / tiling schemes",
      tag: "koleksi",
      who: "anyone",
      query: Query,
      answers: {
        200: {
          description: "Schemes",
          types: { "application/json": z.object({ tileMatrixSets: z.array(z.object({ id: z.string() }).loose()) }) },
        },
      },
      handle: async ({ url }) => {
        const { id, title, uri, crs, links } = matrixSet(`${url.origin}/api`);
        return { body: { tileMatrixSets: [{ id, title, uri, crs, links }] } };
      },
    }),
    route({
      method: "get",
      path: "/api/tileMatrixSets/WebMercatorQuad",
      summary: "Skema petak web / the web's tiling scheme",
      tag: "koleksi",
      who: "anyone",
      query: Query,
      answers: {
        200: {
          description: "Scheme",
          types: {
            "application/json": z
              .object({ id: z.string(), crs: z.string(), tileMatrices: z.array(z.object({ id: z.string() }).loose()) })
              .loose(),
          },
        },
      },
      handle: async ({ url }) => ({ body: matrixSet(`${url.origin}/api`) }),
    }),
  ];
}
