import type { Database } from "../database/database.ts";
import { districtsTouched, knownAreas, stageRenamed, unionInside } from "../queries/areaUnions.ts";
import { type AreaLevel, type StagedArea, stageAreas } from "../queries/stagedAreas.ts";
import { newestVintage } from "./boundaryRow.ts";
import { readShape, shapeEwkb, shapeGeojson, withoutSmallHoles } from "./shape.ts";

/** Holes below about 0.1 km² are gaps between villages that do not quite meet, not enclaves. */
const smallestHoleSquareDegrees = 0.1 / (111.3 * 110.6);

interface Work {
  readonly database: Database;
  readonly importId: string;
  readonly names: ReadonlyMap<string, string>;
  readonly vintage: string | null;
  readonly signal: AbortSignal;
  /** Called with the share done, 0 to 1. */
  readonly step: (share: number) => void;
}

// Districts are most of the work.
const progressOf = { district: 0, regency: 0.5, province: 0.75 } as const;

/** The row numbers of made areas: they stand in no file, so they are negative, and each is used once. */
function numbering(): () => number {
  let row = 0;
  return () => --row;
}

async function unite(work: Work, level: Exclude<AreaLevel, "village">, codes: readonly string[], nextRow: () => number): Promise<string[]> {
  const known = new Map((await knownAreas(work.database, codes)).map((area) => [area.code, area]));
  const made: string[] = [];
  let done = 0;
  let batch: StagedArea[] = [];
  for (const code of codes) {
    work.signal.throwIfAborted();
    work.step(progressOf[level] + (1 - progressOf[level]) * 0.5 * (done++ / codes.length));
    const before = known.get(code);
    if (before?.origin === "file") continue;
    const geojson = await unionInside(work.database, work.importId, code, level);
    const read = geojson === null ? null : readShape(JSON.parse(geojson));
    if (!read || "fault" in read) continue;
    const shape = withoutSmallHoles(read.shape, smallestHoleSquareDegrees);
    const name = work.names.get(code) ?? before?.name ?? code;
    if (before && before.ringHash === shape.hash && before.name === name) continue;
    made.push(code);
    batch.push({
      row: nextRow(),
      code,
      level,
      name,
      kind: null,
      vintage: work.vintage ?? newestVintage,
      origin: "union",
      source: null,
      geojson: shapeGeojson(shape),
      ringHash: shape.hash,
      ewkb: shapeEwkb(shape),
    });
    if (batch.length >= 20) {
      await stageAreas(work.database, work.importId, batch);
      batch = [];
    }
  }
  if (batch.length > 0) await stageAreas(work.database, work.importId, batch);
  return made;
}

/**
 * Makes districts, kabupaten and provinces again from the villages in them, where the import changes villages and no file of their own is stored.
 * Names come from the file, else stay, else are the code. One union a statement, so that others are answered in between.
 */
export async function stageUnions(work: Work, staged: ReadonlySet<string>): Promise<void> {
  const nextRow = numbering();
  const districts = await districtsTouched(work.database, work.importId);
  const own = (codes: Iterable<string>): string[] => [...new Set(codes)].filter((code) => !staged.has(code)).sort();
  const made = new Set(
    await unite(work, "district", own(districts.filter((district) => !district.hasFile).map((district) => district.code)), nextRow),
  );
  const regencies = own(districts.map((district) => district.code.slice(0, 5)));
  for (const code of await unite(work, "regency", regencies, nextRow)) made.add(code);
  const provinces = own(districts.map((district) => district.code.slice(0, 2)));
  for (const code of await unite(work, "province", provinces, nextRow)) made.add(code);

  // A name may be new although no shape is.
  const others = [...work.names.keys()].filter((code) => !made.has(code) && !staged.has(code));
  for (const area of await knownAreas(work.database, others)) {
    const name = work.names.get(area.code);
    if (area.origin === "union" && name && name !== area.name) await stageRenamed(work.database, work.importId, nextRow(), area.code, name);
  }
}
