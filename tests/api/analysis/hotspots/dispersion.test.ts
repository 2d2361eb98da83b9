import { describe, expect, it } from "vitest";
import { eventDispersion } from "../../../../api/analysis/hotspots/dispersion.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const n = 200;
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

describe("dispersion of events", () => {
  it("equal shares: chi-square over n − 1 by hand", () => {
    // 4 events in 2 equal areas, 3 and 1: (1 + 1) / 2 = 1, over 1.
    expect(eventDispersion(Float64Array.of(3, 1), Float64Array.of(10, 10)).ratio).toBeCloseTo(1, 14);
  });

  it.each([40, 150, 1000])("%i single events over 200 areas: p is at or below 0.05 about as often as that", (events) => {
    let low = 0;
    let sum = 0;
    for (let map = 0; map < 400; map++) {
      const { p, ratio } = eventDispersion(dealt(events, 1), population);
      if (p <= 0.05) low++;
      sum += ratio;
    }
    expect(Math.abs(sum / 400 - 1)).toBeLessThan(0.05);
    expect(low / 400).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 400) + 0.01);
  });

  it("events in bunches of four are seen", () => {
    expect(eventDispersion(dealt(100, 4), population).p).toBeLessThan(1e-6);
  });

  it("one area or one event says nothing", () => {
    expect(eventDispersion(Float64Array.of(5), Float64Array.of(10)).p).toBeNaN();
    expect(eventDispersion(Float64Array.of(1, 0), Float64Array.of(10, 10)).p).toBeNaN();
  });
});
