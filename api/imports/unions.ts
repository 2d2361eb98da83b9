import { availableParallelism } from "node:os";
import type { Database } from "../database/database.ts";
import { type FlatPolygons, FlatPolygonsBuilder } from "../formats/flatPolygons.ts";
import {
  districtsTouched,
  knownAreas,
  otherPartsOfRegencies,
  otherRegencies,
  otherVillages,
  type StoredShape,
  stageRenamed,
} from "../queries/areaUnions.ts";
import { type AreaLevel, type StagedArea, stageAreas } from "../queries/stagedAreas.ts";
import type { DrawnVillages } from "./borders.ts";
import { newestVintage } from "./boundaryRow.ts";
import { type Shape, shapeOfRings } from "./shape.ts";
import { shapeEwkb } from "./writeShape.ts";

/** Holes below about 0.1 km² are gaps between villages that do not quite meet, not enclaves. */
const smallestHoleSquareDegrees = 0.1 / (111.3 * 110.6);
const bytesPerCopy = 1024 * 1024;

/** Areas and the group in which each is united, −1 for none. */
export interface UnionSource {
  readonly polygons: FlatPolygons;
  readonly groupOf: Int32Array;
}

/** Unites areas by group, where it does not hold up the service; an anticlockwise ring begins a polygon, clockwise ones after it are its holes. */
export type Unite = (sources: readonly UnionSource[], groups: number, smallestHoleSquareDegrees: number) => Promise<FlatPolygons>;

interface Work {
  readonly database: Database;
  readonly importId: string;
  readonly names: ReadonlyMap<string, string>;
  readonly vintage: string | null;
  readonly signal: AbortSignal;
  readonly unite: Unite;
  readonly drawn: DrawnVillages | null;
  /** Codes that stand in the file. */
  readonly inFile: ReadonlySet<string>;
  /** The row numbers of made areas: they stand in no file, so they are negative, and each is used once. */
  readonly nextRow: () => number;
  /** The unions staged so far, by code. */
  readonly made: Map<string, Shape["polygons"]>;
}

interface United {
  readonly codes: readonly string[];
  readonly polygons: FlatPolygons;
}

function sourceOf(shapes: readonly StoredShape[], groupOf: (code: string) => number): UnionSource {
  const builder = new FlatPolygonsBuilder();
  for (const { geojson } of shapes) builder.add(geojson);
  return { polygons: builder.finish(), groupOf: Int32Array.from(shapes, ({ code }) => groupOf(code)) };
}

/** Stages the unions that differ from what is stored. */
async function stageUnited(work: Work, level: AreaLevel, { codes, polygons }: United): Promise<void> {
  const known = new Map((await knownAreas(work.database, codes)).map((area) => [area.code, area]));
  let batch: StagedArea[] = [];
  let size = 0;
  for (const [index, code] of codes.entries()) {
    const shape = shapeOfRings(polygons, index);
    if (!shape) continue;
    const before = known.get(code);
    const name = work.names.get(code) ?? before?.name ?? code;
    if (before && before.ringHash === shape.hash && before.name === name) continue;
    work.made.set(code, shape.polygons);
    const ewkb = shapeEwkb(shape);
    const vintage = work.vintage ?? newestVintage;
    const row = work.nextRow();
    batch.push({ row, code, level, name, kind: null, vintage, origin: "union", source: null, ringHash: shape.hash, ewkb });
    size += ewkb.length;
    if (size < bytesPerCopy) continue;
    work.signal.throwIfAborted();
    await stageAreas(work.database, work.importId, batch);
    batch = [];
    size = 0;
  }
  if (batch.length > 0) await stageAreas(work.database, work.importId, batch);
}

/** Of the codes those that have no file of their own, neither stored nor now. */
async function withoutFile(work: Work, codes: Iterable<string>): Promise<string[]> {
  const open = [...new Set(codes)].filter((code) => !work.inFile.has(code)).sort();
  const filed = new Set((await knownAreas(work.database, open)).filter((area) => area.origin === "file").map((area) => area.code));
  return open.filter((code) => !filed.has(code));
}

async function uniteLevel(work: Work, codes: readonly string[], sources: readonly UnionSource[]): Promise<United> {
  work.signal.throwIfAborted();
  return { codes, polygons: await work.unite(sources, codes.length, smallestHoleSquareDegrees) };
}

/** Makes the touched districts, kabupaten and the province itself again, each level from the one below. */
async function uniteProvince(work: Work, province: string, touched: readonly string[]): Promise<void> {
  const { database, importId, drawn } = work;
  const groups = (codes: readonly string[], length: number): ((code: string) => number) => {
    const numbers = new Map(codes.map((code, index) => [code, index]));
    return (code) => numbers.get(code.slice(0, length)) ?? -1;
  };
  const drawnIn = (groupOf: (code: string) => number): UnionSource[] =>
    drawn
      ? [{ polygons: drawn.polygons, groupOf: Int32Array.from(drawn.codes, (code, index) => (index < drawn.staged ? groupOf(code) : -1)) }]
      : [];

  const districts = await withoutFile(work, touched);
  const inDistrict = groups(districts, 8);
  const stored = await otherVillages(database, importId, districts);
  const united = await uniteLevel(work, districts, [...drawnIn(inDistrict), sourceOf(stored, inDistrict)]);
  await stageUnited(work, "district", united);

  const regencies = await withoutFile(
    work,
    touched.map((code) => code.slice(0, 5)),
  );
  const inRegency = groups(regencies, 5);
  const others = await otherPartsOfRegencies(database, importId, regencies, districts);
  const above = await uniteLevel(work, regencies, [
    { polygons: united.polygons, groupOf: Int32Array.from(districts, inRegency) },
    // Villages of a district with a file of its own.
    ...drawnIn((code) => (inDistrict(code) === -1 ? inRegency(code) : -1)),
    sourceOf(others, inRegency),
  ]);
  await stageUnited(work, "regency", above);

  if ((await withoutFile(work, [province])).length === 0) return;
  const filed = [...work.inFile].filter((code) => code.length === 5 && code.startsWith(province));
  const rest = await otherRegencies(database, importId, province, { united: regencies, filed });
  const whole = await uniteLevel(
    work,
    [province],
    [{ polygons: above.polygons, groupOf: new Int32Array(regencies.length) }, sourceOf(rest, () => 0)],
  );
  await stageUnited(work, "province", whole);
}

/**
 * Makes districts, kabupaten and provinces again from the villages in them, where the import changes villages and no file of their own is stored.
 * Names come from the file, else stay, else are the code. As many provinces at a time as there are processors.
 * @param progress called with the share done, 0 to 1.
 * @returns the shapes that it staged, by code.
 */
export async function stageUnions(
  given: Omit<Work, "nextRow" | "made">,
  progress: (share: number) => void,
): Promise<Map<string, Shape["polygons"]>> {
  let row = 0;
  const work: Work = { ...given, nextRow: () => --row, made: new Map() };
  const districts = await districtsTouched(work.database, work.importId);
  const provinces = new Map<string, string[]>();
  for (const code of districts) provinces.set(code.slice(0, 2), [...(provinces.get(code.slice(0, 2)) ?? []), code]);
  const waiting = [...provinces];
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await uniteProvince(work, ...next);
      done += next[1].length;
      progress(done / districts.length);
    }
  };
  const lanes = Array.from({ length: availableParallelism() }, () =>
    lane().catch((error) => {
      // The other lanes end too, before the failure is told: nobody stages any more then.
      waiting.length = 0;
      throw error;
    }),
  );
  for (const ended of await Promise.allSettled(lanes)) if (ended.status === "rejected") throw ended.reason;

  // A name may be new although no shape is.
  const others = [...work.names.keys()].filter((code) => !work.made.has(code) && !work.inFile.has(code));
  for (const area of await knownAreas(work.database, others)) {
    const name = work.names.get(area.code);
    if (area.origin === "union" && name && name !== area.name)
      await stageRenamed(work.database, work.importId, work.nextRow(), area.code, name);
  }
  return work.made;
}
