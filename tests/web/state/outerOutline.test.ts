import { describe, expect, it } from "vitest";
import { outerOutline } from "../../../web/state/outerOutline.ts";

const square = (x: number, y: number): number[][][] => [
  [
    [x, y],
    [x + 1, y],
    [x + 1, y + 1],
    [x, y + 1],
    [x, y],
  ],
];
const length = (lines: number[][][]): number =>
  lines.reduce(
    (sum, line) =>
      sum +
      line
        .slice(1)
        .reduce(
          (part, [x, y], index) =>
            part + Math.hypot((x as number) - (line[index]?.[0] as number), (y as number) - (line[index]?.[1] as number)),
          0,
        ),
    0,
  );

describe("the outline around areas", () => {
  it("one square has its own four sides, closed", () => {
    const lines = outerOutline([[square(0, 0)]]);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.[0]).toEqual(lines[0]?.at(-1));
    expect(length(lines)).toBe(4);
  });

  it("the side that two squares share is not drawn", () => {
    expect(length(outerOutline([[square(0, 0)], [square(1, 0)]]))).toBe(6);
  });

  it("squares that do not touch have an outline each", () => {
    expect(outerOutline([[square(0, 0)], [square(5, 0)]])).toHaveLength(2);
  });

  it("a ring of eight squares has an outer and an inner line", () => {
    const ring = [0, 1, 2].flatMap((x) => [0, 1, 2].filter((y) => x !== 1 || y !== 1).map((y) => [square(x, y)]));
    expect(length(outerOutline(ring))).toBe(16);
  });

  it("nothing has no outline", () => {
    expect(outerOutline([])).toEqual([]);
  });
});
