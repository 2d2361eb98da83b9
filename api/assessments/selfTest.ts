import type { Inputs } from "../contract/processes.ts";
import { problem } from "../problem.ts";
import { type Frame, type Outcome, onlyReported } from "./frame.ts";
import { readHotspotsQuestion } from "./hotspots.ts";
import { roundedEvents, simulatePower } from "./power.ts";

/**
 * The process `self-test`: how often the method of a request raises a false alarm here and what it would see, on simulated maps of the areas, people and number of
 * events (rounded to two digits) of that request. `question` are the request's own inputs, checked.
 */
export async function assessSelfTest(frame: Frame, inputs: Inputs<"self-test">, question: Inputs<"hotspots">): Promise<Outcome> {
  if (inputs.process !== "hotspots") throw problem("not_available_yet", { field: "process", value: inputs.process, expected: "hotspots" });
  const { sample, filter, years, power } = await readHotspotsQuestion(frame, question);
  const { runs, dispersion, seed } = inputs;
  const ascending = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);
  const { population, reported, weights, method } = power;
  const input = {
    ...{ population, reported, weights, method, dispersion, seed },
    events: roundedEvents(power.events),
    relativeRisks: ascending(inputs.relativeRisks),
    clusterSizes: ascending(inputs.clusterSizes),
  };
  const simulated = await simulatePower(frame, input, runs, sample.level);
  const asked = { ...question, ...(question.areas || frame.scope === null ? {} : { areas: frame.scope }) };
  return {
    inputs: { ...inputs, inputs: { ...asked, period: filter.period, issues: filter.issues } },
    seed,
    codes: onlyReported(sample.codes, reported),
    columns: {},
    summary: { n: sample.codes.length, reportedEvents: power.events, populationYears: years, ...simulated },
    warnings: [],
    hashed: [population, weights.targets, weights.values, input.events],
  };
}
