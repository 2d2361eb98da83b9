import { describe, expect, it } from "vitest";
import { getisOrdGi, getisOrdGiStar } from "../../../../api/analysis/hotspots/getisOrd.ts";
import { analyseHotspots, type HotspotsInput } from "../../../../api/analysis/hotspots/hotspots.ts";
import { localMoran } from "../../../../api/analysis/hotspots/localMoran.ts";
import { hasOutside } from "../../../fixtures/outside.ts";
import { disagreement, published, readReference, weightsOfLists } from "../reference.ts";
import { input } from "./question.ts";

describe.skipIf(!hasOutside)("hotspots against outside results", () => {
  const reference = hasOutside ? readReference() : null!;
  const jombang = (more: Partial<HotspotsInput>): HotspotsInput => ({
    ...input(),
    counts: reference.counts,
    population: reference.population,
    reported: new Uint8Array(306).fill(1),
    weights: reference.weights,
    significance: "analytic",
    ...more,
  });

  it("Gi and Gi* z equal PySAL's and spdep's to 1e-10", () => {
    const gi = analyseHotspots(jombang({ statistic: "gi" })).columns.z;
    const star = analyseHotspots(jombang({ statistic: "gi_star" })).columns.z;
    for (const peer of [reference.pysal, reference.spdep]) {
      expect(disagreement(gi, peer.Gi_z_binary, 1e-10)).toBeLessThan(1);
      expect(disagreement(star, peer.GiStar_z_binary, 1e-10)).toBeLessThan(1);
    }
  });

  it("Local Moran equals PySAL's, its z spdep's conditional one, to 1e-10", () => {
    const { value, z } = analyseHotspots(jombang({ statistic: "local_moran" })).columns;
    expect(disagreement(value, reference.pysal.localMoran.I, 1e-10)).toBeLessThan(1);
    expect(disagreement(z, reference.spdep.localMoran.Z_cond, 1e-10)).toBeLessThan(1);
  });

  it.each(["local_moran", "gi", "gi_star"] as const)(
    "the smaller tail of %s lies within four standard errors of 99,999 independent permutations",
    (statistic) => {
      const permutations = 99_999;
      const { pLow, pHigh } = analyseHotspots(jombang({ statistic, significance: "permutation", permutations })).columns;
      let worst = 0;
      reference.localMoranP.forEach((truth, i) => {
        const p = Math.min(pLow[i]!, pHigh[i]!);
        worst = Math.max(worst, Math.abs(p - truth!) / (4 * Math.sqrt((2 * truth! * (1 - truth!)) / permutations) + 2 / permutations));
      });
      expect(worst).toBeLessThan(1);
    },
  );

  it("99,999 permutations with the false discovery rate find the planted clusters of Jombang, 999 are extended where they must be", () => {
    const many = analyseHotspots(jombang({ significance: "permutation", permutations: 99_999, correction: "fdr" }));
    const few = analyseHotspots(jombang({ significance: "permutation", permutations: 999, correction: "fdr" }));
    expect(many.summary.significant).toBeGreaterThan(0);
    expect(few.summary.permutationsUsed === 999 || few.summary.extended.length > 0).toBe(true);
  });

  it("Gi and Gi* of six points equal the z that PySAL's tests publish, to 1e-7", () => {
    const { points, band, y, gi_z_binary, gi_star_z_binary } = published().getis_ord_six_points;
    const near = points.map(([x, up], i) => points.flatMap(([ox, oy], j) => (i !== j && Math.hypot(ox - x, oy - up) <= band ? [j] : [])));
    expect(disagreement(getisOrdGi(Float64Array.from(y), weightsOfLists(near)).z, gi_z_binary, 1e-7)).toBeLessThan(1);
    expect(disagreement(getisOrdGiStar(Float64Array.from(y), weightsOfLists(near)).z, gi_star_z_binary, 1e-7)).toBeLessThan(1);
  });

  it("Local Moran, G and G* of GeoDa's six areas equal its tests to 1e-6, but for the island, which has none here", () => {
    const { data, neighbours, local_moran, G, G_star } = published().geoda_six;
    const y = Float64Array.from(data);
    const weights = weightsOfLists(neighbours);
    const island = (column: number[]): (number | null)[] => column.map((value, i) => (neighbours[i]!.length === 0 ? null : value));
    expect(disagreement(localMoran(y, weights).value, island(local_moran), 1e-6)).toBeLessThan(1);
    // GeoDa averages where the sum is taken here: G times neighbours, G* times neighbours and self.
    const size =
      (own: number) =>
      (column: number[]): (number | null)[] =>
        island(column.map((value, i) => value * (neighbours[i]!.length + own)));
    expect(disagreement(getisOrdGi(y, weights).value, size(0)(G), 1e-6)).toBeLessThan(1);
    expect(disagreement(getisOrdGiStar(y, weights).value, size(1)(G_star), 1e-6)).toBeLessThan(1);
  });
});
