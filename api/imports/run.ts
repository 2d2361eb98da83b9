import { createReadStream } from "node:fs";
import type { ImportKind } from "../contract/importReport.ts";
import type { ProblemCode } from "../contract/problems.ts";
import type { Database } from "../database/database.ts";
import { systemOfCode } from "../formats/declaredCrs.ts";
import type { FormatId } from "../formats/detect.ts";
import type { Placing } from "../formats/inDegrees.ts";
import { readFile } from "../formats/read.ts";
import type { FileRow, FileSource } from "../formats/rows.ts";
import { insertAuditEntries } from "../queries/audit.ts";
import { storeQueued } from "../queries/importQueue.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { removeStaged, removeStaleStaged } from "../queries/staging.ts";
import { markDue } from "../queries/standing.ts";
import { prepareBoundaries } from "./boundaries.ts";
import { cellReader } from "./cellReader.ts";
import { prepareIncidents } from "./incidents.ts";
import { prepareIndicators } from "./indicators.ts";
import { preparePotentials } from "./potentials.ts";
import { tellQueued } from "./queueRows.ts";
import { keepMapping, withRememberedMapping } from "./rememberedMapping.ts";
import { ReportBuilder } from "./report.ts";
import { prepareReports } from "./reports.ts";
import type { ImportOptions, ImportOutcome, ImportParts, ImportRequest, Say } from "./request.ts";
import { prepareRoster } from "./roster.ts";
import { sampleRows } from "./sampledRows.ts";
import { prepareVintage } from "./vintage.ts";

const boundaryFormats = [
  "geojson",
  "geojson-sequence",
  "geojson-feature",
  "topojson",
  "shapefile",
  "geopackage",
  "flatgeobuf",
  "mysql-dump",
] as const;

const kinds = {
  boundaries: { accepted: boundaryFormats, prepare: prepareBoundaries },
  indicators: { accepted: ["csv", "xlsx", "geojson", "geojson-sequence", "geojson-feature"], prepare: prepareIndicators },
  incidents: { accepted: ["csv", "xlsx", "geojson", "geojson-sequence", "geojson-feature"], prepare: prepareIncidents },
  reports: { accepted: ["csv", "xlsx", "geojson", "geojson-sequence", "geojson-feature"], prepare: prepareReports },
  vintage: { accepted: ["csv", "xlsx", "geojson", "geojson-sequence", "geojson-feature"], prepare: prepareVintage },
  potentials: { accepted: ["csv", "xlsx", "geojson", "geojson-sequence", "geojson-feature"], prepare: preparePotentials },
  roster: { accepted: ["csv", "xlsx"], prepare: prepareRoster },
} as const satisfies Record<ImportKind, { accepted: readonly FormatId[]; prepare: typeof prepareBoundaries }>;

/** The formats in which a file of that kind may come. */
export function acceptedFormats(kind: ImportKind): readonly FormatId[] {
  return kinds[kind].accepted;
}

const chunkBytes = 256 * 1024;
// How a column writes its numbers and days is judged by so many rows.
const rowsJudged = 5000;

/** Removes what dead imports left in staging. `running` are the imports still at work in other processes. */
export async function cleanStaging(database: Database, running: readonly string[] = []): Promise<void> {
  await removeStaleStaged(database, running);
}

/** How the file's coordinates are to be taken, as far as the sender says. */
export const placingOf = ({ crs, swapAxes }: ImportOptions): Placing => ({ crs: crs === null ? null : systemOfCode(crs), swapAxes });

/** Reads a file from its beginning, silently: what it deserves to have said was said the first time. */
async function* rowsAgain(source: FileSource, accepted: readonly FormatId[], placing: Placing): AsyncGenerator<readonly FileRow[]> {
  const bytes = createReadStream(source.path ?? "", { highWaterMark: chunkBytes });
  try {
    yield* (await readFile({ ...source, bytes, tell: () => undefined }, accepted, placing)).rows;
  } finally {
    bytes.destroy();
  }
}

/** What the audit trail says of a stored file; its rows stand in the histories. */
const importEntry = ({ id, person, role }: ImportRequest): Parameters<typeof insertAuditEntries>[1][number] => ({
  who: person,
  role,
  what: "import.finish",
  object: `jobs/${id}`,
  objects: [],
  detailHash: null,
});

/**
 * Reads, checks, stages and stores one file: all of it or, unless `partial`, nothing. Much of the work is done outside of the final transaction,
 * in short statements, so that the service goes on answering. Ended at any moment before the commit, nothing has changed.
 * @throws a problem when the file as a whole cannot be read; the signal's reason when it is dismissed.
 */
export async function runImport(sent: ImportRequest, parts: ImportParts): Promise<ImportOutcome> {
  const { database } = parts;
  const say: Say = (percent, id, en) => parts.onProgress(Math.min(100, Math.round(percent)), sent.language === "en" ? en : id);
  const report = new ReportBuilder(sent.language);
  const kind = kinds[sent.kind];
  // A job that is done again after a crash begins anew.
  await removeStaged(database, sent.id);
  const bytes = createReadStream(sent.file, { highWaterMark: chunkBytes });
  let opened: AsyncGenerator<unknown> | null = null;
  try {
    say(0, "Membaca berkas", "Reading the file");
    const warn = (fault: { readonly field?: string; readonly code: ProblemCode }): void => report.warn(null, { field: "", ...fault });
    const source = {
      name: sent.name,
      contentType: sent.contentType,
      bytes,
      path: sent.file,
      sheet: sent.options.sheet,
      layer: sent.options.layer,
      tell: warn,
    };
    const read = await readFile(source, kind.accepted, placingOf(sent.options));
    opened = read.rows;
    const isTable = read.format === "csv" || read.format === "xlsx";
    const rows = await sampleRows(read.rows, isTable ? rowsJudged : 1);
    const request = await withRememberedMapping(database, sent, rows);
    const { decimal, dates } = request.options;
    const cells = isTable ? { cells: cellReader(rows.sample, { decimal, dates, timeZone: parts.timeZone }, warn) } : {};
    const readAgain = () => rowsAgain(source, kind.accepted, placingOf(sent.options));
    const prepared = await kind.prepare(request, rows, { ...parts, ...cells, readAgain }, report, say);
    parts.signal.throwIfAborted();
    const waiting = await tellQueued(database, sent.id, report);
    const isQueueing = waiting > 0 && !request.options.dryRun && (report.rejected === 0 || request.options.partial);
    const isRejected = report.rejected > 0 && !request.options.partial;
    let outcome: ImportOutcome | null = null;
    if (prepared || isQueueing) {
      say(95, "Menyimpan", "Storing");
      await database.transaction(
        async (transaction) => {
          const villages = prepared ? await prepared.store(transaction) : [];
          await storeQueued(transaction, sent.id, { kind: sent.kind, name: sent.name, person: sent.person, at: parts.now });
          await markDue(transaction, villages, parts.now);
          await bumpDataVersion(transaction);
          await keepMapping(transaction, request, rows, parts.now);
          await insertAuditEntries(transaction, [importEntry(sent)]);
          outcome = { report: report.finish(!isRejected), isRejected };
          await parts.onStored?.(transaction, outcome);
        },
        { durable: true, bulk: true },
      );
    }
    if (!prepared && !isQueueing && !isRejected) await keepMapping(database, request, rows, parts.now);
    say(100, isRejected ? "Ditolak" : "Selesai", isRejected ? "Rejected" : "Done");
    return outcome ?? { report: report.finish(!isRejected), isRejected };
  } finally {
    // However far it was read: what was unpacked for it is removed.
    await opened?.return(undefined).catch(() => undefined);
    bytes.destroy();
    // Best effort: what stays is removed at the next start.
    await removeStaged(database, sent.id).catch(() => undefined);
  }
}
