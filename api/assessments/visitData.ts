import { helpByStage, type Stage, visitGain } from "../analysis/planning/visitGain.ts";
import type { Inputs, ResultDocument } from "../contract/processes.ts";
import { addDays, daysBetween } from "../contract/time.ts";
import type { VisitPlanInputs } from "../contract/visitInputs.ts";
import { problem } from "../problem.ts";
import { findRun } from "../queries/runs.ts";
import { villageCodes } from "../queries/samples.ts";
import { visitContacts } from "../queries/visitContacts.ts";
import { visitFacts } from "../queries/visitFacts.ts";
import type { Frame, Outcome } from "./frame.ts";
import { assessedDay, assessRiskProcess } from "./risk.ts";

/** Most villages of one plan. */
export const mostCandidates = 2000;
/** What was heard longer ago than this does not count as heard. */
const rememberedDays = 3650;

/** What is known of each place that may be visited, in the order of the codes. NaN is unknown. */
export interface VisitData {
  readonly codes: readonly string[];
  readonly gain: Float64Array;
  readonly visitMinutes: Float64Array;
  readonly population: Float64Array;
  readonly daysSinceHeard: Float64Array;
  /** The parts that multiply up to the gain; empty where gains were given. */
  readonly parts: Readonly<Record<string, Float64Array>>;
  /** Which numbers were computed from which data; empty where all was given. */
  readonly summary: Readonly<Record<string, unknown>>;
  readonly warnings: Outcome["warnings"];
  /** The last visit by village: as told, else as kept. */
  readonly lastVisited: Readonly<Record<string, string>>;
  /** When something that was promised or was to be looked at again is due, by village. */
  readonly followUps: Readonly<Record<string, string>>;
  /** The earlier plan that this one does again. */
  readonly earlier: ResultDocument | null;
}

const number = (value: unknown): number => (typeof value === "number" ? value : Number.NaN);

/** Whether the places are only names of the given matrix, with no village of ours behind them. */
export const isAllGiven = (inputs: VisitPlanInputs): boolean =>
  inputs.gains !== undefined && inputs.candidates !== undefined && "codes" in inputs.travel;

/** Reads everything that a plan of visits depends on besides its travel. @throws unknown_area, invalid_input, too_many_candidates. */
export async function readVisitData(frame: Frame, inputs: VisitPlanInputs): Promise<VisitData> {
  if (inputs.redo !== undefined) {
    const earlier = await earlierPlan(frame, inputs.redo);
    const asOf = typeof earlier.summary.asOf === "string" ? earlier.summary.asOf : null;
    const isOfVillages = asOf !== null && Object.keys(earlier.columns).includes("risk");
    return { ...dataOfRun(earlier, inputs), ...(isOfVillages ? await contacts(frame, inputs, earlier.codes, asOf) : noContacts(inputs)) };
  }
  const codes = isAllGiven(inputs) ? [...new Set(inputs.candidates)].sort() : await candidateVillages(frame, inputs);
  if (codes.length > mostCandidates) throw problem("too_many_candidates", { field: "areas", value: codes.length, limit: mostCandidates });
  const visitMinutes = Float64Array.from(codes, (code) => minutesOf(inputs, code));
  const unknown = new Float64Array(codes.length).fill(Number.NaN);
  if (isAllGiven(inputs)) {
    const gain = Float64Array.from(codes, (code) => inputs.gains?.[code] ?? 0);
    const known = { population: unknown, daysSinceHeard: unknown, parts: {}, summary: {}, warnings: [], earlier: null };
    return { codes, gain, visitMinutes, ...known, ...noContacts(inputs) };
  }
  return { ...(await computedGains(frame, inputs, codes)), codes, visitMinutes, earlier: null };
}

const noContacts = ({ lastVisited }: VisitPlanInputs) => ({ lastVisited, followUps: {} });

/** Who was visited when, and what of it is due, from the visits and agreements that are kept; days told in the inputs count before those. */
async function contacts(frame: Frame, inputs: VisitPlanInputs, codes: readonly string[], asOf: string) {
  const kept = await visitContacts(frame.database, codes, { before: addDays(asOf, 1), knownAt: frame.now });
  const told = <T>(pairs: (readonly [string, T | null])[]): Record<string, T> =>
    Object.fromEntries(pairs.flatMap(([code, value]) => (value === null ? [] : [[code, value]])));
  return {
    lastVisited: { ...told(kept.map(({ code, visitedOn }) => [code, visitedOn])), ...inputs.lastVisited },
    followUps: told(kept.map(({ code, dueOn }) => [code, dueOn])),
  };
}

function minutesOf(inputs: VisitPlanInputs, code: string): number {
  const wished = inputs.villages[code]?.minutes;
  if (wished !== undefined) return wished;
  return typeof inputs.visitMinutes === "number" ? inputs.visitMinutes : (inputs.visitMinutes[code] ?? 60);
}

async function candidateVillages(frame: Frame, inputs: VisitPlanInputs): Promise<string[]> {
  const asked = inputs.candidates ?? inputs.areas ?? frame.scope;
  const inside = await villageCodes(frame.database, asked);
  const outside =
    frame.scope === null ? undefined : inside.find((code) => !frame.scope?.some((area) => code === area || code.startsWith(`${area}.`)));
  const known = new Set(inside);
  const missing = inputs.candidates?.find((code) => !known.has(code)) ?? outside;
  if (missing !== undefined || inside.length === 0)
    throw problem("unknown_area", {
      field: inputs.candidates ? "candidates" : "areas",
      value: missing ?? asked?.join(", ") ?? "(semua/all)",
    });
  return inside;
}

async function computedGains(frame: Frame, inputs: VisitPlanInputs, codes: readonly string[]) {
  const asOf = assessedDay(inputs.asOf, frame);
  const { areas, issues, statuses, seed } = inputs;
  const judged = areas ?? (inputs.candidates ? judgedAreas(codes, frame.scope) : undefined);
  const question = {
    statuses,
    seed,
    asOf,
    border: true,
    horizonDays: 90,
    ...(judged ? { areas: judged } : {}),
    ...(issues ? { issues } : {}),
  };
  const risk = await assessRiskProcess(frame, question as Inputs<"risk">);
  const at = new Map(risk.codes.map((code, index) => [code, index]));
  const column = (name: string): Float64Array => Float64Array.from(codes, (code) => number(risk.columns[name]?.[at.get(code) ?? -1]));
  const facts = new Map(
    (await visitFacts(frame.database, codes, { from: addDays(asOf, -rememberedDays), to: addDays(asOf, 1), knownAt: frame.now })).map(
      (fact) => [fact.code, fact],
    ),
  );
  const days = (day: string | null | undefined): number => (day ? Math.max(0, daysBetween(day, asOf)) : Number.NaN);
  const known = await contacts(frame, inputs, codes, asOf);
  const population = column("population");
  const { gain, ...parts } = visitGain({
    score: column("score"),
    population,
    stage: codes.map((code) => stageOf(facts.get(code)?.stage)),
    daysSinceVisit: Float64Array.from(codes, (code) => days(known.lastVisited[code])),
  });
  const { officialVersion, officialTables, populationYears } = risk.summary;
  return {
    gain: inputs.gains ? gain.map((computed, place) => inputs.gains?.[codes[place]!] ?? computed) : gain,
    population,
    daysSinceHeard: Float64Array.from(codes, (code) => days(facts.get(code)?.heardOn)),
    parts: { ...parts },
    summary: { asOf, officialVersion, officialTables, populationYears },
    warnings: risk.warnings,
    ...known,
  };
}

/** Candidates are judged among all villages of their kabupaten that the person may see, since a score alone says nothing. */
function judgedAreas(codes: readonly string[], scope: readonly string[] | null): string[] {
  const regencies = [...new Set(codes.map((code) => code.slice(0, 5)))];
  return regencies.flatMap((regency) =>
    scope === null || scope.some((area) => `${regency}.`.startsWith(`${area}.`))
      ? [regency]
      : scope.filter((area) => area.startsWith(`${regency}.`)),
  );
}

const stageOf = (stage: string | null | undefined): Stage | null => (stage && Object.hasOwn(helpByStage, stage) ? (stage as Stage) : null);

/** The document of an earlier plan, when the person may see all that it is about. @throws not_found. */
async function earlierPlan(frame: Frame, run: string): Promise<ResultDocument> {
  const kept = await findRun(frame.database, run);
  const document = kept?.process === "visit-plan" ? (JSON.parse(kept.result) as ResultDocument) : null;
  const maySee = document?.codes.every(
    (code) => frame.scope === null || frame.scope.some((area) => code === area || code.startsWith(`${area}.`)),
  );
  if (!document || !maySee) throw problem("not_found", { field: "redo", value: `run ${run}` });
  return document;
}

function dataOfRun(document: ResultDocument, inputs: VisitPlanInputs): Omit<VisitData, "lastVisited" | "followUps"> {
  const { codes } = document;
  const column = (name: string): Float64Array => Float64Array.from(codes, (_, place) => number(document.columns[name]?.[place]));
  const parts = Object.fromEntries(
    ["risk", "help", "people", "recency"].filter((name) => document.columns[name]).map((name) => [name, column(name)]),
  );
  const { asOf, officialVersion, officialTables, populationYears } = document.summary;
  return {
    codes,
    gain: Float64Array.from(codes, (code, place) => inputs.gains?.[code] ?? number(document.columns.gain?.[place])),
    visitMinutes: Float64Array.from(
      codes,
      (code, place) => inputs.villages[code]?.minutes ?? number(document.columns.visitMinutes?.[place]),
    ),
    population: column("population"),
    daysSinceHeard: column("daysSinceHeard"),
    parts,
    summary: { asOf, officialVersion, officialTables, populationYears },
    warnings: [],
    earlier: document,
  };
}
