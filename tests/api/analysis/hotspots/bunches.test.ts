import { describe, expect, it } from "vitest";
import { betaBelow } from "../../../../api/analysis/distributions/beta.ts";
import { bunchedTails, singleTails } from "../../../../api/analysis/hotspots/bunchedTails.ts";
import { type ExactLocalRisk, exactLocalRisk } from "../../../../api/analysis/hotspots/exactLocalRisk.ts";
import { analyseHotspots } from "../../../../api/analysis/hotspots/hotspots.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";
import { input } from "./question.ts";

const weights = weightsOfLists(gridLists(15, 12));
const n = weights.n;
const { unit } = createRandom(3517);
const population = Float64Array.from({ length: n }, () => Math.round(900 + 8000 * unit() ** 2));
const reach = new Float64Array(n);
population.reduce((sum, people, i) => {
  reach[i] = sum + people;
  return reach[i]!;
}, 0);

type Unit = () => number;

/** Bunches dealt out by people until there are so many events: the null of bunches. */
function bunchedMap(events: number, sizeOf: (unit: Unit) => number, seed: number): Float64Array {
  const random = createRandom(seed, events);
  const counts = new Float64Array(n);
  for (let dealt = 0; dealt < events; ) {
    const at = random.unit() * reach[n - 1]!;
    const size = sizeOf(random.unit);
    counts[reach.findIndex((upTo) => at < upTo)]! += size;
    dealt += size;
  }
  return counts;
}

const bunches: [string, (unit: Unit) => number][] = [
  ["all of four", () => 4],
  ["of a geometric size around three", (unit) => 1 + Math.floor(Math.log(1 - unit()) / Math.log(2 / 3))],
  ["mostly of one, some of ten", (unit) => (unit() < 0.1 ? 10 : 1)],
];

const maps = 60;
/** Over the maps: mean share of areas whose tail is at or below the level, and its standard error. */
function shareBelow(risks: readonly ExactLocalRisk[], of: (risk: ExactLocalRisk) => Float64Array, level: number): [number, number] {
  const shares = risks.map((risk) => of(risk).filter((p) => p <= level).length / n);
  const mean = shares.reduce((sum, share) => sum + share, 0) / maps;
  return [mean, Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (maps - 1) / maps)];
}

describe("exact local risk of events in bunches", () => {
  it.each(bunches.flatMap(([name, sizeOf]) => [150, 700].map((events) => [name, events, sizeOf] as const)))(
    "bunches %s, %d events: P(p ≤ a) ≤ a in both tails, where the binomial is far above",
    (_, events, sizeOf) => {
      const risks = Array.from({ length: maps }, (_map, map) =>
        exactLocalRisk(bunchedMap(events, sizeOf, map), population, weights, "two_sided"),
      );
      expect(risks.filter(({ isBunched }) => isBunched).length).toBeGreaterThan(0.95 * maps);
      for (const level of [0.001, 0.01, 0.05]) {
        for (const of of [(risk: ExactLocalRisk) => risk.p, (risk: ExactLocalRisk) => risk.pHigh, (risk: ExactLocalRisk) => risk.pLow]) {
          const [share, error] = shareBelow(risks, of, level);
          expect(share).toBeLessThanOrEqual(level + 3 * error + 1e-12);
        }
      }
      const [binomial, error] = shareBelow(risks, (risk) => risk.pBinomial, 0.01);
      expect(binomial - 3 * error).toBeGreaterThan(0.03);
    },
  );

  it("where events come singly p is the binomial one", () => {
    const risk = exactLocalRisk(
      bunchedMap(300, () => 1, 3),
      population,
      weights,
      "high",
    );
    expect(risk.isBunched).toBe(false);
    expect([...risk.p]).toEqual([...risk.pBinomial]);
  });

  it("the process tells how far events are bunched and keeps the binomial p beside", () => {
    const counts = bunchedMap(300, () => 5, 3);
    const asked = input({ statistic: "exact", counts, population, weights, reported: new Uint8Array(n).fill(1) });
    const { columns, warnings } = analyseHotspots(asked);
    const told = warnings.find(({ code }) => code === "over_dispersed")!;
    expect(told.details).toMatchObject({ tails: "beta_binomial" });
    expect(told.details.ratio).toBeGreaterThan(3.5);
    expect(told.details.ratio).toBeLessThan(6.5);
    expect(told.details.p).toBeLessThan(1e-6);
    columns.p.forEach((p, i) => {
      if (columns.pBinomial![i]! < 0.2) expect(p).toBeGreaterThan(columns.pBinomial![i]!);
    });
    const single = analyseHotspots({ ...asked, counts: bunchedMap(300, () => 1, 3) });
    expect(single.warnings.map(({ code }) => code)).not.toContain("over_dispersed");
    expect(single.columns.pBinomial).toEqual(single.columns.p);
  });

  it("the interval of the relative risk is as wide as that of as many events as there are bunches", () => {
    const counts = bunchedMap(80, () => 1, 5).map((count) => count * 5);
    const wide = exactLocalRisk(counts, population, weights, "two_sided");
    const { ratio } = wide.dispersion;
    const i = wide.observed.findIndex((observed) => observed >= 10);
    const share = wide.expected[i]! / 400;
    // By definition: at the bounds as many effective events or more, or as many or fewer, have probability 0.025.
    const shareAt = (odds: number): number => (odds * share) / (1 - share + odds * share);
    const [inside, outside] = [wide.observed[i]! / ratio, (400 - wide.observed[i]!) / ratio];
    expect(betaBelow(inside, outside + 1, shareAt(wide.lower[i]!))).toBeCloseTo(0.025, 10);
    expect(betaBelow(outside, inside + 1, 1 - shareAt(wide.upper[i]!))).toBeCloseTo(0.025, 10);
    const alone = exactLocalRisk(
      counts.map((count) => count / 5),
      population,
      weights,
      "two_sided",
    );
    expect(alone.isBunched).toBe(false);
    expect(wide.relativeRisk[i]).toBeCloseTo(alone.relativeRisk[i]!, 10);
    expect(wide.upper[i]! - wide.lower[i]!).toBeGreaterThan(0.9 * (alone.upper[i]! - alone.lower[i]!));
  });
});

describe("tails of bunches", () => {
  it("one area that is half of all, 4 events in bunches of 2: 4 of 4 by hand", () => {
    // Concentration (4 − 2) / (2 − 1) = 2, so beta(1, 1): every number equally likely, P(4) = 1/5; two bunches both inside: 1/4, the larger.
    const { low, high, tie } = bunchedTails(4, 4, 0.5, 2);
    expect(high).toBeCloseTo(1 / 4, 12);
    expect(low).toBe(1);
    expect(tie).toBeCloseTo(1 / 5, 12);
    expect(bunchedTails(0, 4, 0.5, 2).low).toBeCloseTo(1 / 4, 12);
    expect(bunchedTails(0, 4, 0.5, 2).high).toBe(1);
    // Between whole bunches: at least 3 of 4 is 2/5 by the beta-binomial, 1/2 by symmetry of beta(1.5, 1.5) for one and a half bunches of two.
    expect(bunchedTails(3, 4, 0.5, 2).high).toBeCloseTo(1 / 2, 12);
    expect(bunchedTails(1, 4, 0.5, 2).low).toBeCloseTo(1 / 2, 12);
    // 3 of 4 where a third is the area's: beta(2/3, 4/3), 4 of 4 is (2/3 · 5/3 · 8/3 · 11/3) / (2 · 3 · 4 · 5) = 880 / 9720.
    expect(bunchedTails(4, 4, 1 / 3, 2).tie).toBeCloseTo(880 / 9720, 12);
  });

  it("bunches of hardly more than one are single events", () => {
    const single = singleTails(3, 50, 0.02);
    const bunched = bunchedTails(3, 50, 0.02, 1 + 1e-9);
    for (const side of ["low", "high", "tie"] as const) expect(bunched[side]).toBeCloseTo(single[side], 6);
  });

  it("when the variance is that of a single bunch, all events are where it is", () => {
    const all = bunchedTails(6, 6, 0.1, 50);
    expect(all.high).toBeGreaterThanOrEqual(0.1 - 1e-6);
    expect(bunchedTails(1, 6, 0.1, 50).high).toBeGreaterThanOrEqual(0.1 - 1e-6);
    expect(bunchedTails(0, 6, 0.1, 50).low).toBeGreaterThanOrEqual(0.9 - 1e-6);
  });
});
