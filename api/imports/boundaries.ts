import { setImmediate as answerOthers } from "node:timers/promises";
import type { Database } from "../database/database.ts";
import type { FileRow } from "../formats/rows.ts";
import { problem } from "../problem.ts";
import { areasVersion, lockAreas } from "../queries/areasVersion.ts";
import { storeStagedNeighbours } from "../queries/neighbours.ts";
import {
  contentKey,
  countStaged,
  invalidRows,
  measureSpan,
  repairRow,
  type StagedArea,
  stageAreas,
  stagedSpans,
  stagedVillageCodes,
  storedContents,
  storeStagedAreas,
  unstageCodes,
  unstageRows,
} from "../queries/stagedAreas.ts";
import { storeStagedTiles } from "../queries/tiles.ts";
import { remakeTiles } from "../tiles/remake.ts";
import { drawVillages, stageBorders } from "./borders.ts";
import { FindingList } from "./boundaryReport/findingList.ts";
import { ReadFindings } from "./boundaryReport/readFindings.ts";
import { makeBoundaryReport } from "./boundaryReport/report.ts";
import { boundaryFields, readBoundaryRow } from "./boundaryRow.ts";
import { recordReader } from "./columns.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest, Prepared, Say } from "./request.ts";
import { countOpenRings, shapeEwkb, shapeGeojson } from "./shape.ts";
import { stageUnions } from "./unions.ts";

const rowsPerSpan = 250;
const bytesPerCopy = 8 * 1024 * 1024;
const longestSpellMs = 25;

interface ReadFile {
  /** Rows of each code, in the order of the file. */
  readonly rowsOf: ReadonlyMap<string, readonly number[]>;
  readonly names: ReadonlyMap<string, string>;
  /** Areas staged although they are stored just so: a dry run looks at all of the file. */
  readonly unchanged: number;
}

/** Reads the file into staging; faulty rows go to the report. */
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
  const contentOf = new Map<string, string>();
  const names = new Map<string, string>();
  const differing = new Set<string>();
  let batch: StagedArea[] = [];
  let size = 0;
  let unchanged = 0;
  let answeredAt = performance.now();
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
      contentOf.set(area.code, content);
      found.read(checked);
      if (stored.get(area.code) === content) {
        if (!request.options.dryRun) continue;
        unchanged++;
      }
      const staged = { ...area, geojson: shapeGeojson(shape), ewkb: shapeEwkb(shape) };
      batch.push(staged);
      size += staged.ewkb.length + staged.geojson.length;
      if (size > bytesPerCopy) {
        await stageAreas(database, request.id, batch);
        batch = [];
        size = 0;
      }
    }
  }
  if (batch.length > 0) await stageAreas(database, request.id, batch);
  if (differing.size > 0) await unstageCodes(database, request.id, [...differing]);
  for (const [code, all] of rowsOf) {
    if (all.length > 1) found.repeated(code, all, differing.has(code));
    if (differing.has(code)) {
      if (request.options.dryRun && stored.get(code) === contentOf.get(code)) unchanged--;
      for (const row of all) report.queue(row, { field: "code", code: "twice_not_loaded", value: code, rows: all.join(", ") });
      rowsOf.delete(code);
      // A repetition word for word is harmless; anything else waits for a choice.
    } else report.unchanged += all.length - (stored.get(code) === contentOf.get(code) ? 0 : 1);
  }
  return { rowsOf, names, unchanged };
}

const squareKilometres = (value: number): number => Number(value.toPrecision(4));

/** Repairs and measures what is staged; a shape of which nothing is left is a fault. */
async function checkShapes(
  parts: ImportParts,
  importId: string,
  report: ReportBuilder,
  found: ReadFindings,
  progress: (share: number) => void,
): Promise<void> {
  const spans = await stagedSpans(parts.database, importId, rowsPerSpan);
  for (const [index, { from, to }] of spans.entries()) {
    parts.signal.throwIfAborted();
    const lost: number[] = [];
    for (const row of await invalidRows(parts.database, importId, from, to)) {
      const area = await repairRow(parts.database, importId, row);
      if (area && area.after > 0) {
        // What a union leaves behind is ours to mend, not the sender's to know.
        if (area.row < 0) continue;
        found.repaired(area);
        report.warn(area.row, {
          field: "geometry",
          code: "geometry_repaired",
          value: area.code,
          reason: area.reason,
          before: squareKilometres(area.before),
          after: squareKilometres(area.after),
        });
        continue;
      }
      // A union that cannot be mended is left out; it is made again with the next import.
      lost.push(row);
      if (row > 0) {
        const reason = area?.reason ?? "ST_MakeValid";
        found.lost(row, area?.code ?? null, reason);
        report.reject(row, [{ field: "geometry", code: "geometry_lost", value: area?.code ?? null, reason }]);
      }
    }
    if (lost.length > 0) await unstageRows(parts.database, importId, lost);
    await measureSpan(parts.database, importId, from, to);
    progress((index + 1) / spans.length);
  }
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
  const { rowsOf, names, unchanged } = await stageFile(database, request, rows, report, found, signal);
  const spans = await stagedSpans(database, importId, 1000);
  await checkShapes(parts, importId, report, found, (share) => say(15 + 20 * share, "Memeriksa bentuk", "Checking shapes"));
  say(35, "Mencari tetangga desa", "Finding neighbouring villages");
  let drawn = await drawVillages(database, importId, spans, parts.findNeighbours);
  const notes = report.fileNotes.map(({ code, message }) => ({ code, message }));
  await makeBoundaryReport(findings, found, drawn, request, notes, parts, (share) =>
    say(40 + 5 * share, "Memeriksa tumpang tindih dan celah", "Checking overlaps and gaps"),
  );
  report.accepted += (await countStaged(database, importId)) - unchanged;
  if ((report.rejected > 0 && !request.options.partial) || request.options.dryRun) return null;

  const { unite } = parts;
  await stageUnions(
    { database, importId, names, vintage: request.options.vintage, signal, unite, drawn, inFile: new Set(rowsOf.keys()) },
    (share) => say(45 + 20 * share, "Menyatukan kecamatan, kabupaten, provinsi", "Uniting districts, regencies, provinces"),
  );
  await checkShapes(parts, importId, report, found, () => {});
  if ((await countStaged(database, importId)) === 0) return null;
  signal.throwIfAborted();
  if (drawn) await stageBorders(database, importId, drawn);
  // The nation's shapes are 140 MB that the tiles do not need.
  drawn = null;
  say(65, "Membuat petak peta", "Making map tiles");
  await remakeTiles(database, importId, new Map(), { signal, progress: (share) => say(65 + 30 * share, "Membuat petak peta", "Making map tiles") });
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
