import { createHash } from "node:crypto";
import { type PowerTable, powerTable, wantedPower } from "../analysis/selfTest/powerTable.ts";
import type { SelfTestInput } from "../analysis/selfTest/selfTest.ts";
import type { SelfTestTally } from "../analysis/selfTest/tally.ts";
import { triedRisks, triedSizes } from "../contract/selfTestInputs.ts";
import { findPower, keepPower } from "../queries/power.ts";
import { canonical, type Frame, software } from "./frame.ts";
import { powerSentence } from "./powerSentence.ts";
import type { Sample } from "./sample.ts";
import type { Kernels } from "./thread.ts";

/** Runs of one part of the work: small enough for progress and for others to come between. */
const runsInPart = 10;
/** Simulated maps that a question about hotspots may cost: about three seconds of one core on areas the size of a kabupaten. */
const affordableMaps = 1600;
const [fewestRuns, mostRuns] = [20, 60];
/** Seed of the simulations that go with a result, whatever its own seed: power is a property of the method, not of one run. */
const powerSeed = 1;

/** A method and what its power depends on: not where the events are, only how many. */
export type PowerQuestion = Pick<SelfTestInput, "population" | "reported" | "weights" | "method"> & {
  readonly events: number;
  readonly level: Sample["level"];
};

/** Power as it travels in the summary of a result. */
export interface Power {
  readonly falseAlarmRate: PowerTable["falseAlarmRate"];
  readonly power: PowerTable["power"];
  /** By cluster size; null is more than the largest risk tried. */
  readonly smallestDetectable: Readonly<Record<string, number | null>>;
  readonly smallestDetectableInterval: Readonly<Record<string, readonly [number | null, number | null]>>;
  readonly wantedPower: number;
  readonly largestRelativeRisk: number;
  /** On every simulated map. */
  readonly events: number;
  readonly dispersion: number;
  readonly runs: number;
  readonly sentence: { readonly id: string; readonly en: string };
}

/** To two significant digits: a few events more or fewer change nothing that a simulation could tell. */
export function roundedEvents(events: number): number {
  return Math.round(Number(events.toPrecision(2)));
}

/** The simulations that go with every result: as many runs as a question of this size can wait for, on fewer risks where areas are very many. */
export function usualSelfTest(question: PowerQuestion): { input: SelfTestInput; runs: number } {
  const { population, reported, weights, method, events } = question;
  // A map of few areas costs as much as one of 300, since permutations are as many.
  const cost = Math.max(1, population.length / 300);
  const relativeRisks = cost > 30 ? triedRisks.filter((_, at) => at % 2 === 0) : triedRisks;
  const maps = 1 + relativeRisks.length * triedSizes.length;
  const runs = Math.max(fewestRuns, Math.min(mostRuns, Math.floor(affordableMaps / cost / maps)));
  const common = { clusterSizes: triedSizes, relativeRisks, dispersion: 1, seed: powerSeed };
  // The seed of a question's own permutations is left out too, so that all seeds share one power.
  return {
    input: { population, reported, weights, method: { ...method, seed: powerSeed }, events: roundedEvents(events), ...common },
    runs,
  };
}

/** Simulates in parts whose number does not depend on the threads; `gently` one after the other, so that a thread stays free for others. */
export async function inParts<Name extends "simulateSelfTest" | "simulateScanSelfTest">(
  frame: Frame,
  kernel: Name,
  input: Parameters<Kernels[Name]>[0],
  runs: number,
  runsEach: number,
): Promise<SelfTestTally[]> {
  const parts: Parameters<Kernels[Name]>[] = [];
  for (let first = 0; first < runs; first += runsEach)
    parts.push([input, first, Math.min(runsEach, runs - first)] as unknown as Parameters<Kernels[Name]>);
  if (frame.power === "gently") {
    const tallies: SelfTestTally[] = [];
    for (const part of parts) tallies.push(await frame.pool.run(kernel, part, frame.signal));
    return tallies;
  }
  const onPart = (done: number, of: number): void => frame.onProgress?.((100 * done) / of, "simulasi / simulations");
  return frame.pool.runParts(kernel, parts, { signal: frame.signal, onPart });
}

/** The power of a hotspot method on maps of the areas, people and events given. */
export async function simulatePower(frame: Frame, input: SelfTestInput, runs: number, level: Sample["level"]): Promise<Power> {
  return powerOfTallies(input, await inParts(frame, "simulateSelfTest", input, runs, runsInPart), level);
}

/** Power as it travels, with its sentence, from what the simulations gave. */
export function powerOfTallies(
  input: Pick<SelfTestInput, "relativeRisks" | "clusterSizes" | "events" | "dispersion">,
  tallies: readonly SelfTestTally[],
  level: Sample["level"],
): Power {
  const table = powerTable(input, tallies);
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  const told = {
    falseAlarmRate: table.falseAlarmRate,
    power: table.power,
    smallestDetectable: Object.fromEntries(table.smallestDetectable.map((size) => [size.clusterSize, known(size.relativeRisk)])),
    smallestDetectableInterval: Object.fromEntries(
      table.smallestDetectable.map((size) => [size.clusterSize, [known(size.lower), known(size.upper)] as const]),
    ),
    wantedPower,
    largestRelativeRisk: Math.max(...input.relativeRisks),
    events: input.events,
    dispersion: input.dispersion,
    runs: table.falseAlarmRate.runs,
  };
  return { ...told, sentence: powerSentence(told, level) };
}

/**
 * The power that goes with a result: from the table `power` where the same was simulated before, else simulated now and kept.
 * The key is a hash of everything that goes in, so that a new report changes nothing until the rounded number of events does.
 * null, with a warning that says why, where nothing can be simulated, or where it is missing and the frame says `later`.
 */
export async function powerOf(frame: Frame, question: PowerQuestion): Promise<{ power: Power | null; warnings: { code: string }[] }> {
  const isSimulable =
    roundedEvents(question.events) > 0 && question.population.reduce((known, people) => known + (people > 0 ? 1 : 0), 0) >= 3;
  if (!isSimulable) return { power: null, warnings: [{ code: "power_unknown" }] };
  const { input, runs } = usualSelfTest(question);
  return keptPower(frame, [question.level, runs, input], () => simulatePower(frame, input, runs, question.level));
}

/** The power kept under the hash of everything that goes in, else simulated and kept, else a warning, as the frame says. */
export async function keptPower(
  frame: Frame,
  goesIn: readonly unknown[],
  simulate: () => Promise<Power>,
): Promise<{ power: Power | null; warnings: { code: string }[] }> {
  if (frame.power === "left_out") return { power: null, warnings: [{ code: "power_pending" }] };
  const key = createHash("sha256")
    .update(canonical([software, ...goesIn]))
    .digest("hex");
  const kept = await findPower<Power>(frame.database, key);
  if (kept) return { power: kept, warnings: [] };
  if (frame.power === "later") return { power: null, warnings: [{ code: "power_pending" }] };
  const power = await simulate();
  await frame.database.transaction((transaction) => keepPower(transaction, key, power, frame.now));
  return { power, warnings: [] };
}
