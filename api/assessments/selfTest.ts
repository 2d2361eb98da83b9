import type { SelfTestInput } from "../analysis/selfTest/selfTest.ts";
import type { Inputs } from "../contract/processes.ts";
import { problem } from "../problem.ts";
import { type Frame, type Outcome, onlyReported } from "./frame.ts";
import { readHotspotsQuestion } from "./hotspots.ts";
import { roundedEvents, simulatePower } from "./power.ts";
import { scanSelfTest, simulateScanPower } from "./scanPower.ts";
import { searchSpaceTime } from "./spaceTimeScan.ts";

const ascending = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

/**
 * The process `self-test`: how often the method of a request raises a false alarm here and what it would see, on simulated maps of the areas, people and number of
 * events of that request (for hotspots rounded to two digits). `question` are the request's own inputs, checked.
 */
export async function assessSelfTest(
  frame: Frame,
  inputs: Inputs<"self-test">,
  question: Inputs<"hotspots" | "space-time-scan">,
): Promise<Outcome> {
  const { runs, seed, dispersion } = inputs;
  const tried = { relativeRisks: ascending(inputs.relativeRisks), clusterSizes: ascending(inputs.clusterSizes), seed };
  const { sample, filter, years, power, reportedEvents, hashed } =
    "model" in question ? await ofScan(frame, question, tried, inputs) : await ofHotspots(frame, question, { ...tried, dispersion }, runs);
  const asked = { ...question, ...(question.areas || frame.scope === null ? {} : { areas: frame.scope }) };
  return {
    inputs: { ...inputs, inputs: { ...asked, period: filter.period, issues: filter.issues } },
    seed,
    codes: onlyReported(sample.codes, sample.reported),
    columns: {},
    summary: { n: sample.codes.length, reportedEvents, ...years, ...power },
    warnings: [],
    hashed,
  };
}

type Tried = Pick<SelfTestInput, "relativeRisks" | "clusterSizes" | "seed">;

async function ofHotspots(frame: Frame, question: Inputs<"hotspots">, tried: Tried & { readonly dispersion: number }, runs: number) {
  const read = await readHotspotsQuestion(frame, question);
  const { population, reported, weights, method, events, level } = read.power;
  const input = { ...tried, population, reported, weights, method, events: roundedEvents(events) };
  const power = await simulatePower(frame, input, runs, level);
  return { ...read, power, reportedEvents: events, hashed: [population, weights.targets, weights.values, input.events] };
}

async function ofScan(frame: Frame, question: Inputs<"space-time-scan">, tried: Tried, { runs, dispersion }: Inputs<"self-test">) {
  const refused = (field: string, value: unknown, expected: string) => problem("not_available_yet", { field, value: `${value}`, expected });
  if (question.model !== "poisson") throw refused("inputs.model", question.model, "poisson");
  if (question.stopAfter !== undefined) throw refused("inputs.stopAfter", question.stopAfter, "null");
  if (dispersion !== 1) throw refused("dispersion", dispersion, "1");
  const read = await searchSpaceTime(frame, question);
  const { plan, population, result } = read;
  const input = await scanSelfTest(frame, { ...read, criticalRatio: result.summary.criticalRatio }, tried);
  const power = await simulateScanPower(frame, input, runs, read.sample.level);
  return { ...read, power, reportedEvents: plan.cases, hashed: [population, read.eventArea, read.eventDay] };
}
