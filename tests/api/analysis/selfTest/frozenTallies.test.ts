import { expect, it } from "vitest";
import { planScan, type ScanInput } from "../../../../api/analysis/scan/plan.ts";
import { simulateMaxima } from "../../../../api/analysis/scan/simulate.ts";
import { simulateScanSelfTest } from "../../../../api/analysis/selfTest/scanSelfTest.ts";
import { type SelfTestInput, simulateSelfTest } from "../../../../api/analysis/selfTest/selfTest.ts";
import type { SelfTestTally } from "../../../../api/analysis/selfTest/tally.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";
import { scattered } from "../scan/question.ts";
import { method, population, reported, weights } from "./worlds.ts";

const told = ({ runs, alarms, detected }: SelfTestTally): number[] => [runs, alarms, ...detected];

// As they were when this was written: a kept power table or scan is worked out again from its seed. That they are right is for the other tests.
it.each<[string, Partial<SelfTestInput>, number[]]>([
  ["exact", {}, [40, 0, 0, 4, 7, 28]],
  ["bunched", { dispersion: 2.5 }, [40, 1, 2, 0, 0, 7]],
  ["high tail only", { method: method({ statistic: "exact", tail: "high", correction: "bonferroni" }) }, [40, 0, 0, 3, 7, 28]],
  ["by permutation", { method: method({ permutations: 499, correction: "none" }), events: 150 }, [40, 40, 0, 2, 34, 40]],
  [
    "Local Moran",
    { method: method({ statistic: "local_moran", permutations: 499, correction: "none", tail: "high" }), events: 150 },
    [40, 40, 0, 3, 32, 40],
  ],
  ["analytic", { method: method({ significance: "analytic", statistic: "gi" }), events: 150 }, [40, 13, 0, 0, 19, 38]],
])("runs, false alarms and finds of a seed stay: %s", (_, more, expected) => {
  const asked = {
    events: 60,
    dispersion: 1,
    method: method({ statistic: "exact" }),
    relativeRisks: [3, 6],
    clusterSizes: [1, 7],
    seed: 11,
  };
  expect(told(simulateSelfTest({ population, reported, weights, ...asked, ...more }, 2, 40))).toEqual(expected);
});

const neighbours = weightsOfLists(gridLists(8, 5));
it.each<[string, Partial<ScanInput>, number[], number[] | null]>([
  ["circles", {}, [6.657924, 5.473076, 8.449361, 6.381433, 5.548012], [25, 10, 1, 13, 20, 25]],
  ["permutation", { model: "permutation" }, [3.209886, 3.21926, 3.879457, 2.807893, 2.801368], null],
  ["prospective", { prospective: true }, [1.963437, 3.651061, 2.745055, 5.406199, 3.085944], [25, 2, 2, 11, 18, 25]],
  ["space only", { temporal: false }, [4.074432, 2.075536, 4.853662, 4.006604, 3.698304], [25, 0, 6, 19, 22, 25]],
  [
    "grown by neighbours",
    { zones: "adjacency", adjacency: neighbours },
    [6.657924, 5.53907, 4.598691, 5.371044, 5.104857],
    [25, 6, 2, 13, 18, 25],
  ],
  ["at most six days", { maxDays: 6, minimumCases: 4 }, [6.657924, 4.896788, 8.449361, 3.81299, 5.23092], [25, 5, 1, 9, 10, 22]],
])("maxima of a scan's simulations and finds of its self-test stay: %s", (_, more, maxima, finds) => {
  const plan = planScan(scattered(40, 90, 30, 5, { stepDays: 3, ...more }));
  expect([...simulateMaxima(plan, 3, 5, 10)].map((ratio) => Number(ratio.toPrecision(7)))).toEqual(maxima);
  // Only scans of people have a self-test.
  if (finds === null) return;
  const asked = {
    criticalRatio: 6,
    reported: new Uint8Array(40).fill(1),
    weights: neighbours,
    relativeRisks: [4, 9],
    clusterSizes: [1, 5],
    seed: 5,
  };
  expect(told(simulateScanSelfTest({ plan, ...asked }, 1, 25))).toEqual(finds);
});
