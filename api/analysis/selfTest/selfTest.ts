import { subsetOf, takeFrom } from "../neighbours/subset.ts";
import type { Weights } from "../neighbours/weights.ts";
import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import { dealEvents, runningShares } from "./dealtEvents.ts";
import { exactMethod } from "./exactMethod.ts";
import { permutationMethod } from "./permutationMethod.ts";
import { type SelfTestDesign, type SelfTestTally, tallyRuns } from "./tally.ts";
import type { HotspotMethod, TestedMethod } from "./testedMethod.ts";
import { wholeMethod } from "./wholeMethod.ts";

export interface SelfTestInput extends SelfTestDesign {
  /** People, NaN where unknown: there nothing is simulated. */
  readonly population: Float64Array;
  /** Events on every simulated map. */
  readonly events: number;
  /** Variance of an area's events over that of events that come singly, ≥ 1. */
  readonly dispersion: number;
  readonly method: HotspotMethod;
}

/**
 * Self-test: how often a method raises a false alarm here, and how often it sees a raised risk, tried out on simulated maps of the same areas, people and number of events.
 *
 * Why: "no hotspot" says nothing before one knows what could have been seen; with few events only a manifold risk can.
 * In words: each run simulates a map without a cluster and, for every size and relative risk, a map with one: an area asked for, every such area equally likely, and its
 * neighbours ring by ring up to the size, their people counted relative-risk-fold. Events are dealt by people (dealEvents). The method is applied as it is asked for:
 * statistic, measure, tail, permutations, correction, alpha. A false alarm is any area asked for reported on a map without a cluster, on either side; a detection is at least one area
 * of the cluster that was asked for reported as raised. Run r draws from streams of its own, so runs may be shared out between threads in any way.
 * Source: Kulldorff, Tango & Park 2003 for power by planted clusters, doi:10.1016/S0167-9473(02)00160-3.
 * Refuses: `no_population` (fewer than three areas with people), `no_events`, `wrong_input`.
 * Cost: runs × (1 + sizes × risks) maps; a map of 306 areas takes about 0.3 ms (exact, analytic) or 1 ms (99,999 permutations).
 */
export function simulateSelfTest(input: SelfTestInput, firstRun: number, runs: number): SelfTestTally {
  checkInput(input);
  const { events, dispersion } = input;
  const people = Uint8Array.from(input.population, (number) => (number > 0 ? 1 : 0));
  const { members, weights } = subsetOf(input.weights, people);
  if (members.length < 3) throw new AnalysisRefusal("no_population", { areas: members.length });
  const population = takeFrom(input.population, members);
  const reported = Uint8Array.from(members, (i) => input.reported[i]!);
  const isReporting = testedMethod(input.method, population, weights, events);

  const whole = runningShares(population, new Int32Array(0), 1);
  const watched = new Uint8Array(members.length);
  return tallyRuns(
    { ...input, weights, reported },
    firstRun,
    runs,
    (random) => isReporting(dealEvents(whole, events, dispersion, random), reported, "either"),
    (random, cluster, relativeRisk) => {
      const counts = dealEvents(runningShares(population, cluster, relativeRisk), events, dispersion, random);
      for (const i of cluster) watched[i] = reported[i]!;
      const isSeen = isReporting(counts, watched, "raised");
      for (const i of cluster) watched[i] = 0;
      return isSeen;
    },
  );
}

/** The quickest way to the verdicts of a method; all give those of analyseHotspots. */
export function testedMethod(method: HotspotMethod, population: Float64Array, weights: Weights, events: number): TestedMethod {
  if (method.statistic === "exact") return exactMethod(method, population, weights, events);
  return method.significance === "permutation" ? permutationMethod(method, population, weights) : wholeMethod(method, population, weights);
}

function checkInput({ population, reported, weights, events, dispersion, relativeRisks, clusterSizes }: SelfTestInput): void {
  requireInput(reported.length === population.length, "reported", reported.length);
  requireInput(weights.n === population.length, "weights", weights.n);
  requireInput(Number.isInteger(events) && events >= 0, "events", events);
  if (events === 0) throw new AnalysisRefusal("no_events");
  requireInput(dispersion === 1 || (dispersion > 1 && dispersion < events), "dispersion", dispersion);
  for (const risk of relativeRisks) requireInput(risk > 1 && risk <= 1000, "relativeRisks", risk);
  for (const size of clusterSizes) requireInput(Number.isInteger(size) && size >= 1, "clusterSizes", size);
}
