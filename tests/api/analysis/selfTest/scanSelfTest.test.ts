import { describe, expect, it } from "vitest";
import { planScan, type ScanInput } from "../../../../api/analysis/scan/plan.ts";
import { findClusters } from "../../../../api/analysis/scan/scan.ts";
import { simulateMaxima } from "../../../../api/analysis/scan/simulate.ts";
import { type ScanSelfTestInput, simulateScanSelfTest } from "../../../../api/analysis/selfTest/scanSelfTest.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

const [width, height, cases] = [10, 6, 120];
const n = width * height;
const unit = seededRandom(4);
const population = Float64Array.from({ length: n }, () => 500 + Math.floor(4000 * unit()));
const weights = weightsOfLists(gridLists(width, height));
const reported = new Uint8Array(n).fill(1);

/** The plan of a scan of 120 events, its maxima, and the ratio above which one in twenty null maps is. */
function scan(more: Partial<ScanInput> = {}) {
  const plan = planScan({
    longitude: Float64Array.from({ length: n }, (_, i) => 112 + 0.02 * (i % width)),
    latitude: Float64Array.from({ length: n }, (_, i) => -7.5 + 0.02 * Math.floor(i / width)),
    population,
    eventArea: new Int32Array(cases),
    eventDay: new Int32Array(cases),
    days: 80,
    model: "poisson",
    temporal: true,
    stepDays: 10,
    maxPopulation: 0.25,
    minimumCases: 2,
    zones: "circular",
    prospective: false,
    ...more,
  });
  const maxima = simulateMaxima(plan, 7, 0, 199);
  return { plan, maxima, criticalRatio: findClusters(plan, n, maxima, { alpha: 0.05, stepDays: 10 }).summary.criticalRatio };
}
const made = scan();
const input = (more: Partial<ScanSelfTestInput> = {}): ScanSelfTestInput => ({
  ...{ plan: made.plan, criticalRatio: made.criticalRatio, reported, weights },
  relativeRisks: [3, 10],
  clusterSizes: [1, 7],
  seed: 5,
  ...more,
});
const shares = (asked: ScanSelfTestInput, runs: number): number[] =>
  [...simulateScanSelfTest(asked, 0, runs).detected].map((seen) => seen / runs);

describe("the self-test of a space-time scan", () => {
  it("false alarms keep to alpha, and without a critical ratio there are none", () => {
    const { alarms, runs } = simulateScanSelfTest(input({ relativeRisks: [] }), 0, 300);
    expect(alarms / runs).toBeLessThan(0.05 + 3 * Math.sqrt(0.05 * 0.95 * (1 / 300 + 1 / 199)));
    expect(alarms).toBeGreaterThan(0);
    const none = simulateScanSelfTest(input({ criticalRatio: Number.NaN }), 0, 20);
    expect([none.alarms, ...none.detected]).toEqual([0, 0, 0, 0, 0]);
  });

  it("power rises with the risk and the size", () => {
    const [one3, one10, seven3, seven10] = shares(input(), 80);
    expect([one3! <= one10!, seven3! < seven10!, one10! < seven10!]).toEqual([true, true, true]);
    expect(seven10).toBeGreaterThan(0.8);
  });

  it("states the power at which findClusters itself finds clusters", () => {
    const { plan, maxima } = made;
    const [power = Number.NaN] = shares(input({ relativeRisks: [7], clusterSizes: [5] }), 300);
    const draw = seededRandom(99);
    const pick = (below: number): number => Math.floor(draw() * below);
    const maps = 120;
    let found = 0;
    for (let map = 0; map < maps; map++) {
      const cluster = [pick(n)];
      while (cluster.length < 5) {
        // Ring by ring: neighbours of the first that still has any outside.
        const from = cluster.find((i) => gridLists(width, height)[i]!.some((j) => !cluster.includes(j)))!;
        const outside = gridLists(width, height)[from]!.filter((j) => !cluster.includes(j));
        cluster.push(outside[pick(outside.length)]!);
      }
      const start = pick(7);
      const risk = (area: number, step: number): number =>
        population[area]! * (cluster.includes(area) && step >= start && step < start + 2 ? 7 : 1);
      const cells = Array.from({ length: n * 8 }, (_, cell) => risk(Math.floor(cell / 8), cell % 8));
      const whole = cells.reduce((sum, value) => sum + value, 0);
      const drawn = Array.from({ length: cases }, () => {
        let at = draw() * whole;
        return cells.findIndex((value) => {
          at -= value;
          return at < 0;
        });
      });
      const eventArea = Int32Array.from(drawn, (cell) => Math.floor(cell / 8));
      const eventStep = Int32Array.from(drawn, (cell) => cell % 8);
      const { clusters } = findClusters({ ...plan, eventArea, eventStep }, n, maxima, { alpha: 0.05, stepDays: 10 });
      const isFound = clusters.some(
        ({ p, areas, fromStep, toStep }) => p <= 0.05 && fromStep < start + 2 && toStep > start && areas.some((i) => cluster.includes(i)),
      );
      if (isFound) found++;
    }
    expect(power).toBeGreaterThan(0.3);
    expect(power).toBeLessThan(0.95);
    expect(Math.abs(power - found / maps)).toBeLessThan(3 * Math.sqrt(power * (1 - power) * (1 / 300 + 1 / maps)));
  });

  it("parts add up to the whole, bit for bit", () => {
    const whole = simulateScanSelfTest(input(), 0, 20);
    const parts = [0, 5, 10, 15].map((first) => simulateScanSelfTest(input(), first, 5));
    expect(parts.reduce((sum, part) => sum + part.alarms, 0)).toBe(whole.alarms);
    whole.detected.forEach((seen, cell) => {
      expect(parts.reduce((sum, part) => sum + part.detected[cell]!, 0)).toBe(seen);
    });
    expect(simulateScanSelfTest(input({ seed: 6 }), 0, 20).detected).not.toEqual(whole.detected);
  });

  it("only areas asked for count, and a size that fits nowhere is not known", () => {
    const { alarms, detected } = simulateScanSelfTest(input({ reported: new Uint8Array(n), clusterSizes: [1] }), 0, 30);
    expect([alarms, ...detected]).toEqual([0, Number.NaN, Number.NaN]);
    expect(shares(input({ clusterSizes: [31], relativeRisks: [3] }), 5)).toEqual([Number.NaN]);
  });

  it.each([
    ["space alone", { temporal: false }],
    ["the end of the period", { prospective: true }],
  ] as const)("a strong cluster is seen in %s", (_, more) => {
    const other = scan(more);
    const [power] = shares(input({ plan: other.plan, criticalRatio: other.criticalRatio, relativeRisks: [20], clusterSizes: [7] }), 20);
    expect(power).toBeGreaterThan(0.9);
  });

  it("the permutation model is refused, since its expected events change with every map", () => {
    const { plan } = made;
    expect(() => simulateScanSelfTest(input({ plan: { ...plan, model: "permutation" } }), 0, 1)).toThrow("wrong_input");
  });
});
