import type { Cadence } from "../analysis/coverage/cadence.ts";
import { type DuePeriod, duePeriods, expectedPeriods, type RosterLine } from "../analysis/coverage/duePeriods.ts";
import {
  type AnsweredPeriod,
  answerPeriods,
  type HeardReport,
  type VillageCoverage,
  villageCoverage,
} from "../analysis/coverage/villageCoverage.ts";
import { addDays, daysBetween } from "../contract/time.ts";
import type { Queryable } from "../database/database.ts";
import { type HeardRow, heardReports, lastHeard } from "../queries/coverage.ts";
import { linesBearingOn, type RosterRow } from "../queries/roster.ts";
import { groupedBy } from "./groupedBy.ts";

/** A village's coverage with its due periods and the lines of the roster that bear on it. Days are numbers since 1 January 1970. */
export interface CoveredVillage extends VillageCoverage {
  readonly code: string;
  /** NaN where nothing was ever heard. */
  readonly lastHeard: number;
  /** Since last heard, or since somebody should report where nothing was ever heard; NaN where neither is known. */
  readonly daysSilent: number;
  readonly periods: readonly AnsweredPeriod[];
  readonly lines: readonly RosterRow[];
}

const epoch = "1970-01-01";
/** The number of a day and the day of a number. */
export const dayNumber = (day: string): number => daysBetween(epoch, day);
export const dayOfNumber = (day: number): string => addDays(epoch, day);

const cadenceOf = (row: RosterRow): Cadence =>
  row.cadence === "days" ? { kind: "days", everyDays: row.everyDays ?? 1 } : { kind: row.cadence };

interface BearingLine {
  readonly row: RosterRow;
  readonly line: RosterLine;
  readonly periods: readonly DuePeriod[];
}

function bearingLines(rows: readonly RosterRow[], from: number, closed: number): Map<string, BearingLine[]> {
  const byArea = new Map<string, BearingLine[]>();
  for (const row of rows) {
    const line: RosterLine = {
      cadence: cadenceOf(row),
      validFrom: dayNumber(row.validFrom),
      validTo: row.validTo === null ? Number.POSITIVE_INFINITY : dayNumber(row.validTo),
      graceDays: row.graceDays,
      closeness: { 13: 3, 8: 2 }[row.areaCode.length] ?? 1,
    };
    const list = byArea.get(row.areaCode) ?? [];
    list.push({ row, line, periods: duePeriods(line, from, closed) });
    byArea.set(row.areaCode, list);
  }
  return byArea;
}

const asHeard = (row: HeardRow): HeardReport => ({ ...row, receivedOn: row.receivedOn ?? Number.NaN });

/**
 * Coverage of the villages in a half-open window of days: what fell due in it up to and with yesterday, and what of it had come before its end.
 * @param codes ascending; `areas` are what they were chosen by (null: everywhere), so that only lines that bear on them are read.
 */
export async function readCoverage(
  database: Queryable,
  asked: {
    readonly areas: readonly string[] | null;
    readonly codes: readonly string[];
    readonly from: string;
    readonly to: string;
    readonly today: string;
    readonly timeZone: string;
  },
): Promise<CoveredVillage[]> {
  const { codes, timeZone } = asked;
  const [from, to, today] = [dayNumber(asked.from), dayNumber(asked.to), dayNumber(asked.today)];
  const lastDay = Math.min(to - 1, today);
  const byArea = bearingLines(await linesBearingOn(database, asked.areas, asked), from, Math.min(to, today));
  const earliest = [...byArea.values()].flat().reduce((day, { periods }) => Math.min(day, periods[0]?.start ?? day), from);
  const end = dayOfNumber(lastDay + 1);
  const heard = groupedBy(await heardReports(database, codes, { from: dayOfNumber(earliest), to: end, timeZone }), (row) => row.code);
  const last = await lastHeard(database, codes, { to: end, timeZone });
  return codes.map((code) => {
    const bearing = [code, code.slice(0, 8), code.slice(0, 5)].flatMap((area) => byArea.get(area) ?? []);
    const reports = (heard.get(code) ?? []).map(asHeard);
    const inWindow = reports.filter((report) => (Number.isNaN(report.receivedOn) ? report.coversTo : report.receivedOn) >= from);
    const periods = answerPeriods(
      expectedPeriods(
        bearing.map(({ line }) => line),
        bearing.map((one) => one.periods),
      ),
      reports,
    );
    const lastDayHeard = last.get(code) ?? Number.NaN;
    const begun = bearing.map(({ line }) => line.validFrom).filter((day) => day <= lastDay);
    const since = Number.isNaN(lastDayHeard) && begun.length > 0 ? Math.min(...begun) : lastDayHeard;
    return {
      code,
      ...villageCoverage(bearing.length > 0 ? periods : null, {
        reports: inWindow.length,
        nil: inWindow.filter((report) => report.isNil).length,
      }),
      lastHeard: lastDayHeard,
      daysSilent: lastDay - since,
      periods,
      lines: bearing.map(({ row }) => row),
    };
  });
}
