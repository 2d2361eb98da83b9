import type { ImportKind, ImportReport } from "../contract/importReport.ts";
import type { Database, Transaction } from "../database/database.ts";
import { knownSystems } from "../formats/coordinateSystems.ts";
import { systemOfCode } from "../formats/declaredCrs.ts";
import type { FlatPolygons } from "../formats/flatPolygons.ts";
import type { FileRow } from "../formats/rows.ts";
import { type Language, problem } from "../problem.ts";
import type { StoredCrosswalk } from "../queries/areaLinks.ts";
import type { NeighbourPairs } from "./borders.ts";
import type { BoundaryChecks } from "./boundaryReport/checks.ts";
import type { NamedCodes, NameMatches } from "./bpsCodes.ts";
import type { CellReader } from "./cellReader.ts";
import { type Mapping, parseMapping } from "./columns.ts";
import type { DayOrder } from "./dayText.ts";
import type { DecimalMark } from "./numberText.ts";
import type { Unite } from "./unions.ts";
import type { OverlapsOfYears, VintageList } from "./vintage.ts";

export interface ImportOptions {
  readonly partial: boolean;
  readonly dryRun: boolean;
  readonly mapping: Mapping | null;
  /** Boundaries: the only level taken; null takes each row at the level of its code. */
  readonly level: "province" | "regency" | "district" | "village" | null;
  /** Areas: the list their codes are of. Tables: the year whose codes they hold, to be read in that of the loaded areas. */
  readonly vintage: string | null;
  /** Indicators: counts of an area that is divided now are shared out over its parts. */
  readonly split: boolean;
  readonly year: number | null;
  readonly orientation: "high" | "low" | null;
  /** Where the data come from, in the sender's words. */
  readonly source: string | null;
  /** Take the mapping that the last such file went in with. */
  readonly isMappingRemembered: boolean;
  /** Of a workbook: the sheet, by name or number from 1. */
  readonly sheet: string | null;
  /** How all columns write their numbers and days, where that is told. */
  readonly decimal: DecimalMark | null;
  readonly dates: DayOrder | null;
  /** Indicators: what columns named by a year alone measure, in which unit, and on what terms the numbers may be used. */
  readonly indicator: string | null;
  readonly unit: string | null;
  readonly licence: string | null;
  /** Shapes: the coordinate system to read them in, as EPSG:32749, whatever the file says; null takes what it says. */
  readonly crs: string | null;
  /** Shapes: whether the file has latitude and longitude the wrong way round. */
  readonly swapAxes: boolean;
  /** Places told by name: the area they lie in, where the file does not say it; null is everywhere. */
  readonly within: string | null;
  /** Places told by name that may be several villages: `queue` lets a person choose, `keep` stores each with its candidates. */
  readonly ambiguous: "queue" | "keep";
  /** Of a file with several layers: the one to read; null takes the only one of polygons. */
  readonly layer: string | null;
}

export interface ImportRequest {
  /** A UUID, usually the job's. */
  readonly id: string;
  readonly kind: ImportKind;
  /** Path of the file on disk; it is read, never removed. */
  readonly file: string;
  /** The file's name as its sender calls it. */
  readonly name: string;
  readonly contentType: string | null;
  readonly options: ImportOptions;
  /** Name of the person who sends it. */
  readonly person: string;
  /** That person's role: only verifiers and admins may send incidents as verified. */
  readonly role: string;
  /** Area codes, each covering all inside, to which that person is bound; null is everywhere. */
  readonly areas: readonly string[] | null;
  readonly language: Language;
}

/** Whether an area lies where the request's person may change things. */
export function isWithin(areas: readonly string[] | null, code: string): boolean {
  return areas === null || areas.some((area) => code === area || code.startsWith(`${area}.`));
}

export interface ImportParts {
  readonly database: Database;
  /** Neighbours of villages, run where it does not hold up the service. */
  readonly findNeighbours: (input: { readonly polygons: FlatPolygons; readonly changed: Uint8Array }) => Promise<NeighbourPairs>;
  /** Unions of areas, run where they do not hold up the service. */
  readonly unite: Unite;
  /** Checks of drawn boundaries for their report, run where they do not hold up the service. */
  readonly boundaryChecks: BoundaryChecks;
  /** What became of areas from year to year, found where it does not hold up the service. */
  readonly findCrosswalks: (lists: readonly VintageList[], overlaps: readonly OverlapsOfYears[]) => Promise<StoredCrosswalk[]>;
  /** Reads cells as their column writes them; absent for files that are no tables. */
  readonly cells?: CellReader;
  /** Villages of one list among those of another by their names, found where it does not hold up the service. */
  readonly matchByNames: (before: NamedCodes, after: NamedCodes, leastSure: number) => Promise<NameMatches>;
  /** The rows of the file once more from the beginning; absent where it cannot be read twice. */
  readonly readAgain?: () => AsyncIterable<readonly FileRow[]>;
  /** Called with the percentage done, 0 to 100, and what is being done, in the request's language. */
  /** Called last inside the transaction that stores everything, with what will be told. */
  readonly onStored?: (transaction: Transaction, outcome: ImportOutcome) => Promise<void>;
  readonly onProgress: (percent: number, message: string) => void;
  readonly signal: AbortSignal;
  readonly now: Date;
  readonly timeZone: string;
}

/** How an import ended. Not stored means rejected whole, or a dry run. */
export interface ImportOutcome {
  readonly report: ImportReport;
  /** True when rows were rejected without `partial`: nothing was stored. */
  readonly isRejected: boolean;
}

/** Tells how far it is, in percent, in both languages. */
export type Say = (percent: number, id: string, en: string) => void;

/** An import that has been checked and staged and waits to be stored in one transaction. */
export interface Prepared {
  /** Stores it; returns the villages whose data change, so that their assessments are redone. */
  store(transaction: Transaction): Promise<readonly string[]>;
}

const names = [
  "partial",
  "dryRun",
  "mapping",
  "level",
  "vintage",
  "year",
  "orientation",
  "source",
  "sheet",
  "decimal",
  "dates",
  "indicator",
  "unit",
  "licence",
  "crs",
  "swapAxes",
  "layer",
  "split",
  "within",
  "ambiguous",
] as const;
// What a request may carry besides: the file's name and the format of the answer.
const passedOver = new Set(["name", "f"]);

function truth(field: string, value: string | undefined): boolean {
  if (value === undefined || value === "false" || value === "0") return false;
  if (value === "true" || value === "1" || value === "") return true;
  throw problem("invalid_parameter", { field, value, expected: "true, false" });
}

function oneOf<T extends string>(field: string, value: string | undefined, choices: readonly T[]): T | null {
  if (value === undefined) return null;
  const choice = choices.find((known) => known === value);
  if (choice === undefined) throw problem("invalid_parameter", { field, value, expected: choices.join(", ") });
  return choice;
}

function indicatorIn(value: string | undefined): string | null {
  if (value === undefined) return null;
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(value))
    throw problem("invalid_parameter", { field: "indicator", value, expected: "population, a–z, 0–9, _" });
  return value;
}

function crsIn(value: string | undefined): string | null {
  if (value === undefined) return null;
  const system = systemOfCode(value);
  if (!system) throw problem("invalid_parameter", { field: "crs", value, expected_id: knownSystems, expected_en: knownSystems });
  return `EPSG:${system.epsg}`;
}

function areaCode(field: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (!/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/.test(value)) throw problem("invalid_parameter", { field, value, expected: "35.17" });
  return value;
}

/** Reads the query parameters of an import. @throws invalid_parameter, unknown_parameter. */
export function parseImportOptions(query: Readonly<Record<string, unknown>>): ImportOptions {
  const given: Record<string, string> = {};
  for (const [field, value] of Object.entries(query)) {
    if (passedOver.has(field)) continue;
    if (!names.some((name) => name === field)) throw problem("unknown_parameter", { field, expected: names.join(", ") });
    if (typeof value !== "string") throw problem("invalid_parameter", { field, value, expected: "1 ×" });
    given[field] = value;
  }
  const year = given.year === undefined ? null : Number(given.year);
  if (year !== null && !(Number.isInteger(year) && year >= 1900 && year <= 2200))
    throw problem("invalid_parameter", { field: "year", value: given.year, expected: "1900–2200" });
  if (given.vintage !== undefined && !/^[\w.-]{1,40}$/.test(given.vintage))
    throw problem("invalid_parameter", { field: "vintage", value: given.vintage, expected: "2025" });
  return {
    partial: truth("partial", given.partial),
    dryRun: truth("dryRun", given.dryRun),
    mapping: given.mapping === undefined || given.mapping === "remembered" ? null : parseMapping(given.mapping),
    level: oneOf("level", given.level, ["province", "regency", "district", "village"]),
    vintage: given.vintage ?? null,
    year,
    orientation: oneOf("orientation", given.orientation, ["high", "low"]),
    source: given.source?.slice(0, 300) ?? null,
    within: areaCode("within", given.within),
    ambiguous: oneOf("ambiguous", given.ambiguous, ["queue", "keep"]) ?? "queue",
    isMappingRemembered: given.mapping === "remembered",
    sheet: given.sheet ?? null,
    decimal: oneOf("decimal", given.decimal, ["point", "comma"]),
    dates: oneOf("dates", given.dates, ["dmy", "mdy"]),
    indicator: indicatorIn(given.indicator),
    unit: given.unit?.trim().slice(0, 100) || null,
    licence: given.licence?.trim().slice(0, 300) || null,
    crs: crsIn(given.crs),
    swapAxes: truth("swapAxes", given.swapAxes),
    layer: given.layer?.slice(0, 300) || null,
    split: truth("split", given.split),
  };
}
