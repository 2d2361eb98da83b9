import { describe, expect, test } from "vitest";
import { addDays, dayOf, daysBetween, formatWhen, isDay, isMoment, parseWhen, startOfDay } from "../../../api/contract/time.ts";

describe("days and moments", () => {
  test.each([
    ["2025-06-27", true],
    ["2024-02-29", true],
    ["2025-02-29", false],
    ["2025-13-01", false],
    ["2025-6-1", false],
    ["0099-01-01", true],
    ["kemarin", false],
  ])("%s is a day: %s", (text, expected) => expect(isDay(text)).toBe(expected));

  test.each([
    ["2025-06-27T10:00:00+07:00", true],
    ["2025-06-27T10:00:00Z", true],
    ["2025-06-27T10:00:00", false],
    ["2025-02-30T10:00:00Z", false],
    ["2025-06-27", false],
  ])("%s is a moment with its offset: %s", (text, expected) => expect(isMoment(text)).toBe(expected));

  test.each([
    ["Asia/Jakarta", "2025-06-26T17:00:00.000Z"],
    ["Asia/Jayapura", "2025-06-26T15:00:00.000Z"],
    ["UTC", "2025-06-27T00:00:00.000Z"],
  ])("a day begins at its own midnight in %s", (zone, expected) => expect(startOfDay("2025-06-27", zone).toISOString()).toBe(expected));

  test("where clocks change, a day still begins at midnight", () => {
    expect(startOfDay("2025-03-30", "Europe/Berlin").toISOString()).toBe("2025-03-29T23:00:00.000Z");
    expect(startOfDay("2025-03-31", "Europe/Berlin").toISOString()).toBe("2025-03-30T22:00:00.000Z");
  });

  test("the day of a moment is the one on the wall of the time zone", () => {
    expect(dayOf(new Date("2025-06-26T16:59:59Z"), "Asia/Jakarta")).toBe("2025-06-26");
    expect(dayOf(new Date("2025-06-26T17:00:00Z"), "Asia/Jakarta")).toBe("2025-06-27");
  });

  test("what was told as a day comes back as that day, a moment as a moment", () => {
    for (const text of ["2025-06-27", "1900-01-01", "2024-12-31"]) {
      const when = parseWhen(text, "Asia/Jakarta");
      expect(when && formatWhen(when.moment, when.precision, "Asia/Jakarta")).toBe(text);
    }
    const moment = parseWhen("2025-06-27T01:30:00+07:00", "Asia/Jakarta");
    expect(moment).toMatchObject({ day: "2025-06-27", precision: "moment" });
    expect(moment?.moment.toISOString()).toBe("2025-06-26T18:30:00.000Z");
  });

  test("adding days and counting them are each other's inverse", () => {
    for (const days of [-800, -1, 0, 1, 59, 60, 1461]) expect(daysBetween("2024-01-01", addDays("2024-01-01", days))).toBe(days);
  });
});
