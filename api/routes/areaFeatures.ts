import type { Database } from "../database/database.ts";
import { readTogether } from "../database/readTogether.ts";
import { type CollectionId, collections } from "../queries/collections.ts";
import { type Row, readItems } from "../queries/items.ts";
import { versions } from "../queries/settings.ts";
import { featureOf } from "./features.ts";

const mostBytes = 96 * 2 ** 20;
const bytesOfEntry = 400;

/** What is told of an area by figures that change without the areas, and that not everybody may read. */
export interface AreaFigures {
  readonly population: number | null;
  readonly year: number | null;
}

interface Kept extends AreaFigures {
  /** The feature as it is sent, in UTF-8, after a comma. */
  readonly bytes: Buffer;
  /** Where the figures begin and end in it. */
  readonly from: number;
  readonly to: number;
}

const textOf = ({ population, year }: AreaFigures): string =>
  `"population":${JSON.stringify(population)},"population_year":${JSON.stringify(year)}`;

/**
 * Features of areas as they are sent, those asked for last kept at hand until areas change: a page of them is put together from bytes. Which areas are on a
 * page and their figures are read for each request, in the name of whoever asks; so is the version of the areas, many requests sharing one statement.
 */
export class AreaFeatures {
  readonly #database: Database;
  readonly #timeZone: string;
  readonly #version: () => Promise<number>;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;
  #keptVersion = -1;

  constructor(database: Database, timeZone: string) {
    this.#database = database;
    this.#timeZone = timeZone;
    this.#version = readTogether(async () => (await versions(database)).areas);
  }

  /** The features of these rows in their order, each after a comma; one that is gone since the rows were read is left out. */
  async get(id: CollectionId, rows: readonly Row[]): Promise<Buffer[]> {
    const version = await this.#version();
    if (version > this.#keptVersion) this.#begin(version);
    const isCurrent = version === this.#keptVersion;
    const missing = rows.filter((row) => !isCurrent || !this.#kept.has(row.key)).map((row) => row.key);
    const read = new Map<string, Kept>();
    if (missing.length > 0) {
      for (const row of await readItems(this.#database, collections[id], missing, null)) {
        const made = this.#made(id, row);
        read.set(row.key, made);
        // Read while areas changed, it may be of after or, from a replica, of before.
        if (isCurrent && version === this.#keptVersion && !this.#kept.has(row.key)) this.#keep(row.key, made);
      }
    }
    return rows.flatMap((row) => {
      const found = read.get(row.key) ?? (isCurrent ? this.#asked(row.key) : undefined);
      return found ? [withFigures(found, figuresOf(row))] : [];
    });
  }

  #asked(key: string): Kept | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    // Last asked for, last to go.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept;
  }

  #made(id: CollectionId, row: Row): Kept {
    const feature = featureOf(id, row, this.#timeZone);
    const { population, population_year } = feature.properties as { population: number | null; population_year: number | null };
    const figures = { population, year: population_year };
    const text = `,${feature.text}`;
    // Quotation marks inside of names are written with a backslash, so that this text stands in one place.
    const place = text.lastIndexOf(textOf(figures));
    const from = Buffer.byteLength(text.slice(0, place));
    return { ...figures, bytes: Buffer.from(text), from, to: from + Buffer.byteLength(textOf(figures)) };
  }

  #begin(version: number): void {
    this.#kept.clear();
    this.#bytes = 0;
    this.#keptVersion = version;
  }

  #keep(key: string, made: Kept): void {
    this.#kept.set(key, made);
    this.#bytes += bytesOfEntry + made.bytes.length;
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#bytes <= mostBytes) return;
      this.#kept.delete(oldest);
      this.#bytes -= bytesOfEntry + bytes.length;
    }
  }
}

const numberOf = (value: unknown): number | null => (typeof value === "number" ? value : null);

const figuresOf = (row: Row): AreaFigures => {
  const [population, year] = (row.figures as readonly unknown[] | null) ?? [];
  return { population: numberOf(population), year: numberOf(year) };
};

function withFigures(kept: Kept, figures: AreaFigures): Buffer {
  if (kept.population === figures.population && kept.year === figures.year) return kept.bytes;
  return Buffer.concat([kept.bytes.subarray(0, kept.from), Buffer.from(textOf(figures)), kept.bytes.subarray(kept.to)]);
}
