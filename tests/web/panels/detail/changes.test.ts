import { describe, expect, it } from "vitest";
import { changeOf, movedParts } from "../../../../web/panels/detail/changes.ts";
import type { TrendMonth } from "../../../../web/panels/detail/riskValues.ts";

const month = (asOf: string, kejadian: number, imbasan: number, agenda: number | null = null): TrendMonth => ({
  asOf,
  score: kejadian + imbasan + (agenda ?? 0),
  scoreLower: null,
  scoreUpper: null,
  kejadian,
  imbasan,
  kecenderungan: 0,
  kerentanan: 9.6,
  agenda,
  potensi: null,
});
const trend = [
  month("2025-02-28", 1, 1),
  month("2025-03-31", 10, 8),
  month("2025-04-30", 10, 8),
  month("2025-05-31", 11, 8),
  month("2025-06-27", 15.55, 7.25),
];

describe("what changed", () => {
  it("is counted from three month ends back, and the parts' moves add up to the score's", () => {
    const change = changeOf(trend);
    expect(change?.from.asOf).toBe("2025-03-31");
    expect(change?.total).toBeCloseTo(4.8, 10);
    expect(change?.byPart).toEqual({ kejadian: 5.6, imbasan: -0.8, kecenderungan: 0, kerentanan: 0, agenda: null, potensi: null });
  });

  it("adds up as shown even where rounding would not: 58,44 to 71,06 is 58,4 to 71,1, so +12,7", () => {
    const change = changeOf(
      [month("2025-03-31", 30.22, 18.62), month("2025-06-27", 36.53, 24.93)].map((each) => ({ ...each, score: (each.score ?? 0) + 9.6 })),
    );
    expect(change?.total).toBeCloseTo(12.7, 10);
    expect((change?.byPart.kejadian ?? 0) + (change?.byPart.imbasan ?? 0)).toBeCloseTo(12.7, 10);
  });

  it("names the largest move first and leaves out what stood still", () => {
    const change = changeOf(trend);
    expect(change && movedParts(change)).toEqual([
      { part: "kejadian", points: 5.6 },
      { part: "imbasan", points: -0.8 },
    ]);
  });

  it("looks back as far as there is, and says nothing from one month", () => {
    expect(changeOf(trend.slice(-2))?.from.asOf).toBe("2025-05-31");
    expect(changeOf(trend.slice(-1))).toBeNull();
    expect(changeOf([])).toBeNull();
  });

  it("is unknown where either score is unknown, never 0", () => {
    const change = changeOf([{ ...month("2025-03-31", 1, 1), score: null }, month("2025-06-27", 2, 1)]);
    expect(change?.total).toBeNull();
  });

  it("a part that was not counted before has not changed", () => {
    expect(changeOf([month("2025-03-31", 1, 1), month("2025-06-27", 1, 1, 3)])?.byPart.agenda).toBeNull();
  });
});
