import type { Weights } from "../neighbours/weights.ts";
import { createRandom, type Random } from "../significance/random.ts";
import { growCluster, startsOfClusters } from "./plantedCluster.ts";

/** What the maps of some runs gave. */
export interface SelfTestTally {
  readonly runs: number;
  /** Maps without any cluster on which the method reported something. */
  readonly alarms: number;
  /** Maps on which the planted cluster was seen, sizes × risks, risks changing fastest; NaN where no cluster of the size fits. */
  readonly detected: Float64Array;
}

/** Which clusters are planted where. */
export interface SelfTestDesign {
  /** Who touches whom, for clusters to grow. */
  readonly weights: Weights;
  /** 1 for an area that was asked for, 0 for the ring around it: dealt events like the others, but no cluster starts there and no report of it counts. */
  readonly reported: Uint8Array;
  /** Risks inside of planted clusters relative to outside, ascending, above 1. */
  readonly relativeRisks: readonly number[];
  /** Areas in planted clusters. */
  readonly clusterSizes: readonly number[];
  readonly seed: number;
}

/** Streams of the seed: maps without a cluster, and maps with one. */
const nullStream = 1;
const plantedStream = 2;

/**
 * Counts over the runs `firstRun` to `firstRun + runs` (exclusive) on how many maps without a cluster there is an alarm, and on how many with one, for every size and
 * relative risk, it is seen. A cluster starts at an area asked for, every such area equally likely. Run r draws from streams of its own, so runs may be shared out between
 * threads in any way.
 */
export function tallyRuns(
  design: SelfTestDesign,
  firstRun: number,
  runs: number,
  isAlarm: (random: Random) => boolean,
  isSeen: (random: Random, cluster: Int32Array, relativeRisk: number) => boolean,
): SelfTestTally {
  const { weights, reported, relativeRisks, clusterSizes, seed } = design;
  let alarms = 0;
  for (let run = firstRun; run < firstRun + runs; run++) if (isAlarm(createRandom(seed, nullStream, run))) alarms++;
  const detected = new Float64Array(clusterSizes.length * relativeRisks.length);
  clusterSizes.forEach((size, s) => {
    const starts = startsOfClusters(weights, reported, size);
    relativeRisks.forEach((relativeRisk, r) => {
      const cell = s * relativeRisks.length + r;
      if (starts.length === 0) detected[cell] = Number.NaN;
      for (let run = firstRun; run < firstRun + runs && starts.length > 0; run++) {
        const random = createRandom(seed, plantedStream, size, Math.round(relativeRisk * 1e6), run);
        const cluster = growCluster(weights, starts[random.below(starts.length)]!, size, random);
        if (isSeen(random, cluster, relativeRisk)) detected[cell]! += 1;
      }
    });
  });
  return { runs, alarms, detected };
}
