import { describe, expect, it } from "vitest";
import { planScan, type ScanInput } from "../../../../api/analysis/scan/plan.ts";
import { createSearch } from "../../../../api/analysis/scan/search.ts";
import { createNull, maximumOf, simulateMaxima } from "../../../../api/analysis/scan/simulate.ts";
import { pickWindow } from "../../../../api/analysis/scan/window.ts";
import { byDefinition, scattered } from "./question.ts";

const kinds: [string, Partial<ScanInput>][] = [
  ["Poisson, space and time", {}],
  ["Poisson, at most 25% and 3 days", { maxPopulation: 0.25, maxDays: 3 }],
  ["Poisson, space only", { temporal: false }],
  ["Poisson, until the end", { prospective: true }],
  ["Poisson, at least 6 cases", { minimumCases: 6 }],
  ["permutation", { model: "permutation" }],
  ["permutation, until the end", { model: "permutation", prospective: true, maxPopulation: 0.3 }],
];

describe("the strongest window", () => {
  it.each(kinds)("is the one that trying all of them finds: %s", (_, more) => {
    for (let seed = 1; seed <= 4; seed++) {
      const input = scattered(14, 40 + 30 * seed, 9, seed, more);
      const [best] = byDefinition(input);
      const plan = planScan(input);
      const { ratio, windows } = createSearch(plan).strongest(plan.eventArea, plan.eventStep, 0);
      expect(ratio).toBeCloseTo(best?.ratio ?? 0, 9);
      const equal = byDefinition(input)
        .filter((other) => other.ratio > ratio - 1e-9)
        .map(({ areas, fromDay, toDay }) => JSON.stringify([[...areas].sort((a, b) => a - b), fromDay, toDay]));
      const { areas, fromDay, toDay } = pickWindow(plan, windows);
      expect(equal).toContain(JSON.stringify([[...areas].sort((a, b) => a - b), fromDay, toDay]));
    }
  });

  it.each(kinds)("of every simulation is found as well, whatever the floor: %s", (_, more) => {
    const input = scattered(12, 60, 8, 7, more);
    const plan = planScan(input);
    const maxima = simulateMaxima(plan, 5, 0, 11);
    const draw = createNull(plan, 5);
    const search = createSearch(plan);
    for (let simulation = 0; simulation < 11; simulation++) {
      const areas = new Int32Array(plan.cases);
      const steps = new Int32Array(plan.cases);
      draw(simulation, areas, steps);
      const [best] = byDefinition({ ...input, eventArea: areas.map((member) => plan.members[member]!), eventDay: steps });
      expect(maxima[simulation]).toBeCloseTo(best?.ratio ?? 0, 9);
      for (const floor of [0, 0.9 * maxima[simulation]!, maxima[simulation]! + 5]) {
        expect(maximumOf(search, areas, steps, floor)).toBe(maximumOf(search, areas, steps, 0));
      }
    }
  });

  it("is found where steps differ in length and where 80,000 events need whole numbers of their own", () => {
    const uneven = planScan(scattered(12, 90, 23, 3, { stepDays: 5 }));
    expect(Array.from(uneven.startDay)).toEqual([0, 3, 8, 13, 18, 23]);
    const inDays = byDefinition(scattered(12, 90, 23, 3)).filter(
      ({ fromDay, toDay }) => [0, 3, 8, 13, 18].includes(fromDay) && [3, 8, 13, 18, 23].includes(toDay),
    );
    expect(createSearch(uneven).strongest(uneven.eventArea, uneven.eventStep, 0).ratio).toBeCloseTo(inDays[0]!.ratio, 9);
    const many = planScan(scattered(10, 80_000, 4, 3, { temporal: false }));
    const draw = createNull(many, 2);
    const [areas, steps] = [new Int32Array(many.cases), new Int32Array(many.cases)];
    simulateMaxima(many, 2, 0, 5).forEach((maximum, simulation) => {
      draw(simulation, areas, steps);
      expect(maximum).toBeCloseTo(createSearch(many).strongest(areas, steps, 0).ratio, 9);
    });
  });

  it("is none above a floor that nothing reaches", () => {
    const plan = planScan(scattered(14, 50, 9, 1));
    const search = createSearch(plan);
    const { ratio } = search.strongest(plan.eventArea, plan.eventStep, 0);
    expect(search.strongest(plan.eventArea, plan.eventStep, ratio)).toMatchObject({ ratio, windows: [] });
    expect(search.strongest(plan.eventArea, plan.eventStep, ratio * (1 - 1e-8)).windows.length).toBeGreaterThan(0);
  });
});

describe("simulations", () => {
  it.each(kinds)("give the same bits however they are cut: %s", (_, more) => {
    const plan = planScan(scattered(14, 50, 9, 2, more));
    const whole = simulateMaxima(plan, 9, 0, 30);
    for (const cuts of [
      [0, 1, 2, 30],
      [0, 7, 16, 25, 30],
    ]) {
      const parts = cuts.slice(1).flatMap((end, i) => Array.from(simulateMaxima(plan, 9, cuts[i]!, end)));
      expect(parts).toEqual(Array.from(whole));
    }
    expect(Array.from(simulateMaxima(plan, 10, 0, 30))).not.toEqual(Array.from(whole));
  });

  it("of the permutation model keep how many events each area and each step has", () => {
    const plan = planScan(scattered(14, 50, 9, 2, { model: "permutation" }));
    const [areas, steps] = [new Int32Array(50), new Int32Array(50)];
    createNull(plan, 1)(3, areas, steps);
    expect(areas).toEqual(plan.eventArea);
    expect(steps).not.toEqual(plan.eventStep);
    expect(Int32Array.from(steps).sort()).toEqual(Int32Array.from(plan.eventStep).sort());
  });

  it("of the Poisson model place events by people and days", () => {
    const plan = planScan(scattered(6, 30_000, 9, 2, { stepDays: 2 }));
    const [areas, steps] = [new Int32Array(30_000), new Int32Array(30_000)];
    createNull(plan, 1)(0, areas, steps);
    plan.expected.forEach((expected, member) => {
      expect(Math.abs(areas.filter((area) => area === member).length - expected)).toBeLessThan(4 * Math.sqrt(expected));
    });
    plan.stepShare.forEach((share, step) => {
      expect(Math.abs(steps.filter((at) => at === step).length - 30_000 * share)).toBeLessThan(4 * Math.sqrt(30_000 * share));
    });
  });
});
