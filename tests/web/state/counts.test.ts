import { describe, expect, it } from "vitest";
import { countByArea, countByStep, type DailyCounts, stepStart } from "../../../web/state/counts.ts";

// three villages; 1 January 2025 is a Wednesday
const counts: DailyCounts = {
  from: "2025-01-01",
  to: "2025-03-01",
  area: Int32Array.of(0, 0, 2, 1, 2),
  day: Int32Array.of(0, 5, 5, 31, 58),
  count: Float64Array.of(1, 2, 1, 4, 1),
};

describe("counts in the browser", () => {
  it("the start of a period counts, its end does not", () => {
    expect([...countByArea(counts, 3, "2025-01-01", "2025-01-06")]).toEqual([1, 0, 0]);
    expect([...countByArea(counts, 3, "2025-01-06", "2025-02-02")]).toEqual([2, 4, 1]);
    expect([...countByArea(counts, 3, "2025-01-02", "2025-01-06")]).toEqual([0, 0, 0]);
  });

  it("two halves of a period add up to the whole", () => {
    const whole = countByArea(counts, 3, "2025-01-01", "2025-03-01");
    const first = countByArea(counts, 3, "2025-01-01", "2025-01-20");
    const second = countByArea(counts, 3, "2025-01-20", "2025-03-01");
    expect(first.map((count, index) => count + (second[index] as number))).toEqual(whole);
  });

  it.each([
    ["2025-01-01", "week", "2024-12-30"],
    ["2025-01-06", "week", "2025-01-06"],
    ["2025-01-12", "week", "2025-01-06"],
    ["2025-02-14", "month", "2025-02-01"],
    ["2025-04-30", "period", "2025-01-01"],
    ["2025-05-01", "period", "2025-05-01"],
    ["2025-12-31", "period", "2025-09-01"],
    ["1969-12-31", "week", "1969-12-29"],
  ] as const)("%s is in the %s that begins on %s", (day, step, start) => {
    expect(stepStart(day, step)).toBe(start);
  });

  it.each(["day", "week", "month", "period"] as const)("steps of a %s lose no event", (step) => {
    const found = countByStep(counts, step);
    expect(found.counts.reduce((sum, count) => sum + count, 0)).toBe(9);
    expect([...found.steps].sort()).toEqual(found.steps);
  });

  it("months hold what happened in them", () => {
    expect(countByStep(counts, "month")).toEqual({ steps: ["2025-01-01", "2025-02-01"], counts: [4, 5] });
  });
});
