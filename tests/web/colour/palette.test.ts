import { describe, expect, it } from "vitest";
import { rgbOf } from "../../../web/colour/palette.ts";

describe("a colour of the stylesheet as numbers", () => {
  // The build shortens #ffffff to #fff; read as six digits that is a strong blue, and every ring on the map was.
  it.each([
    ["#12304a", [18, 48, 74]],
    ["#ffffff", [255, 255, 255]],
    ["#fff", [255, 255, 255]],
    ["#0ab", [0, 170, 187]],
  ])("%s is %j", (hex, rgb) => {
    expect(rgbOf(hex)).toEqual(rgb);
  });
});
