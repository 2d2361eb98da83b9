import { describe, expect, it } from "vitest";
import { betaQuantile } from "../../../../api/analysis/distributions/beta.ts";
import { binomialAt, binomialAtLeast, binomialAtMost } from "../../../../api/analysis/distributions/binomial.ts";
import { exactLocalRisk } from "../../../../api/analysis/hotspots/exactLocalRisk.ts";
import { analyseHotspots } from "../../../../api/analysis/hotspots/hotspots.ts";
import { expectedCounts } from "../../../../api/analysis/hotspots/imputePlaces.ts";
import { bySignOf } from "../../../../api/analysis/hotspots/judge.ts";
import { disagreement, weightsOfLists } from "../reference.ts";
import { counts, input, n } from "./question.ts";

const row = weightsOfLists([[1], [0, 2], [1, 3], [2, 4], [3], []]);
const people = Float64Array.of(100, 200, 300, 100, 200, 100);
const near = (actual: number, expected: number): void => expect(disagreement([actual], [expected], 1e-10)).toBeLessThan(1);

describe("exact local risk, area by area", () => {
  it("events that come singly: binomial tails, and Clopper–Pearson carried to odds", () => {
    const events = Float64Array.of(2, 3, 4, 1, 0, 2);
    const risk = exactLocalRisk(events, people, row, "two_sided");
    expect(risk.isBunched).toBe(false);
    const around: [number, number][] = [
      [5, 0.3],
      [9, 0.6],
      [8, 0.6],
      [5, 0.6],
      [1, 0.3],
    ];
    around.forEach(([inside, share], i) => {
      const odds = (part: number): number => (part / (1 - part)) * ((1 - share) / share);
      near(risk.observed[i]!, inside);
      near(risk.expected[i]!, 12 * share);
      near(risk.pHigh[i]!, binomialAtLeast(inside, 12, share));
      near(risk.pLow[i]!, binomialAtMost(inside, 12, share));
      near(risk.pTie[i]!, binomialAt(inside, 12, share));
      near(risk.relativeRisk[i]!, odds(inside / 12));
      near(risk.lower[i]!, odds(betaQuantile(inside, 13 - inside, 0.025)));
      near(risk.upper[i]!, odds(betaQuantile(inside + 1, 12 - inside, 0.975)));
      expect(risk.pBinomial[i]).toBe(risk.p[i]);
    });
    for (const column of [risk.observed, risk.expected, risk.p, risk.relativeRisk, risk.pTie]) expect(column[5]).toBeNaN();
  });

  it("events that come in bunches: the interval is that of as many bunches, and p no smaller than for single events", () => {
    const events = Float64Array.of(0, 40, 0, 2, 30, 0);
    const risk = exactLocalRisk(events, people, row, "two_sided");
    expect(risk.isBunched).toBe(true);
    const { ratio } = risk.dispersion;
    const share = 0.6;
    const odds = (part: number): number => (part / (1 - part)) * ((1 - share) / share);
    near(risk.relativeRisk[1]!, odds(40 / 72));
    near(risk.lower[1]!, odds(betaQuantile(40 / ratio, 32 / ratio + 1, 0.025)));
    near(risk.upper[1]!, odds(betaQuantile(40 / ratio + 1, 32 / ratio, 0.975)));
    for (let i = 0; i < 5; i++) expect(risk.p[i]!).toBeGreaterThanOrEqual(risk.pBinomial[i]!);
  });

  it("a neighbourhood that is everything has counts and no tails", () => {
    const all = exactLocalRisk(Float64Array.of(1, 2, 3), Float64Array.of(1, 1, 1), weightsOfLists([[1, 2], [0], [1]]), "two_sided");
    expect([all.observed[0], all.expected[0]]).toEqual([6, 6]);
    for (const column of [all.p, all.pHigh, all.pTie, all.relativeRisk, all.lower, all.upper, all.pBinomial]) {
      expect(column[0]).toBeNaN();
      expect(column[1]).not.toBeNaN();
    }
  });

  it("no event inside: lower bound 0; all inside: no upper bound", () => {
    const { lower, upper, relativeRisk } = exactLocalRisk(Float64Array.of(2, 0, 0, 0, 0, 0), people, row, "two_sided");
    expect([lower[4], relativeRisk[4]]).toEqual([0, 0]);
    expect(upper[0]).toBe(Number.POSITIVE_INFINITY);
    expect(upper[4]).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});

describe("Local Moran's tails", () => {
  it("are the sum's above the mean, turned round below it, all ties at it", () => {
    const counts = { draws: 10, above: Float64Array.of(1, 2, 3), equal: Float64Array.of(4, 4, 4), below: Float64Array.of(5, 4, 3) };
    const turned = bySignOf(Float64Array.of(0, 0.5, -0.5, 0), Int32Array.of(1, 2, 3), counts);
    expect(turned).toEqual({
      draws: 10,
      above: Float64Array.of(1, 4, 0),
      equal: Float64Array.of(4, 4, 10),
      below: Float64Array.of(5, 2, 0),
    });
    expect(counts.above).toEqual(Float64Array.of(1, 2, 3));
  });
});

describe("what goes with hotspots", () => {
  it("expected counts add candidates to a copy, and those nowhere to nobody", () => {
    const certain = Float64Array.of(1, 2);
    const uncertain = {
      areas: Int32Array.of(0, 1, -1, 1),
      probabilities: Float64Array.of(0.5, 0.25, 0.25, 1),
      offsets: Int32Array.of(0, 3, 4),
    };
    expect([...expectedCounts(certain, uncertain as never)]).toEqual([1.5, 3.25]);
    expect([...certain]).toEqual([1, 2]);
  });

  it("a cap that is not given leaves room for the floor rule", () => {
    const { summary } = analyseHotspots(input({ permutations: 99, correction: "fdr" }));
    expect(summary.permutationsUsed).toBeGreaterThan(99);
    expect(summary.events).toBe(counts.reduce((sum, count) => sum + count, 0));
  });

  it.each([
    ["population", { population: new Float64Array(2) }, "2"],
    ["reported", { reported: new Uint8Array(2) }, "2"],
    ["alpha", { alpha: 1 }, "1"],
    ["permutations", { permutations: 1.5 }, "1.5"],
    ["counts", { counts: new Float64Array(n).fill(Number.POSITIVE_INFINITY) }, "below zero or not a number"],
  ])("a wrong %s is refused by name", (field, more, value) => {
    expect(() => analyseHotspots(input(more))).toThrowError(expect.objectContaining({ code: "wrong_input", details: { field, value } }));
  });
});
