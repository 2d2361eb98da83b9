import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectedBand } from "../../../api/analysis/surge/expectedBand.ts";
import { addDays, daysBetween } from "../../../api/contract/time.ts";
import { engines } from "../../fixtures/database.ts";
import { readJombang } from "../../fixtures/jombang.ts";
import { startJombangService } from "../../fixtures/jombangService.ts";
import { hasOutside } from "../../fixtures/outside.ts";
import type { TestAnswer, TestService } from "../../fixtures/service.ts";

const asked = { areas: ["35.17"], issues: ["404"], asOf: "2025-12-31", weeks: 60 };

/** Incidents of a kecamatan by week from 2024-01-08, the first Monday after the first incident, counted from the file itself. */
function weeksOf(district: string): Float64Array {
  const counts = new Float64Array(103);
  for (const row of readJombang().incidentsCsv.trim().split("\n").slice(1)) {
    const [code = "", day = ""] = row.split(",");
    const week = Math.floor(daysBetween("2024-01-08", day) / 7);
    if (code.startsWith(district) && week >= 0 && week < counts.length) counts[week]!++;
  }
  return counts;
}

describe.skipIf(!hasOutside).each(engines)("surges of the kecamatan of Jombang, %s", (engine) => {
  let service: TestService;
  const run = async (inputs: Record<string, unknown> = {}): Promise<TestAnswer["body"]> => {
    const answer = await service.run("surge", { ...asked, ...inputs });
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(200);
    return answer.body;
  };

  beforeAll(async () => {
    service = await startJombangService(engine);
  });
  afterAll(() => service?.remove());

  test("whole weeks before the day asked, counted by kecamatan, each with its band", async () => {
    const { codes, columns, summary, warnings } = await run();
    expect(codes.length).toBe(21);
    // 2025-12-31 is a Wednesday, so the last whole week began on the 22nd.
    expect(summary.week).toEqual({ from: "2025-12-22", to: "2025-12-29" });
    expect([summary.historyFrom, summary.historyWeeks, summary.weeks.length, summary.weeks[59]]).toEqual([
      "2024-01-08",
      103,
      60,
      "2025-12-22",
    ]);
    expect(summary.falseAlarmsAtMost).toBeCloseTo(0.21, 12);
    codes.forEach((code: string, index: number) => {
      const weeks = weeksOf(code);
      expect(summary.series.observed[index]).toEqual([...weeks.subarray(43)]);
      const band = expectedBand(weeks, 102, 0.01)!;
      expect(["observed", "expected", "upper", "p", "exceedance", "model"].map((name) => columns[name][index])).toEqual([
        weeks[102],
        band.expected,
        band.upper,
        band.p,
        band.exceedance,
        "level",
      ]);
      // Nine of the weeks shown have less than a year before them.
      expect([summary.series.expected[index][8], summary.series.isAlarm[index][8]]).toEqual([null, null]);
      expect(summary.series.expected[index][9]).toBe(expectedBand(weeks, 52, 0.01)!.expected);
    });
    expect(warnings).toContainEqual({ code: "no_season", details: { baselineWeeks: 76, needed: 104 } });
    expect(warnings).toContainEqual({ code: "surge_of_reports_not_causes" });
  });

  test("nine incidents in a week of one kecamatan are an alarm there and nowhere else", async () => {
    const before = await run();
    const rows = Array.from({ length: 9 }, (_, index) => `35.17.01.2001,${addDays("2025-12-22", index % 7)},404,F6,Bentrok ${index}`);
    const { status } = await service.load("incidents", "lonjakan.csv", `village_code,occurred_from,issue,form,facts\n${rows.join("\n")}\n`);
    expect(status).toBe("successful");
    const { codes, columns, summary } = await run();
    expect((await service.call(`/api/runs/${before.run}?replay=true`)).body).toMatchObject({ isSame: true, isSameData: true });
    const at = codes.indexOf("35.17.01");
    expect(columns.isAlarm[at]).toBe(true);
    expect(columns.observed[at]).toBe(weeksOf("35.17.01")[102]! + 9);
    expect(summary.alarms.filter((alarm: { week: string }) => alarm.week === "2025-12-22")).toContainEqual(
      expect.objectContaining({ code: "35.17.01", observed: columns.observed[at], upper: columns.upper[at] }),
    );
    expect(columns.isAlarm.filter(Boolean).length).toBeLessThanOrEqual(2);
  });

  test("kabupaten in place of kecamatan: one area with all incidents of the week", async () => {
    const [districts, whole] = [await run(), await run({ level: "regency" })];
    expect(whole.codes).toEqual(["35.17"]);
    expect(whole.columns.observed[0]).toBe(districts.columns.observed.reduce((sum: number, count: number) => sum + count, 0));
  });

  test.each([
    [
      "less than a year before the week",
      { asOf: "2025-01-06" },
      "analysis_refused",
      { refusal: "too_little_history", weeks: 51, needed: 52 },
    ],
    ["no incident at all", { issues: ["101"] }, "analysis_refused", { refusal: "too_little_history", weeks: 0 }],
    ["a week that has not come", { asOf: "2999-01-01" }, "invalid_input", { field: "asOf" }],
  ])("%s: refused with the reason", async (_, inputs, code, details) => {
    expect((await service.run("surge", { ...asked, ...inputs })).body).toMatchObject({ code, ...details });
  });

  test("the same question gives the same bits, and a year and a week are enough", async () => {
    const first = await run();
    const second = await run();
    expect(second.columns).toEqual(first.columns);
    expect(second.inputHash).toBe(first.inputHash);
    expect((await run({ asOf: "2025-01-13" })).summary.historyWeeks).toBe(53);
  });

  test("the runs about an area are listed, newest first and bounded, and none about others", async () => {
    const [older, newer] = [await run(), await run({ weeks: 8 })];
    await run({ areas: ["35.17.01"] });
    const { status, body } = await service.call("/api/runs?process=surge&area=35.17&limit=1");
    expect([status, body.runs.map(({ run }: { run: string }) => run), body.areMore]).toEqual([200, [newer.run], true]);
    expect(body.runs[0].inputs).toMatchObject({ areas: ["35.17"], weeks: 8 });
    const all = (await service.call("/api/runs?process=surge&area=35.17&limit=100")).body;
    expect(all.runs.map(({ run }: { run: string }) => run)).toContain(older.run);
    expect(all.runs.every(({ inputs }: { inputs: { areas: string[] } }) => inputs.areas.join() === "35.17")).toBe(true);
    expect((await service.call("/api/runs?process=surge&area=77.77")).status).toBe(422);
    expect((await service.call("/api/runs?process=unknown&area=35.17")).status).toBe(400);
  });
});
