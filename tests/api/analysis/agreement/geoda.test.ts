import { describe, expect } from "vitest";
import { globalEmpiricalBayes, localEmpiricalBayes } from "../../../../api/analysis/rates/empiricalBayes.ts";
import { standardisedRates } from "../../../../api/analysis/rates/standardisedRate.ts";
import { standardisedRatios } from "../../../../api/analysis/rates/standardisedRatio.ts";
import { hasOutside } from "../../../fixtures/outside.ts";
import { json } from "../reference.ts";
import { draws, exactQueenPairs, jombangResults, pairsOfLists } from "./jombang.ts";
import { expectNear, testEveryEntry } from "./keyByKey.ts";

// @geoda/core and @geoda/lisa 0.0.22 on Jombang; what that version gets wrong (rook, Gi p, Gi* p, spatial rates) is not in the file.
describe.skipIf(!hasOutside)("agreement with GeoDa", () => {
  if (!hasOutside) return;
  const jombang = jombangResults();
  const { moran, counts, population } = jombang;

  testEveryEntry("jombang_geoda", {
    queen: { compare: (lists: number[][]) => expect(exactQueenPairs(jombang)).toEqual(pairsOfLists(lists)) },
    "localMoran.I": { equals: () => moran.value },
    "localMoran.p_sim": { compare: (p: number[]) => expectNear(jombang.folded(), p, draws, 999) },
    // There of standardised values.
    "localMoran.lag": { equals: () => moran.lag.map((lag) => lag / jombang.deviation) },
    // Classes at GeoDa's own p: 1 high-high, 2 low-low, 3 low-high, 4 high-low, where p ≤ 0.05.
    "localMoran.cluster": {
      compare: (classes: number[]) => {
        const p = json<{ localMoran: { p_sim: number[] } }>("jombang_geoda").localMoran.p_sim;
        const ours = [...moran.deviation].map((d, i) =>
          p[i]! > 0.05 ? 0 : d > 0 ? (moran.lag[i]! > 0 ? 1 : 4) : moran.lag[i]! > 0 ? 3 : 2,
        );
        expect(classes).toEqual(ours);
      },
    },
    "localMoran.labels": { because: "names of the classes" },
    EB_global: { equals: () => globalEmpiricalBayes(counts, population).smoothed },
    EB_local: { equals: () => localEmpiricalBayes(counts, population, jombang.weights).smoothed },
    excessRisk: { equals: () => standardisedRatios(counts, population, 0.9).ratio },
    EB_standardised: { equals: () => standardisedRates(counts, population) },
  });
});
