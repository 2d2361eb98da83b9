import { subsetOf, takeFrom } from "../neighbours/subset.ts";
import type { Weights } from "../neighbours/weights.ts";
import { createRandom } from "../significance/random.ts";
import { AnalysisRefusal, requireInput } from "../significance/refusal.ts";
import { dealEvents, runningShares } from "./dealtEvents.ts";
import { exactMethod } from "./exactMethod.ts";
import { permutationMethod } from "./permutationMethod.ts";
import { growCluster, startsOfClusters } from "./plantedCluster.ts";
import type { HotspotMethod, TestedMethod } from "./testedMethod.ts";
import { wholeMethod } from "./wholeMethod.ts";

export interface SelfTestInput {
  /** People, NaN where unknown: there nothing is simulated. */
  readonly population: Float64Array;
  /** 1 for an area that was asked for, 0 for the ring around it: dealt events like the others, but no cluster starts there and no report of it counts. */
  readonly reported: Uint8Array;
  readonly weights: Weights;
  /** Events on every simulated map. */
  readonly events: number;
  /** Variance of an area's events over that of events that come singly, ≥ 1. */
  readonly dispersion: number;
  readonly method: HotspotMethod;
  /** Risks inside of planted clusters relative to outside, ascending, above 1. */
  readonly relativeRisks: readonly number[];
  /** Areas in planted clusters. */
  readonly clusterSizes: readonly number[];
  readonly seed: number;
}

/** What the maps of some runs gave. */
export interface SelfTestTally {
  readonly runs: number;
  /** Maps without any cluster on which the method reported something. */
  readonly alarms: number;
  /** Maps on which the planted cluster was seen, sizes × risks, risks changing fastest; NaN where no cluster of the size fits. */
  readonly detected: Float64Array;
}

/** Streams of the seed: maps without a cluster, and maps with one. */
export const nullStream = 1;
export const plantedStream = 2;

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
  const { relativeRisks, clusterSizes, events, dispersion, seed } = input;
  const people = Uint8Array.from(input.population, (number) => (number > 0 ? 1 : 0));
  const { members, weights } = subsetOf(input.weights, people);
  if (members.length < 3) throw new AnalysisRefusal("no_population", { areas: members.length });
  const population = takeFrom(input.population, members);
  const reported = Uint8Array.from(members, (i) => input.reported[i]!);
  const isReporting = testedMethod(input.method, population, weights, events);

  const whole = runningShares(population, new Int32Array(0), 1);
  let alarms = 0;
  for (let run = firstRun; run < firstRun + runs; run++) {
    const counts = dealEvents(whole, events, dispersion, createRandom(seed, nullStream, run));
    if (isReporting(counts, reported, "either")) alarms++;
  }
  const detected = new Float64Array(clusterSizes.length * relativeRisks.length);
  const watched = new Uint8Array(members.length);
  clusterSizes.forEach((size, s) => {
    const starts = startsOfClusters(weights, reported, size);
    relativeRisks.forEach((relativeRisk, r) => {
      const cell = s * relativeRisks.length + r;
      if (starts.length === 0) detected[cell] = Number.NaN;
      for (let run = firstRun; run < firstRun + runs && starts.length > 0; run++) {
        const random = createRandom(seed, plantedStream, size, Math.round(relativeRisk * 1e6), run);
        const cluster = growCluster(weights, starts[random.below(starts.length)]!, size, random);
        const counts = dealEvents(runningShares(population, cluster, relativeRisk), events, dispersion, random);
        for (const i of cluster) watched[i] = reported[i]!;
        if (isReporting(counts, watched, "raised")) detected[cell]! += 1;
        for (const i of cluster) watched[i] = 0;
      }
    });
  });
  return { runs, alarms, detected };
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
