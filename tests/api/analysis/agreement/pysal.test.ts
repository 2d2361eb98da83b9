import { describe, expect } from "vitest";
import { normalAbove } from "../../../../api/analysis/distributions/normal.ts";
import { globalEmpiricalBayes, localEmpiricalBayes } from "../../../../api/analysis/rates/empiricalBayes.ts";
import { hasOutside } from "../../../fixtures/outside.ts";
import { draws, exactQueenPairs, jombangResults, pairsOfLists } from "./jombang.ts";
import { expectNear, testEveryEntry } from "./keyByKey.ts";

// PySAL esda 2.10.0, libpysal 300dc17, on Jombang.
describe.skipIf(!hasOutside)("agreement with PySAL", () => {
  if (!hasOutside) return;
  const jombang = jombangResults();
  const { moran, byN, rowStandardised } = jombang;
  const near = { compare: (p: number[]) => expectNear(jombang.folded(), p, draws, 999) };

  testEveryEntry("jombang_pysal210", {
    queen: { compare: (lists: number[][]) => expect(exactQueenPairs(jombang)).toEqual(pairsOfLists(lists)) },
    "globalMoran_W.I": { equals: () => rowStandardised.moranI },
    "globalMoran_W.EI": { equals: () => rowStandardised.expected },
    "globalMoran_W.VI_rand": { equals: () => rowStandardised.variance },
    "globalMoran_W.z_rand": { equals: () => rowStandardised.z },
    // One-sided, although PySAL's documentation calls it two-tailed.
    "globalMoran_W.p_rand": { equals: () => normalAbove(rowStandardised.z) },
    "globalMoran_W.VI_norm": { equals: () => rowStandardised.varianceNormality },
    "MoranRate.I": { equals: () => jombang.autocorrelation({ measure: "eb" }).moranI! },
    "MoranRate.z": { equals: () => jombang.autocorrelation({ measure: "eb" }).z! },
    "localMoran.I": { equals: () => moran.value },
    // 1 high-high, 2 low-high, 3 low-low, 4 high-low.
    "localMoran.q": { equals: () => moran.deviation.map((d, i) => (d > 0 ? (moran.lag[i]! > 0 ? 1 : 4) : moran.lag[i]! > 0 ? 2 : 3)) },
    "localMoran.p_sim": near,
    "localMoran.z_sim": { because: "the z of 999 draws of numpy's random numbers" },
    // Moments of I divided by n, beside an I divided by n − 1.
    "localMoran.EIc": { equals: () => byN.expected },
    "localMoran.VIc": { equals: () => byN.variance },
    "localMoran.EI": { equals: () => new Float64Array(jombang.n).fill(rowStandardised.expected) },
    "localMoran.VI": {
      because: "variance over deals of all values, the area's own too; ours holds the own value, as the question is about its neighbours",
    },
    Gi_z_binary: { equals: () => jombang.hotspots({ statistic: "gi" }).z },
    GiStar_z_binary: { equals: () => jombang.hotspots({ statistic: "gi_star" }).z },
    Gi_p_sim: near,
    GiStar_p_sim: near,
    EB_global: { equals: () => globalEmpiricalBayes(jombang.counts, jombang.population).smoothed },
    EB_local: { equals: () => localEmpiricalBayes(jombang.counts, jombang.population, jombang.weights).smoothed },
  });
});
