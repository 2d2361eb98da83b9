import { describe, expect, it } from "vitest";
import { addDays, dayOfMoment, daysBetween, formatDay, formatPeriod, isDay } from "../../../web/format/day.ts";
import { formatDifference, formatInterval, formatNumber } from "../../../web/format/number.ts";

describe("numbers as they are written here", () => {
  it.each([
    [1234.5, 1, "id", "1.234,5"],
    [1234.5, 1, "en", "1,234.5"],
    [0, 0, "id", "0"],
    [-1.5, 1, "id", "−1,5"],
    [-0.04, 1, "id", "0,0"],
    [null, 1, "id", "—"],
    [undefined, 0, "id", "—"],
    [Number.NaN, 0, "en", "—"],
  ] as const)("%s with %s digits in %s is %s", (value, digits, language, expected) => {
    expect(formatNumber(value, digits, language)).toBe(expected);
  });

  it("a difference shows its sign, none shows none, and an unknown one is no number", () => {
    expect(formatDifference(3.94, 1, "id")).toBe("+3,9");
    expect(formatDifference(0.01, 1, "id")).toBe("0,0");
    expect(formatDifference(null, 1, "id")).toBe("—");
  });

  it("an interval with an unknown end is unknown", () => {
    expect(formatInterval(64.2, 78.9, 0, "id")).toBe("64–79");
    expect(formatInterval(null, 79, 0, "id")).toBe("—");
  });
});

describe("days", () => {
  it("a half-open period is shown by its first and last day", () => {
    expect(formatPeriod("2024-06-28", "2025-06-28", "id")).toBe("28 Jun 2024 – 27 Jun 2025");
    expect(formatDay("2025-05-01", "id")).toBe("1 Mei 2025");
    expect(formatDay(null, "id")).toBe("—");
  });

  it("a moment falls on the day it has in the office's time zone", () => {
    expect(dayOfMoment("2025-06-26T17:00:00.000Z")).toBe("2025-06-27");
    expect(dayOfMoment("2025-06-26T16:59:59.000Z")).toBe("2025-06-26");
    expect(dayOfMoment("2025-06-26")).toBe("2025-06-26");
  });

  it("adding days and counting them are each other's undoing", () => {
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
    expect(daysBetween("2024-02-28", addDays("2024-02-28", 400))).toBe(400);
  });

  it.each([
    ["2025-02-29", false],
    ["2024-02-29", true],
    ["2025-1-1", false],
    ["", false],
    ["2025-13-01", false],
  ])("%s is a day: %s", (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });
});
