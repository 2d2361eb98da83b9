import type { Database } from "../database/database.ts";
import { type FlatPolygons, FlatPolygonsBuilder } from "../formats/flatPolygons.ts";
import { type NeighbourRow, stageNeighbours } from "../queries/neighbours.ts";
import { geojsonOf, stagedVillagesAfter, villagesBeside } from "../queries/stagedAreas.ts";

/** Each unordered pair once, by the polygons' indices. Villages that overlap are among them, with a gap of 0. */
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

/**
 * The villages of an import as they will be stored, and what lies beside them: what neighbours are found in, and what every check of the drawing is handed
 * (`drawingChecks` in boundaries.ts), also in a dry run and before a file is refused. Shapes are repaired already.
 */
export interface DrawnVillages {
  /** Codes of the staged villages, ascending, then those of the stored villages within about 100 m of one of them, ascending. */
  readonly codes: readonly string[];
  /** How many of the codes, from the front, are staged. */
  readonly staged: number;
  /** Their shapes in degrees, in the order of the codes; the arrays are shared with threads that are given them, so nobody writes to them. */
  readonly polygons: FlatPolygons;
  /** All pairs with at least one staged village that are at most 10 m apart. */
  readonly pairs: NeighbourPairs;
}

/** Finds the neighbours of every staged village among staged and stored villages, across kabupaten borders too; null while no village is staged. */
export async function drawVillages(
  database: Database,
  importId: string,
  spans: readonly { from: number; to: number }[],
  findNeighbours: (input: { readonly polygons: FlatPolygons; readonly changed: Uint8Array }) => Promise<NeighbourPairs>,
): Promise<DrawnVillages | null> {
  const builder = new FlatPolygonsBuilder();
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
  if (codes.length === 0) return null;
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
  const polygons = builder.finish();
  return { codes, staged, polygons, pairs: await findNeighbours({ polygons, changed }) };
}

/** Stages the pairs of neighbours that the import changes. */
export async function stageBorders(database: Database, importId: string, { codes, staged, pairs }: DrawnVillages): Promise<void> {
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
