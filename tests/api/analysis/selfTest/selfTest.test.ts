import { describe, expect, it } from "vitest";
import { analyseHotspots } from "../../../../api/analysis/hotspots/hotspots.ts";
import { type SelfTestInput, simulateSelfTest } from "../../../../api/analysis/selfTest/selfTest.ts";
import type { SelfTestTally } from "../../../../api/analysis/selfTest/tally.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { weightsOfLists } from "../reference.ts";
import { lists, method, n, population, reported, weights } from "./worlds.ts";

const input = (more: Partial<SelfTestInput> = {}): SelfTestInput => ({
  population,
  reported,
  weights,
  events: 200,
  dispersion: 1,
  method: method({ statistic: "exact" }),
  relativeRisks: [2, 4, 8],
  clusterSizes: [1, 7],
  seed: 11,
  ...more,
});
const shares = ({ detected, runs }: SelfTestTally): number[] => [...detected].map((seen) => seen / runs);
const standardError = (share: number, runs: number): number => Math.sqrt((share * (1 - share)) / runs);

/** The share of maps with a cluster of 7 that analyseHotspots finds, simulated in another way: event by event over a list of all people's areas. */
function foundDirectly(asked: SelfTestInput, relativeRisk: number, maps: number): number {
  const unit = seededRandom(2024);
  const pick = (below: number): number => Math.floor(unit() * below);
  let found = 0;
  for (let map = 0; map < maps; map++) {
    const cluster = new Set([pick(n - 1)]);
    for (let ring = [...cluster]; cluster.size < 7; ) {
      const next = [...new Set(ring.flatMap((i) => lists[i] ?? []))].filter((i) => !cluster.has(i));
      ring = [];
      while (next.length > 0 && cluster.size < 7) {
        const [area = 0] = next.splice(pick(next.length), 1);
        cluster.add(area);
        ring.push(area);
      }
    }
    const risks = [...population].map((people, i) => people * (cluster.has(i) ? relativeRisk : 1));
    const whole = risks.reduce((sum, risk) => sum + risk, 0);
    const counts = new Float64Array(n);
    for (let event = 0; event < asked.events; event++) {
      let at = unit() * whole;
      const area = risks.findIndex((risk) => {
        at -= risk;
        return at < 0;
      });
      counts[area]! += 1;
    }
    const { columns } = analyseHotspots({ ...asked.method, counts, population, reported, weights });
    if ([...cluster].some((i) => columns.class[i] === "hot")) found++;
  }
  return found / maps;
}

describe("the self-test", () => {
  it.each([
    ["exact", input({ relativeRisks: [4], clusterSizes: [7] }), 4, 250],
    ["Gi*", input({ relativeRisks: [5], clusterSizes: [7], method: method({ permutations: 999 }) }), 5, 150],
  ] as const)("states the power at which clusters are really found: %s", (_, asked, risk, maps) => {
    const [power = Number.NaN] = shares(simulateSelfTest(asked, 0, 400));
    const direct = foundDirectly(asked, risk, maps);
    expect(power).toBeGreaterThan(0.2);
    expect(power).toBeLessThan(0.95);
    expect(Math.abs(power - direct)).toBeLessThan(3 * Math.hypot(standardError(power, 400), standardError(power, maps)));
  });

  it("power rises with the risk, the size and the number of events", () => {
    const [one2, one4, one8, seven2, seven4, seven8] = shares(simulateSelfTest(input(), 0, 150));
    expect([one2! <= one4! + 0.05, one4! <= one8! + 0.05, seven2! < seven4!, seven4! < seven8!]).toEqual([true, true, true, true]);
    expect([one4! < seven4!, one8! < seven8!]).toEqual([true, true]);
    const [, , , , few] = shares(simulateSelfTest(input({ events: 60 }), 0, 150));
    expect(few!).toBeLessThan(seven4!);
  });

  it.each([["exact"], ["gi_star"]] as const)("false alarms of %s keep to alpha", (statistic) => {
    const { alarms, runs } = simulateSelfTest(
      input({
        relativeRisks: [],
        clusterSizes: [],
        method: method({ statistic, measure: "count" }),
        population: new Float64Array(n).fill(1000),
      }),
      0,
      300,
    );
    expect(alarms / runs).toBeLessThanOrEqual(0.05 + 3 * standardError(0.05, runs));
  });

  it("without correction nearly every map raises a false alarm, and the self-test says so", () => {
    const asked = input({ relativeRisks: [], clusterSizes: [], method: method({ statistic: "exact", correction: "none" }), events: 400 });
    expect(simulateSelfTest(asked, 0, 40).alarms).toBeGreaterThan(30);
  });

  it("parts add up to the whole, bit for bit, and another seed is another simulation", () => {
    const whole = simulateSelfTest(input(), 0, 40);
    const parts = [0, 10, 20, 30].map((first) => simulateSelfTest(input(), first, 10));
    expect(parts.reduce((sum, part) => sum + part.alarms, 0)).toBe(whole.alarms);
    whole.detected.forEach((seen, cell) => {
      expect(parts.reduce((sum, part) => sum + part.detected[cell]!, 0)).toBe(seen);
    });
    expect(simulateSelfTest(input({ seed: 12 }), 0, 40).detected).not.toEqual(whole.detected);
  });

  it("a cell does not depend on which others are asked for", () => {
    const alone = simulateSelfTest(input({ relativeRisks: [8], clusterSizes: [7] }), 0, 30);
    expect(alone.detected[0]).toBe(simulateSelfTest(input(), 0, 30).detected[5]);
  });

  it("people in other units change nothing", () => {
    expect(simulateSelfTest(input({ population: population.map((people) => people / 8) }), 0, 30)).toEqual(
      simulateSelfTest(input(), 0, 30),
    );
  });

  it("an area of unknown people or of none is as if it were not there", () => {
    const more = (people: number): SelfTestInput =>
      input({
        population: Float64Array.of(...population, people),
        reported: new Uint8Array(n + 1).fill(1),
        weights: weightsOfLists([...lists.slice(0, -1), [0], []].map((list, i) => (i === n - 1 ? [] : i === n ? [] : list))),
      });
    const without = simulateSelfTest(input(), 0, 30);
    expect(simulateSelfTest(more(Number.NaN), 0, 30)).toEqual(without);
    expect(simulateSelfTest(more(0), 0, 30)).toEqual(without);
  });

  it("an island is never seen, and a size that fits nowhere is not known", () => {
    const islands = weightsOfLists(Array.from({ length: 8 }, () => []));
    const asked = { population: new Float64Array(8).fill(500), reported: new Uint8Array(8).fill(1), weights: islands };
    const { alarms, detected } = simulateSelfTest(input({ ...asked, clusterSizes: [1, 2], relativeRisks: [900] }), 0, 20);
    expect([alarms, ...detected]).toEqual([0, 0, Number.NaN]);
  });

  it("clusters start and count only where results were asked for", () => {
    const middle = Uint8Array.from({ length: n }, (_, i) => Number(i === 60));
    const [seen] = shares(
      simulateSelfTest(input({ reported: middle, relativeRisks: [30], clusterSizes: [7], method: method({ permutations: 999 }) }), 0, 20),
    );
    expect(seen).toBeGreaterThan(0.9);
    const nobody = simulateSelfTest(input({ reported: new Uint8Array(n) }), 0, 20);
    expect(nobody.alarms).toBe(0);
    expect([...nobody.detected].every(Number.isNaN)).toBe(true);
  });

  it.each([
    ["no events", { events: 0 }, "no_events"],
    ["fewer than three areas with people", { population: population.map((people, i) => (i < 2 ? people : 0)) }, "no_population"],
    ["a risk of 1", { relativeRisks: [1] }, "wrong_input"],
    ["a risk above 1,000", { relativeRisks: [1001] }, "wrong_input"],
    ["a size of 0", { clusterSizes: [0] }, "wrong_input"],
    ["half an area", { clusterSizes: [1.5] }, "wrong_input"],
    ["half an event", { events: 10.5 }, "wrong_input"],
    ["events fewer than none", { events: -1 }, "wrong_input"],
    ["dispersion below 1", { dispersion: 0.9 }, "wrong_input"],
    ["as much dispersion as events", { events: 20, dispersion: 20 }, "wrong_input"],
    ["reported of another length", { reported: new Uint8Array(3) }, "wrong_input"],
    ["weights of another length", { weights: weightsOfLists([[1], [0]]) }, "wrong_input"],
  ] as const)("%s is refused", (_, more, code) => {
    expect(() => simulateSelfTest(input(more), 0, 1)).toThrow(code);
  });

  it.each([
    ["events", { events: -1 }],
    ["dispersion", { dispersion: 0.9 }],
    ["relativeRisks", { relativeRisks: [1] }],
    ["clusterSizes", { clusterSizes: [0] }],
    ["reported", { reported: new Uint8Array(3) }],
    ["weights", { weights: weightsOfLists([[1], [0]]) }],
  ] as const)("a wrong input is refused by its name: %s", (field, more) => {
    expect(() => simulateSelfTest(input(more), 0, 1)).toThrow(
      expect.objectContaining({ code: "wrong_input", details: expect.objectContaining({ field }) }),
    );
  });
});
