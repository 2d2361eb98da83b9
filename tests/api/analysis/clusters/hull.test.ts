import { describe, expect, it } from "vitest";
import { convexHull } from "../../../../api/analysis/clusters/hull.ts";
import { lattice, lumps, shuffled } from "./lumps.ts";

const hullOf = (...points: [number, number][]): number[] =>
  convexHull(
    Float64Array.from(points, ([x]) => x),
    Float64Array.from(points, ([, y]) => y),
    [...points.keys()],
  );

describe("the convex hull", () => {
  it.each<[string, [number, number][], number[]]>([
    ["no point", [], []],
    ["one point", [[3, 4]], [0]],
    [
      "one spot",
      [
        [3, 4],
        [3, 4],
        [3, 4],
      ],
      [0],
    ],
    [
      "two points",
      [
        [5, 1],
        [3, 4],
      ],
      [1, 0],
    ],
    [
      "a line",
      [
        [2, 2],
        [0, 0],
        [1, 1],
        [3, 3],
        [3, 3],
      ],
      [1, 3],
    ],
    [
      "a line upright",
      [
        [1, 2],
        [1, 0],
        [1, 1],
      ],
      [1, 0],
    ],
    [
      "a triangle with a point inside",
      [
        [0, 0],
        [4, 0],
        [1, 1],
        [0, 4],
      ],
      [0, 1, 3],
    ],
    [
      "a square with points on its sides",
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [2, 1],
        [2, 2],
        [1, 2],
        [0, 2],
        [0, 1],
      ],
      [0, 2, 4, 6],
    ],
  ])("of %s", (_, points, hull) => {
    expect(hullOf(...points)).toEqual(hull);
  });

  it.each([1, 2, 3])("turns left at every corner, holds every member, and none that is not one (%i)", (seed) => {
    const { x, y } = seed === 3 ? lattice(80, 1) : lumps;
    const members = shuffled(x.length, seed).slice(0, 60);
    const hull = convexHull(x, y, members);
    const turn = (a: number, b: number, c: number): number => (x[b]! - x[a]!) * (y[c]! - y[a]!) - (y[b]! - y[a]!) * (x[c]! - x[a]!);
    hull.forEach((corner, at) => {
      const next = hull[(at + 1) % hull.length]!;
      expect(turn(corner, next, hull[(at + 2) % hull.length]!)).toBeGreaterThan(0);
      for (const member of members) expect(turn(corner, next, member)).toBeGreaterThanOrEqual(0);
      expect(members).toContain(corner);
    });
    expect(hull.length).toBeGreaterThan(2);
  });
});
