import { subsetOf } from "../neighbours/subset.ts";
import type { ScanPlan } from "../scan/plan.ts";
import { createSearch } from "../scan/search.ts";
import { pickWindow, type ZoneWindow } from "../scan/window.ts";
import type { Random } from "../significance/random.ts";
import { requireInput } from "../significance/refusal.ts";
import { placeAt, runningSums } from "./dealtEvents.ts";
import { type SelfTestDesign, type SelfTestTally, tallyRuns } from "./tally.ts";

/** The design is of the areas that the plan was made from. */
export interface ScanSelfTestInput extends SelfTestDesign {
  /** Of the scan that is tested; the Poisson model. */
  readonly plan: ScanPlan;
  /** A cluster is significant when its ratio is above this; NaN: none can be. */
  readonly criticalRatio: number;
}

/** More clusters than this on one map are not looked through, as in findClusters. */
const mostClusters = 100;

/**
 * The self-test (simulateSelfTest) of a space-time scan: how often it raises a false alarm, and how often it sees a planted cluster in space and time.
 *
 * In words: events are dealt by people and by days. A planted cluster is an area asked for with its neighbours, ring by ring, over a quarter of the steps (at most as long as the scan
 * allows; placed at random, or at the end where the scan is prospective; the whole period where it looks only at space), and there the risk is relative-risk-fold. The scan is applied as it
 * is: strongest window first, the next ones beside it, each significant while its ratio is above the critical one. Seen is a cluster when a significant window holds an area of it
 * that was asked for, at a time when its risk was raised. Cost: one search a significant cluster and map.
 */
export function simulateScanSelfTest(input: ScanSelfTestInput, firstRun: number, runs: number): SelfTestTally {
  const { plan, criticalRatio } = input;
  requireInput(plan.model === "poisson", "model", plan.model);
  const { members, cases } = plan;
  const isMember = new Uint8Array(input.weights.n);
  for (const i of members) isMember[i] = 1;
  const { weights } = subsetOf(input.weights, isMember);
  const reported = Uint8Array.from(members, (i) => input.reported[i]!);
  const search = createSearch(plan);
  const steps = plan.stepShare.length;
  const ofArea = runningSums(plan.expected);
  const ofStep = runningSums(plan.stepShare);
  const eventArea = new Int32Array(cases);
  const eventStep = new Int32Array(cases);

  const deal = (random: Random, cluster: Int32Array, from: number, upTo: number, relativeRisk: number): void => {
    const inside = runningSums(Array.from(cluster, (i) => plan.expected[i]!));
    const during = runningSums(plan.stepShare.subarray(from, upTo));
    const more = cluster.length === 0 ? 0 : ((relativeRisk - 1) * inside.at(-1)! * during.at(-1)!) / cases;
    const pick = (sums: Float64Array): number => placeAt(sums, random.unit() * sums.at(-1)!);
    for (let event = 0; event < cases; event++) {
      const isMore = more > 0 && random.unit() * (1 + more) < more;
      eventArea[event] = isMore ? cluster[pick(inside)]! : pick(ofArea);
      eventStep[event] = isMore ? from + pick(during) : pick(ofStep);
    }
  };
  const isReported = (holds: (window: ZoneWindow) => boolean): boolean => {
    if (Number.isNaN(criticalRatio)) return false;
    const isBlocked = new Uint8Array(members.length * steps);
    // What differs from a simulated maximum by rounding is equal to it.
    const floor = criticalRatio + 1e-9 * Math.max(1, criticalRatio);
    for (let found = 0; found < mostClusters; found++) {
      const { windows } = search.strongest(eventArea, eventStep, floor, found > 0 ? isBlocked : undefined);
      if (windows.length === 0) return false;
      const window = pickWindow(plan, windows);
      if (holds(window)) return true;
      for (const member of window.members) isBlocked.fill(1, member * steps + window.fromStep, member * steps + window.toStep);
    }
    return false;
  };

  const lasting = Math.min(plan.longestEnd[0]!, Math.max(1, Math.round(steps / 4)));
  return tallyRuns(
    { ...input, weights, reported },
    firstRun,
    runs,
    (random) => {
      deal(random, new Int32Array(0), 0, 0, 1);
      return isReported(({ members: held }) => held.some((i) => reported[i] === 1));
    },
    (random, cluster, relativeRisk) => {
      const from = plan.isProspective ? steps - lasting : random.below(steps - lasting + 1);
      deal(random, cluster, from, from + lasting, relativeRisk);
      return isReported(
        ({ members: held, fromStep, toStep }) =>
          fromStep < from + lasting && toStep > from && held.some((i) => reported[i] === 1 && cluster.includes(i)),
      );
    },
  );
}
