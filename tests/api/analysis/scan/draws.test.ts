import { describe, expect, it } from "vitest";
import { createAlias, createWordAlias } from "../../../../api/analysis/scan/alias.ts";
import { planScan } from "../../../../api/analysis/scan/plan.ts";
import { createNull, startFloor } from "../../../../api/analysis/scan/simulate.ts";
import { createRandom } from "../../../../api/analysis/significance/random.ts";
import { scattered } from "./question.ts";

const word = 2 ** 32;

describe("places drawn from two words", () => {
  it.each([[[5, 0, 1, 2]], [[1]], [[3, 3, 3]], [[0, 0, 7, 0, 0]], [[1, 2, 3, 4, 5, 6, 7, 8]], [[0.1, 100, 0.2, 0.3, 50]]])(
    "share the square of all words in proportion to their weights: %j",
    (given) => {
      const weights = Float64Array.from(given);
      const draw = createWordAlias(weights);
      const cells = 1000;
      const counts = weights.map(() => 0);
      for (let place = 0; place < given.length; place++) {
        for (let cell = 0; cell < cells; cell++)
          counts[draw(((place + 0.5) * word) / given.length, ((cell + 0.5) * word) / cells)]! += 1 / (cells * given.length);
      }
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      weights.forEach((weight, place) => {
        expect(Math.abs(counts[place]! - weight / total)).toBeLessThan(1 / cells);
        if (weight === 0) expect(counts[place]).toBe(0);
      });
      for (const [one, other] of [
        [0, 0],
        [word - 1, word - 1],
        [0, word - 1],
        [word - 1, 0],
      ] as const)
        expect(weights[draw(one, other)]).toBeGreaterThan(0);
    },
  );

  it("take one word after the other from a stream", () => {
    const weights = Float64Array.of(2, 5, 1);
    const [draw, byWord] = [createAlias(weights), createWordAlias(weights)];
    const [one, other] = [createRandom(8), createRandom(8)];
    for (let i = 0; i < 50; i++) {
      const [first, second] = [other.next(), other.next()];
      expect(draw(one)).toBe(byWord(first, second));
    }
  });
});

describe("the events of a simulation", () => {
  it("are drawn from its own stream: areas by people, then steps by days", () => {
    for (const temporal of [true, false]) {
      const plan = planScan(scattered(9, 30, 7, 3, { temporal, stepDays: 2 }));
      const [areas, steps] = [new Int32Array(30).fill(5), new Int32Array(30).fill(5)];
      const draw = createNull(plan, 12);
      for (const simulation of [0, 4]) {
        draw(simulation, areas, steps);
        const random = createRandom(12, 51, simulation);
        const [drawArea, drawStep] = [createAlias(plan.expected), createAlias(plan.stepShare)];
        expect([...areas]).toEqual(Array.from({ length: 30 }, () => drawArea(random)));
        expect([...steps]).toEqual(Array.from({ length: 30 }, () => (temporal ? drawStep(random) : 0)));
      }
    }
  });

  it("of the permutation model keep their places and change their times, each with one up to it, from the last", () => {
    const plan = planScan(scattered(9, 30, 7, 3, { model: "permutation" }));
    const [areas, steps] = [new Int32Array(30), new Int32Array(30)];
    createNull(plan, 12)(6, areas, steps);
    const random = createRandom(12, 51, 6);
    const times = [...plan.eventStep];
    for (let e = 29; e >= 1; e--) {
      const other = random.below(e + 1);
      [times[e], times[other]] = [times[other]!, times[e]!];
    }
    expect([[...areas], [...steps]]).toEqual([[...plan.eventArea], times]);
  });

  it("are first searched from half the logarithm of the number of windows", () => {
    const plan = planScan(scattered(9, 30, 7, 3));
    expect(0.85 * startFloor(plan)).toBeCloseTo(0.5 * Math.log(7 * plan.zones.zones), 12);
  });
});
