import type { Database } from "../database/database.ts";
import { readTogether } from "../database/readTogether.ts";
import { readShapeTexts } from "../queries/areaShapeTexts.ts";
import { versions } from "../queries/settings.ts";

const mostBytes = 64 * 2 ** 20;
const bytesOfEntry = 200;

/**
 * Shapes of areas as GeoJSON in UTF-8, ready to be sent, those asked for last kept at hand until areas change: they are most of a page and the same for everybody. Which
 * areas are on a page, and all else that is told of them, is read anew each time. The version of the areas is asked for by each request (many share one statement).
 */
export class ShapeCache {
  readonly #database: Database;
  readonly #version: () => Promise<number>;
  readonly #shapes = new Map<string, Buffer>();
  #bytes = 0;
  #keptVersion = -1;

  constructor(database: Database) {
    this.#database = database;
    this.#version = readTogether(async () => (await versions(database)).areas);
  }

  /** The shapes of these areas by code; an area without one is left out. */
  async get(codes: readonly string[]): Promise<Map<string, Buffer>> {
    const version = await this.#version();
    if (version > this.#keptVersion) this.#begin(version);
    const found = new Map<string, Buffer>();
    const missing: string[] = [];
    for (const code of codes) {
      const kept = version === this.#keptVersion ? this.#shapes.get(code) : undefined;
      if (kept === undefined) {
        missing.push(code);
        continue;
      }
      // Last asked for, last to go.
      this.#shapes.delete(code);
      this.#shapes.set(code, kept);
      found.set(code, kept);
    }
    if (missing.length === 0) return found;
    for (const [code, text] of await readShapeTexts(this.#database, missing)) {
      const shape = Buffer.from(text);
      found.set(code, shape);
      // Read while areas changed, it may be of after or, from a replica, of before.
      if (version === this.#keptVersion && !this.#shapes.has(code)) this.#keep(code, shape);
    }
    return found;
  }

  #begin(version: number): void {
    this.#shapes.clear();
    this.#bytes = 0;
    this.#keptVersion = version;
  }

  #keep(code: string, shape: Buffer): void {
    this.#shapes.set(code, shape);
    this.#bytes += bytesOfEntry + shape.length;
    for (const [oldest, dropped] of this.#shapes) {
      if (this.#bytes <= mostBytes) return;
      this.#shapes.delete(oldest);
      this.#bytes -= bytesOfEntry + dropped.length;
    }
  }
}
