import { findNeighbours } from "../../api/analysis/neighbours/contiguity.ts";
import { weightsFromPairs } from "../../api/analysis/neighbours/weights.ts";
import { powerTable } from "../../api/analysis/selfTest/powerTable.ts";
import { type SelfTestInput, simulateSelfTest } from "../../api/analysis/selfTest/selfTest.ts";
import { triedRisks, triedSizes } from "../../api/contract/selfTestInputs.ts";
import { readGeography } from "./geography.ts";
import { type BenchmarkRow, leftOut, timed } from "./row.ts";
import { synthesise } from "./synthetic.ts";

/** The most that 200 runs of the exact local risk may take on Jombang, in ms; here on one thread, the service uses all. */
const limitMs = 2000;
const runs = 200;

/** Times whole self-tests on Jombang, each run a map without a cluster and one for every risk and size: 25 maps. */
export async function benchmark(): Promise<BenchmarkRow[]> {
  const geography = await readGeography("Jombang");
  if (!geography) return [leftOut("self-test, Jombang", "no ../shared")];
  const pairs = findNeighbours(geography.polygons);
  const n = geography.polygons.n;
  const { population, reported, weights } = synthesise(n, weightsFromPairs(n, pairs.from, pairs.to));
  const method = { measure: "rate", significance: "permutation", tail: "two_sided", permutations: 99_999, correction: "fdr" } as const;
  const input = (statistic: "exact" | "gi_star" | "local_moran"): SelfTestInput => ({
    population,
    reported,
    weights,
    events: 1200,
    dispersion: 1,
    method: { ...method, statistic, alpha: 0.05, seed: 1 },
    relativeRisks: triedRisks,
    clusterSizes: triedSizes,
    seed: 1,
  });
  const test = (statistic: "exact" | "gi_star" | "local_moran", name: string, limit?: number): Promise<BenchmarkRow> =>
    timed(
      `Jombang (${n}): self-test, ${runs} runs of ${name}`,
      3,
      () => powerTable(input(statistic), [simulateSelfTest(input(statistic), 0, runs)]),
      {
        ...(limit === undefined ? {} : { limitMs: limit }),
        note: ({ falseAlarmRate, smallestDetectable }) =>
          `false alarms ${falseAlarmRate.rate}, 7 villages from ${smallestDetectable[1]?.relativeRisk.toFixed(2)}-fold risk on; ${runs * 25} maps, one thread`,
      },
    );
  return [
    await test("exact", "exact local risk, FDR", limitMs),
    await test("gi_star", "Gi*, 99,999 permutations, FDR"),
    await test("local_moran", "Local Moran, 99,999 permutations, FDR"),
  ];
}
