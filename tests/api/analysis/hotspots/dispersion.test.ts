import { describe, expect, it } from "vitest";
import { gammaAbove } from "../../../../api/analysis/distributions/gamma.ts";
import { eventDispersion } from "../../../../api/analysis/hotspots/dispersion.ts";
import { weightsFromEdges } from "../../../../api/analysis/neighbours/weights.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

const n = 200;
const weights = weightsOfLists(gridLists(20, 10));
const random = seededRandom(31);
const population = Float64Array.from({ length: n }, () => 500 + 8000 * random() ** 2);
const people = population.reduce((sum, number) => sum + number, 0);

/** Events by people, each told `times` times. */
function dealt(events: number, times: number): Float64Array {
  const counts = new Float64Array(n);
  for (let event = 0; event < events; event++) {
    let left = random() * people;
    let i = 0;
    while (left >= population[i]! && i < n - 1) left -= population[i++]!;
    counts[i]! += times;
  }
  return counts;
}

/** One link, told in one direction or in both. */
const pair = (from: number[], to: number[]) => weightsFromEdges(2, Int32Array.from(from), Int32Array.from(to));
const two = (a: number, b: number, more = pair([0, 1], [1, 0])) => eventDispersion(Float64Array.of(a, b), Float64Array.of(10, 30), more);

describe("dispersion of events", () => {
  it("two linked areas by hand", () => {
    // 4 events, a quarter of the people in the first: 1 expected there, 3 found, over 4 × 1/4 × 3/4.
    expect(two(3, 1).ratio).toBeCloseTo(4 / 0.75, 13);
    expect(two(1, 3).ratio).toBe(0);
    // Deviation times (1 − s, −s) of two Poisson counts with means 1 and 3: E = 0.75; variance of d² − m·s·(1 − s)
    // = a²(μ + 2μ²) − 2abμ + b²μ over both areas with a = 9/16 and 1/16, b = 3/16, plus 4 (3/16)² × 1 × 3.
    const variance = (81 / 256) * 3 - 2 * (27 / 256) + 9 / 256 + (1 / 256) * 21 - 2 * (3 / 256) * 3 + (9 / 256) * 3 + 4 * (9 / 256) * 3;
    const value = 0.75 + 4 - 0.75;
    expect(two(3, 1).p).toBeCloseTo(gammaAbove(0.75 ** 2 / variance, (value * 0.75) / variance), 12);
  });

  it("a link told in both directions counts as one told once", () => {
    const once = two(3, 1, pair([0], [1]));
    expect(two(3, 1).ratio).toBeCloseTo(once.ratio, 13);
    expect(two(3, 1).p).toBeCloseTo(once.p, 13);
  });

  it.each([40, 150, 1000])("%i single events over 200 areas: p is at or below 0.05 about as often as that", (events) => {
    let low = 0;
    let sum = 0;
    for (let map = 0; map < 400; map++) {
      const { p, ratio } = eventDispersion(dealt(events, 1), population, weights);
      if (p <= 0.05) low++;
      sum += ratio;
    }
    expect(Math.abs(sum / 400 - 1)).toBeLessThan(0.05);
    expect(Math.abs(low / 400 - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / 400) + 0.01);
  });

  it.each([2, 4])("events in bunches of %i have that ratio, and are seen", (times) => {
    let sum = 0;
    for (let map = 0; map < 100; map++) {
      const { p, ratio } = eventDispersion(dealt(400 / times, times), population, weights);
      expect(p).toBeLessThan(0.001);
      sum += ratio;
    }
    expect(Math.abs(sum / 100 / times - 1)).toBeLessThan(0.08);
  });

  it("a raised risk that many areas share is no bunch", () => {
    // The left half of the grid has four times the events of the right.
    const counts = Float64Array.from(population, (people, i) => Math.round((people / 400) * (i % 20 < 10 ? 4 : 1)));
    expect(eventDispersion(counts, population, weights).p).toBeGreaterThan(0.5);
  });

  it("unlinked areas or fewer than two events among linked ones say nothing", () => {
    expect(eventDispersion(Float64Array.of(5, 5), Float64Array.of(10, 10), pair([], [])).p).toBeNaN();
    expect(two(1, 0).p).toBeNaN();
    expect(two(1, 1).p).not.toBeNaN();
  });

  it("other numbers for the areas change nothing", () => {
    const counts = dealt(150, 2);
    const turned = (column: Float64Array): Float64Array => column.slice().reverse();
    const lists = gridLists(20, 10).map((list) => list.map((j) => n - 1 - j).sort((a, b) => a - b));
    const found = eventDispersion(turned(counts), turned(population), weightsOfLists(lists.reverse()));
    expect(found.ratio).toBeCloseTo(eventDispersion(counts, population, weights).ratio, 10);
    expect(found.p).toBeCloseTo(eventDispersion(counts, population, weights).p, 10);
  });
});
