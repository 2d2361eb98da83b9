import { z } from "zod";
import { findingKindIds } from "./boundaryFindingKinds.ts";

/** What counts as a finding; told with every report. */
export const findingDefinitions = {
  /** Overlaps of two villages count from here. */
  overlapSquareMetres: 100,
  /** Gaps count from here; smaller ones are what rounding to 1e-6° leaves. */
  gapSquareMetres: 1,
  /** A sliver is thinner than this on average (twice its area over its perimeter) … */
  sliverWidthMetres: 10,
  /** … and less compact than this (4π area / perimeter²; a circle has 1). */
  sliverCompactness: 0.2,
  /** A reference point lies outside from this distance; it is rounded itself. */
  pointOutsideMetres: 1,
  /** A village without another one this near is an island. */
  islandMetres: 10,
  /** Findings kept of each kind, the largest first; the counts are always whole. */
  keptOfEachKind: 20_000,
} as const;

const codes = z.array(z.string());
const number = z.number().nullable();
const text = z.string().nullable();

/** One finding; what does not apply to its kind is null. Areas are on the ellipsoid. */
export const BoundaryFinding = z.strictObject({
  /** From 1, by kind and then by weight; stays the same for one report. */
  number: z.int(),
  kind: z.enum(findingKindIds),
  severity: z.enum(["fault", "warning", "note"]),
  /** The row in the file, where the finding is about one. */
  row: z.int().nullable(),
  code: text,
  name: text,
  /** The second village of an overlap or of a shape under two codes; it may be one already loaded. */
  otherCode: text,
  otherName: text,
  /** Villages around a gap, those with most border first. */
  around: codes,
  squareMetres: number,
  squareMetresBefore: number,
  squareMetresAfter: number,
  /** Mean width: twice the area over the perimeter. */
  widthMetres: number,
  /** 4π area / perimeter². */
  compactness: number,
  isSliver: z.boolean().nullable(),
  /** Distance of a reference point from its shape. */
  metres: number,
  /** Share of a moved village's old and new shape together that is in only one of them, 0 to 1. */
  share: number,
  /** What the file says, and what the official list or what is loaded says. */
  value: text,
  expected: text,
  reason: text,
  /** A place to look at: longitude, latitude. */
  position: z.tuple([z.number(), z.number()]).nullable(),
  /** The finding in a sentence, in the language of Accept-Language. */
  message: z.string(),
});
export type BoundaryFinding = z.infer<typeof BoundaryFinding>;

export const FindingCount = z.strictObject({
  kind: z.enum(findingKindIds),
  severity: z.enum(["fault", "warning", "note"]),
  title: z.string(),
  /** How many there are. */
  total: z.int(),
  /** How many of them are kept and can be read here. */
  kept: z.int(),
  /** Area of all of them together, where they have one. */
  squareMetres: number,
  /** How many of all are slivers, for overlaps and gaps. */
  slivers: z.int().nullable(),
});
export type FindingCount = z.infer<typeof FindingCount>;

/** What one import of boundaries was found to hold, before anything of it was stored. */
export const BoundaryReport = z.strictObject({
  job: z.string(),
  file: z.string(),
  vintage: z.string(),
  createdAt: z.string(),
  isDryRun: z.boolean(),
  /** The import's own fate: a report also stands for what was rejected. */
  status: z.enum(["accepted", "running", "successful", "failed", "dismissed"]).nullable(),
  checked: z.strictObject({
    /** Areas of the file that have a usable shape. */
    areas: z.int(),
    villages: z.int(),
    /** Villages already loaded that were looked at beside them. */
    loadedBeside: z.int(),
    /** Villages of the file that are loaded just so. */
    unchanged: z.int(),
    /** Pairs of neighbours with a village of the file. */
    neighbourPairs: z.int().nullable(),
    rookPairs: z.int().nullable(),
  }),
  /** What was done to the file as a whole, such as reprojecting it; in the sender's language. */
  notes: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  /** Name and licence of the official list compared with; null where there is none. */
  officialList: z.string().nullable(),
  definitions: z.record(z.string(), z.number()),
  /** Every kind, whatever the filter, also those with nothing found. */
  counts: z.array(FindingCount),
  /** Kept findings that pass the filter, and how many of them are in this answer. */
  numberMatched: z.int(),
  numberReturned: z.int(),
  findings: z.array(BoundaryFinding),
  links: z.array(z.strictObject({ rel: z.string(), href: z.string(), type: z.string() })),
});
export type BoundaryReport = z.infer<typeof BoundaryReport>;
