import { setImmediate as answerOthers } from "node:timers/promises";
import type { Database } from "../database/database.ts";
import type { FileRow } from "../formats/rows.ts";
import { problem } from "../problem.ts";
import { areasVersion, lockAreas } from "../queries/areasVersion.ts";
import { storeStagedNeighbours } from "../queries/neighbours.ts";
import {
  contentKey,
  countStaged,
  stagedVillageCodes,
  storedContents,
  storeStagedAreas,
  unmeasuredSpans,
  unstageCodes,
} from "../queries/stagedAreas.ts";
import { storeStagedTiles } from "../queries/tiles.ts";
import { remakeTiles } from "../tiles/remake.ts";
import { drawVillages, shapesAtHand, stageBorders, stagedMarks } from "./borders.ts";
import { FindingList } from "./boundaryReport/findingList.ts";
import { ReadFindings } from "./boundaryReport/readFindings.ts";
import { makeBoundaryReport } from "./boundaryReport/report.ts";
import { boundaryFields, readBoundaryRow } from "./boundaryRow.ts";
import { checkSpan, isLost, rowsPerSpan, tellMended } from "./checkShapes.ts";
import { recordReader } from "./columns.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest, Prepared, Say } from "./request.ts";
import { countOpenRings, readShape, type Shape } from "./shape.ts";
import { AreaStaging } from "./staging.ts";
import { stageUnions } from "./unions.ts";
import { shapeEwkb } from "./writeShape.ts";

const longestSpellMs = 25;

interface ReadFile {
  /** Rows of each code, in the order of the file. */
  readonly rowsOf: ReadonlyMap<string, readonly number[]>;
  readonly names: ReadonlyMap<string, string>;
  /** Shapes of the staged villages, mended where they were not valid. */
  readonly villages: Map<string, Shape["polygons"]>;
  /** Areas staged although they are stored just so: a dry run looks at all of the file. */
  readonly unchanged: number;
}

/** Reads the file into staging, where its shapes are checked; faulty rows and what was repaired go to the report. */
async function stageFile(
  database: Database,
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  report: ReportBuilder,
  found: ReadFindings,
  signal: AbortSignal,
): Promise<ReadFile> {
  const read = recordReader(boundaryFields, request.options.mapping, { name: request.name, keepOthers: false });
  const stored = await storedContents(database);
  const rowsOf = new Map<string, number[]>();
  const codeOfRow = new Map<number, string>();
  const contentOf = new Map<string, string>();
  const names = new Map<string, string>();
  const differing = new Set<string>();
  const villages = new Map<string, Shape["polygons"]>();
  const staging = new AreaStaging(database, request.id, signal);
  let unchanged = 0;
  let answeredAt = performance.now();
  try {
    for await (const part of rows) {
      signal.throwIfAborted();
      for (const row of part) {
        // A batch takes a fifth of a second: whoever asks something meanwhile is answered in between.
        if (performance.now() - answeredAt > longestSpellMs) {
          await answerOthers();
          answeredAt = performance.now();
        }
        const checked = readBoundaryRow(row, read, request);
        if ("faults" in checked) {
          report.reject(row.row, checked.faults);
          found.rejected(row.row, checked);
          continue;
        }
        const { area, shape } = checked;
        const openRings = countOpenRings(row.geometry);
        if (openRings > 0) report.warn(row.row, { field: "geometry", code: "ring_closed", value: openRings });
        for (const [code, name] of checked.parentNames) names.set(code, name);
        const content = contentKey(area);
        const earlier = rowsOf.get(area.code);
        if (earlier) {
          earlier.push(row.row);
          if (contentOf.get(area.code) !== content) differing.add(area.code);
          continue;
        }
        rowsOf.set(area.code, [row.row]);
        codeOfRow.set(row.row, area.code);
        contentOf.set(area.code, content);
        found.read(checked);
        if (stored.get(area.code) === content) {
          if (!request.options.dryRun) continue;
          unchanged++;
        }
        if (area.level === "village") villages.set(area.code, shape.polygons);
        await staging.add({ ...area, ewkb: shapeEwkb(shape) });
      }
    }
    await staging.finish();
  } catch (error) {
    await staging.settle();
    throw error;
  }
  for (const shape of staging.mended) {
    const code = codeOfRow.get(shape.row)!;
    const mended = !isLost(shape) && villages.has(code) ? readShape(JSON.parse(shape.area!.geojson)) : null;
    if (mended && "shape" in mended) villages.set(code, mended.shape.polygons);
    else villages.delete(code);
  }
  if (differing.size > 0) await unstageCodes(database, request.id, [...differing]);
  for (const [code, all] of rowsOf) {
    if (all.length > 1) found.repeated(code, all, differing.has(code));
    if (differing.has(code)) {
      if (request.options.dryRun && stored.get(code) === contentOf.get(code)) unchanged--;
      for (const row of all) report.queue(row, { field: "code", code: "twice_not_loaded", value: code, rows: all.join(", ") });
      rowsOf.delete(code);
      villages.delete(code);
      // A repetition word for word is harmless; anything else waits for a choice.
    } else report.unchanged += all.length - (stored.get(code) === contentOf.get(code) ? 0 : 1);
  }
  tellMended(
    staging.mended.filter(({ area }) => !(area && differing.has(area.code))),
    report,
    found,
  );
  return { rowsOf, names, villages, unchanged };
}

/** Repairs and measures what was staged since: unions, whose faults are ours; those whose shape is another one now leave `made`. One that cannot be mended is left out; it is made again with the next import. */
async function checkUnions({ database, signal }: ImportParts, importId: string, made: Map<string, Shape["polygons"]>): Promise<void> {
  for (const { from, to } of await unmeasuredSpans(database, importId, rowsPerSpan)) {
    signal.throwIfAborted();
    for (const { area } of await checkSpan(database, importId, from, to)) if (area) made.delete(area.code);
  }
}

/** One teller of progress for each of several works that run side by side; together they tell the mean share done. */
function sharedProgress(works: number, tell: (share: number) => void): ((share: number) => void)[] {
  const shares = new Array<number>(works).fill(0);
  return shares.map((_, work) => (share) => {
    shares[work] = share;
    tell(shares.reduce((sum, each) => sum + each, 0) / works);
  });
}

/** Waits for all, and ends the others when one fails: nobody stages any more when the first failure is told. */
async function allOf(works: readonly Promise<unknown>[], failed: AbortController): Promise<void> {
  await Promise.all(works.map((work) => work.catch((reason: unknown) => failed.abort(reason))));
  failed.signal.throwIfAborted();
}

/**
 * Reads, checks and prepares boundaries, all in staging: shapes repaired and measured; higher levels, neighbours and tiles made as they will be.
 * @returns what stores it, or null when nothing is to be stored: rows rejected without `partial`, a dry run, or no change.
 */
export async function prepareBoundaries(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
  say: Say,
): Promise<Prepared | null> {
  const { database, signal } = parts;
  const importId = request.id;
  const version = await areasVersion(database);
  const findings = new FindingList();
  const found = new ReadFindings(findings, parts.boundaryChecks);
  const { rowsOf, names, villages: shapes, unchanged } = await stageFile(database, request, rows, report, found, signal);
  const drawn = await drawVillages(database, importId, shapes);
  shapes.clear();
  report.accepted += (await countStaged(database, importId)) - unchanged;
  const willStore = !request.options.dryRun && (report.rejected === 0 || request.options.partial);
  // None of these needs another one: whichever threads are free take what is next.
  const together = sharedProgress(willStore ? 3 : 2, (share) =>
    say(
      20 + 45 * share,
      "Memeriksa tetangga, tumpang tindih dan celah, menyatukan wilayah",
      "Checking neighbours, overlaps and gaps, uniting areas",
    ),
  );
  const failed = new AbortController();
  const watched = { ...parts, signal: AbortSignal.any([signal, failed.signal]) };
  const pairs = drawn && parts.findNeighbours({ polygons: drawn.polygons, changed: stagedMarks(drawn) });
  const notes = report.fileNotes.map(({ code, message }) => ({ code, message }));
  let united: ReadonlyMap<string, Shape["polygons"]> = new Map();
  const works: Promise<unknown>[] = [
    makeBoundaryReport(findings, found, drawn && pairs && { drawn, pairs }, request, notes, watched, together[0]!),
    Promise.resolve(pairs).then(() => together[1]!(1)),
  ];
  if (willStore) {
    const inFile = new Set(rowsOf.keys());
    const { vintage } = request.options;
    const work = { database, importId, names, vintage, signal: watched.signal, unite: parts.unite, drawn, inFile };
    works.push(
      stageUnions(work, together[2]!).then(async (made) => {
        await checkUnions(watched, importId, made);
        united = made;
      }),
    );
  }
  await allOf(works, failed);
  if (!willStore || (await countStaged(database, importId)) === 0) return null;
  signal.throwIfAborted();
  if (drawn && pairs) await stageBorders(database, importId, drawn, await pairs);
  say(65, "Membuat petak peta", "Making map tiles");
  await remakeTiles(database, importId, shapesAtHand(drawn, united), {
    signal,
    progress: (share) => say(65 + 30 * share, "Membuat petak peta", "Making map tiles"),
  });
  const villages = await stagedVillageCodes(database, importId);
  return {
    async store(transaction) {
      if ((await lockAreas(transaction)) !== version) throw problem("areas_changed");
      await storeStagedAreas(transaction, importId, parts.now);
      await storeStagedNeighbours(transaction, importId);
      await storeStagedTiles(transaction, importId);
      return villages;
    },
  };
}
