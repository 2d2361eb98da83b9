import type { FileRow } from "../formats/rows.ts";
import { officialList, officialListSource } from "../places/officialList.ts";
import { problem } from "../problem.ts";
import { replaceCrosswalks, type StoredCrosswalk } from "../queries/areaLinks.ts";
import {
  compareStagedVintage,
  countShapes,
  knownVintages,
  readOverlaps,
  readVintage,
  type StagedVintageArea,
  stageVintageAreas,
  storePackagedVintage,
  storeStagedVintage,
  unstageCodesTwice,
  vintagesVersion,
} from "../queries/vintages.ts";
import { recordReader } from "./columns.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest, Prepared, Say } from "./request.ts";
import { readVintageRow, vintageFields } from "./vintageRow.ts";

/** A list with the year for which it holds, as the kernel of crosswalks reads it. */
export interface VintageList {
  readonly year: number;
  readonly codes: readonly string[];
  readonly names: readonly string[];
}

/** What villages of two years have in common on the ground. */
export interface OverlapsOfYears {
  readonly fromYear: number;
  readonly toYear: number;
  readonly overlaps: readonly { readonly from: string; readonly to: string; readonly shareOfFrom: number; readonly shareOfTo: number }[];
}

const areasPerCopy = 10_000;
const namedExamples = 5;
const packagedYear = Number(officialListSource.vintage);

/** The year of the list: the parameter `year`, or `vintage` where that is a year. @throws year_needed. */
function yearOf({ options, name }: ImportRequest): number {
  const told = options.year ?? (options.vintage === null ? null : Number(options.vintage));
  if (told === null) throw problem("year_needed", { field: "year", name });
  if (!(Number.isInteger(told) && told >= 1900 && told <= 2200))
    throw problem("invalid_parameter", { field: "vintage", value: options.vintage, expected: "1900–2200" });
  return told;
}

async function stageFile(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
): Promise<void> {
  const read = recordReader(vintageFields, request.options.mapping, { name: request.name, keepOthers: false });
  const codes = new Set<string>();
  let batch: StagedVintageArea[] = [];
  let isFirst = true;
  for await (const part of rows) {
    parts.signal.throwIfAborted();
    for (const row of part) {
      if (isFirst && row.fault === undefined) {
        isFirst = false;
        const columns = Object.keys(row.properties).join(", ");
        for (const field of ["code", "name"])
          if (!Object.hasOwn(read(row.properties), field)) throw problem("column_missing", { name: request.name, field, columns });
      }
      const checked = readVintageRow(row, read, request.areas);
      if ("faults" in checked) {
        report.reject(row.row, checked.faults);
        continue;
      }
      codes.add(checked.area.code);
      batch.push(checked.area);
    }
    if (batch.length >= areasPerCopy) {
      await stageVintageAreas(parts.database, request.id, batch);
      batch = [];
    }
  }
  if (batch.length > 0) await stageVintageAreas(parts.database, request.id, batch);
  const orphans = [...codes].filter((code) => code.length > 2 && !codes.has(code.slice(0, code.lastIndexOf("."))));
  if (orphans.length > 0) {
    const examples = orphans.slice(0, namedExamples).join(", ");
    report.warn(null, { field: "code", code: "parents_not_listed", value: orphans.length, examples });
  }
}

/** All lists that will be stored when this import is: the staged one, the stored ones, and the one that ships where no file has taken its year. */
async function allLists(parts: ImportParts, importId: string, year: number): Promise<{ lists: VintageList[]; isPackageNew: boolean }> {
  const stored = await knownVintages(parts.database);
  const lists: VintageList[] = [await readVintage(parts.database, year, importId)];
  for (const entry of stored)
    if (entry.year !== year && (entry.origin === "file" || entry.source === officialListSource.source))
      lists.push(await readVintage(parts.database, entry.year));
  const isPackageNew = !lists.some((list) => list.year === packagedYear);
  if (isPackageNew) {
    const areas = [...(await officialList()).areas()];
    lists.push({ year: packagedYear, codes: areas.map(({ code }) => code), names: areas.map(({ name }) => name) });
  }
  return { lists: lists.sort((a, b) => a.year - b.year), isPackageNew };
}

/** What villages have in common on the ground, for every two years of which both have shapes. */
async function overlapsOf(parts: ImportParts, importId: string, year: number, years: readonly number[]): Promise<OverlapsOfYears[]> {
  const shaped: number[] = [];
  for (const one of years) if ((await countShapes(parts.database, one, one === year ? importId : null)) > 0) shaped.push(one);
  const found: OverlapsOfYears[] = [];
  for (const [index, fromYear] of shaped.entries())
    for (const toYear of shaped.slice(index + 1)) {
      parts.signal.throwIfAborted();
      found.push({ fromYear, toYear, overlaps: await readOverlaps(parts.database, fromYear, toYear, { importId, year }) });
    }
  return found;
}

/** Tells what the list means for each that stands next to it in time. */
function tellChanges(report: ReportBuilder, crosswalks: readonly StoredCrosswalk[], lists: readonly VintageList[], year: number): void {
  const years = lists.map((list) => list.year);
  for (const { fromYear, toYear, links, unknownBefore } of crosswalks) {
    const isNext = years.indexOf(toYear) === years.indexOf(fromYear) + 1;
    if (!isNext || (fromYear !== year && toYear !== year)) continue;
    const there = new Set(lists.find((list) => list.year === toYear)?.codes);
    const gone = new Map(links.filter(({ from }) => from.length === 13 && !there.has(from)).map(({ from, change }) => [from, change]));
    const changes = [...gone.values()];
    const count = (change: string): number => changes.filter((found) => found === change).length;
    const unknown = unknownBefore.filter(({ code }) => code.length === 13).length;
    report.warn(null, {
      field: "",
      code: "vintage_followed",
      value: changes.length + unknown,
      fromYear,
      toYear,
      moved: count("moved"),
      renamed: count("renamed"),
      split: count("split"),
      merged: count("merged"),
      unknown,
    });
  }
}

/**
 * Reads, checks and stages a list of codes and names of one year (with shapes, where the file has them), and works out what became of every area between
 * any two of the lists that are known. Rows are laid over what is stored of that year, so that a list may come in parts.
 * @returns what stores it, or null when nothing is to be stored: rows rejected without `partial`, a dry run, or no change.
 */
export async function prepareVintage(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
  say: Say,
): Promise<Prepared | null> {
  const year = yearOf(request);
  await stageFile(request, rows, parts, report);
  for (const { code, rows: twice, isDiffering } of await unstageCodesTwice(parts.database, request.id)) {
    if (!isDiffering) report.unchanged += twice.length - 1;
    else for (const row of twice) report.queue(row, { field: "code", code: "twice_not_loaded", value: code, rows: twice.join(", ") });
  }
  const { same, fresh } = await compareStagedVintage(parts.database, request.id, year);
  report.unchanged += same;
  report.accepted += fresh;
  if ((report.rejected > 0 && !request.options.partial) || request.options.dryRun || fresh === 0) return null;

  say(30, "Membandingkan daftar", "Comparing the lists");
  const version = await vintagesVersion(parts.database);
  const { lists, isPackageNew } = await allLists(parts, request.id, year);
  const overlaps = await overlapsOf(
    parts,
    request.id,
    year,
    lists.map((list) => list.year),
  );
  say(50, "Menelusuri kode antartahun", "Following codes from year to year");
  const crosswalks = await parts.findCrosswalks(lists, overlaps);
  tellChanges(report, crosswalks, lists, year);
  const entry = { at: parts.now, person: request.person };
  return {
    async store(transaction) {
      if ((await vintagesVersion(transaction)) !== version) throw problem("vintages_changed");
      const packaged = { ...entry, year: packagedYear, source: officialListSource.source, licence: officialListSource.licence };
      if (isPackageNew && year !== packagedYear) await storePackagedVintage(transaction, packaged, (await officialList()).areas());
      await storeStagedVintage(transaction, request.id, {
        ...entry,
        year,
        source: request.options.source ?? request.name,
        licence: request.options.licence,
      });
      await replaceCrosswalks(transaction, crosswalks, version + 1);
      return [];
    },
  };
}
