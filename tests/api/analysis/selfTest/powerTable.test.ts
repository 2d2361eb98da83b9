import { describe, expect, it } from "vitest";
import { binomialInterval } from "../../../../api/analysis/distributions/binomialInterval.ts";
import { powerTable } from "../../../../api/analysis/selfTest/powerTable.ts";
import { neverFalling, smallestDetectable } from "../../../../api/analysis/selfTest/smallestDetectable.ts";
import { isSurelyAbove, isSurelyBelow } from "../../../../api/analysis/selfTest/sureness.ts";

describe("the interval of a share", () => {
  // R 4.3: binom.test(x, n, conf.level = …)$conf.int.
  it.each([
    [8, 10, 0.95, 0.443904538, 0.974789274],
    [1, 20, 0.95, 0.0012650895, 0.2487327628],
    [3, 7, 0.9, 0.128756393, 0.774678416],
  ])("of %d of %d at %d is R's", (successes, trials, confidence, lower, upper) => {
    const interval = binomialInterval(successes, trials, confidence);
    expect(interval.lower).toBeCloseTo(lower, 8);
    expect(interval.upper).toBeCloseTo(upper, 8);
  });

  it("of none begins at 0 and ends where none still has 2.5%; of all the other way round", () => {
    const none = binomialInterval(0, 20);
    expect(none.lower).toBe(0);
    expect((1 - none.upper) ** 20).toBeCloseTo(0.025, 12);
    const all = binomialInterval(20, 20);
    expect(all.upper).toBe(1);
    expect(all.lower ** 20).toBeCloseTo(0.025, 12);
  });
});

describe("the smallest detectable risk", () => {
  // R 4.3: isoreg(y)$yf.
  it.each([
    [
      [1, 3, 2, 4],
      [1, 2.5, 2.5, 4],
    ],
    [
      [3, 2, 1],
      [2, 2, 2],
    ],
    [
      [0.1, 0.5, 0.4, 0.3, 0.9, 0.8],
      [0.1, 0.4, 0.4, 0.4, 0.85, 0.85],
    ],
    [[2], [2]],
    [
      [1, 1, 2],
      [1, 1, 2],
    ],
  ])("%j made never to fall is %j", (values, fitted) => {
    neverFalling(values).forEach((value, at) => {
      expect(value).toBeCloseTo(fitted[at] ?? Number.NaN, 12);
    });
  });

  it("lies between two risks tried on the logarithm of the risk", () => {
    expect(smallestDetectable([2, 4, 8], [0.2, 0.6, 1], 0.8)).toBeCloseTo(4 * Math.SQRT2, 12);
    expect(smallestDetectable([2, 4, 8], [0.2, 0.7, 0.9], 0.75)).toBeCloseTo(4 * 2 ** 0.25, 12);
  });

  it("is a risk tried where that has just the power wanted, the first where it has more, unknown where none has it", () => {
    expect(smallestDetectable([2, 4, 8], [0.2, 0.8, 1], 0.8)).toBeCloseTo(4, 12);
    expect(smallestDetectable([2, 4, 8], [0.9, 0.95, 1], 0.8)).toBe(2);
    expect(smallestDetectable([2, 4, 8], [0.2, 0.3, 0.79], 0.8)).toBeNaN();
  });
});

describe("the power table", () => {
  const asked = { relativeRisks: [2, 4], clusterSizes: [1, 7] };
  const tallies = [
    { runs: 10, alarms: 1, detected: Float64Array.of(Number.NaN, Number.NaN, 2, 6) },
    { runs: 30, alarms: 1, detected: Float64Array.of(Number.NaN, Number.NaN, 8, 34) },
  ];

  it("adds the parts up and gives each share its exact interval", () => {
    const table = powerTable(asked, tallies);
    expect(table.falseAlarmRate).toEqual({ rate: 2 / 40, ...binomialInterval(2, 40), runs: 40 });
    expect(table.power).toEqual([
      { relativeRisk: 2, clusterSize: 7, power: 10 / 40, ...binomialInterval(10, 40), runs: 40 },
      { relativeRisk: 4, clusterSize: 7, power: 1, ...binomialInterval(40, 40), runs: 40 },
    ]);
  });

  it("leaves out sizes that fit nowhere, and draws the interval of the smallest risk through the ends of the powers'", () => {
    const { smallestDetectable: sizes } = powerTable(asked, tallies);
    expect(sizes).toHaveLength(1);
    const [low, high] = [binomialInterval(10, 40), binomialInterval(40, 40)];
    expect(sizes[0]).toMatchObject({ clusterSize: 7 });
    expect(sizes[0]?.relativeRisk).toBeCloseTo(2 * 2 ** (0.55 / 0.75), 12);
    expect(sizes[0]?.lower).toBeCloseTo(2 * 2 ** ((0.8 - low.upper) / (1 - low.upper)), 12);
    expect(sizes[0]?.upper).toBeCloseTo(2 * 2 ** ((0.8 - low.lower) / (high.lower - low.lower)), 12);
  });
});

describe("sure of a share before all permutations are made", () => {
  // Hand arithmetic: Chernoff's bound exp(−draws × relative entropy). 100 of 1,000 against 0.05: 1,000 × (0.1 ln 2 + 0.9 ln(0.9/0.95)) = 20.65.
  it("needs evidence of 16.2: 100 of 1,000 are surely above 0.05 (20.65), 90 not yet (13.80)", () => {
    expect([isSurelyAbove(100, 1000, 0.05), isSurelyAbove(90, 1000, 0.05)]).toEqual([true, false]);
    expect([isSurelyBelow(100, 1000, 0.05), isSurelyAbove(10, 1000, 0.05)]).toEqual([false, false]);
  });

  it("none of 320 is surely below 0.05 (16.41), none of 310 not yet (15.90), and none is ever below 0", () => {
    expect([isSurelyBelow(0, 320, 0.05), isSurelyBelow(0, 310, 0.05), isSurelyBelow(0, 1e9, 0)]).toEqual([true, false, false]);
    expect(isSurelyAbove(1, 10, 0)).toBe(true);
    expect(isSurelyAbove(10, 10, 0.1)).toBe(true);
  });
});
