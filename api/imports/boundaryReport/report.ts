import { findingDefinitions } from "../../contract/boundaryReport.ts";
import { officialList, officialListSource } from "../../places/officialList.ts";
import { keepBoundaryReport, loadedNames, loadedUpperCodes } from "../../queries/boundaryFindings.ts";
import type { DrawnVillages, NeighbourPairs } from "../borders.ts";
import { newestVintage } from "../boundaryRow.ts";
import { type ImportParts, type ImportRequest, isWithin } from "../request.ts";
import { addDrawingFindings } from "./drawingFindings.ts";
import type { FindingList, KindCount } from "./findingList.ts";
import { addListFindings } from "./listFindings.ts";
import { addLoadedFindings } from "./loadedFindings.ts";
import type { ReadFindings } from "./readFindings.ts";

/** Reports kept; the oldest go when a new one comes. */
export const mostReports = 20;

/** The head of a kept report: everything but its findings. */
export interface ReportHead {
  readonly file: string;
  readonly vintage: string;
  readonly isDryRun: boolean;
  /** The sender's scope: who else may read it has to see all of that. */
  readonly areas: readonly string[] | null;
  readonly checked: {
    readonly areas: number;
    readonly villages: number;
    readonly loadedBeside: number;
    readonly unchanged: number;
    readonly neighbourPairs: number;
    readonly rookPairs: number;
  };
  readonly notes: readonly { readonly code: string; readonly message: string }[];
  readonly officialList: string;
  readonly definitions: Readonly<Record<string, number>>;
  readonly counts: readonly KindCount[];
}

/**
 * Finishes the boundary report of an import and keeps it, before anything of the import is stored and whatever becomes of it.
 * `drawing` is null when no village has a usable shape.
 */
export async function makeBoundaryReport(
  list: FindingList,
  read: ReadFindings,
  drawing: { readonly drawn: DrawnVillages; readonly pairs: Promise<NeighbourPairs> } | null,
  request: ImportRequest,
  notes: ReportHead["notes"],
  { database, boundaryChecks: checks, signal, now }: ImportParts,
  progress: (share: number) => void,
): Promise<void> {
  const { areas, refused } = read;
  const inScope = (code: string): boolean => isWithin(request.areas, code);
  const drawn = drawing?.drawn;
  if (drawing && drawn) {
    const beside = new Map(await loadedNames(database, drawn.codes.slice(drawn.staged)));
    const nameOf = (code: string): string | null => areas.get(code)?.name ?? beside.get(code) ?? null;
    await addDrawingFindings(list, {
      ...drawing,
      areas,
      nameOf,
      isWithin: inScope,
      checks,
      signal,
      progress: (share) => progress(0.9 * share),
    });
  }
  const official = await officialList();
  addListFindings(list, { areas, refused, official, loadedUpper: new Set(await loadedUpperCodes(database)), isWithin: inScope });
  const unchanged = await addLoadedFindings(list, { database, importId: request.id, areas, refused, checks, isWithin: inScope, signal });
  signal.throwIfAborted();
  const pairs = await drawing?.pairs;
  const head: ReportHead = {
    file: request.name,
    vintage: request.options.vintage ?? newestVintage,
    isDryRun: request.options.dryRun,
    areas: request.areas,
    checked: {
      areas: areas.size,
      villages: [...areas.values()].filter(({ level }) => level === "village").length,
      loadedBeside: drawn ? drawn.codes.length - drawn.staged : 0,
      unchanged,
      neighbourPairs: pairs?.from.length ?? 0,
      rookPairs: pairs?.rook.reduce((sum, isRook) => sum + isRook, 0) ?? 0,
    },
    notes,
    officialList: `${officialListSource.source}, ${officialListSource.licence}`,
    definitions: findingDefinitions,
    counts: list.counts(),
  };
  await keepBoundaryReport(database, request.id, now, head, list.kept(), mostReports);
  progress(1);
}
