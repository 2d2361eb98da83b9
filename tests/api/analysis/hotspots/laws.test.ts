import { describe, expect, it } from "vitest";
import { analyseHotspots } from "../../../../api/analysis/hotspots/hotspots.ts";
import { weightsFromEdges } from "../../../../api/analysis/neighbours/weights.ts";
import { weightsOfLists } from "../reference.ts";
import { counts, input, lists, n, population, statistics } from "./question.ts";

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
