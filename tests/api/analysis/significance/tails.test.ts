import { describe, expect, it } from "vitest";
import { emptyTails, setTails, type Tail } from "../../../../api/analysis/significance/tails.ts";

function tailsOf(low: number, high: number, tie: number, tail: Tail): number[] {
  const tails = emptyTails(3);
  setTails(tails, 1, low, high, tie, tail);
  for (const column of [tails.p, tails.pLow, tails.pHigh, tails.pMid]) expect([column[0], column[2]]).toEqual([Number.NaN, Number.NaN]);
  return [tails.p[1]!, tails.pLow[1]!, tails.pHigh[1]!, tails.pMid[1]!];
}

describe("tail probabilities", () => {
  // Hand arithmetic: p = min(1, 2 × the smaller tail); mid-p takes half of the tie off the tail first.
  it.each([
    ["the upper tail is the smaller", 0.875, 0.25, 0.125, "two_sided", [0.5, 0.875, 0.25, 0.375]],
    ["the lower tail is the smaller", 0.125, 1, 0.125, "two_sided", [0.25, 0.125, 1, 0.125]],
    ["both tails over one half", 0.75, 0.75, 0.5, "two_sided", [1, 0.75, 0.75, 1]],
    ["mid-p stops at 1 as well", 0.75, 0.8125, 0.125, "two_sided", [1, 0.75, 0.8125, 1]],
    ["asked for high, only the upper tail counts", 0.125, 0.875, 0.25, "high", [0.875, 0.125, 0.875, 0.75]],
    ["asked for high, a small upper tail is not doubled", 1, 0.125, 0.0625, "high", [0.125, 1, 0.125, 0.09375]],
  ] as const)("%s", (_, low, high, tie, tail, expected) => {
    expect(tailsOf(low, high, tie, tail)).toEqual(expected);
  });
});
