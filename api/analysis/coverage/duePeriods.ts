import { type Cadence, periodEnd, periodStart, usualDays } from "./cadence.ts";

/** One line of the roster as it bears on a village. Days are numbers since 1 January 1970. */
export interface RosterLine {
  readonly cadence: Cadence;
  readonly validFrom: number;
  /** The last day; Infinity is open. */
  readonly validTo: number;
  /** Days after a period's last day within which its report is in time. */
  readonly graceDays: number;
  /** How closely it names the village: 3 itself, 2 its kecamatan, 1 its kabupaten. */
  readonly closeness: number;
}

/** A period of which a report is expected. */
export interface DuePeriod {
  readonly start: number;
  /** The first day after it. */
  readonly end: number;
  /** The last day on which its report is in time. */
  readonly due: number;
}

/**
 * The periods of one line that fall due from `from` up to, not including, `to`. Only whole periods inside the line's validity are expected: an officer who begins
 * on a Thursday owes the first report for the week that begins on the Monday after. O(periods).
 */
export function duePeriods(line: RosterLine, from: number, to: number): DuePeriod[] {
  const { cadence, validFrom, validTo, graceDays } = line;
  const periods: DuePeriod[] = [];
  let start = periodStart(cadence, Math.max(validFrom, from - graceDays), validFrom);
  for (;;) {
    const end = periodEnd(cadence, start);
    const due = end - 1 + graceDays;
    if (due >= to || end - 1 > validTo) return periods;
    if (start >= validFrom && due >= from) periods.push({ start, end, due });
    start = end;
  }
}

/** Whether `a` stands before `b` where both hold: the closer one, then the more frequent, then the newer. */
function standsBefore(a: RosterLine, b: RosterLine): boolean {
  if (a.closeness !== b.closeness) return a.closeness > b.closeness;
  const [daysA, daysB] = [usualDays(a.cadence), usualDays(b.cadence)];
  return daysA === daysB ? a.validFrom > b.validFrom : daysA < daysB;
}

/** Which of the lines holds on a day: of those valid then the closest, of equally close ones the most frequent, of those the newest; -1 for none. O(lines). */
export function governingLine(lines: readonly RosterLine[], day: number): number {
  let found = -1;
  lines.forEach((line, index) => {
    if (day < line.validFrom || day > line.validTo) return;
    const best = lines[found];
    if (!best || standsBefore(line, best)) found = index;
  });
  return found;
}

/**
 * The periods that are expected of a village in which several lines may hold, by due day: each of the line that holds on its last day.
 * @param periodsOf the due periods of each line, so that those of a kecamatan are made once for all its villages.
 */
export function expectedPeriods(lines: readonly RosterLine[], periodsOf: readonly (readonly DuePeriod[])[]): DuePeriod[] {
  if (lines.length === 1) return [...periodsOf[0]!];
  return periodsOf
    .flatMap((periods, index) => periods.filter((period) => governingLine(lines, period.end - 1) === index))
    .sort((a, b) => a.due - b.due || a.start - b.start);
}
