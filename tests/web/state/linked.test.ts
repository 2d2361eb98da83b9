import { describe, expect, it } from "vitest";
import { metresAlong } from "../../../web/map/drawTool.ts";
import { groupsOf, spreadsOf, sumsOf } from "../../../web/state/groups.ts";
import { isInsideRing } from "../../../web/state/insideRing.ts";
import { moranScatter } from "../../../web/state/moranScatter.ts";
import { defaultOverlays, movedOverlay, readOverlays, withOverlay, writeOverlays } from "../../../web/state/overlays.ts";

const unknown = Number.NaN;

describe("villages put together", () => {
  const groups = groupsOf(["99.01.01.2001", "99.01.01.2002", "99.01.02.2001", "99.01.02.2002", "99.01.02.2003", "99.01.03.2001"], 8);

  it("a sum is of what is known, and unknown where nothing is", () => {
    expect([...sumsOf(Float64Array.of(1, 2, 3, unknown, 4, unknown), groups)]).toEqual([3, 7, unknown]);
  });

  it("a median is unknown where fewer than half of the villages are known", () => {
    const { median, least, most, known } = spreadsOf(Float64Array.of(10, 20, 5, unknown, unknown, 7), groups);
    expect([...median]).toEqual([15, unknown, 7]);
    expect([[...least], [...most], [...known]]).toEqual([
      [10, 5, 7],
      [20, 5, 7],
      [2, 1, 1],
    ]);
  });
});

describe("the Moran scatter", () => {
  it("has the slope of Moran's I by hand: four areas in a row, 1 2 3 4, each row of weights summing to one", () => {
    const edges = [
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 1],
      [2, 3],
      [3, 2],
    ];
    const at = (end: 0 | 1) => Int32Array.from(edges, (edge) => edge[end] as number);
    // Deviations -1.5 -0.5 0.5 1.5, lags -0.5 -0.5 0.5 0.5: (0.75 + 0.25 + 0.25 + 0.75) / 5
    expect(moranScatter(Float64Array.of(1, 2, 3, 4), at(0), at(1)).slope).toBeCloseTo(0.4, 12);
  });

  it("leaves out what is unknown and who has no known neighbour, and says nothing where nothing varies", () => {
    const { y, slope } = moranScatter(Float64Array.of(1, unknown, 3), Int32Array.of(0, 2), Int32Array.of(1, -1));
    expect([...y, slope]).toEqual([unknown, unknown, unknown, unknown]);
    expect(moranScatter(Float64Array.of(2, 2), Int32Array.of(0, 1), Int32Array.of(1, 0)).slope).toBeNaN();
  });
});

describe("layers on top", () => {
  it.each([
    [null, defaultOverlays],
    ["-", []],
    [
      "gi.300,kejadian.5,x",
      [
        { id: "gi", opacity: 100 },
        { id: "kejadian", opacity: 100 },
      ],
    ],
    [
      "kejadian.60,gi",
      [
        { id: "kejadian", opacity: 60 },
        { id: "gi", opacity: 100 },
      ],
    ],
  ])("%s is read as what it can mean", (text, overlays) => {
    expect(readOverlays(text)).toEqual(overlays);
  });

  it("one that is shown again lies where it usually does; moved up it stays so in its text", () => {
    const shown = withOverlay(defaultOverlays, "gerombol", true);
    expect(writeOverlays(shown)).toBe("gerombol,gi,kejadian,potensi");
    expect(writeOverlays(movedOverlay(shown, "gerombol", 1))).toBe("gi,gerombol,kejadian,potensi");
    expect(movedOverlay(shown, "gerombol", -1)).toBe(shown);
    expect(writeOverlays(withOverlay(shown, "gerombol", false))).toBeNull();
  });
});

// A square of 4 whose right side has a notch to its middle, (2, 2).
it.each([
  [[1, 1], true],
  [[3, 0.5], true],
  [[3, 2], false],
  [[3, 3.5], true],
  [[5, 2], false],
] as const)("a point %j is inside the notched square: %s", (point, isInside) => {
  const ring = [
    [0, 0],
    [4, 0],
    [2, 2],
    [4, 4],
    [0, 4],
  ] as const;
  expect(isInsideRing(point, ring)).toBe(isInside);
});

it("a degree along the equator measures 111.19 km on the sphere", () => {
  expect(
    metresAlong([
      [0, 0],
      [1, 0],
    ]),
  ).toBeCloseTo(111_195, -1);
});
