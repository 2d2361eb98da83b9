import { describe, expect, it } from "vitest";
import { findContained } from "../../../../api/analysis/neighbours/containment.ts";
import { createPairTable, placeOf } from "../../../../api/analysis/neighbours/pairTable.ts";
import { distanceMetres, metresPerDegreeAt, planeOf } from "../../../../api/analysis/neighbours/plane.ts";
import { boundingBoxes, type FlatPolygons } from "../../../../api/analysis/neighbours/polygons.ts";
import { knownValues, spreadOver, subsetOf, takeFrom } from "../../../../api/analysis/neighbours/subset.ts";
import {
  edgesOf,
  hasEqualWeights,
  islandsOf,
  restrictWeights,
  rowStandardised,
  weightsFromEdges,
} from "../../../../api/analysis/neighbours/weights.ts";
import { seededRandom } from "../../../fixtures/random.ts";

/** Rectangles by west, south, east, north, in degrees. */
function rectangles(boxes: readonly (readonly number[])[]): FlatPolygons {
  return {
    n: boxes.length,
    coordinates: Float64Array.from(boxes.flatMap(([w, s, e, n]) => [w!, s!, e!, s!, e!, n!, w!, n!])),
    ringOffsets: Int32Array.from({ length: boxes.length + 1 }, (_, i) => 4 * i),
    areaOffsets: Int32Array.from({ length: boxes.length + 1 }, (_, i) => i),
  };
}

describe("what lies inside what", () => {
  it("among random rectangles exactly those whose all four sides are inside are contained", () => {
    const random = seededRandom(31);
    const boxes = Array.from({ length: 60 }, () => {
      const [west, south] = [112 + random(), -8 + random()];
      return [west, south, west + 0.6 * random() ** 2, south + 0.6 * random() ** 2];
    });
    const polygons = rectangles(boxes);
    const areas = Int32Array.from({ length: 50 }, (_, k) => (k * 7) % 60).sort();
    const expected = [...areas].flatMap((inner) =>
      [...areas].flatMap((outer) => {
        const [a, b] = [boxes[inner]!, boxes[outer]!];
        return inner !== outer && b[0]! < a[0]! && b[1]! < a[1]! && b[2]! > a[2]! && b[3]! > a[3]! ? [`${inner} in ${outer}`] : [];
      }),
    );
    expect(expected.length).toBeGreaterThan(10);
    const found = findContained(polygons, boundingBoxes(polygons), areas).map(([inner, outer]) => `${inner} in ${outer}`);
    expect(found.sort()).toEqual(expected.sort());
    expect(findContained(polygons, boundingBoxes(polygons), Int32Array.of(3))).toEqual([]);
  });

  it("two areas are enough", () => {
    const polygons = rectangles([
      [0, 0, 1, 1],
      [0.2, 0.2, 0.4, 0.4],
    ]);
    expect(findContained(polygons, boundingBoxes(polygons), Int32Array.of(0, 1))).toEqual([[1, 0]]);
  });
});

describe("the table of pairs", () => {
  it("keeps what is told of each pair while it grows", () => {
    const table = createPairTable(4);
    const pairs = Array.from({ length: 400 }, (_, k) => [k % 20, 20 + Math.floor(k / 20)] as const);
    pairs.forEach(([low, high], k) => {
      const place = placeOf(table, low, high);
      expect(table.gap[place]).toBe(Number.POSITIVE_INFINITY);
      table.gap[place] = k;
      table.lowBorder[place] = 2 * k;
      table.highBorder[place] = 3 * k;
      table.sharesVertex[place] = k % 2;
    });
    expect(table.size).toBe(400);
    expect(table.low.length).toBe(1024);
    pairs.forEach(([low, high], k) => {
      const place = placeOf(table, low, high);
      expect([table.low[place], table.high[place]]).toEqual([low, high]);
      expect([table.gap[place], table.lowBorder[place], table.highBorder[place], table.sharesVertex[place]]).toEqual([
        k,
        2 * k,
        3 * k,
        k % 2,
      ]);
    });
    expect(table.size).toBe(400);
  });
});

describe("the plane", () => {
  it("a degree is as long as the radii of WGS 84 say, north and east", () => {
    // Meridian and prime vertical radius at 45°: 6,367,381.816 m and 6,388,838.290 m (NIMA TR8350.2).
    const { north, east } = metresPerDegreeAt(45);
    expect((north * 180) / Math.PI).toBeCloseTo(6_367_381.816, 2);
    expect((east * 180) / Math.PI / Math.SQRT1_2).toBeCloseTo(6_388_838.29, 2);
  });

  it("distances are those of the plane at the mean latitude, and in the common plane off by no more than the stretch", () => {
    const random = seededRandom(6);
    const longitude = Float64Array.from({ length: 40 }, () => 110 + 3 * random());
    for (const south of [-9, -1, 2]) {
      const latitude = Float64Array.from({ length: 40 }, () => south + 3 * random());
      const { x, y, stretch } = planeOf(longitude, latitude);
      let most = 1;
      for (let i = 0; i < 40; i++) {
        for (let j = 0; j < i; j++) {
          const there = metresPerDegreeAt((latitude[i]! + latitude[j]!) / 2);
          const metres = Math.hypot((longitude[i]! - longitude[j]!) * there.east, (latitude[i]! - latitude[j]!) * there.north);
          expect(distanceMetres(longitude[i]!, latitude[i]!, longitude[j]!, latitude[j]!)).toBeCloseTo(metres, 6);
          const flat = Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!);
          most = Math.max(most, flat / metres, metres / flat);
        }
      }
      expect(stretch).toBeGreaterThanOrEqual(most);
      expect(stretch - 1).toBeLessThan(3 * (most - 1));
    }
  });

  it("across the equator the stretch is that of the equator, where a degree east is longest", () => {
    const { stretch } = planeOf(Float64Array.of(0, 0), Float64Array.of(-10, 4));
    const middle = metresPerDegreeAt(-3);
    expect(stretch).toBeCloseTo(Math.max(middle.east / metresPerDegreeAt(-10).east, metresPerDegreeAt(0).east / middle.east), 12);
  });

  it("on one side of it the stretch is that of the two ends", () => {
    for (const [south, north] of [
      [-9, -6],
      [6, 9],
      [0, 9],
      [-9, 0],
    ] as const) {
      const { stretch } = planeOf(Float64Array.of(0, 0), Float64Array.of(south, north));
      const middle = metresPerDegreeAt((south + north) / 2);
      const ratios = [south, north].flatMap((at) => [metresPerDegreeAt(at).east / middle.east, middle.east / metresPerDegreeAt(at).east]);
      expect(stretch).toBeCloseTo(Math.max(...ratios), 14);
    }
  });

  it.each([
    ["latitude", Float64Array.of(112), Float64Array.of(89)],
    ["latitude", Float64Array.of(112), Float64Array.of(Number.NaN)],
    ["latitude", Float64Array.of(112, 113), Float64Array.of(1)],
    ["longitude", Float64Array.of(Number.POSITIVE_INFINITY), Float64Array.of(1)],
  ])("a wrong %s is refused", (field, longitude, latitude) => {
    expect(() => planeOf(longitude, latitude)).toThrowError(
      expect.objectContaining({ code: "wrong_input", details: expect.objectContaining({ field }) }),
    );
  });
});

describe("rows of weights", () => {
  const weights = weightsFromEdges(
    5,
    Int32Array.of(0, 0, 1, 3, 3, 3, 4),
    Int32Array.of(1, 4, 0, 1, 2, 4, 3),
    Float64Array.of(1, 3, 2, 5, 5, 5, 1),
  );

  it("edges come out as they went in; rows add up to 1 when standardised", () => {
    const { from, to, weight } = edgesOf(weights);
    expect([[...from], [...to], [...weight]]).toEqual([
      [0, 0, 1, 3, 3, 3, 4],
      [1, 4, 0, 1, 2, 4, 3],
      [1, 3, 2, 5, 5, 5, 1],
    ]);
    expect([...rowStandardised(weights).values]).toEqual([0.25, 0.75, 1, 1 / 3, 1 / 3, 1 / 3, 1]);
    expect(islandsOf(weights)).toEqual([2]);
    expect(islandsOf(weights, Uint8Array.of(1, 1, 0, 1, 1))).toEqual([]);
  });

  it("weights are equal when they are within each row", () => {
    expect(hasEqualWeights(weights)).toBe(false);
    expect(hasEqualWeights(restrictWeights(weights, Uint8Array.of(0, 1, 1, 1, 1)))).toBe(true);
    const last = weightsFromEdges(2, Int32Array.of(1, 1), Int32Array.of(0, 0), Float64Array.of(1, 2));
    expect(hasEqualWeights(last)).toBe(true);
    expect(hasEqualWeights(weightsFromEdges(3, Int32Array.of(2, 2), Int32Array.of(0, 1), Float64Array.of(1, 2)))).toBe(false);
  });

  it("restricted rows keep the weights between those kept", () => {
    const kept = restrictWeights(weights, Uint8Array.of(1, 0, 1, 1, 1));
    expect([kept.n, [...kept.offsets], [...kept.targets], [...kept.values]]).toEqual([5, [0, 1, 1, 1, 3, 4], [4, 2, 4, 3], [3, 5, 5, 1]]);
  });

  it("a subset is numbered anew and finds its way back; of everything it is the same weights", () => {
    const subset = subsetOf(weights, Uint8Array.of(1, 0, 0, 1, 1));
    expect([...subset.members]).toEqual([0, 3, 4]);
    expect([subset.weights.n, [...subset.weights.offsets], [...subset.weights.targets], [...subset.weights.values]]).toEqual([
      3,
      [0, 1, 2, 3],
      [2, 2, 1],
      [3, 5, 1],
    ]);
    expect([...takeFrom(Float64Array.of(10, 11, 12, 13, 14), subset.members)]).toEqual([10, 13, 14]);
    expect([...spreadOver(subset, 5, Float64Array.of(1, 2, 3))]).toEqual([1, Number.NaN, Number.NaN, 2, 3]);
    const whole = subsetOf(weights, new Uint8Array(5).fill(1));
    expect(whole.weights).toBe(weights);
    expect([...whole.members]).toEqual([0, 1, 2, 3, 4]);
    expect([...knownValues(Float64Array.of(0, Number.NaN, -1, Number.POSITIVE_INFINITY))]).toEqual([1, 0, 1, 1]);
  });
});
