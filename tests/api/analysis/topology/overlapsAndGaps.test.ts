import { featureCollection, intersect, polygon, area as turfArea, union } from "@turf/turf";
import { describe, expect, test } from "vitest";
import { findOverlapsAndGaps } from "../../../../api/analysis/topology/overlapsAndGaps.ts";
import { seededRandom } from "../../../fixtures/random.ts";
import { box, flat, type Ring, squareMetresPerUnit } from "./drawnAreas.ts";

const options = { overlapSquareMetres: 0.001, gapSquareMetres: 0.001, sliverWidthMetres: 10, sliverCompactness: 0.2, kept: 1000 };
const units = (squareMetres: number): number => Math.round(squareMetres / squareMetresPerUnit);

/** Overlaps as [pair, square units], gaps as [around, square units], sorted. */
function found(areas: readonly (readonly Ring[])[], more: Partial<typeof options> & { changed?: Uint8Array } = {}) {
  const { overlaps, gaps } = findOverlapsAndGaps(flat(areas), { ...options, ...more });
  return {
    overlaps: overlaps.kept.map(({ one, other, squareMetres }) => [`${one}-${other}`, units(squareMetres)]).sort(),
    gaps: gaps.kept.map(({ around, squareMetres }) => [[...around].sort().join(), units(squareMetres)]).sort(),
  };
}

const turned = (ring: Ring): Ring => [...ring].reverse();
const frame: readonly Ring[][] = [
  [box(0, 0, 3000, 1000)],
  [box(0, 2000, 3000, 3000)],
  [box(0, 1000, 1000, 2000)],
  [box(2000, 1000, 3000, 2000)],
];

const cases: [what: string, areas: readonly (readonly Ring[])[], overlaps: unknown[], gaps: unknown[]][] = [
  ["a common side", [[box(0, 0, 1000, 1000)], [box(1000, 0, 2000, 1000)]], [], []],
  ["a common side with other vertices", [[box(0, 0, 1000, 1000)], [box(1000, 0, 2000, 700)], [box(1000, 700, 2000, 1000)]], [], []],
  ["a strip of overlap", [[box(0, 0, 1000, 1000)], [box(900, 0, 2000, 1000)]], [["0-1", 100_000]], []],
  ["a cross", [[box(0, 400, 1000, 600)], [box(400, 0, 600, 1000)]], [["0-1", 40_000]], []],
  ["one inside another", [[box(0, 0, 1000, 1000)], [box(200, 200, 300, 300)]], [["0-1", 10_000]], []],
  ["the same shape twice", [[box(0, 0, 1000, 1000)], [box(0, 0, 1000, 1000)]], [["0-1", 1_000_000]], []],
  ["an enclave that fills its hole", [[box(0, 0, 1000, 1000), turned(box(200, 200, 300, 300))], [box(200, 200, 300, 300)]], [], []],
  ["a hole that nobody fills", [[box(0, 0, 1000, 1000), turned(box(200, 200, 300, 300))]], [], [["0", 10_000]]],
  [
    "an enclave too small for its hole",
    [[box(0, 0, 1000, 1000), turned(box(200, 200, 300, 300))], [box(240, 240, 260, 260)]],
    [],
    [["0", 9600]],
  ],
  [
    "an enclave too large for its hole",
    [[box(0, 0, 1000, 1000), turned(box(200, 200, 300, 300))], [box(190, 190, 310, 310)]],
    [["0-1", 4400]],
    [],
  ],
  [
    "an enclave across the rim of its hole",
    [[box(0, 0, 1000, 1000), turned(box(200, 200, 300, 300))], [box(190, 200, 290, 300)]],
    [["0-1", 1000]],
    [["0,1", 1000]],
  ],
  ["four around a gap", frame, [], [["0,1,2,3", 1_000_000]]],
  ["three and a mouth to the sea", frame.slice(0, 3), [], []],
  ["a mouth a unit wide", [...frame.slice(0, 3), [box(2000, 1001, 3000, 2000)]], [], []],
  [
    "a corner that closes",
    [
      ...frame.slice(0, 3),
      [
        [
          [2000, 2000],
          [2500, 1000],
          [3000, 2000],
        ],
      ],
    ],
    [],
    [["0,1,2,3", 1_250_000]],
  ],
  [
    "three on one place",
    [[box(0, 0, 1000, 1000)], [box(500, 0, 1500, 1000)], [box(0, 500, 1500, 1500)]],
    [
      ["0-1", 500_000],
      ["0-2", 500_000],
      ["1-2", 500_000],
    ],
    [],
  ],
  ["an overlap in two pieces", [[box(0, 0, 1000, 100), box(0, 200, 1000, 300)], [box(900, 0, 1900, 300)]], [["0-1", 20_000]], []],
  ["two far apart", [[box(0, 0, 10, 10)], [box(5_000_000, 0, 5_000_010, 10)]], [], []],
  ["no ring at all", [[], [box(0, 0, 10, 10)]], [], []],
  ["no area", [], [], []],
];

describe("overlaps and gaps by hand", () => {
  test.each(cases)("%s", (_, areas, overlaps, gaps) => {
    expect(found(areas)).toEqual({ overlaps, gaps });
    expect(found(areas.map((rings) => rings.map(turned)))).toEqual({ overlaps, gaps });
  });

  test("a gap around an enclave is drawn with a hole, and its perimeter counts both sides", () => {
    const { gaps } = findOverlapsAndGaps(
      flat([[box(0, 0, 1000, 1000), turned(box(200, 200, 300, 300))], [box(240, 240, 260, 260)]]),
      options,
    );
    expect(gaps.kept[0]!.polygons.map((rings) => rings.map((ring) => ring.length / 2))).toEqual([[4, 4]]);
    expect(gaps.kept[0]!.perimeterMetres / Math.sqrt(squareMetresPerUnit)).toBeCloseTo(480, 0);
  });

  test("what three cover is drawn without the border between", () => {
    const { overlaps } = findOverlapsAndGaps(
      flat([[box(0, 0, 1000, 1000)], [box(500, 0, 1500, 1000)], [box(0, 500, 1500, 1500)]]),
      options,
    );
    const pair = overlaps.kept.find(({ one, other }) => one === 0 && other === 1)!;
    expect(pair.polygons).toHaveLength(1);
    expect(pair.perimeterMetres / Math.sqrt(squareMetresPerUnit)).toBeCloseTo(3000, -1);
  });

  test("only what a changed area takes part in is told", () => {
    const areas = [[box(0, 0, 1000, 1000)], [box(900, 0, 2000, 1000)], [box(1900, 0, 3000, 1000)]];
    expect(found(areas, { changed: Uint8Array.of(1, 0, 0) }).overlaps).toEqual([["0-1", 100_000]]);
    expect(found(frame, { changed: new Uint8Array(4) }).gaps).toEqual([]);
  });

  test("thresholds leave out, the bound keeps the largest, and all are counted", () => {
    const areas = [[box(0, 0, 1000, 1000)], [box(900, 0, 2000, 1000)], [box(1950, 0, 3000, 1000)]];
    const { overlaps } = findOverlapsAndGaps(flat(areas), { ...options, kept: 1 });
    expect([overlaps.total, overlaps.kept.length, overlaps.kept[0]!.one]).toEqual([2, 1, 0]);
    expect(found(areas, { overlapSquareMetres: 75_000 * squareMetresPerUnit }).overlaps).toEqual([["0-1", 100_000]]);
  });

  test("an impossible threshold is refused by its name", () => {
    expect(() => found([], { gapSquareMetres: Number.NaN })).toThrow(/gapSquareMetres|wrong_input/);
  });
});

/** A star around a place with whole coordinates: never crossing itself. */
function star(random: () => number, x: number, y: number, size: number): Ring {
  return Array.from({ length: 12 }, (_, i) => {
    const radius = size * (0.3 + 0.7 * random());
    const angle = ((i + 0.8 * random()) / 12) * 2 * Math.PI;
    return [Math.round(x + radius * Math.cos(angle)), Math.round(y + radius * Math.sin(angle))] as const;
  });
}

test("areas agree with polyclip (by @turf/turf) on random stars, however they are numbered", () => {
  const random = seededRandom(20_251);
  const closed = (ring: Ring) => polygon([[...ring, ring[0]!].map(([x, y]) => [x / 1e6, y / 1e6])]);
  for (let round = 0; round < 10; round++) {
    const stars = Array.from({ length: 6 }, () => star(random, 20_000 * random(), 20_000 * random(), 8000));
    const { overlaps, gaps } = findOverlapsAndGaps(flat(stars.map((ring) => [ring])), options);
    // turf measures on a sphere: compared by the share of one and the same star.
    const scale = (ring: Ring) => {
      const own = findOverlapsAndGaps(flat([[ring], [ring]]), options).overlaps.kept[0]!.squareMetres;
      return own / turfArea(closed(ring));
    };
    for (let i = 0; i < 6; i++) {
      for (let j = i + 1; j < 6; j++) {
        const common = intersect(featureCollection([closed(stars[i]!), closed(stars[j]!)]));
        const expected = common ? turfArea(common) * scale(stars[i]!) : 0;
        const ours = overlaps.kept.find(({ one, other }) => one === i && other === j)?.squareMetres ?? 0;
        // Rounding crossings to 11 cm moves borders of some 5 km by that much at most.
        expect(Math.abs(ours - expected)).toBeLessThan(300 + 1e-3 * expected);
      }
    }
    const together = union(featureCollection(stars.map(closed)))!.geometry;
    const holes = (together.type === "Polygon" ? [together.coordinates] : together.coordinates).flatMap((rings) => rings.slice(1));
    const large = holes.map((ring) => turfArea(polygon([ring]))).filter((squareMetres) => squareMetres > 2000);
    expect(gaps.kept.filter(({ squareMetres }) => squareMetres > 2000)).toHaveLength(large.length);
    const backwards = findOverlapsAndGaps(flat(stars.toReversed().map((ring) => [ring])), options);
    expect(backwards.overlaps.squareMetres).toBeCloseTo(overlaps.squareMetres, 3);
    expect(backwards.gaps.squareMetres).toBeCloseTo(gaps.squareMetres, 3);
  }
});
