import { describe, expect, it } from "vitest";
import { doubleArea, polygonsOf, withoutSmallHoles } from "../../../../api/analysis/dissolve/rings.ts";

type Box = readonly [west: number, south: number, east: number, north: number];
const corners = ([west, south, east, north]: Box): number[] => [west, south, east, south, east, north, west, north];

describe("shells and holes", () => {
  const ring = (box: Box, isHole = false): Float64Array => {
    const points = corners(box);
    return Float64Array.from(isHole ? [6, 7, 4, 5, 2, 3, 0, 1].map((i) => points[i]!) : points);
  };
  it("a hole goes to the smallest shell around it, and one of less than the limit goes with what lies in it", () => {
    const [outer, hole, island, pond] = [
      ring([0, 0, 30, 30]),
      ring([5, 5, 25, 25], true),
      ring([10, 10, 20, 20]),
      ring([12, 12, 14, 14], true),
    ];
    const apart = ring([40, 0, 50, 10]);
    expect(polygonsOf([pond!, island!, apart, hole!, outer!])).toEqual([[island, pond], [apart], [outer, hole]]);
    // Twice the areas: 800 for the hole and 8 for the pond.
    const left = (least: number) => withoutSmallHoles([outer!, hole!, island!, pond!, apart], least);
    expect(left(8)).toEqual([outer, hole, island, pond, apart]);
    expect(left(9)).toEqual([outer, hole, island, apart]);
    expect(left(800)).toEqual([outer, hole, island, apart]);
    expect(left(801)).toEqual([outer, apart]);
  });

  it("a hole whose corners all lie on the shell is in it", () => {
    const shell = ring([0, 0, 10, 10]);
    const diamond = Float64Array.of(0, 5, 5, 10, 10, 5, 5, 0);
    expect(doubleArea(diamond)).toBe(-100);
    expect(polygonsOf([shell, diamond])).toEqual([[shell, diamond]]);
  });
});
