import { describe, expect, it } from "vitest";
import { planScan, type ScanInput } from "../../../../api/analysis/scan/plan.ts";
import { createSearch } from "../../../../api/analysis/scan/search.ts";
import { createNull, simulateMaxima } from "../../../../api/analysis/scan/simulate.ts";
import { createVectorClimb } from "../../../../api/analysis/scan/vectorClimb.ts";
import { scattered } from "./question.ts";

/** What comes of it where the platform has another WebAssembly, or none. */
function onPlatformWith<T>(vectors: unknown, act: () => T): T {
  const before = globalThis.WebAssembly;
  Object.assign(globalThis, { WebAssembly: vectors });
  try {
    return act();
  } finally {
    Object.assign(globalThis, { WebAssembly: before });
  }
}

const plans: [string, number, number, Partial<ScanInput>][] = [
  ["few areas", 14, 60, {}],
  ["many areas in long chains", 400, 1500, {}],
  ["short chains", 300, 900, { maxPopulation: 0.02 }],
  ["at least 6 cases", 60, 90, { minimumCases: 6 }],
  ["as many events as 16 bits hold", 12, 65_535, {}],
];

describe("simulations that are added up on vectors", () => {
  it.each(plans)("have the maxima that they have one by one, and on a platform without vectors: %s", (_, n, events, more) => {
    const plan = planScan(scattered(n, events, 3, 8, { temporal: false, ...more }));
    const maxima = simulateMaxima(plan, 4, 0, 37);
    expect(onPlatformWith(undefined, () => simulateMaxima(plan, 4, 0, 37))).toEqual(maxima);
    const [search, draw] = [createSearch(plan), createNull(plan, 4)];
    const [areas, steps] = [new Int32Array(plan.cases), new Int32Array(plan.cases)];
    for (const simulation of [0, 15, 16, 36]) {
      draw(simulation, areas, steps);
      expect(maxima[simulation]).toBeCloseTo(search.strongest(areas, steps, 0).ratio, 9);
    }
  });

  it("are left to numbers of 32 bits where 16 bits do not hold them, or the platform has no vectors", () => {
    const plan = planScan(scattered(14, 60, 3, 8, { temporal: false }));
    if (plan.zones.kind !== "chains") throw new Error("circles are chains");
    const { zones } = plan;
    expect(createVectorClimb(zones, 14, 65_535, 4096)).not.toBeNull();
    expect(createVectorClimb(zones, 14, 65_536, 4096)).toBeNull();
    expect(createVectorClimb(zones, 14, 60, 4097)).toBeNull();
    expect(createVectorClimb({ ...zones, areas: Int32Array.from(zones.areas) }, 14, 60, 9)).toBeNull();
    expect(onPlatformWith({ validate: () => false }, () => createVectorClimb(zones, 14, 60, 9))).toBeNull();
    expect(onPlatformWith(undefined, () => createVectorClimb(zones, 14, 60, 9))).toBeNull();
  });
});
