import { describe, expect, test } from "vitest";
import { type Cadence, periodEnd, periodStart, usualDays } from "../../../../api/analysis/coverage/cadence.ts";
import { duePeriods, expectedPeriods, governingLine, type RosterLine } from "../../../../api/analysis/coverage/duePeriods.ts";

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const text = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);
const line = (cadence: Cadence, more: Partial<Omit<RosterLine, "cadence">> = {}): RosterLine => ({
  cadence,
  validFrom: day("2025-01-01"),
  validTo: Number.POSITIVE_INFINITY,
  graceDays: 3,
  closeness: 3,
  ...more,
});
test("the longer the cadence, the more days lie between two reports: 365 days have 52 weeks, 12 months and 3 periods", () => {
  const days = (["weekly", "monthly", "period"] as const).map((kind) => usualDays({ kind }));
  expect(days.map((each) => Math.round(365 / each))).toEqual([52, 12, 3]);
  expect(days).toEqual([7, 30, 122]);
  expect(usualDays({ kind: "days", everyDays: 10 })).toBe(10);
});

test("a village with one line owes what that line does, as a list of its own", () => {
  const only = line({ kind: "weekly" });
  const periods = duePeriods(only, day("2025-06-05"), day("2025-07-03"));
  expect(periods).toHaveLength(4);
  expect(expectedPeriods([only], [periods])).toEqual(periods);
  expect(expectedPeriods([only], [periods])).not.toBe(periods);
});
const told = (periods: readonly { start: number; end: number; due: number }[]) =>
  periods.map(({ start, end, due }) => [text(start), text(end - 1), text(due)]);

describe("calendar periods", () => {
  // From a wall calendar: 27 June 2025 is a Friday, 29 February 2024 a Thursday, 31 December 1969 a Wednesday.
  test.each<[string, Cadence, string, string]>([
    ["2025-06-27", { kind: "weekly" }, "2025-06-23", "2025-06-30"],
    ["2025-06-23", { kind: "weekly" }, "2025-06-23", "2025-06-30"],
    ["2025-06-29", { kind: "weekly" }, "2025-06-23", "2025-06-30"],
    ["1969-12-31", { kind: "weekly" }, "1969-12-29", "1970-01-05"],
    ["2024-02-29", { kind: "monthly" }, "2024-02-01", "2024-03-01"],
    ["2025-12-31", { kind: "monthly" }, "2025-12-01", "2026-01-01"],
    ["2025-04-30", { kind: "period" }, "2025-01-01", "2025-05-01"],
    ["2025-05-01", { kind: "period" }, "2025-05-01", "2025-09-01"],
    ["2025-12-31", { kind: "period" }, "2025-09-01", "2026-01-01"],
    ["2025-01-10", { kind: "days", everyDays: 10 }, "2025-01-01", "2025-01-11"],
    ["2025-01-11", { kind: "days", everyDays: 10 }, "2025-01-11", "2025-01-21"],
  ])("%s is in the %o from %s up to %s", (on, cadence, start, end) => {
    const found = periodStart(cadence, day(on), day("2025-01-01"));
    expect([text(found), text(periodEnd(cadence, found))]).toEqual([start, end]);
  });
});

describe("what falls due", () => {
  test("a week with three days of grace is due on Wednesday, and only weeks whose due day lies in the window count", () => {
    expect(told(duePeriods(line({ kind: "weekly" }), day("2025-06-25"), day("2025-07-09")))).toEqual([
      ["2025-06-16", "2025-06-22", "2025-06-25"],
      ["2025-06-23", "2025-06-29", "2025-07-02"],
    ]);
  });

  test("who begins on a Thursday owes the first report for the week after; who ends on a Friday owes none for that week", () => {
    const thursdayToFriday = line({ kind: "weekly" }, { validFrom: day("2025-06-05"), validTo: day("2025-06-27") });
    expect(told(duePeriods(thursdayToFriday, day("2025-01-01"), day("2026-01-01"))).map(([start]) => start)).toEqual([
      "2025-06-09",
      "2025-06-16",
    ]);
  });

  test("months and B-periods follow the calendar, so many days follow the line's first day", () => {
    const from = day("2025-01-01");
    expect(told(duePeriods(line({ kind: "monthly" }, { graceDays: 7 }), from, day("2025-04-01")))).toEqual([
      ["2025-01-01", "2025-01-31", "2025-02-07"],
      ["2025-02-01", "2025-02-28", "2025-03-07"],
    ]);
    expect(told(duePeriods(line({ kind: "period" }, { graceDays: 0 }), from, day("2026-01-01")))).toEqual([
      ["2025-01-01", "2025-04-30", "2025-04-30"],
      ["2025-05-01", "2025-08-31", "2025-08-31"],
      ["2025-09-01", "2025-12-31", "2025-12-31"],
    ]);
    expect(told(duePeriods(line({ kind: "days", everyDays: 10 }, { graceDays: 0 }), from, day("2025-01-21")))).toEqual([
      ["2025-01-01", "2025-01-10", "2025-01-10"],
      ["2025-01-11", "2025-01-20", "2025-01-20"],
    ]);
  });

  test("windows side by side share out the periods: none is lost, none counted twice", () => {
    for (const cadence of [{ kind: "weekly" }, { kind: "monthly" }, { kind: "days", everyDays: 9 }] as const) {
      const whole = duePeriods(line(cadence), day("2025-01-01"), day("2026-01-01"));
      const cuts = ["2025-01-01", "2025-02-14", "2025-02-15", "2025-07-01", "2026-01-01"].map(day);
      const parts = cuts.slice(1).flatMap((to, index) => duePeriods(line(cadence), cuts[index]!, to));
      expect(parts).toEqual(whole);
    }
  });

  test("nothing is due of a line that ended before, or of an empty window", () => {
    expect(duePeriods(line({ kind: "weekly" }, { validTo: day("2025-02-01") }), day("2025-06-01"), day("2025-07-01"))).toEqual([]);
    expect(duePeriods(line({ kind: "weekly" }), day("2025-06-25"), day("2025-06-25"))).toEqual([]);
  });
});

describe("which line holds", () => {
  const district = line({ kind: "monthly" }, { closeness: 2 });
  const own = line({ kind: "weekly" }, { validFrom: day("2025-06-01") });

  test("the village's own before its kecamatan's, the more frequent of equals, the newer of those; none outside validity", () => {
    expect(governingLine([district, own], day("2025-05-31"))).toBe(0);
    expect(governingLine([district, own], day("2025-06-01"))).toBe(1);
    expect(governingLine([line({ kind: "monthly" }), line({ kind: "weekly" })], day("2025-06-01"))).toBe(1);
    expect(governingLine([own, line({ kind: "weekly" }, { validFrom: day("2025-06-15") })], day("2025-06-20"))).toBe(1);
    expect(governingLine([district, own], day("2024-12-31"))).toBe(-1);
    expect(governingLine([], day("2025-06-01"))).toBe(-1);
  });

  test("a kecamatan's months give way to the village's weeks from the day these hold", () => {
    const lines = [district, own];
    const [from, to] = [day("2025-05-01"), day("2025-06-20")];
    expect(
      told(
        expectedPeriods(
          lines,
          lines.map((one) => duePeriods(one, from, to)),
        ),
      ),
    ).toEqual([
      ["2025-04-01", "2025-04-30", "2025-05-03"],
      ["2025-05-01", "2025-05-31", "2025-06-03"],
      ["2025-06-02", "2025-06-08", "2025-06-11"],
      ["2025-06-09", "2025-06-15", "2025-06-18"],
    ]);
  });
});
