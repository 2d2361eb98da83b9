import { createHash } from "node:crypto";
import type { TileAddress } from "./covering.ts";
import { cutZoom, type Drawing, drawingOf, type TileFeatures } from "./drawing.ts";

export interface CutJob {
  readonly collection: string;
  /** What is drawn; null for the same as in the job before. */
  readonly features: TileFeatures | null;
  readonly tiles: readonly TileAddress[];
}

export interface EncodedTile extends TileAddress {
  readonly data: Uint8Array | null;
  readonly etag: string | null;
}

/** Cuts tiles out of the features of the last job that brought some. Has a life: it keeps them, prepared. */
export class TileDrawing {
  #drawing: Drawing | null = null;

  /**
   * Cuts the wanted tiles out of the features: Mapbox Vector Tile 2, one layer named as the collection, feature id from the code, properties `code` and `name`.
   * Shapes are simplified to a third of a pixel but at the last zoom, where they are exact to one part in 4,096. Tiles in which nothing lies have no data.
   */
  cut({ collection, features, tiles }: CutJob): EncodedTile[] {
    if (features) {
      // The old one goes before the new one comes: each may be some hundred megabytes.
      this.#drawing = null;
      this.#drawing = drawingOf(features);
    }
    const drawing = this.#drawing;
    if (!drawing) throw new Error("the first job brings features");
    const zooms = new Set(tiles.map(({ z }) => z));
    const wanted = (zoom: number): TileAddress[] => tiles.filter(({ z }) => z === zoom);
    const cut = new Map([...zooms].map((zoom) => [zoom, cutZoom(drawing, collection, zoom, wanted(zoom))]));
    return tiles.map(({ z, x, y }) => {
      const data = cut.get(z)?.get(y * 2 ** z + x) ?? null;
      return { z, x, y, data, etag: data && createHash("sha256").update(data).digest("hex").slice(0, 32) };
    });
  }
}
