import { describe, expect, it } from "vitest";
import { createAscending } from "../../../../api/analysis/scan/ascending.ts";
import { createChains, sharedBuffer } from "../../../../api/analysis/scan/chains.ts";
import { circularZones } from "../../../../api/analysis/scan/circles.ts";
import { adjacencyAmong, connectedAreas, connectedZones } from "../../../../api/analysis/scan/connected.ts";
import { chordMetres, unitVectors } from "../../../../api/analysis/scan/sphere.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { gridLists } from "../grid.ts";
import { weightsOfLists } from "../reference.ts";

describe("chains by hand", () => {
  it("a rung ends where the next zone weighs more than its first by more standard deviations than asked", () => {
    const chains = createChains(4, Float64Array.of(4, 2, 0.125, 9), 1);
    chains.add(0, false);
    chains.end();
    for (const area of [0, 1, 2, 3]) chains.add(area, true);
    chains.add(2, false);
    chains.end();
    chains.end();
    chains.add(3, false);
    chains.add(0, true);
    chains.end();
    expect(chains.size()).toBe(6);
    const built = chains.build();
    expect([...built.offsets]).toEqual([0, 0, 4, 4, 6]);
    // From 4 on to 4 + √4 = 6, then 6.125 to 6.125 + √6.125, then 15.125; the last chain is one zone of 13.
    expect([...built.rungWeights]).toEqual([4, 6.125, 15.125, 13]);
    expect([...built.rungEnds]).toEqual([2, 3, 4, 6]);
    expect([...built.rungBefore]).toEqual([0, 6, 6.125, 0]);
    expect([...built.rungOffsets]).toEqual([0, 0, 3, 3, 4]);
    expect([...built.closes]).toEqual([1, 1, 1, 1, 0, 1]);
    expect([...built.areas]).toEqual([0, 1, 2, 3, 3, 0]);
    expect([built.zones, built.least, built.most]).toEqual([5, 4, 15.125]);
    expect([...built.rungBands]).toEqual([4, 6.125, 15.125, 13].map((weight) => Math.floor(Math.log(weight / 4) / Math.log(1.01))));
    expect([built.areas.BYTES_PER_ELEMENT, built.rungBands.BYTES_PER_ELEMENT]).toEqual([2, 2]);
  });

  it("the first weighs what its areas weigh, be it less than one event", () => {
    const chains = createChains(2, Float64Array.of(0.5, 0.25), 0);
    chains.add(0, true);
    chains.add(1, true);
    chains.end();
    const { least, most, rungWeights, rungBefore, offsets, rungOffsets } = chains.build();
    expect([least, most, ...rungWeights, ...rungBefore, ...offsets, ...rungOffsets]).toEqual([0.5, 0.75, 0.5, 0.75, 0, 0.5, 0, 2, 0, 2]);
  });

  it("are kept in memory that threads share where there is such memory", () => {
    expect([sharedBuffer(12) instanceof SharedArrayBuffer, sharedBuffer(12).byteLength]).toEqual([true, 12]);
    const before = globalThis.SharedArrayBuffer;
    Object.assign(globalThis, { SharedArrayBuffer: undefined });
    try {
      expect([sharedBuffer(12) instanceof ArrayBuffer, sharedBuffer(12).byteLength]).toEqual([true, 12]);
    } finally {
      Object.assign(globalThis, { SharedArrayBuffer: before });
    }
  });

  it("areas are numbers of 16 bits as far as these reach", () => {
    for (const [n, bytes] of [
      [65_536, 2],
      [65_537, 4],
    ] as const) {
      const chains = createChains(n, new Float64Array(n).fill(1), 1);
      for (let k = 0; k < 4100; k++) chains.add(n - 1, true);
      chains.end();
      const { areas } = chains.build();
      expect([areas.BYTES_PER_ELEMENT, areas[4099]]).toEqual([bytes, n - 1]);
    }
  });
});

/** Circles by sorting all areas by their distance in whole millimetres. */
function circlesBySorting(longitude: Float64Array, latitude: Float64Array, weight: Float64Array, most: number) {
  const vectors = unitVectors(longitude, latitude);
  return Array.from(longitude, (_, centre) => {
    const distance = Array.from(longitude, (_, area) => Math.floor(1000 * chordMetres(vectors, centre, area) + 0.5));
    const order = Array.from(longitude.keys()).sort((a, b) => distance[a]! - distance[b]! || a - b);
    const kept: { areas: number[]; closes: number[] } = { areas: [], closes: [] };
    let [sum, closed] = [0, 0];
    for (let k = 0; k < order.length; ) {
      const group = order.filter((area) => distance[area] === distance[order[k]!]);
      const added = group.reduce((all, area) => all + weight[area]!, 0);
      sum += added;
      if (sum > most * (1 + 1e-12)) break;
      kept.areas.push(...group);
      kept.closes.push(...group.map((_, at) => Number(added > 0 && at === group.length - 1)));
      if (added > 0) closed = kept.areas.length;
      k += group.length;
    }
    return { areas: kept.areas.slice(0, closed), closes: kept.closes.slice(0, closed) };
  });
}

describe("circles", () => {
  it.each([
    ["spread far", 70, 10, 1, 0.3],
    ["in a town", 70, 0.01, 1, 0.5],
    ["on a grid, with equal distances", 64, 1, 0, 0.4],
    ["towns far from each other", 60, 30, 2, 0.2],
    ["all there are", 20, 5, 1, 1],
  ])("are those that sorting all areas gives: %s", (_, n, degrees, kind, share) => {
    const random = seededRandom(n);
    const place = (i: number, axis: number): number => {
      if (kind === 0) return axis === 0 ? i % 8 : Math.floor(i / 8);
      return kind === 1 ? random() : Math.floor(3 * random()) + 0.001 * random();
    };
    const longitude = Float64Array.from({ length: n }, (_, i) => 100 + degrees * place(i, 0));
    const latitude = Float64Array.from({ length: n }, (_, i) => -5 + 0.3 * degrees * place(i, 1));
    const weight = Float64Array.from({ length: n }, () => Math.floor(4 * random()));
    const most = share * weight.reduce((sum, value) => sum + value, 0);
    const { offsets, areas, closes } = circularZones(longitude, latitude, weight, most, 1);
    circlesBySorting(longitude, latitude, weight, most).forEach((should, centre) => {
      expect([...areas.subarray(offsets[centre], offsets[centre + 1])]).toEqual(should.areas);
      expect([...closes.subarray(offsets[centre], offsets[centre + 1])]).toEqual(should.closes);
    });
    expect(offsets.length).toBe(n + 1);
  });

  it("hold as much as the limit but for rounding, and areas within the same millimetre together", () => {
    const metre = 180 / (Math.PI * 6_371_008.8);
    const lengths = (weights: number[], most: number, ...metres: number[]): number[] => {
      const longitude = Float64Array.from(metres, (value) => 112 + value * metre);
      const { offsets, closes } = circularZones(longitude, new Float64Array(metres.length), Float64Array.from(weights), most, 1);
      return [...closes.subarray(0, offsets[1])];
    };
    expect(lengths([0.1, 0.2, 1], 0.3, 0, 10, 30)).toEqual([1, 1]);
    expect(lengths([0.1, 0.2 + 1e-9, 1], 0.3, 0, 10, 30)).toEqual([1]);
    // 10.0004 and 10.0002 m are 10,000 mm; 10.0006 m are 10,001.
    expect(lengths([1, 1, 1, 9], 6, 0, 10.0004, -10.0006, 90)).toEqual([1, 1, 1]);
    expect(lengths([1, 1, 1, 9], 6, 0, 10.0004, -10.0002, 90)).toEqual([1, 0, 1]);
    expect(lengths([1, 1, 1, 9], 6, 0, 10.0006, -10.0009, 90)).toEqual([1, 0, 1]);
  });
});

describe("circles of too many areas", () => {
  it("are refused, with how far it came", () => {
    const [longitude, latitude, ones] = [Float64Array.of(100, 101, 102), new Float64Array(3), new Float64Array(3).fill(1)];
    const made = (limit: number) => circularZones(longitude, latitude, ones, 1, 1, limit);
    expect(made(3).areas.length).toBe(3);
    expect(() => made(2)).toThrowError(expect.objectContaining({ code: "zones_too_many", details: { areas: 3, limit: 2, reached: 3 } }));
  });
});

describe("keys of distance by drawers", () => {
  it("are sorted whatever their number and spread", () => {
    const random = seededRandom(3);
    const ascending = createAscending(200);
    for (let round = 0; round < 300; round++) {
      const most = 10 ** (1 + 10 * random());
      const power = [0.1, 0.5, 1, 4][round % 4]!;
      const keys = Float64Array.from({ length: Math.floor(201 * random()) }, () => Math.floor(most * random() ** power));
      if (keys.length > 0 && round % 3 === 0) keys[0] = most;
      const sorted = [...keys].sort((one, other) => one - other);
      expect([...ascending(keys, most)]).toEqual(sorted);
    }
  });
});

describe("connected zones", () => {
  const longitude = Float64Array.from({ length: 9 }, (_, i) => 112 + 0.011 * (i % 3));
  const latitude = Float64Array.from({ length: 9 }, (_, i) => -7 + 0.01 * Math.floor(i / 3));
  const lists = gridLists(3, 3);
  const adjacency = weightsOfLists(lists);

  it("tell their weights and number, those without weight of their last area left out", () => {
    const weight = Float64Array.of(3, 0, 2, 5, 1, 1, 4, 2, 6);
    const zones = connectedZones(longitude, latitude, weight, 9, adjacency, 5);
    let [count, most] = [0, 0];
    for (let seed = 0; seed < 9; seed++) {
      let lightest = Number.POSITIVE_INFINITY;
      const near = [...zones.near.subarray(zones.nearOffsets[seed], zones.nearOffsets[seed + 1])];
      expect([near[0], near.length]).toEqual([seed, 5]);
      const seen = new Set<string>();
      for (let node = zones.offsets[seed]!; node < zones.offsets[seed + 1]!; node++) {
        const areas = [...connectedAreas(zones, node)];
        const total = areas.reduce((sum, area) => sum + weight[area]!, 0);
        seen.add(String(areas.toSorted((a, b) => a - b)));
        expect(total).toBeLessThanOrEqual(9);
        if (weight[areas.at(-1)!] === 0) continue;
        count++;
        lightest = Math.min(lightest, total);
        most = Math.max(most, total);
      }
      expect(zones.lightest[seed]).toBe(lightest);
      // All sets of near areas with the seed that hang together and are not too heavy.
      let sets = 0;
      for (let mask = 1; mask < 32; mask += 2) {
        const set = near.filter((_, place) => (mask >> place) & 1);
        const reached = new Set([seed]);
        for (const area of reached) for (const other of lists[area]!) if (set.includes(other)) reached.add(other);
        if (reached.size === set.length && set.reduce((sum, area) => sum + weight[area]!, 0) <= 9) sets++;
      }
      expect([seen.size, zones.offsets[seed + 1]! - zones.offsets[seed]!]).toEqual([sets, sets]);
    }
    expect([zones.offsets.length, zones.nearOffsets.length, zones.offsets[9]]).toEqual([10, 10, zones.areas.length]);
    expect([zones.zones, zones.most, zones.least]).toEqual([count, most, Math.min(...zones.lightest)]);
  });

  it("hold as much as the limit but for rounding", () => {
    const line = weightsOfLists(gridLists(3, 1));
    const zonesOf = (second: number): number =>
      connectedZones(longitude.subarray(0, 3), latitude.subarray(0, 3), Float64Array.of(0.1, second, 9), 0.3, line, 2).zones;
    expect([zonesOf(0.2), zonesOf(0.2 + 1e-9)]).toEqual([4, 2]);
    expect(connectedZones(longitude, latitude, new Float64Array(9).fill(1), 3, adjacency, 2).most).toBe(2);
    const heavy = connectedZones(longitude, latitude, new Float64Array(9).fill(1).with(4, 99), 3, adjacency, 3);
    expect([heavy.lightest[4], heavy.offsets[5]! - heavy.offsets[4]!, heavy.least]).toEqual([Number.POSITIVE_INFINITY, 0, 1]);
  });

  it("are refused when there are more nodes than are kept", () => {
    const ones = new Float64Array(9).fill(1);
    const { areas } = connectedZones(longitude, latitude, ones, 3, adjacency, 5);
    const made = (limit: number) => connectedZones(longitude, latitude, ones, 3, adjacency, 5, limit);
    expect(made(areas.length).areas).toEqual(areas);
    expect(() => made(areas.length - 1)).toThrowError(
      expect.objectContaining({ code: "zones_too_many", details: { areas: 9, limit: areas.length - 1, reached: 9 } }),
    );
  });

  it("are of who touches whom among those that take part", () => {
    const { targets, offsets, n } = adjacencyAmong(adjacency, Int32Array.of(0, 1, 4, 8));
    expect([n, [...offsets], [...targets]]).toEqual([4, [0, 1, 3, 4, 4], [1, 0, 2, 1]]);
  });
});
