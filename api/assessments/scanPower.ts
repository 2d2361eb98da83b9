import type { ScanPlan } from "../analysis/scan/plan.ts";
import type { ScanSelfTestInput } from "../analysis/selfTest/scanSelfTest.ts";
import type { Inputs } from "../contract/processes.ts";
import { WeightsInput } from "../contract/questionInputs.ts";
import { triedRisks, triedSizes } from "../contract/selfTestInputs.ts";
import type { Frame } from "./frame.ts";
import { inParts, keptPower, type Power, powerOfTallies } from "./power.ts";
import { readWeights, type Sample } from "./sample.ts";
import { buildWeights } from "./weights.ts";

/** Areas times steps that the maps of a question may come to: about three seconds of one core. */
const affordableCells = 20_000_000;
const [fewestRuns, mostRuns] = [20, 50];
const runsInPart = 5;

export interface SearchedScan {
  readonly sample: Sample;
  readonly plan: ScanPlan;
  readonly criticalRatio: number;
}

/** Simulated maps for a scan that was made: planted clusters grow along common borders, whatever zones the scan looks through. */
export async function scanSelfTest(
  frame: Frame,
  { sample, plan, criticalRatio }: SearchedScan,
  asked: Pick<ScanSelfTestInput, "relativeRisks" | "clusterSizes" | "seed">,
): Promise<ScanSelfTestInput> {
  const weights = await buildWeights(frame, sample, await readWeights(frame.database, sample, WeightsInput.parse({ kind: "queen" })));
  return { ...asked, plan, criticalRatio, reported: sample.reported, weights };
}

export async function simulateScanPower(frame: Frame, input: ScanSelfTestInput, runs: number, level: Sample["level"]): Promise<Power> {
  const tallies = await inParts(frame, "simulateScanSelfTest", input, runs, runsInPart);
  return powerOfTallies({ ...input, events: input.plan.cases, dispersion: 1 }, tallies, level);
}

/**
 * The power that goes with a scan, kept as that of hotspots is. Its key holds the exact number of events, since the critical ratio that was simulated for that number is used.
 * Not known for the permutation model, whose expected events change with every map, nor where simulations were stopped early.
 */
export async function scanPowerOf(
  frame: Frame,
  inputs: Inputs<"space-time-scan">,
  searched: SearchedScan,
): Promise<{ power: Power | null; warnings: { code: string }[] }> {
  const { plan, sample } = searched;
  if (inputs.model !== "poisson" || inputs.stopAfter !== undefined) return { power: null, warnings: [{ code: "power_unknown" }] };
  const maps = 1 + triedRisks.length * triedSizes.length;
  const cells = maps * plan.members.length * (plan.stepShare.length + 10);
  const runs = Math.max(fewestRuns, Math.min(mostRuns, Math.floor(affordableCells / cells)));
  const input = await scanSelfTest(frame, searched, { relativeRisks: triedRisks, clusterSizes: triedSizes, seed: 1 });
  const { longitude, latitude, expected, stepShare, longestEnd, cases } = plan;
  const { maxPopulation, minimumCases, zones, maxAreas, prospective } = inputs;
  const made = { longitude, latitude, expected, stepShare, longestEnd, cases, maxPopulation, minimumCases, zones, maxAreas, prospective };
  const key = ["space-time-scan", sample.level, runs, { ...input, plan: made }];
  return keptPower(frame, key, () => simulateScanPower(frame, input, runs, sample.level));
}
