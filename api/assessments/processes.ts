import { type Inputs, type ProcessId, plannedProcesses, processInputs, type ResultDocument } from "../contract/processes.ts";
import { problem } from "../problem.ts";
import { keepRun } from "../queries/runs.ts";
import { assessAutocorrelation } from "./autocorrelation.ts";
import { assessClusters } from "./clusters.ts";
import { assessDensity } from "./density.ts";
import { assessEmergingHotspots } from "./emergingHotspots.ts";
import { type Frame, type Outcome, resultDocument } from "./frame.ts";
import { assessHotspots } from "./hotspots.ts";
import { assessNearRepeat } from "./nearRepeat.ts";
import { assessRates } from "./rates.ts";
import { assessRiskProcess } from "./risk.ts";
import { assessSelfTest } from "./selfTest.ts";
import { assessSpaceTimeScan } from "./spaceTimeScan.ts";
import { assessSurge } from "./surge.ts";
import { assessVisitEffect } from "./visitEffect.ts";
import { assessVisitPlan } from "./visitPlan.ts";
import { assessWeights } from "./weights.ts";

const assessments: { [Id in ProcessId]?: (frame: Frame, inputs: Inputs<Id>) => Promise<Outcome> } = {
  rates: assessRates,
  weights: assessWeights,
  autocorrelation: assessAutocorrelation,
  clusters: assessClusters,
  hotspots: assessHotspots,
  "near-repeat": assessNearRepeat,
  density: assessDensity,
  "emerging-hotspots": assessEmergingHotspots,
  "space-time-scan": assessSpaceTimeScan,
  surge: assessSurge,
  risk: (frame, inputs) => assessRiskProcess(frame, inputs),
  "visit-plan": assessVisitPlan,
  "visit-effect": assessVisitEffect,
  "self-test": (frame, inputs) => assessSelfTest(frame, inputs, checkInputs(inputs.process, inputs.inputs)),
};

/** The process of a name, or a problem that says whether it is planned or unknown. */
export function processOf(id: string): ProcessId {
  if (Object.hasOwn(processInputs, id)) return id as ProcessId;
  if (plannedProcesses.includes(id)) throw problem("not_available_yet", { value: id, expected: Object.keys(processInputs).join(", ") });
  throw problem("not_found", { value: `proses/process ${id}` });
}

/** Checks the inputs of a process against its contract and fills the defaults. @throws invalid_input naming the input. */
export function checkInputs<Id extends ProcessId>(id: Id, inputs: unknown): Inputs<Id> {
  const parsed = processInputs[id].safeParse(inputs ?? {});
  if (parsed.success) return parsed.data as Inputs<Id>;
  const issue = parsed.error.issues[0];
  if (issue?.code === "unrecognized_keys") {
    throw problem("invalid_input", {
      field: [...issue.path, issue.keys[0]].join("."),
      value: "?",
      expected: Object.keys(processInputs[id].shape).join(", "),
    });
  }
  const value = (issue?.path ?? []).reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined),
    inputs,
  );
  throw problem("invalid_input", { field: issue?.path.join(".") || "inputs", value, expected: issue?.message });
}

/** The areas that a question names; those of a self-test are in the question that it tests, which is checked for that. */
export function askedAreas(inputs: Inputs<ProcessId>): readonly string[] | undefined {
  if ("inputs" in inputs) return askedAreas(checkInputs(inputs.process, inputs.inputs));
  return "areas" in inputs ? inputs.areas : undefined;
}

/** What a process finds from checked inputs, before it is framed and kept. */
export async function assess<Id extends ProcessId>(frame: Frame, id: Id, inputs: Inputs<Id>): Promise<Outcome> {
  const assessment = assessments[id];
  if (!assessment) throw problem("not_available_yet", { value: id, expected: Object.keys(assessments).join(", ") });
  return assessment(frame, inputs);
}

/** Runs a process from checked inputs and keeps its run. The data are read before, the run is written after; nothing is locked while it thinks. */
export async function runProcess<Id extends ProcessId>(frame: Frame, id: Id, asked: Inputs<Id>, person: string): Promise<ResultDocument> {
  // What "everything that I may see" meant is part of the question, so that the run can be replayed by others.
  const inputs = frame.scope !== null && "areas" in processInputs[id].shape ? { areas: frame.scope, ...asked } : asked;
  const document = resultDocument(id, await assess(frame, id, inputs), frame.now);
  await frame.database.transaction((transaction) =>
    keepRun(
      transaction,
      {
        id: document.run,
        process: id,
        inputs: document.inputs,
        inputHash: document.inputHash,
        seed: document.seed,
        software: document.software,
        dataAsOf: document.dataAsOf,
        result: JSON.stringify(document),
      },
      person,
      frame.now,
    ),
  );
  return document;
}
