import { describe, expect, it } from "vitest";
import { addMonths, addSteps, countMark, dayAt, extentOf, monthTicks, periodsOf, xOf } from "../../../web/charts/timeScale.ts";

const twoYears = { from: "2023-07-03", to: "2025-06-28" };

describe("the time line", () => {
  it.each([
    ["2024-01-31", 1, "2024-02-29"],
    ["2023-01-31", 1, "2023-02-28"],
    ["2024-03-31", -1, "2024-02-29"],
    ["2024-11-15", 4, "2025-03-15"],
    ["2024-01-15", -1, "2023-12-15"],
  ])("%s moved by %i months is %s: never a day that does not exist", (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  it("a week is seven days and a B-period four months", () => {
    expect(addSteps("2025-02-24", "week", 1)).toBe("2025-03-03");
    expect(addSteps("2025-01-01", "period", 1)).toBe("2025-05-01");
    expect(addSteps("2025-03-01", "day", -1)).toBe("2025-02-28");
  });

  it("ends with its last step, or before it where the days have not come yet", () => {
    expect(extentOf(["2025-06-16", "2025-06-23"], "week")).toEqual({ from: "2025-06-16", to: "2025-06-30" });
    expect(extentOf(["2025-06-16", "2025-06-23"], "week", "2025-06-28")).toEqual({ from: "2025-06-16", to: "2025-06-28" });
    expect(extentOf([], "week")).toBeNull();
  });

  it("gives back the day that a place was made from", () => {
    for (const day of ["2023-07-03", "2024-02-29", "2025-06-28"]) expect(dayAt(xOf(day, twoYears, 718), twoYears, 718)).toBe(day);
    expect(xOf(twoYears.to, twoYears, 718)).toBe(718);
  });

  it("marks as many months as there is room for, with the year at the first and each January", () => {
    expect(monthTicks(twoYears, 718).map((tick) => tick.day + (tick.withYear ? " y" : ""))).toEqual([
      "2023-07-03 y",
      "2023-10-01",
      "2024-01-01 y",
      "2024-04-01",
      "2024-07-01",
      "2024-10-01",
      "2025-01-01 y",
      "2025-04-01",
    ]);
    expect(monthTicks(twoYears, 300)).toHaveLength(4);
    expect(monthTicks({ from: "2025-05-01", to: "2025-07-01" }, 718).map((tick) => tick.day)).toEqual(["2025-05-01", "2025-06-01"]);
  });

  it("knows the B-periods, cut at its ends", () => {
    expect(periodsOf({ from: "2023-07-03", to: "2024-06-28" })).toEqual([
      { name: "B08", year: 2023, from: "2023-07-03", to: "2023-09-01" },
      { name: "B12", year: 2023, from: "2023-09-01", to: "2024-01-01" },
      { name: "B04", year: 2024, from: "2024-01-01", to: "2024-05-01" },
      { name: "B08", year: 2024, from: "2024-05-01", to: "2024-06-28" },
    ]);
  });

  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [4, 2],
    [7, 5],
    [12, 10],
    [48, 20],
    [50, 50],
    [999, 500],
  ])("a largest count of %i is read against %i", (largest, mark) => {
    expect(countMark(largest)).toBe(mark);
  });
});
