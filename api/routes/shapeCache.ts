import type { Database } from "../database/database.ts";
import { readShapeTexts } from "../queries/areaShapeTexts.ts";
import { KeptOfAreas } from "./keptOfAreas.ts";

const mostBytes = 64 * 2 ** 20;

/** Shapes of areas as GeoJSON in UTF-8, ready to be sent: they are most of a page. Which areas are on a page, and all else that is told of them, is read anew each time. */
export class ShapeCache {
  readonly #database: Database;
  readonly #kept: KeptOfAreas<Buffer>;

  constructor(database: Database) {
    this.#database = database;
    this.#kept = new KeptOfAreas(database, mostBytes, (shape) => shape.length);
  }

  /** The shapes of these areas by code; an area without one is left out. */
  get(codes: readonly string[]): Promise<Map<string, Buffer>> {
    return this.#kept.get(codes, async (missing) => {
      const texts = await readShapeTexts(this.#database, missing);
      return [...texts].map(([code, text]) => [code, Buffer.from(text)] as const);
    });
  }
}
