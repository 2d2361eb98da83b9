import type { Database } from "../database/database.ts";
import { readTogether } from "../database/readTogether.ts";
import { versions } from "../queries/settings.ts";
import { readTile } from "../queries/tiles.ts";

interface Tile {
  readonly data: Uint8Array;
  readonly etag: string;
}

const mostBytes = 96 * 2 ** 20;
// What a tile takes beside its data, and one without any.
const bytesOfEntry = 200;

/**
 * Tiles as they are stored, those asked for last kept at hand until areas change. The version of the areas is asked for anew by each request (many share
 * one statement), so that no process of the service shows shapes of before an import.
 */
export class TileCache {
  readonly #database: Database;
  readonly #version: () => Promise<number>;
  readonly #tiles = new Map<string, Tile | null>();
  #bytes = 0;
  #keptVersion = -1;

  constructor(database: Database) {
    this.#database = database;
    this.#version = readTogether(async () => (await versions(database)).areas);
  }

  /** One tile, or null where it is empty. */
  async get(collection: string, z: number, x: number, y: number): Promise<Tile | null> {
    const version = await this.#version();
    if (version > this.#keptVersion) this.#begin(version);
    const key = `${collection} ${z} ${x} ${y}`;
    const kept = this.#tiles.get(key);
    if (kept !== undefined) {
      // Last asked for, last to go.
      this.#tiles.delete(key);
      this.#tiles.set(key, kept);
      return kept;
    }
    const tile = await readTile(this.#database, collection, z, x, y);
    // Read while areas changed, or from a replica that does not know of it yet, it may be of before.
    if (version === this.#keptVersion && !this.#tiles.has(key)) this.#keep(key, tile);
    return tile;
  }

  #begin(version: number): void {
    this.#tiles.clear();
    this.#bytes = 0;
    this.#keptVersion = version;
  }

  #keep(key: string, tile: Tile | null): void {
    this.#tiles.set(key, tile);
    this.#bytes += bytesOfEntry + (tile?.data.length ?? 0);
    for (const [oldest, dropped] of this.#tiles) {
      if (this.#bytes <= mostBytes) return;
      this.#tiles.delete(oldest);
      this.#bytes -= bytesOfEntry + (dropped?.data.length ?? 0);
    }
  }
}
