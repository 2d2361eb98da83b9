import type { Database } from "../database/database.ts";
import { type NeighbourRow, stageNeighbours } from "../queries/neighbours.ts";
import { geojsonOf, stagedVillagesAfter, villagesBeside } from "../queries/stagedAreas.ts";

/** Polygons as flat arrays: longitude and latitude of every vertex, where each ring and each area begins. */
export interface FlatPolygons {
  readonly n: number;
  readonly coordinates: Float64Array;
  readonly ringOffsets: Int32Array;
  readonly areaOffsets: Int32Array;
}

/** Each unordered pair once, by the polygons' indices. */
export interface NeighbourPairs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly rook: Uint8Array;
  readonly byTolerance: Uint8Array;
  readonly borderMetres: Float64Array;
  readonly gapMetres: Float64Array;
}

const areasPerQuery = 1000;
const pairsPerCopy = 20_000;

/** Numbers written one after another into arrays that grow. */
class FlatBuilder {
  #coordinates = new Float64Array(1 << 16);
  #length = 0;
  readonly #rings: number[] = [];
  readonly #areas: number[] = [];

  add(geojson: string): void {
    const { type, coordinates } = JSON.parse(geojson) as { type: string; coordinates: number[][][] | number[][][][] };
    const polygons = (type === "Polygon" ? [coordinates] : coordinates) as number[][][][];
    this.#areas.push(this.#rings.length);
    for (const ring of polygons.flat()) {
      this.#rings.push(this.#length / 2);
      if (this.#length + 2 * ring.length > this.#coordinates.length) {
        const larger = new Float64Array(Math.max(this.#coordinates.length * 2, this.#length + 2 * ring.length));
        larger.set(this.#coordinates.subarray(0, this.#length));
        this.#coordinates = larger;
      }
      for (const [x, y] of ring) {
        this.#coordinates[this.#length++] = x!;
        this.#coordinates[this.#length++] = y!;
      }
    }
  }

  finish(): FlatPolygons {
    return {
      n: this.#areas.length,
      coordinates: this.#coordinates.slice(0, this.#length),
      ringOffsets: Int32Array.from([...this.#rings, this.#length / 2]),
      areaOffsets: Int32Array.from([...this.#areas, this.#rings.length]),
    };
  }
}

/**
 * Finds the neighbours of every staged village among staged and stored villages, across kabupaten borders too, and stages the pairs.
 */
export async function stageBorders(
  database: Database,
  importId: string,
  spans: readonly { from: number; to: number }[],
  findNeighbours: (input: { readonly polygons: FlatPolygons; readonly changed: Uint8Array }) => Promise<NeighbourPairs>,
): Promise<void> {
  const builder = new FlatBuilder();
  const codes: string[] = [];
  for (let after = ""; ; ) {
    const page = await stagedVillagesAfter(database, importId, after, areasPerQuery);
    for (const { code, geojson } of page) {
      codes.push(code);
      builder.add(geojson);
    }
    if (page.length < areasPerQuery) break;
    after = page.at(-1)!.code;
  }
  if (codes.length === 0) return;
  const staged = codes.length;

  const beside = new Set<string>();
  for (const { from, to } of spans) for (const code of await villagesBeside(database, importId, from, to)) beside.add(code);
  const others = [...beside].sort();
  for (let at = 0; at < others.length; at += areasPerQuery) {
    for (const { code, geojson } of await geojsonOf(database, others.slice(at, at + areasPerQuery))) {
      codes.push(code);
      builder.add(geojson);
    }
  }

  const changed = new Uint8Array(codes.length).fill(1, 0, staged);
  const pairs = await findNeighbours({ polygons: builder.finish(), changed });
  let batch: NeighbourRow[] = [];
  for (let i = 0; i < pairs.from.length; i++) {
    const [from, to] = [pairs.from[i]!, pairs.to[i]!];
    // Between two stored villages nothing has changed.
    if (from >= staged && to >= staged) continue;
    batch.push({
      fromCode: codes[from]!,
      toCode: codes[to]!,
      isRook: pairs.rook[i] === 1,
      byTolerance: pairs.byTolerance[i] === 1,
      borderMetres: pairs.borderMetres[i]!,
      gapMetres: pairs.gapMetres[i]!,
    });
    if (batch.length >= pairsPerCopy) {
      await stageNeighbours(database, importId, batch);
      batch = [];
    }
  }
  if (batch.length > 0) await stageNeighbours(database, importId, batch);
}
