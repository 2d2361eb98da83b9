import type { Database } from "../database/database.ts";
import { type CollectionId, collections } from "../queries/collections.ts";
import { type Row, readItems } from "../queries/items.ts";
import { featureOf } from "./features.ts";
import { KeptOfAreas } from "./keptOfAreas.ts";

const mostBytes = 96 * 2 ** 20;
/** Of what is kept beside the bytes. */
const bytesOfFields = 200;

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
 * page and their figures are read for each request, in the name of whoever asks;
 */
export class AreaFeatures {
  readonly #database: Database;
  readonly #timeZone: string;
  readonly #kept: KeptOfAreas<Kept>;

  constructor(database: Database, timeZone: string) {
    this.#database = database;
    this.#timeZone = timeZone;
    this.#kept = new KeptOfAreas(database, mostBytes, ({ bytes }) => bytesOfFields + bytes.length);
  }

  /** The features of these rows in their order, each after a comma; one that is gone since the rows were read is left out. */
  async get(id: CollectionId, rows: readonly Row[]): Promise<Buffer[]> {
    const found = await this.#kept.get(
      rows.map((row) => row.key),
      async (missing) => {
        const read = await readItems(this.#database, collections[id], [...missing], null);
        return read.map((row) => [row.key, this.#made(id, row)] as const);
      },
    );
    return rows.flatMap((row) => {
      const kept = found.get(row.key);
      return kept ? [withFigures(kept, figuresOf(row))] : [];
    });
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
