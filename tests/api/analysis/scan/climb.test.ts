import { describe, expect, it } from "vitest";
import { observedReaching } from "../../../../api/analysis/scan/bounds.ts";
import { bandRatio, type Chains } from "../../../../api/analysis/scan/chains.ts";
import { logLikelihoodRatio } from "../../../../api/analysis/scan/likelihood.ts";
import { planScan, type ScanInput, type ScanPlan } from "../../../../api/analysis/scan/plan.ts";
import { createNull, startFloor } from "../../../../api/analysis/scan/simulate.ts";
import { type Lane, totalsMaxima } from "../../../../api/analysis/scan/totals.ts";
import { createVectorClimb, vectorLanes } from "../../../../api/analysis/scan/vectorClimb.ts";
import { scattered } from "./question.ts";

function spaceOnly(n: number, events: number, seed: number, more: Partial<ScanInput> = {}): { plan: ScanPlan; chains: Chains } {
  const plan = planScan(scattered(n, events, 3, seed, { temporal: false, ...more }));
  if (plan.zones.kind !== "chains") throw new Error("circles are chains");
  return { plan, chains: plan.zones };
}

/** Without a processor's vectors. */
function onEight<T>(act: () => T): T {
  const before = globalThis.WebAssembly;
  Object.assign(globalThis, { WebAssembly: undefined });
  try {
    return act();
  } finally {
    Object.assign(globalThis, { WebAssembly: before });
  }
}

/** One way up for one simulation: the rungs whose last zone holds more than their lightest may need for the best so far are looked through. */
function wayUp({ plan, chains }: { plan: ScanPlan; chains: Chains }, counts: Int32Array, floor: number) {
  let best = floor;
  let looked = 0;
  for (let centre = 0; centre + 1 < chains.offsets.length; centre++) {
    let [k, observed] = [chains.offsets[centre]!, 0];
    for (let rung = chains.rungOffsets[centre]!; rung < chains.rungOffsets[centre + 1]!; rung++) {
      const level = 0.25 * Math.floor(best / 0.25);
      const limit = Math.floor(observedReaching(level, chains.least * (1 - 1e-9) * bandRatio ** chains.rungBands[rung]!, plan.cases));
      const start = k;
      const zones: [number, number][] = [];
      let weight = chains.rungBefore[rung]!;
      for (; k < chains.rungEnds[rung]!; k++) {
        observed += counts[chains.areas[k]!]!;
        weight += plan.expected[chains.areas[k]!]!;
        if (chains.closes[k] === 1) zones.push([observed, weight]);
      }
      if (observed <= limit) continue;
      looked += k - start;
      for (const [inside, expected] of zones)
        if (inside >= plan.minimumCases) best = Math.max(best, logLikelihoodRatio(inside, expected, plan.cases));
    }
  }
  return { best, looked };
}

/** Chains that count how often one of their places is looked at. */
function counting(chains: Chains): { chains: Chains; looked: () => number } {
  let reads = 0;
  const closes = new Proxy(chains.closes, {
    get(target, name) {
      reads++;
      return target[Number(name)];
    },
  });
  return { chains: { ...chains, closes }, looked: () => reads };
}

describe("the way up all chains", () => {
  it.each<[string, number, number, Partial<ScanInput>]>([
    ["few areas", 14, 60, {}],
    ["more areas", 70, 400, { maxPopulation: 0.3 }],
    ["at least 7 cases", 30, 60, { minimumCases: 7 }],
    ["the most events that share a number", 9, 65_535, {}],
    ["one more", 9, 65_536, {}],
  ])("looks at no more places than one simulation alone, on vectors or without: %s", (_, n, events, more) => {
    const question = spaceOnly(n, events, 6, more);
    const { plan } = question;
    const draw = createNull(plan, 3);
    for (let simulation = 0; simulation < (events > 1000 ? 2 : 8); simulation++) {
      const [areas, steps, counts] = [new Int32Array(plan.cases), new Int32Array(plan.cases), new Int32Array(n)];
      draw(simulation, areas, steps);
      for (const area of areas) counts[area]! += 1;
      let [should, looked, floor, draws] = [0, 0, 0.85 * 0.7 * startFloor(plan), 1];
      for (;;) {
        const way = wayUp(question, counts, floor);
        looked += way.looked;
        should = way.best > floor ? way.best : 0;
        if (way.best > floor || floor === 0) break;
        floor = floor > 1 ? floor / 2 : 0;
        draws++;
      }
      for (const on of [(act: () => Float64Array) => act(), onEight]) {
        const told = counting(question.chains);
        let drawn = 0;
        const drawAndCount: typeof draw = (...given) => {
          drawn++;
          draw(...given);
        };
        const maxima = on(() => totalsMaxima(plan, told.chains, drawAndCount, simulation, simulation + 1));
        expect([maxima.length, told.looked(), drawn]).toEqual([1, looked, draws]);
        expect(maxima[0]).toBeCloseTo(should, 9);
      }
    }
  });

  it("looks at no more places after another scan of other events, weights or bands", () => {
    const { plan, chains } = spaceOnly(20, 80, 6);
    const other = (more: Partial<ScanPlan>, zones: Partial<Chains>) => ({ plan: { ...plan, ...more }, chains: { ...chains, ...zones } });
    const one = other({}, {});
    for (const question of [
      one,
      other({ cases: 160 }, {}),
      one,
      other({}, { least: chains.least / 3 }),
      one,
      other({}, { rungBands: chains.rungBands.map((band) => Math.min(4, band)) }),
      one,
    ]) {
      const draw = createNull(question.plan, 3);
      const [areas, steps, counts] = [new Int32Array(question.plan.cases), new Int32Array(question.plan.cases), new Int32Array(20)];
      draw(0, areas, steps);
      for (const area of areas) counts[area]! += 1;
      const way = wayUp(question, counts, 0.85 * 0.7 * startFloor(question.plan));
      const told = counting(question.chains);
      expect(totalsMaxima(question.plan, told.chains, draw, 0, 1)[0]).toBeCloseTo(way.best, 9);
      expect(told.looked()).toBe(way.looked);
    }
  });

  it("counts all events of an area that has all, as many as they are", () => {
    for (const cases of [65_535, 65_536]) {
      const { plan, chains } = spaceOnly(9, cases, 6);
      const draw = (simulation: number, areas: Int32Array): void => void areas.fill(simulation % 2);
      const alone = (area: number): number => logLikelihoodRatio(cases, plan.expected[area]!, cases);
      const should = Array.from({ length: 18 }, (_, simulation) => alone(simulation % 2));
      expect([...totalsMaxima(plan, chains, draw, 0, 18)]).toEqual(should);
      expect([...onEight(() => totalsMaxima(plan, chains, draw, 0, 18))]).toEqual(should);
    }
  });

  it("finds nothing where no zone may hold as many cases as asked", () => {
    const { plan, chains } = spaceOnly(14, 60, 6);
    const none = { ...plan, minimumCases: 61 };
    const draw = createNull(plan, 3);
    expect([...totalsMaxima(none, chains, draw, 2, 5)]).toEqual([0, 0, 0]);
    expect([...onEight(() => totalsMaxima(none, chains, draw, 2, 5))]).toEqual([0, 0, 0]);
    expect(totalsMaxima(plan, chains, draw, 4, 4)).toHaveLength(0);
  });

  it("hands over each rung with the events and the limit of its simulation, of sixteen at once, and heeds what is found", () => {
    const { plan, chains } = spaceOnly(40, 300, 5);
    const n = plan.expected.length;
    const bands = 1 + Math.max(...chains.rungBands);
    const climb = createVectorClimb(chains, n, plan.cases, bands)!;
    for (const raised of [0, 9]) {
      const limits = (at: number): Int32Array =>
        Int32Array.from({ length: bands }, (_, band) => (at === 3 ? 70_000 : at + Math.floor(band / 8)));
      const lanes = Array.from({ length: vectorLanes }, (_, at) => ({
        counts: Int32Array.from({ length: n }, (_, i) => (7 * i + 3 * at) % 13),
        best: 0,
        thresholds: limits(at),
      }));
      const known = new Map<Lane, number>(lanes.map((lane, at) => [lane, at]));
      const told: number[][] = [];
      climb(lanes, (lane, start, end, before, weightBefore, limit) => {
        told.push([known.get(lane)!, start, end, before, weightBefore, limit]);
        if (raised > 0) lane.thresholds = lane.thresholds.map((value) => value + raised);
      });
      const should: number[][] = [];
      const current = lanes.map((_, at) => limits(at));
      for (let centre = 0; centre + 1 < chains.offsets.length; centre++) {
        const sums = lanes.map(() => 0);
        let k = chains.offsets[centre]!;
        for (let rung = chains.rungOffsets[centre]!; rung < chains.rungOffsets[centre + 1]!; rung++) {
          const start = k;
          const before = [...sums];
          for (; k < chains.rungEnds[rung]!; k++) for (const [at, lane] of lanes.entries()) sums[at]! += lane.counts[chains.areas[k]!]!;
          for (const [at, sum] of sums.entries()) {
            const limit = current[at]![chains.rungBands[rung]!]!;
            if (sum <= limit) continue;
            should.push([at, start, k, before[at]!, chains.rungBefore[rung]!, limit]);
            current[at] = current[at]!.map((value) => value + raised);
          }
        }
      }
      expect(should.length).toBeGreaterThan(raised > 0 ? 20 : 200);
      expect(told).toEqual(should);
    }
  });
});
