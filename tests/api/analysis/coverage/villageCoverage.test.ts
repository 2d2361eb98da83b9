import { describe, expect, test } from "vitest";
import { duePeriods, type RosterLine } from "../../../../api/analysis/coverage/duePeriods.ts";
import { answerPeriods, type HeardReport, villageCoverage } from "../../../../api/analysis/coverage/villageCoverage.ts";

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const weekly: RosterLine = {
  cadence: { kind: "weekly" },
  validFrom: day("2025-01-01"),
  validTo: Number.POSITIVE_INFINITY,
  graceDays: 3,
  closeness: 3,
};
// The four weeks from 2 June to 29 June 2025, due on 11, 18, 25 June and 2 July.
const weeks = duePeriods(weekly, day("2025-06-05"), day("2025-07-03"));
const report = (from: string, to: string, receivedOn: string | null, isNil = true): HeardReport => ({
  coversFrom: day(from),
  coversTo: day(to),
  receivedOn: receivedOn === null ? Number.NaN : day(receivedOn),
  isNil,
});
const on = (text: string, isNil = false): HeardReport => report(text, text, text, isNil);
const covered = (reports: readonly HeardReport[]) =>
  villageCoverage(answerPeriods(weeks, reports), { reports: reports.length, nil: reports.filter((one) => one.isNil).length });

describe("which periods a report answers", () => {
  test.each<[string, HeardReport, string]>([
    ["one day answers its week", on("2025-06-12"), "0100"],
    ["the Sunday belongs to the week before the Monday", on("2025-06-15"), "0100"],
    ["a Monday begins the next", on("2025-06-16"), "0010"],
    ["a week told late still answers it", report("2025-06-02", "2025-06-08", "2025-06-20"), "1000"],
    ["a month answers all its weeks", report("2025-06-01", "2025-06-30", "2025-07-01"), "1111"],
    ["half of a week is enough: four of seven days", report("2025-06-12", "2025-06-25", "2025-06-26"), "0111"],
    ["three of seven days are not, unless the report ends there", report("2025-06-13", "2025-06-25", "2025-06-26"), "0011"],
    ["what lies outside answers nothing", on("2025-05-31"), "0000"],
  ])("%s", (_, one, answered) => {
    expect(weeks.map((period) => period.due - 3)).toEqual(["2025-06-08", "2025-06-15", "2025-06-22", "2025-06-29"].map(day));
    const found = answerPeriods(weeks, [one]);
    expect(found.map((period) => (period.isAnswered ? "1" : "0")).join("")).toBe(answered);
  });

  test("of several answers the first counts, and one whose day is not told settles no lateness", () => {
    const two = answerPeriods(weeks, [
      report("2025-06-02", "2025-06-08", "2025-06-20"),
      report("2025-06-02", "2025-06-08", "2025-06-09", false),
    ]);
    expect(two[0]).toMatchObject({ isAnswered: true, receivedOn: day("2025-06-09"), isNilOnly: false });
    const untold = answerPeriods(weeks, [report("2025-06-02", "2025-06-08", null)]);
    expect(untold[0]).toMatchObject({ isAnswered: true, receivedOn: Number.NaN, isNilOnly: true });
  });
});

describe("coverage of a village", () => {
  test("counted by hand: four due, three came, two of them 2 and 9 days late", () => {
    const result = covered([
      report("2025-06-02", "2025-06-08", "2025-06-13"),
      report("2025-06-09", "2025-06-15", "2025-06-27"),
      report("2025-06-23", "2025-06-29", "2025-06-30"),
    ]);
    expect(result).toEqual({
      state: "late",
      expected: 4,
      received: 3,
      missing: 1,
      share: 0.75,
      late: 2,
      lateShare: 2 / 3,
      medianDaysLate: 5.5,
      reports: 3,
      nil: 3,
    });
  });

  const all = weeks.map((week) => ({ coversFrom: week.start, coversTo: week.end - 1, receivedOn: week.end, isNil: true }));
  test.each<[string, readonly HeardReport[], string]>([
    ["every week in time and nothing happened: nil", all, "nil"],
    ["one report of something among them: heard", [...all, on("2025-06-12")], "heard"],
    ["the last week did not come: silent, however good the others", all.slice(0, 3), "silent"],
    ["only the last of four came: silent, for fewer than half did", all.slice(3), "silent"],
    ["two of four, the last among them: heard enough", all.slice(2), "nil"],
    ["the last came a day after its due day: late", [...all.slice(0, 3), { ...all[3]!, receivedOn: weeks[3]!.due + 1 }], "late"],
    ["the due day itself is in time", [...all.slice(0, 3), { ...all[3]!, receivedOn: weeks[3]!.due }], "nil"],
    ["not one: silent", [], "silent"],
  ])("%s", (_, reports, state) => {
    expect(covered(reports).state).toBe(state);
  });

  test("without a roster silence means nothing: unknown, with what was heard beside it", () => {
    expect(villageCoverage(null, { reports: 2, nil: 0 })).toMatchObject({
      state: "unknown",
      expected: Number.NaN,
      received: Number.NaN,
      missing: Number.NaN,
      share: Number.NaN,
      late: Number.NaN,
      reports: 2,
    });
  });

  test("a roster of which nothing fell due yet waits, and is heard once it speaks", () => {
    expect(villageCoverage([], { reports: 0, nil: 0 })).toMatchObject({ state: "waiting", expected: 0, missing: 0, share: Number.NaN });
    expect(villageCoverage([], { reports: 1, nil: 1 }).state).toBe("nil");
    expect(villageCoverage([], { reports: 2, nil: 1 }).state).toBe("heard");
  });

  test("answers whose day nobody told are no lateness: unknown, not in time", () => {
    const result = covered(all.map((one) => ({ ...one, receivedOn: Number.NaN })));
    expect(result).toMatchObject({ state: "nil", received: 4, late: 0, lateShare: Number.NaN, medianDaysLate: Number.NaN });
  });

  test("the order of the reports changes nothing", () => {
    const mixed = [on("2025-06-12"), ...all.slice(1), report("2025-06-02", "2025-06-08", "2025-06-20")];
    expect(covered(mixed)).toEqual(covered(mixed.toReversed()));
  });
});

describe("what a village is, by counts of four due reports", () => {
  /** One due report: how many days after the due day it came (null: not at all, NaN: nobody knows when), and whether it told of something. */
  const due = (daysLate: number | null, isNilOnly = true) => ({
    start: 0,
    end: 7,
    due: 10,
    isAnswered: daysLate !== null,
    receivedOn: daysLate === null ? Number.NaN : 10 + daysLate,
    isNilOnly,
  });
  const unknown = Number.NaN;
  test.each<[string, ReturnType<typeof due>[] | null, { reports: number; nil: number }, object]>([
    ["nobody is expected to report", null, { reports: 2, nil: 1 }, { state: "unknown", expected: unknown, late: unknown, share: unknown }],
    ["nothing fell due or was heard", [], { reports: 0, nil: 0 }, { state: "waiting", expected: 0, received: 0, share: unknown }],
    ["nothing fell due, and something was heard", [], { reports: 1, nil: 0 }, { state: "heard", late: 0, lateShare: unknown }],
    ["all on the due day", [due(0), due(0), due(0), due(0)], { reports: 4, nil: 4 }, { state: "nil", late: 0, lateShare: 0, missing: 0 }],
    ["one of them told of something", [due(0, false), due(0)], { reports: 2, nil: 2 }, { state: "heard", share: 1 }],
    ["one report beside them did", [due(0), due(0)], { reports: 3, nil: 2 }, { state: "heard" }],
    ["the last did not come", [due(0), due(0), due(0), due(null)], { reports: 3, nil: 3 }, { state: "silent", missing: 1, share: 0.75 }],
    ["half came, the last among them", [due(null), due(null), due(0), due(0)], { reports: 2, nil: 2 }, { state: "nil", share: 0.5 }],
    ["fewer than half", [due(null), due(null), due(0)], { reports: 1, nil: 1 }, { state: "silent", share: 1 / 3 }],
    [
      "the last a day late",
      [due(0), due(0), due(1)],
      { reports: 3, nil: 3 },
      { state: "late", late: 1, lateShare: 1 / 3, medianDaysLate: 1 },
    ],
    ["half of them late", [due(2), due(0), due(4), due(0)], { reports: 4, nil: 4 }, { state: "late", late: 2, medianDaysLate: 3 }],
    ["fewer than half late", [due(2), due(0), due(0)], { reports: 3, nil: 3 }, { state: "nil", late: 1 }],
    ["of those whose day is known", [due(2), due(unknown), due(0)], { reports: 3, nil: 3 }, { state: "late", lateShare: 0.5 }],
    ["before the due day is not late", [due(-3), due(-1)], { reports: 2, nil: 2 }, { state: "nil", late: 0, medianDaysLate: unknown }],
  ])("%s", (_, answered, heard, expected) => {
    expect(villageCoverage(answered, heard)).toMatchObject({ ...expected, reports: heard.reports, nil: heard.nil });
  });

  test("of two answers to one period the first counts, and one that told of something", () => {
    const [first] = answerPeriods(weeks, [
      report("2025-06-02", "2025-06-08", "2025-06-20"),
      report("2025-06-02", "2025-06-08", "2025-06-10", false),
      report("2025-06-02", "2025-06-08", null),
    ]);
    expect(first).toMatchObject({ isAnswered: true, receivedOn: day("2025-06-10"), isNilOnly: false });
  });
});
