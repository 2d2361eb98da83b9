import type { Database } from "../database/database.ts";
import { type FlatPolygons, flatPolygonsOf } from "../formats/flatPolygons.ts";
import { type NeighbourRow, stageNeighbours } from "../queries/neighbours.ts";
import { geojsonOf, stagedSpans, villagesBeside } from "../queries/stagedAreas.ts";
import type { ShapesAtHand } from "../tiles/remake.ts";
import { readShape, type Shape } from "./shape.ts";

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
const partsPerDegree = 1_000_000;
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
}

/** Puts the shapes of the staged villages, by code, and of stored ones beside them into one drawing; null while no village is staged. */
export async function drawVillages(
  database: Database,
  importId: string,
  shapes: ReadonlyMap<string, Shape["polygons"]>,
): Promise<DrawnVillages | null> {
  if (shapes.size === 0) return null;
  const codes = [...shapes.keys()].sort();
  const areas = codes.map((code) => shapes.get(code)!);
  const staged = codes.length;

  const beside = new Set<string>();
  for (const { from, to } of await stagedSpans(database, importId, areasPerQuery))
    for (const code of await villagesBeside(database, importId, from, to)) beside.add(code);
  const others = [...beside].sort();
  for (let at = 0; at < others.length; at += areasPerQuery) {
    for (const { code, geojson } of await geojsonOf(database, others.slice(at, at + areasPerQuery))) {
      const read = readShape(JSON.parse(geojson));
      codes.push(code);
      areas.push("shape" in read ? read.shape.polygons : []);
    }
  }

  return { codes, staged, polygons: flatPolygonsOf(areas, partsPerDegree) };
}

/** Where the shapes of the staged villages and of what was made of them are found again. */
export function shapesAtHand(drawn: DrawnVillages | null, united: ReadonlyMap<string, Shape["polygons"]>): ShapesAtHand {
  const unions = flatPolygonsOf([...united.values()], partsPerDegree);
  return new Map([
    ...(drawn?.codes.slice(0, drawn.staged) ?? []).map((code, at) => [code, { polygons: drawn!.polygons, at }] as const),
    ...[...united.keys()].map((code, at) => [code, { polygons: unions, at }] as const),
  ]);
}

/** Marks (1) what of a drawing is staged. */
export const stagedMarks = ({ codes, staged }: DrawnVillages): Uint8Array => new Uint8Array(codes.length).fill(1, 0, staged);

/** Stages the pairs of neighbours that the import changes. */
export async function stageBorders(
  database: Database,
  importId: string,
  { codes, staged }: DrawnVillages,
  pairs: NeighbourPairs,
): Promise<void> {
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
