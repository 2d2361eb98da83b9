import { defaultPeriod } from "../contract/incident.ts";
import type { Inputs } from "../contract/processes.ts";
import type { WeightsInput } from "../contract/questionInputs.ts";
import { contextIssueCodes, issueCodes } from "../contract/taxonomy.ts";
import type { Database } from "../database/database.ts";
import { problem } from "../problem.ts";
import * as samples from "../queries/samples.ts";
import { type DrawnContiguity, keptToleranceMetres, readDrawnContiguity } from "./drawnContiguity.ts";
import { type GivenEdges, givenWeights } from "./givenWeights.ts";

/** The areas that take part: those asked for, then the first ring across the border, in ascending order of code. */
export interface Sample {
  readonly codes: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** 1 for an area that was asked for, 0 for the ring that only belongs to the sample. */
  readonly reported: Uint8Array;
  readonly level: samples.Level;
  /** The villages that make up the sample, which on level village are the codes themselves. */
  readonly villages: readonly string[];
}

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Areas outside the scope are unknown to the person, like those that are not loaded. @throws unknown_area naming the first. */
export async function refuseUnknownAreas(
  database: Database,
  areas: readonly string[] | undefined,
  scope: readonly string[] | null,
): Promise<void> {
  if (!areas) return;
  const outside =
    scope === null ? [] : areas.filter((code) => !scope.some((allowed) => code === allowed || code.startsWith(`${allowed}.`)));
  const unknown = [...outside, ...(await samples.unknownAreas(database, areas))];
  if (unknown[0] !== undefined) throw problem("unknown_area", { field: "areas", value: unknown[0] });
}

/** Areas that may be asked for: what was asked, else the person's own scope, else everything. */
export async function readSample(
  database: Database,
  asked: { areas?: readonly string[] | undefined; level: samples.Level; border: boolean },
  scope: readonly string[] | null,
): Promise<Sample> {
  const areas = asked.areas ?? scope;
  await refuseUnknownAreas(database, asked.areas, scope);
  const inside = await samples.villageCodes(database, areas);
  if (inside.length === 0) throw problem("unknown_area", { field: "areas", value: areas?.join(", ") ?? "(semua/all)" });
  const length = samples.codeLength[asked.level];
  const touching = asked.border ? await samples.borderRing(database, inside) : [];
  // A district across the border counts whole or not at all: a few of its villages would give it a wrong rate.
  const wholeAreas = [...new Set(touching.map((code) => code.slice(0, length)))];
  const ring = asked.level === "village" || wholeAreas.length === 0 ? touching : await samples.villageCodes(database, wholeAreas);
  const insideCodes = new Set(inside.map((code) => code.slice(0, length)));
  const villages = [...new Set([...inside, ...ring])].sort(ascending);
  const codes = [...new Set(villages.map((code) => code.slice(0, length)))].sort(ascending);
  return {
    codes,
    indexOf: new Map(codes.map((code, index) => [code, index])),
    reported: Uint8Array.from(codes, (code) => (insideCodes.has(code) ? 1 : 0)),
    level: asked.level,
    villages,
  };
}

/** Where the area of a village stands in the sample, -1 where it does not. */
export const at = (sample: Sample, villageCode: string): number =>
  sample.indexOf.get(villageCode.slice(0, samples.codeLength[sample.level])) ?? -1;

/** Events per area of the sample; an area without reports has 0 events, which is a count and not a statement about peace. */
export async function readCounts(database: Database, sample: Sample, filter: samples.EventFilter): Promise<Float64Array> {
  const counts = new Float64Array(sample.codes.length);
  for (const { code, n } of await samples.countIncidents(database, sample.villages, filter)) {
    const index = at(sample, code);
    counts[index] = (counts[index] ?? 0) + Number(n);
  }
  return counts;
}

/** All issues that count unless asked otherwise: the context layers 501 to 504 are left out. */
export const defaultIssues: readonly string[] = issueCodes.filter((code) => !contextIssueCodes.includes(code));

/** Common inputs with their defaults filled, as they are kept with the run. */
export function filledFilter(
  inputs: Pick<Inputs<"rates">, "period" | "issues" | "statuses">,
  today: string,
): samples.EventFilter & { period: { from: string; to: string } } {
  const period = inputs.period ?? defaultPeriod(today);
  return { period, from: period.from, to: period.to, issues: inputs.issues ?? defaultIssues, statuses: inputs.statuses };
}

/** Neighbouring pairs of the sample by contiguity. Above village level two areas are neighbours where any of their villages are. */
async function contiguousPairs(database: Database, sample: Sample, isRookOnly: boolean): Promise<{ from: Int32Array; to: Int32Array }> {
  const pairs = new Map<string, [number, number]>();
  for (const pair of await samples.neighbourPairs(database, sample.villages, isRookOnly)) {
    const a = at(sample, pair.from);
    const b = at(sample, pair.to);
    if (a !== b) pairs.set(`${Math.min(a, b)} ${Math.max(a, b)}`, [Math.min(a, b), Math.max(a, b)]);
  }
  const list = [...pairs.values()].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  return { from: Int32Array.from(list, (pair) => pair[0]), to: Int32Array.from(list, (pair) => pair[1]) };
}

/** Weights as data for a kernel to build: pairs, given edges, shapes to compare, or points with a rule. */
export type WeightsSource =
  | { readonly kind: "pairs"; readonly from: Int32Array; readonly to: Int32Array }
  | GivenEdges
  | DrawnContiguity
  | {
      readonly kind: "points";
      readonly rule: "knn" | "distance" | "kernel";
      readonly longitude: Float64Array;
      readonly latitude: Float64Array;
      readonly k: number;
      readonly metres: number;
    };

/** Reads what the weights are made of. Above village level the label point is that of the area itself. */
export async function readWeights(database: Database, sample: Sample, input: WeightsInput): Promise<WeightsSource> {
  if (input.kind === "given") return givenWeights(sample, input);
  if (input.kind === "queen" || input.kind === "rook") {
    const isRookOnly = input.kind === "rook";
    const { toleranceMetres = keptToleranceMetres } = input;
    if (toleranceMetres === keptToleranceMetres) return { kind: "pairs", ...(await contiguousPairs(database, sample, isRookOnly)) };
    return readDrawnContiguity(database, sample, (village) => at(sample, village), isRookOnly, toleranceMetres);
  }
  const points = new Map((await samples.labelPoints(database, sample.codes)).map((point) => [point.code, point]));
  const pointless = sample.codes.find((code) => !points.has(code));
  if (pointless !== undefined) throw problem("unknown_area", { field: "weights.kind", value: pointless });
  return {
    kind: "points",
    rule: input.kind,
    longitude: Float64Array.from(sample.codes, (code) => points.get(code)?.lon ?? Number.NaN),
    latitude: Float64Array.from(sample.codes, (code) => points.get(code)?.lat ?? Number.NaN),
    k: input.k,
    metres: input.distanceMetres,
  };
}
