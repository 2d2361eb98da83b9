import { createHash } from "node:crypto";
import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";
import type { Feature, FeatureCollection } from "geojson";
import { type FlatPolygons, polygonsOf } from "../formats/flatPolygons.ts";
import { bufferShare, column, maxZoom, rank, type TileAddress } from "./covering.ts";

/** Areas as tiles need them: nothing secret ever goes into one. */
export interface TileFeatures {
  readonly codes: readonly string[];
  readonly names: readonly string[];
  /** Their shapes in degrees, shells anticlockwise and each followed by its holes, which run clockwise. */
  readonly polygons: FlatPolygons;
}

export interface CutJob {
  readonly collection: string;
  /** What is drawn; null for the same as in the job before. */
  readonly features: TileFeatures | null;
  /** The tile in which all wanted ones of these features lie; the world where it is not told. */
  readonly block?: TileAddress;
  readonly tiles: readonly TileAddress[];
}

export interface EncodedTile extends TileAddress {
  readonly data: Uint8Array | null;
  readonly etag: string | null;
}

const extent = 4096;
const world: TileAddress = { z: 0, x: 0, y: 0 };

/** The number that stands for an area in tiles: its code's digits. */
export const featureId = (code: string): number => Number(code.replaceAll(".", ""));

/** Cuts tiles out of the features of the last job that brought some. Has a life: it keeps them, prepared. */
export class TileDrawing {
  #index: GeoJSONVT | null = null;
  #block = world;

  /**
   * Cuts the wanted tiles out of the features: Mapbox Vector Tile 2, one layer named as the collection, feature id from the code, properties `code` and `name`.
   * Shapes are simplified to a third of a pixel but at the last zoom, where they are exact to one part in 4,096. Tiles in which nothing lies have no data.
   */
  cut({ collection, features, block: given = world, tiles }: CutJob): EncodedTile[] {
    if (features) {
      // The old one goes before the new one comes: each may be some hundred megabytes.
      this.#index = null;
      this.#index = indexOf(features, given);
      this.#block = given;
    }
    const [index, block] = [this.#index, this.#block];
    if (!index) throw new Error("the first job brings features");
    return tiles.map(({ z, x, y }) => {
      const inside = z - block.z;
      const tile = index.getTile(inside, x - block.x * 2 ** inside, y - block.y * 2 ** inside);
      if (!tile || tile.features.length === 0) return { z, x, y, data: null, etag: null };
      const data = fromGeojsonVt({ [collection]: tile }, { version: 2, extent });
      return { z, x, y, data, etag: createHash("sha256").update(data).digest("hex").slice(0, 32) };
    });
  }
}

/**
 * The block is the whole world of its index: its tiles are cut out of it at once, not out of tiles of lower zooms that nobody asks for.
 * Scaled by a power of two every number keeps its digits, so the tiles are the same.
 */
function indexOf({ codes, names, polygons }: TileFeatures, { z, x, y }: TileAddress): GeoJSONVT {
  const inBlock = (area: number): [number, number][][][] => {
    const shape = polygonsOf(polygons, area);
    for (const rings of shape) {
      for (const ring of rings) {
        for (const vertex of ring) {
          vertex[0] = column(vertex[0], z) - x;
          vertex[1] = rank(vertex[1], z) - y;
        }
      }
    }
    return shape;
  };
  const source: FeatureCollection = {
    type: "FeatureCollection",
    features: codes.map(
      (code, area): Feature => ({
        type: "Feature",
        id: featureId(code),
        properties: { code, name: names[area] },
        geometry: { type: "MultiPolygon", coordinates: inBlock(area) },
      }),
    ),
  };
  return new GeoJSONVT(source, {
    maxZoom: maxZoom - z,
    indexMaxZoom: 0,
    indexMaxPoints: 0,
    tolerance: 3,
    extent,
    buffer: bufferShare * extent,
    coordinates: "unitSquare",
    wrap: false,
  });
}
