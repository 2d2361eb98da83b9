import { describe, expect } from "vitest";
import { normalAbove, normalTwoSided } from "../../../../api/analysis/distributions/normal.ts";
import { globalEmpiricalBayes, localEmpiricalBayes, rateMoments } from "../../../../api/analysis/rates/empiricalBayes.ts";
import { hasOutside } from "../../../fixtures/outside.ts";
import { draws, exactQueenPairs, jombangResults, pairsOfLists, pairsWhere } from "./jombang.ts";
import { expectNear, testEveryEntry } from "./keyByKey.ts";

// R 4.2.2, spdep 1.2-7, sf 1.0-9 on Jombang.
describe.skipIf(!hasOutside)("agreement with spdep", () => {
  if (!hasOutside) return;
  const jombang = jombangResults();
  const { moran, byN, rowStandardised, binary } = jombang;
  const draw = { because: "moments of 999 draws of R's random numbers; what they tend to is compared in localMoran" };

  testEveryEntry("jombang_spdep", {
    queen: { compare: (lists: number[][]) => expect(exactQueenPairs(jombang)).toEqual(pairsOfLists(lists)) },
    // Two vertices digit for digit make a rook pair there, 100 m of border within 30 m here, which finds the same and more.
    rook: {
      compare: (lists: number[][]) => {
        const ours = new Set(pairsWhere(jombang, ({ rook }, pair) => rook[pair] === 1));
        const theirs = pairsOfLists(lists);
        expect(theirs.filter((pair) => !ours.has(pair))).toEqual([]);
        expect(theirs.length).toBe(799);
      },
    },
    "globalMoran_W.I": { equals: () => rowStandardised.moranI },
    "globalMoran_W.EI": { equals: () => rowStandardised.expected },
    "globalMoran_W.VI_rand": { equals: () => rowStandardised.variance },
    "globalMoran_W.z": { equals: () => rowStandardised.z },
    "globalMoran_W.p_greater": { equals: () => normalAbove(rowStandardised.z) },
    "globalMoran_B.I": { equals: () => binary.moranI },
    "globalMoran_B.EI": { equals: () => binary.expected },
    "globalMoran_B.VI_rand": { equals: () => binary.variance },
    "globalMoran_B.z": { equals: () => binary.z },
    EBI_moran: { equals: () => jombang.autocorrelation({ measure: "eb" }).moranI! },
    "EB_global.raw": { equals: () => jombang.rate },
    "EB_global.est": { equals: () => globalEmpiricalBayes(jombang.counts, jombang.population).smoothed },
    "EB_global.a": { equals: () => rateMoments(jombang.counts, jombang.population).variance },
    "EB_global.b": { compare: (missing: null) => expect(missing).toBeNull() },
    "EB_local_geoda.est": { equals: () => localEmpiricalBayes(jombang.counts, jombang.population, jombang.weights).smoothed },
    "EB_local_bailey.est": {
      because: "the variant that takes each neighbour's deviation from that neighbour's own mean (geoda = FALSE), which is not offered",
    },
    Gi_z_binary: { equals: () => jombang.hotspots({ statistic: "gi" }).z },
    GiStar_z_binary: { equals: () => jombang.hotspots({ statistic: "gi_star" }).z },
    "localMoran.I": { equals: () => byN.value },
    "localMoran.E_cond": { equals: () => byN.expected },
    "localMoran.V_cond": { equals: () => byN.variance },
    "localMoran.Z_cond": { equals: () => moran.z },
    "localMoran.P_cond": { equals: () => moran.z.map((z) => normalTwoSided(z)) },
    "localMoran.E_tot": { equals: () => new Float64Array(jombang.n).fill(rowStandardised.expected) },
    "localMoran.V_tot": {
      because: "variance over deals of all values, the area's own too; ours holds the own value, as the question is about its neighbours",
    },
    "localMoran.Z_tot": { because: "the z of V_tot" },
    "localMoran_perm999.cols": { because: "names of columns" },
    "localMoran_perm999.E": draw,
    "localMoran_perm999.V": draw,
    "localMoran_perm999.Z": draw,
    "localMoran_perm999.P": draw,
    "localMoran_perm999.P_sim": {
      compare: (p: number[]) =>
        expectNear(
          jombang.folded(),
          p.map((each) => each / 2),
          draws,
          999,
        ),
    },
    "localMoran_perm999.P_folded": { compare: (p: number[]) => expectNear(jombang.folded(), p, draws, 999) },
  });
});
