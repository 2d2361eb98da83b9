import { describe, expect, it } from "vitest";
import { getisOrdGi, getisOrdGiStar } from "../../../../api/analysis/hotspots/getisOrd.ts";
import { analyseHotspots, type HotspotsInput } from "../../../../api/analysis/hotspots/hotspots.ts";
import { localMoran } from "../../../../api/analysis/hotspots/localMoran.ts";
import { weightsFromEdges } from "../../../../api/analysis/neighbours/weights.ts";
import { hasOutside } from "../../../fixtures/outside.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { gridLists } from "../grid.ts";
import { disagreement, published, readReference, weightsOfLists } from "../reference.ts";

const lists = gridLists(8, 6);
const random = seededRandom(11);
const n = lists.length;
const population = Float64Array.from({ length: n }, () => 500 + Math.floor(9000 * random()));
const counts = Float64Array.from(
  { length: n },
  (_, i) => (random() < 0.5 ? 0 : Math.floor(4 * random())) + ([0, 1, 8, 9].includes(i) ? 12 : 0),
);
const input = (more: Partial<HotspotsInput> = {}): HotspotsInput => ({
  counts,
  population,
  reported: new Uint8Array(counts.length).fill(1),
  weights: weightsOfLists(lists),
  statistic: "gi_star",
  measure: "rate",
  significance: "permutation",
  tail: "two_sided",
  permutations: 9999,
  correction: "none",
  alpha: 0.05,
  seed: 1,
  ...more,
});
const statistics = ["gi_star", "gi", "local_moran"] as const;

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

describe("hotspots", () => {
  it("a planted cluster is hot, its class says so, and cold places are not called hot", () => {
    const { columns } = analyseHotspots(input());
    expect(columns.class[0]).toBe("hot");
    columns.class.forEach((name, i) => {
      if (name === "hot") expect(columns.pHigh[i]!).toBeLessThan(columns.pLow[i]!);
      if (name === "cold") expect(columns.pLow[i]!).toBeLessThan(columns.pHigh[i]!);
    });
    const moran = analyseHotspots(input({ statistic: "local_moran" }));
    expect(moran.columns.class[0]).toBe("high-high");
  });

  it.each(statistics)("%s: relabelled areas have the same values and, within chance, the same p", (statistic) => {
    const order = Array.from({ length: n }, (_, i) => (i * 29 + 5) % n);
    const place = new Map(order.map((old, now) => [old, now]));
    const relabelled = weightsOfLists(order.map((old) => lists[old]!.map((j) => place.get(j)!)));
    const take = (column: Float64Array): Float64Array => Float64Array.from(order, (old) => column[old]!);
    const before = analyseHotspots(input({ statistic })).columns;
    const after = analyseHotspots(input({ statistic, counts: take(counts), population: take(population), weights: relabelled })).columns;
    order.forEach((old, now) => {
      expect(after.value[now]).toBeCloseTo(before.value[old]!, 12);
      expect(after.z[now]).toBeCloseTo(before.z[old]!, 10);
      expect(Math.abs(after.p[now]! - before.p[old]!)).toBeLessThan(12 * Math.sqrt((before.p[old]! * 2) / 9999) + 4 / 9999);
    });
  });

  it.each(statistics)("%s: counting people in thousands changes no z, no p and no class", (statistic) => {
    const plain = analyseHotspots(input({ statistic })).columns;
    const scaled = analyseHotspots(input({ statistic, population: population.map((people) => people / 1000) })).columns;
    for (let i = 0; i < n; i++) expect(scaled.z[i]).toBeCloseTo(plain.z[i]!, 10);
    expect([...scaled.p]).toEqual([...plain.p]);
    expect(scaled.class).toEqual(plain.class);
  });

  it.each([...statistics, "exact"] as const)("%s: an island has no result, is listed, and does not change who is tested", (statistic) => {
    const cut = lists.map((list, i) => (i === 20 ? [] : list.filter((j) => j !== 20)));
    const { columns, summary } = analyseHotspots(input({ statistic, weights: weightsOfLists(cut), correction: "fdr" }));
    for (const name of ["value", "z", "p", "pLow", "pHigh", "pMid", "q"] as const) expect(columns[name][20]).toBeNaN();
    expect(columns.class[20]).toBeNull();
    expect(summary.islands).toEqual([20]);
    expect(summary.tested).toBe(n - 1);
  });

  it.each([
    ["unknown", Number.NaN],
    ["zero", 0],
  ])("an area with %s people is out of sample and neighbour lists", (_, people) => {
    const known = population.slice();
    known[9] = people;
    const { columns, summary } = analyseHotspots(input({ population: known, significance: "analytic" }));
    const keep = Array.from({ length: n }, (_i, i) => i).filter((i) => i !== 9);
    const place = new Map(keep.map((old, now) => [old, now]));
    const alone = analyseHotspots({
      ...input({ significance: "analytic" }),
      counts: Float64Array.from(keep, (i) => counts[i]!),
      population: Float64Array.from(keep, (i) => population[i]!),
      reported: new Uint8Array(n - 1).fill(1),
      weights: weightsOfLists(keep.map((i) => lists[i]!.filter((j) => j !== 9).map((j) => place.get(j)!))),
    });
    expect(columns.class[9]).toBeNull();
    expect(columns.z[9]).toBeNaN();
    expect(keep.map((i) => columns.z[i])).toEqual([...alone.columns.z]);
    expect(summary.withoutData).toEqual([9]);
    expect(analyseHotspots(input({ population: known, measure: "count", significance: "analytic" })).columns.z[9]).not.toBeNaN();
  });

  it.each([...statistics, "exact"] as const)("%s: without any event nothing is significant and p is 1", (statistic) => {
    const { columns, warnings } = analyseHotspots(input({ statistic, counts: new Float64Array(n), permutations: 999, correction: "fdr" }));
    expect([...columns.p]).toEqual(new Array(n).fill(1));
    expect(new Set(columns.class)).toEqual(new Set(["not significant"]));
    expect(warnings.map(({ code }) => code)).toContain("no_events");
  });

  it.each(statistics)("%s: constant values have no z, and p is 1", (statistic) => {
    const constant = new Float64Array(n).fill(3);
    const result = analyseHotspots(input({ statistic, measure: "count", counts: constant, permutations: 999 }));
    for (const z of result.columns.z) expect(z).toBeNaN();
    expect([...result.columns.p]).toEqual(new Array(n).fill(1));
    expect(result.warnings.map(({ code }) => code)).toContain("no_variation");
    const analytic = analyseHotspots(input({ statistic, measure: "count", counts: constant, significance: "analytic" }));
    expect(new Set(analytic.columns.class)).toEqual(new Set([null]));
  });

  it("ties count for both tails, so where most are zero no zero village is called cold", () => {
    const sparse = new Float64Array(n);
    sparse[5] = 1;
    sparse[40] = 2;
    const { columns } = analyseHotspots(input({ measure: "count", counts: sparse }));
    for (let i = 0; i < n; i++) expect(columns.pLow[i]! + columns.pHigh[i]!).toBeGreaterThan(1);
    expect(columns.class).not.toContain("cold");
  });

  it("p two-sided is twice the smaller tail, high is the upper tail, mid-p counts ties half", () => {
    const two = analyseHotspots(input()).columns;
    const high = analyseHotspots(input({ tail: "high" })).columns;
    for (let i = 0; i < n; i++) {
      expect(two.p[i]).toBe(Math.min(1, 2 * Math.min(two.pLow[i]!, two.pHigh[i]!)));
      expect(high.p[i]).toBe(two.pHigh[i]);
      expect(two.pMid[i]!).toBeLessThanOrEqual(two.p[i]!);
    }
    expect(analyseHotspots(input({ tail: "high", permutations: 99_999, correction: "fdr" })).columns.class).not.toContain("cold");
  });

  it("the ring around is in the sample; what is reported changes no number", () => {
    const half = Uint8Array.from({ length: n }, (_, i) => (i < 24 ? 1 : 0));
    const all = analyseHotspots(input({ correction: "fdr" }));
    const some = analyseHotspots(input({ correction: "fdr", reported: half }));
    expect([...some.columns.q]).toEqual([...all.columns.q]);
    expect(some.summary.reported).toBe(24);
    expect(some.summary.significant).toBeLessThanOrEqual(all.summary.significant);
  });

  it("analytic significance uses no permutation, and its two tails are those of the normal distribution", () => {
    const { columns, summary } = analyseHotspots(input({ significance: "analytic" }));
    expect([summary.permutationsUsed, summary.atFloor, summary.extended]).toEqual([0, 0, []]);
    for (let i = 0; i < n; i++) {
      expect(columns.pLow[i]! + columns.pHigh[i]!).toBeCloseTo(1, 12);
      expect(columns.pMid[i]).toBe(columns.p[i]);
      expect(columns.z[i]! > 0).toBe(columns.pHigh[i]! < 0.5);
    }
  });

  it("same seed, same bits; another seed, other bits; inputs are not changed", () => {
    const before = [...counts, ...population];
    const one = analyseHotspots(input({ seed: 5 }));
    expect(analyseHotspots(input({ seed: 5 }))).toEqual(one);
    expect([...analyseHotspots(input({ seed: 6 })).columns.p]).not.toEqual([...one.columns.p]);
    expect([...counts, ...population]).toEqual(before);
  });

  it("99 permutations, too few for the correction, are extended where they are at the floor", () => {
    const { columns, summary, warnings } = analyseHotspots(input({ permutations: 99, correction: "fdr" }));
    expect(summary.extended).toContain(0);
    expect(summary.permutationsUsed).toBeGreaterThan(99);
    expect(columns.p[0]!).toBeLessThan(0.02);
    expect(warnings.map(({ code }) => code)).toContain("permutations_extended");
  });

  it("a correction that the cap cannot support is refused, naming the permutations needed", () => {
    const refused = {
      code: "permutations_too_few",
      details: expect.objectContaining({ permutations: 99, needed: expect.any(Number), cap: 99 }),
    };
    expect(() => analyseHotspots(input({ permutations: 99, correction: "bonferroni", permutationCap: 99 }))).toThrowError(
      expect.objectContaining(refused),
    );
  });

  it("unequal weights are permuted with their weights: of two neighbours the heavy one decides", () => {
    const from = Int32Array.from(lists.flatMap((list, i) => list.map(() => i)));
    const to = Int32Array.from(lists.flat());
    const weight = Float64Array.from(to, (_, e) => 1 + (e % 3));
    const uneven = { ...input({ statistic: "local_moran", permutations: 19_999 }), weights: weightsFromEdges(n, from, to, weight) };
    const { z, pHigh, pLow } = analyseHotspots(uneven).columns;
    // Agreement of signs: z and the tails come from different code.
    for (let i = 0; i < n; i++) if (Math.abs(z[i]!) > 1) expect(z[i]! > 0 ? pHigh[i]! < pLow[i]! : pLow[i]! < pHigh[i]!).toBe(true);
    const doubled = {
      ...uneven,
      weights: weightsFromEdges(
        n,
        from,
        to,
        weight.map((value) => 2 * value),
      ),
    };
    const again = analyseHotspots(doubled).columns.z;
    for (let i = 0; i < n; i++) expect(again[i]).toBeCloseTo(z[i]!, 10);
  });

  it("exact local risk is the binomial tail of the neighbourhood's share of the people", () => {
    // Hand arithmetic: 4 equal areas in a row, 3 events in the first: neighbourhood of the first is half the people, P(X ≥ 3 of 3) = 1/8.
    const row = weightsOfLists([[1], [0, 2], [1, 3], [2]]);
    const four = {
      ...input({ statistic: "exact" }),
      counts: Float64Array.of(3, 0, 0, 0),
      population: new Float64Array(4).fill(100),
      reported: new Uint8Array(4).fill(1),
      weights: row,
    };
    const { columns } = analyseHotspots(four);
    expect(columns.pHigh[0]).toBeCloseTo(1 / 8, 12);
    expect(columns.pLow[3]).toBeCloseTo(1 / 8, 12);
    expect(columns.p[0]).toBeCloseTo(1 / 4, 12);
    expect(columns.observed![0]).toBe(3);
    expect(columns.expected![0]).toBeCloseTo(1.5, 12);
    expect(columns.upper![0]).toBe(Number.POSITIVE_INFINITY);
    // Clopper–Pearson of 3 of 3: the lower bound is the cube root of 0.025, carried to odds.
    const share = 0.025 ** (1 / 3);
    expect(columns.lower![0]).toBeCloseTo(share / (1 - share), 10);
    for (const z of columns.z) expect(z).toBeNaN();
  });

  it.each([
    [
      "two areas",
      {
        counts: Float64Array.of(1, 2),
        population: Float64Array.of(9, 9),
        reported: Uint8Array.of(1, 1),
        weights: weightsOfLists([[1], [0]]),
      },
      "too_few_areas",
    ],
    [
      "one area",
      { counts: Float64Array.of(1), population: Float64Array.of(9), reported: Uint8Array.of(1), weights: weightsOfLists([[]]) },
      "too_few_areas",
    ],
    ["people unknown everywhere", { population: new Float64Array(n).fill(Number.NaN) }, "too_few_areas"],
    ["no permutation", { permutations: 0 }, "wrong_input"],
    ["alpha 0", { alpha: 0 }, "wrong_input"],
    ["weights of other areas", { weights: weightsOfLists([[1], [0]]) }, "wrong_input"],
    ["a negative count", { counts: counts.map((count, i) => (i === 3 ? -1 : count)) }, "wrong_input"],
  ] as const)("%s: refused", (_, more, code) => {
    expect(() => analyseHotspots(input(more))).toThrowError(expect.objectContaining({ code }));
  });
});
