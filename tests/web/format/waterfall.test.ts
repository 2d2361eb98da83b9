import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundedToSum, waterfall } from "../../../web/format/waterfall.ts";

const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);

describe("the parts of a score", () => {
  it("as shown add up to the score as shown", () => {
    expect(roundedToSum([14.76, 12.14, 13.66, 9.57, 11.34, 9.54], 1)).toEqual([14.8, 12.1, 13.7, 9.6, 11.3, 9.5]);
    expect(roundedToSum([33.34, 33.33, 33.33], 1)).toEqual([33.4, 33.3, 33.3]);
  });

  it("add up whatever they are, each off by less than one unit, differences below zero too", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ min: -40, max: 40, noNaN: true }), { nil: null }), { minLength: 1, maxLength: 6 }),
        (values) => {
          const rounded = roundedToSum(values, 1);
          expect(Math.round(sum(rounded) * 10)).toBe(Math.round(sum(values.map((value) => (value === null ? null : value * 10)))) + 0);
          rounded.forEach((value, index) => {
            const original = values[index] ?? null;
            expect(value === null).toBe(original === null);
            if (value !== null && original !== null) expect(Math.abs(value - original)).toBeLessThan(0.1 + 1e-6);
          });
        },
      ),
    );
  });

  it("leave a missing part missing, never 0", () => {
    expect(roundedToSum([10.06, null, 2.02], 1)).toEqual([10.1, null, 2]);
  });

  it("are laid end to end, and a missing one takes no room", () => {
    expect(
      waterfall([
        { name: "a", value: 10 },
        { name: "b", value: null },
        { name: "c", value: 5 },
      ]),
    ).toEqual([
      { name: "a", value: 10, from: 0, to: 10 },
      { name: "b", value: null, from: 10, to: 10 },
      { name: "c", value: 5, from: 10, to: 15 },
    ]);
  });
});
