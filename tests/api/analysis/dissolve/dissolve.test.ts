import { expect, test } from "vitest";
import { dissolve } from "../../../../api/analysis/dissolve/dissolve.ts";
import type { FlatPolygons } from "../../../../api/analysis/neighbours/polygons.ts";
import { seededRandom } from "../../../fixtures/random.ts";

type Ring = readonly (readonly [number, number])[];

function flat(areas: readonly (readonly Ring[])[]): FlatPolygons {
  const rings = areas.flat();
  const counts = (lengths: readonly number[]): Int32Array =>
    Int32Array.from([0, ...lengths]).map((_, i, all) => all.slice(0, i + 1).reduce((a, b) => a + b, 0));
  return {
    n: areas.length,
    coordinates: Float64Array.from(rings.flat(2).map((step) => step / 1e6)),
    ringOffsets: counts(rings.map((ring) => ring.length)),
    areaOffsets: counts(areas.map((own) => own.length)),
  };
}

/** The rings of the union in steps of the grid, each from its least point on. */
function union(areas: readonly (readonly Ring[])[], smallestHole = 0): number[][][] {
  const { coordinates, ringOffsets } = dissolve([{ polygons: flat(areas), groupOf: new Int32Array(areas.length) }], 1, smallestHole / 1e12);
  return Array.from({ length: ringOffsets.length - 1 }, (_, ring) => {
    const points = Array.from({ length: ringOffsets[ring + 1]! - ringOffsets[ring]! }, (_, i) => {
      const at = 2 * (ringOffsets[ring]! + i);
      return [Math.round(coordinates[at]! * 1e6), Math.round(coordinates[at + 1]! * 1e6)];
    });
    const least = points.reduce(
      (best, [x, y], i) => (x! < points[best]![0]! || (x === points[best]![0] && y! < points[best]![1]!) ? i : best),
      0,
    );
    return [...points.slice(least), ...points.slice(0, least)];
  });
}

const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];
const turned = (ring: Ring): Ring => [...ring].reverse();

test("two areas with a common side become one without it", () => {
  expect(union([[box(0, 0, 10, 10)], [box(10, 0, 20, 10)]])).toEqual([
    [
      [0, 0],
      [10, 0],
      [20, 0],
      [20, 10],
      [10, 10],
      [0, 10],
    ],
  ]);
});

test("what overlaps is counted once, and the crossings become corners", () => {
  expect(union([[box(0, 0, 10, 10)], [box(5, 5, 15, 15)]])).toEqual([
    [
      [0, 0],
      [10, 0],
      [10, 5],
      [15, 5],
      [15, 15],
      [5, 15],
      [5, 10],
      [0, 10],
    ],
  ]);
});

test.each([
  ["the same area twice", [[box(0, 0, 10, 10)], [box(0, 0, 10, 10)]]],
  ["an area inside another", [[box(0, 0, 10, 10)], [box(2, 2, 4, 4)]]],
  ["an area that fills the hole of another", [[box(0, 0, 10, 10), turned(box(2, 2, 4, 4))], [box(2, 2, 4, 4)]]],
  ["an area whose rings run the other way", [[turned(box(0, 0, 10, 10)), box(2, 2, 4, 4)], [box(2, 2, 4, 4)]]],
])("%s: the outer ring alone", (_, areas) => {
  expect(union(areas)).toEqual([box(0, 0, 10, 10).map((point) => [...point])]);
});

test("a corner of one on the side of another closes no gap and leaves none", () => {
  expect(union([[box(0, 0, 10, 10)], [box(10, 2, 20, 4)]])).toEqual([
    [
      [0, 0],
      [10, 0],
      [10, 2],
      [20, 2],
      [20, 4],
      [10, 4],
      [10, 10],
      [0, 10],
    ],
  ]);
});

test("areas that meet in one point stay two rings, areas apart are two polygons, in whatever order they come", () => {
  for (const areas of [
    [[box(0, 0, 5, 5)], [box(5, 5, 9, 9)]],
    [[box(0, 0, 4, 4)], [box(5, 5, 9, 9)]],
  ]) {
    const rings = union(areas);
    expect(rings).toHaveLength(2);
    expect(union(areas.toReversed()).sort()).toEqual(rings.sort());
  }
});

test("a ring of areas keeps the hole it closes, and loses it below the limit", () => {
  const around = [[box(0, 0, 10, 2)], [box(8, 2, 10, 8)], [box(0, 8, 10, 10)], [box(0, 2, 2, 8)]];
  expect(union(around)).toHaveLength(2);
  expect(union(around, 37)).toHaveLength(1);
  expect(union(around, 35)).toHaveLength(2);
});

test("a hole that touches the outer ring in a point is a ring of its own", () => {
  const notched: Ring = [
    [0, 0],
    [10, 0],
    [10, 10],
    [5, 10],
    [8, 5],
    [5, 2],
    [2, 5],
    [5, 10],
    [0, 10],
  ];
  expect(union([[notched]]).map((ring) => ring.length)).toEqual([5, 4]);
});

test("an island in the hole of another comes as a polygon of its own, the hole with the ring around it", () => {
  const rings = union([[box(0, 0, 30, 30), turned(box(5, 5, 25, 25))], [box(10, 10, 20, 20)]]);
  expect(rings.map((ring) => ring[0])).toEqual(
    expect.arrayContaining([
      [0, 0],
      [5, 5],
      [10, 10],
    ]),
  );
  expect(rings.findIndex((ring) => ring[0]![0] === 5)).toBe(rings.findIndex((ring) => ring[0]![0] === 0) + 1);
});

test("what lies in a hole that is filled goes with it, for one shell in another is no shape", () => {
  const lagoon = [
    [box(0, 0, 30, 30), turned(box(5, 5, 25, 25))],
    [box(10, 10, 20, 20), turned(box(12, 12, 14, 14))],
  ];
  expect(union(lagoon)).toHaveLength(4);
  expect(union(lagoon, 1000)).toEqual([box(0, 0, 30, 30).map((point) => [...point])]);
});

test("an empty group and an area without a surface give no ring", () => {
  const { n, areaOffsets } = dissolve(
    [
      {
        polygons: flat([
          [box(0, 0, 1, 1)],
          [
            [
              [0, 0],
              [5, 5],
              [0, 0],
            ],
          ],
        ]),
        groupOf: Int32Array.from([-1, 1]),
      },
    ],
    2,
    0,
  );
  expect([n, [...areaOffsets]]).toEqual([2, [0, 0, 0]]);
});

test("flat crossings that rounding would push along come to an end", () => {
  // Found in Kalimantan Selatan: two edges at a tenth of a degree to each other whose crossing moved one step a round.
  const wedge: Ring[] = [
    [
      [616598, 531625],
      [617934, 531475],
      [617047, 531732],
    ],
    [
      [617047, 531732],
      [617935, 531475],
      [616598, 531626],
    ],
  ];
  expect(union(wedge.map((ring) => [ring])).length).toBeGreaterThan(0);
});

test("random overlapping triangles: a place is in the union where it is in one of them", () => {
  const random = seededRandom(5);
  const inside = (ring: readonly (readonly number[])[], x: number, y: number): boolean => {
    let isIn = false;
    ring.forEach(([ax, ay], i) => {
      const [bx, by] = ring[(i + 1) % ring.length]!;
      if (ay! > y !== by! > y && x < ((bx! - ax!) * (y - ay!)) / (by! - ay!) + ax!) isIn = !isIn;
    });
    return isIn;
  };
  for (let round = 0; round < 30; round++) {
    const corner = (): [number, number] => [Math.floor(random() * 10_000), Math.floor(random() * 10_000)];
    const areas = Array.from({ length: 12 }, () => {
      const ring: [number, number][] = [corner(), corner(), corner()];
      const [[ax, ay], [bx, by], [cx, cy]] = ring as [[number, number], [number, number], [number, number]];
      return [(bx - ax) * (cy - ay) - (cx - ax) * (by - ay) > 0 ? ring : ring.toReversed()];
    });
    const rings = union(areas);
    let differing = 0;
    for (let probe = 0; probe < 300; probe++) {
      const [x, y] = [random() * 10_000, random() * 10_000];
      const expected = areas.some(([ring]) => inside(ring!, x, y));
      if (rings.filter((ring) => inside(ring, x, y)).length % 2 !== (expected ? 1 : 0)) differing++;
    }
    // Rounded crossings move edges by a step or two of 10,000.
    expect(differing).toBeLessThanOrEqual(2);
  }
});
