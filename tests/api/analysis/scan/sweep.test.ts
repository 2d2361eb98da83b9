import { describe, expect, it } from "vitest";
import { createChains } from "../../../../api/analysis/scan/chains.ts";
import { type ConnectedZones, connectedAreas } from "../../../../api/analysis/scan/connected.ts";
import type { Judge } from "../../../../api/analysis/scan/judge.ts";
import { planScan } from "../../../../api/analysis/scan/plan.ts";
import { createSweep } from "../../../../api/analysis/scan/search.ts";
import { eventsByArea, sweepChains } from "../../../../api/analysis/scan/sweep.ts";
import { sweepConnected } from "../../../../api/analysis/scan/sweepConnected.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";
import { scattered } from "./question.ts";

const [areas, steps, unit] = [9, 3, 4] as const;

/** What a sweep told and asked its judge, in order: the row and the blocks as they stood then. */
interface Told {
  readonly what: "may" | "look";
  readonly expected: number;
  readonly total: number;
  readonly row: number[];
  readonly blocked: number[];
}

/** A judge that writes down what it is told and, of what it is asked, says no to every `refuses`th question. */
function listening(count: number, refuses: number): { judge: Judge; told: Told[] } {
  const [row, blocked, told] = [new Int32Array(count), new Int32Array(count), [] as Told[]];
  let asked = 0;
  const write = (what: "may" | "look", expected: number, total: number): unknown =>
    told.push({ what, expected: Math.round(1e6 * expected), total, row: [...row], blocked: [...blocked] });
  const judge: Judge = {
    row,
    unit,
    blocked,
    start: () => {},
    mayContain(expected, total) {
      write("may", expected, total);
      return ++asked % refuses !== 0;
    },
    look: (expected, zone) => void write("look", expected, zone),
    best: () => 0,
    found: () => [],
  };
  return { judge, told };
}

function sample(seed: number, count: number) {
  const random = seededRandom(seed);
  const expected = Float64Array.from({ length: areas }, (_, i) => (i === 4 ? 0 : Math.ceil(5 * random())));
  const [eventArea, eventStep] = [
    Int32Array.from({ length: 40 }, () => Math.floor(areas * random())),
    Int32Array.from({ length: 40 }, () => Math.floor(count * random())),
  ];
  const events = { starts: new Int32Array(areas + 1), steps: new Uint16Array(40) };
  eventsByArea(eventArea, eventStep, events);
  const marks = Uint8Array.from({ length: areas * count }, () => (random() < 0.1 ? 1 : 0));
  const rowOf = (zone: readonly number[]): number[] =>
    Array.from({ length: count }, (_, step) => unit * eventStep.filter((at, e) => at === step && zone.includes(eventArea[e]!)).length);
  const blockedOf = (zone: readonly number[]): number[] =>
    Array.from({ length: count }, (_, step) => zone.reduce((sum, area) => sum + marks[area * count + step]!, 0));
  const told = (what: "may" | "look", zone: readonly number[], weight: number, isBlocking: boolean, at?: number): Told => ({
    what,
    expected: Math.round(1e6 * weight),
    total: at ?? rowOf(zone).reduce((sum, value) => sum + value, 0),
    row: rowOf(zone),
    blocked: isBlocking ? blockedOf(zone) : rowOf(zone).map(() => 0),
  });
  const weightOf = (zone: readonly number[]): number => zone.reduce((sum, area) => sum + expected[area]!, 0);
  return { random, expected, events, eventArea, eventStep, marks, told, weightOf };
}

describe("events by area", () => {
  it("stand in their own order between the area's marks, also when fewer follow on more", () => {
    const { events, eventArea, eventStep } = sample(3, steps);
    for (const size of [40, 11]) {
      eventsByArea(eventArea.subarray(0, size), eventStep.subarray(0, size), events);
      expect(events.starts[areas]).toBe(size);
      for (let area = 0; area < areas; area++) {
        const own = [...eventStep.subarray(0, size)].filter((_, e) => eventArea[e] === area);
        expect([...events.steps.subarray(events.starts[area], events.starts[area + 1])]).toEqual(own);
      }
    }
  });
});

describe("a sweep of a plan", () => {
  it("takes all events, and with marks those without a mark", () => {
    const plan = planScan(scattered(areas, 40, steps, 4));
    const marks = Uint8Array.from({ length: areas * steps }, (_, at) => (at % 4 === 1 ? 1 : 0));
    for (const isBlocked of [undefined, marks, undefined]) {
      const { judge, told } = listening(steps, 1);
      const sweep = createSweep(plan, judge);
      sweep.take(plan.eventArea, plan.eventStep);
      sweep.take(plan.eventArea, plan.eventStep, isBlocked);
      sweep.through(2, 3, null);
      if (plan.zones.kind !== "chains") throw new Error("circles are chains");
      const { offsets, areas: entering, rungEnds, rungOffsets } = plan.zones;
      const rows = Array.from(rungEnds.subarray(rungOffsets[2], rungOffsets[3]), (end) => {
        const zone = entering.subarray(offsets[2], end);
        return Array.from({ length: steps }, (_, step) => {
          const isTaken = (area: number, e: number): boolean =>
            zone.includes(area) && plan.eventStep[e] === step && !(isBlocked && isBlocked[area * steps + step] === 1);
          return unit * plan.eventArea.filter(isTaken).length;
        });
      });
      expect(told.map(({ row }) => row)).toEqual(rows);
    }
  });
});

describe("a sweep of chains", () => {
  it.each([2, 3, 5])("asks of each rung, then of each of its zones, and shows those that may: no to each %ith question", (refuses) => {
    for (let seed = 1; seed <= 12; seed++) {
      const count = seed % 4 === 0 ? 1 : steps;
      const { random, expected, events, marks, told, weightOf } = sample(seed, count);
      const made = createChains(areas, expected, 1.5);
      for (let centre = 0; centre < 6; centre++) {
        const order = Array.from({ length: areas }, (_, i) => i).sort(() => random() - 0.5);
        for (const area of order.slice(0, 1 + centre)) made.add(area, expected[area]! > 0 && random() < 0.8);
        made.end();
      }
      const chains = made.build();
      for (const isBlocking of [false, true]) {
        const listener = listening(count, refuses);
        listener.judge.row.fill(7);
        listener.judge.blocked.fill(0);
        sweepChains(chains, expected, events, listener.judge, isBlocking ? marks : null, 1, 6);
        const should: Told[] = [];
        let asked = 0;
        const ask = (zone: readonly number[], weight: number): boolean => {
          should.push(told("may", zone, weight, isBlocking));
          return ++asked % refuses !== 0;
        };
        for (let centre = 1; centre < 6; centre++) {
          const first = chains.offsets[centre]!;
          const zoneAt = (end: number): number[] => [...chains.areas.subarray(first, end)];
          let from = first;
          for (let rung = chains.rungOffsets[centre]!; rung < chains.rungOffsets[centre + 1]!; rung++) {
            if (isBlocking && count === 1 && zoneAt(from).some((area) => marks[area] === 1)) break;
            const end = chains.rungEnds[rung]!;
            if (ask(zoneAt(end), chains.rungWeights[rung]!)) {
              for (let k = from; k < end; k++) {
                const zone = zoneAt(k + 1);
                if (chains.closes[k] === 1 && ask(zone, weightOf(zone))) should.push(told("look", zone, weightOf(zone), isBlocking, k));
              }
            }
            from = end;
          }
        }
        expect(listener.told).toEqual(should);
      }
    }
  });
});

describe("a sweep of connected zones", () => {
  it("asks of all areas near a seed, then of each zone with weight, and shows those that may", () => {
    const input = {
      ...scattered(areas, 40, steps, 4),
      zones: "adjacency" as const,
      adjacency: weightsOfLists(gridLists(3, 3)),
      maxAreas: 4,
    };
    const zones = planScan({ ...input, maxPopulation: 0.45 }).zones as ConnectedZones;
    for (let seed = 1; seed <= 6; seed++) {
      const { expected, events, marks, told, weightOf } = sample(seed, steps);
      const lightest = zones.lightest.with(5, Number.POSITIVE_INFINITY);
      for (const isBlocking of [false, true]) {
        const listener = listening(steps, 3);
        listener.judge.row.fill(7);
        sweepConnected({ ...zones, lightest }, expected, events, listener.judge, isBlocking ? marks : null, 1, areas);
        const should: Told[] = [];
        let asked = 0;
        for (let at = 1; at < areas; at++) {
          if (at === 5) continue;
          const near = [...zones.near.subarray(zones.nearOffsets[at], zones.nearOffsets[at + 1])];
          should.push({ ...told("may", near, lightest[at]!, false) });
          if (++asked % 3 === 0) continue;
          for (let node = zones.offsets[at]!; node < zones.offsets[at + 1]!; node++) {
            const zone = [...connectedAreas(zones, node)];
            if (expected[zone.at(-1)!] === 0) continue;
            should.push(told("may", zone, weightOf(zone), isBlocking));
            if (++asked % 3 !== 0) should.push(told("look", zone, weightOf(zone), isBlocking, node));
          }
        }
        expect(listener.told).toEqual(should);
      }
    }
  });
});
