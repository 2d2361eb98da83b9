import { describe, expect, it } from "vitest";
import { gammaQuantile } from "../../../../api/analysis/distributions/gamma.ts";
import { bandOf, spansAllBands } from "../../../../api/analysis/risk/bands.ts";
import { componentNames } from "../../../../api/analysis/risk/componentWeights.ts";
import { drawGammas } from "../../../../api/analysis/risk/gammaDraw.ts";
import { decayedYears, freezeOfficialVersion, type RiskIndicator } from "../../../../api/analysis/risk/officialVersion.ts";
import { assessRisk } from "../../../../api/analysis/risk/risk.ts";
import { assessRiskTrend } from "../../../../api/analysis/risk/trend.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";
import { type Entry, entries, idm, incidentsOf, input, n, population, poverty, random, version, withPeople } from "./invented.ts";

describe("risk score", () => {
  it("the parts add up to the score within 1e-12, each at least 0, and the score is in 0 to 100", () => {
    const { columns } = assessRisk(
      input({ population: withPeople(3, Number.NaN), agenda: Float64Array.from({ length: n }, (_, i) => (i % 2 ? Number.NaN : 0.5)) }),
    );
    for (let i = 0; i < n; i++) {
      const parts = componentNames.map((name) => columns[name][i]!).filter((points) => !Number.isNaN(points));
      expect(Math.abs(parts.reduce((sum, points) => sum + points, 0) - columns.score[i]!)).toBeLessThan(1e-12);
      for (const points of parts) expect(points).toBeGreaterThanOrEqual(0);
      expect(columns.score[i]!).toBeLessThanOrEqual(100);
    }
  });

  it("a village's missing components are left out and the others' weights shared out", () => {
    const { columns, summary } = assessRisk(input({ population: withPeople(3, Number.NaN) }));
    expect(summary.missing).toEqual(["agenda", "potensi"]);
    expect(columns.agenda[0]).toBeNaN();
    expect(columns.kejadian[3]).toBeNaN();
    const one = assessRisk(input({ componentWeights: { kecenderungan: 1, kerentanan: 1 } })).columns;
    for (let i = 0; i < n; i++) {
      // Four known components weigh 1/4 each, two known weigh 1/2 each; without its own rate a village has three.
      expect(columns.kerentanan[i]).toBeCloseTo((one.kerentanan[i]! * 2) / (i === 3 ? 3 : 4), 10);
    }
  });

  it("three more severe incidents raise the score and the rank of their village, and of its neighbours the score", () => {
    const before = assessRisk(input()).columns;
    const after = assessRisk(input({ incidents: incidentsOf([...entries, [14, 1, 5], [14, 1, 5], [14, 1, 5]]) })).columns;
    expect(after.score[14]!).toBeGreaterThan(before.score[14]! + 3);
    expect(after.rank[14]!).toBeLessThan(before.rank[14]!);
    for (const neighbour of [8, 13, 15, 20]) expect(after.score[neighbour]!).toBeGreaterThan(before.score[neighbour]!);
    for (const faraway of [0, 5, 30, 35]) expect(after.score[faraway]).toBe(before.score[faraway]);
    expect(after.count[14]).toBe(before.count[14]! + 3);
  });

  it("an incident fades by half in 180 days", () => {
    const only = (days: number): number => {
      const { columns } = assessRisk(input({ incidents: incidentsOf([[14, days]]), componentWeights: { kejadian: 1 } }));
      const component = columns.kejadian[14]! / 100;
      return (component / (1 - component)) * version.reference;
    };
    const rate = version.priorRate + (population[14]! / 10_000) * decayedYears(version);
    const weight = 0.25;
    expect(only(0)).toBeCloseTo(((version.priorShape + 1) / rate) * weight, 10);
    expect(only(180)).toBeCloseTo(((version.priorShape + 0.5) / rate) * weight, 10);
    expect(only(360)).toBeCloseTo(((version.priorShape + 0.25) / rate) * weight, 10);
  });

  it("what happens later or longer ago than the window, or nowhere, changes nothing", () => {
    const more: Entry[] = [
      [14, -1, 5],
      [14, 1825, 5],
      [-1, 3, 5],
    ];
    expect(assessRisk(input({ incidents: incidentsOf([...entries, ...more]) })).columns.score).toEqual(assessRisk(input()).columns.score);
  });

  it("villages added elsewhere move no score, as the version is frozen", () => {
    const before = assessRisk(input()).columns.score;
    const wider = assessRisk({
      ...input(),
      population: Float64Array.of(...population, 900, 2000),
      reported: new Uint8Array(n + 2).fill(1),
      incidents: incidentsOf([...entries, ...Array.from({ length: 40 }, (): Entry => [n, 10, 5])]),
      weights: weightsOfLists([...gridLists(6, 6), [n + 1], [n]]),
      indicators: [idm, poverty].map((indicator) => ({ ...indicator, values: Float64Array.of(...indicator.values, 5, -5) })),
    });
    expect([...wider.columns.score.slice(0, n)]).toEqual([...before]);
  });

  it("relabelled villages keep their scores and, within chance, their bounds", () => {
    const order = Array.from({ length: n }, (_, i) => (i * 7 + 3) % n);
    const place = new Map(order.map((old, now) => [old, now]));
    const take = (column: Float64Array): Float64Array => Float64Array.from(order, (old) => column[old]!);
    const before = assessRisk(input({ draws: 4000 })).columns;
    const after = assessRisk({
      ...input({ draws: 4000 }),
      population: take(population),
      incidents: incidentsOf(entries.map(([area, ...rest]) => [place.get(area)!, ...rest])),
      weights: weightsOfLists(order.map((old) => gridLists(6, 6)[old]!.map((j) => place.get(j)!))),
      indicators: [idm, poverty].map((indicator) => ({ ...indicator, values: take(indicator.values) })),
    }).columns;
    order.forEach((old, now) => {
      expect(after.score[now]).toBeCloseTo(before.score[old]!, 10);
      expect(after.rank[now]).toBe(before.rank[old]);
      expect(Math.abs(after.scoreLower[now]! - before.scoreLower[old]!)).toBeLessThan(1.5);
      expect(Math.abs(after.rankUpper[now]! - before.rankUpper[old]!)).toBeLessThanOrEqual(3);
    });
  });

  it("the bounds hold score and rank, narrow with more people of the same rate, and are the same bits for the same seed", () => {
    const result = assessRisk(input());
    const { score, scoreLower, scoreUpper, rank, rankLower, rankUpper } = result.columns;
    for (let i = 0; i < n; i++) {
      expect(scoreLower[i]! <= score[i]! && score[i]! <= scoreUpper[i]!).toBe(true);
      expect(rankLower[i]! <= rank[i]! && rank[i]! <= rankUpper[i]!).toBe(true);
      expect(rankLower[i]! >= 1 && rankUpper[i]! <= n).toBe(true);
    }
    // In the middle of the field ranks are open both ways, and the score is too.
    const middle = Array.from({ length: n }, (_, i) => i).filter((i) => Math.abs(rank[i]! - n / 2) < 4);
    for (const i of middle) expect(rankLower[i]! < rank[i]! && rank[i]! < rankUpper[i]! && scoreUpper[i]! - scoreLower[i]! > 2).toBe(true);
    expect(assessRisk(input())).toEqual(result);
    expect([...assessRisk(input({ seed: 2 })).columns.scoreLower]).not.toEqual([...scoreLower]);
    const alone = (people: number, events: number): number => {
      const one = {
        population: Float64Array.of(people),
        reported: Uint8Array.of(1),
        weights: weightsOfLists([[]]),
        indicators: [],
        componentWeights: { kejadian: 1 },
      };
      const { columns } = assessRisk(input({ ...one, incidents: incidentsOf(Array.from({ length: events }, (): Entry => [0, 30])) }));
      return columns.scoreUpper[0]! - columns.scoreLower[0]!;
    };
    expect(alone(80_000, 80)).toBeLessThan(alone(2000, 2) / 3);
  });

  it("the bounds of a village with only its own rate are the posterior's quantiles", () => {
    const one = {
      population: Float64Array.of(4000),
      reported: Uint8Array.of(1),
      weights: weightsOfLists([[]]),
      indicators: [],
      componentWeights: { kejadian: 1 },
    };
    const { columns } = assessRisk(
      input({
        ...one,
        incidents: incidentsOf([
          [0, 0],
          [0, 0],
          [0, 0],
        ]),
        draws: 20_000,
      }),
    );
    const rate = version.priorRate + 0.4 * decayedYears(version);
    const points = (probability: number): number => {
      const weighted = (gammaQuantile(version.priorShape + 3, probability) / rate) * 0.25;
      return (100 * weighted) / (weighted + version.reference);
    };
    expect(Math.abs(columns.scoreLower[0]! - points(0.05))).toBeLessThan(0.3);
    expect(Math.abs(columns.scoreUpper[0]! - points(0.95))).toBeLessThan(0.3);
  });

  it("an island has no spill-over and is listed, one area alone still has a score", () => {
    const lists = gridLists(6, 6).map((list, i) => (i === 0 ? [] : list.filter((j) => j !== 0)));
    const { columns, summary } = assessRisk(input({ weights: weightsOfLists(lists) }));
    expect(columns.imbasan[0]).toBeNaN();
    expect(columns.score[0]).not.toBeNaN();
    expect(summary.islands).toEqual([0]);
  });

  it.each([
    ["unknown", Number.NaN],
    ["zero", 0],
  ])("with %s people the band is DATA KURANG, and the village spills over to nobody", (_, people) => {
    const { columns, summary } = assessRisk(input({ population: withPeople(14, people) }));
    expect(columns.band[14]).toBe("DATA KURANG");
    // A score to look into, but no place among the others, whose ranks close up.
    expect(columns.score[14]).not.toBeNaN();
    for (const name of ["rank", "rankLower", "rankUpper"] as const) expect(columns[name][14]).toBeNaN();
    expect(summary.ranked).toBe(n - 1);
    expect(Math.max(...columns.rank.filter((place) => !Number.isNaN(place)))).toBeLessThanOrEqual(n - 1);
    const silent = assessRisk(
      input({ population: withPeople(14, people), incidents: incidentsOf(entries.filter(([area]) => area !== 14)) }),
    );
    expect([...silent.columns.imbasan]).toEqual([...columns.imbasan]);
  });

  it("coverage under one half is DATA KURANG, unknown coverage is not", () => {
    const { columns } = assessRisk(
      input({ coverage: Float64Array.from({ length: n }, (_, i) => (i === 4 ? 0.49 : i === 5 ? Number.NaN : 0.5)) }),
    );
    expect(columns.band[4]).toBe("DATA KURANG");
    expect(columns.band[5]).not.toBe("DATA KURANG");
    expect(columns.band[6]).not.toBe("DATA KURANG");
  });

  it("the ring around spills over but is not scored, ranked or drawn", () => {
    const reported = Uint8Array.from({ length: n }, (_, i) => (i < 18 ? 1 : 0));
    const { columns, summary } = assessRisk(input({ reported }));
    expect([...columns.score.slice(0, 18)]).toEqual([...assessRisk(input()).columns.score.slice(0, 18)]);
    for (const name of ["score", "rank", "scoreUpper", "rankLower", "imbasan", "count"] as const) expect(columns[name][20]).toBeNaN();
    expect(columns.band[20]).toBeNull();
    expect(Math.max(...columns.rank.slice(0, 18))).toBeLessThanOrEqual(18);
    expect([summary.n, summary.reported, summary.scored]).toEqual([n, 18, 18]);
    expect(Object.values(summary.bands).reduce((sum, count) => sum + count, 0)).toBe(18);
  });

  it("without any incident there is still a score, from the prior, and the trend is flagged", () => {
    const { columns } = assessRisk(input({ incidents: incidentsOf([]) }));
    for (let i = 0; i < n; i++) {
      expect(columns.kejadian[i]!).toBeGreaterThan(0);
      expect(columns.kecenderungan[i]).toBe(0);
      expect(columns.trendTooFew[i]).toBe(1);
    }
  });

  it("an indicator that nobody gave an orientation is named and not used", () => {
    const extra: RiskIndicator = { id: "luas", values: new Float64Array(n).fill(1), orientation: null };
    const { summary, columns } = assessRisk(input({ indicators: [idm, poverty, extra] }));
    expect(summary.unusedIndicators).toEqual(["luas"]);
    expect([...columns.score]).toEqual([...assessRisk(input()).columns.score]);
  });

  it("only published assessments hold a band until 3 points below it", () => {
    expect([bandOf(33.9, null), bandOf(34, null), bandOf(66.9, null), bandOf(67, null)]).toEqual([
      "AMAN",
      "RAWAN",
      "RAWAN",
      "SANGAT RAWAN",
    ]);
    expect([bandOf(31, "RAWAN"), bandOf(30.9, "RAWAN")]).toEqual(["RAWAN", "AMAN"]);
    expect([bandOf(64, "SANGAT RAWAN"), bandOf(63.9, "SANGAT RAWAN"), bandOf(32, "SANGAT RAWAN")]).toEqual([
      "SANGAT RAWAN",
      "RAWAN",
      "RAWAN",
    ]);
    expect([bandOf(34, "AMAN"), bandOf(33, "AMAN"), bandOf(66, "DATA KURANG")]).toEqual(["RAWAN", "AMAN", "RAWAN"]);
  });

  it("bounds that reach from AMAN to SANGAT RAWAN say nothing, narrower ones do", () => {
    expect([spansAllBands(33.9, 67), spansAllBands(34, 80), spansAllBands(10, 66.9)]).toEqual([true, false, false]);
  });

  it("the prior learns how much villages differ: rates drawn from gamma(4) give a shape near 4, equal rates the narrowest", () => {
    const areas = 3000;
    const people = new Float64Array(areas).fill(20_000);
    const rates = new Float64Array(areas);
    drawGammas(4, createRandom(77), rates, new Uint32Array(100));
    const poisson = (mean: number): number => {
      let events = 0;
      for (let product = random(); product > Math.exp(-mean); product *= random()) events++;
      return events;
    };
    const told = (mean: (i: number) => number): Entry[] =>
      Array.from(rates, (_, i) => i).flatMap((i) => Array.from({ length: poisson(mean(i)) }, (): Entry => [i, 0]));
    const freeze = (all: Entry[]) =>
      freezeOfficialVersion({ name: "uji", population: people, incidents: incidentsOf(all), indicators: [] });
    const differing = freeze(told((i) => rates[i]!));
    expect(differing.priorShape).toBeGreaterThan(3.4);
    expect(differing.priorShape).toBeLessThan(4.7);
    expect(differing.priorShape / differing.priorRate).toBeCloseTo(4 / (2 * decayedYears(differing)), 0);
    expect(freeze(told(() => 4)).priorShape).toBeGreaterThan(25);
  });

  it("the trend of one village ends at its score of today and forgets what came later", () => {
    const today = assessRisk(input({ draws: 1000 })).columns;
    const trend = assessRiskTrend(input({ draws: 1000 }), [0, 90, 400], 14);
    expect(trend.score[0]).toBe(today.score[14]);
    for (const name of componentNames) expect(trend[name][0]).toEqual(today[name][14]);
    const then = entries.filter(([, days]) => days >= 90).map(([area, days, ...rest]): Entry => [area, days - 90, ...rest]);
    expect(trend.score[1]).toBeCloseTo(assessRisk(input({ incidents: incidentsOf(then) })).columns.score[14]!, 12);
    expect(trend.band.length).toBe(3);
  });

  it.each([
    ["an unknown component", { componentWeights: { nasib: 1 } as never }],
    ["a weight below 0", { componentWeights: { kejadian: -1 } }],
    ["weights of missing components only", { componentWeights: { agenda: 1 } }],
    ["10 draws", { draws: 10 }],
    ["an area beyond", { incidents: incidentsOf([[n, 1]]) }],
    ["weights of other areas", { weights: weightsOfLists([[1], [0]]) }],
  ])("%s: refused", (_, more) => {
    expect(() => assessRisk(input(more))).toThrowError(expect.objectContaining({ code: "wrong_input" }));
  });
});
