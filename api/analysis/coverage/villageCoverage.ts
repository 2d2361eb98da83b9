import { medianSorted } from "simple-statistics";
import type { DuePeriod } from "./duePeriods.ts";

/** One report as far as coverage goes. Days are numbers since 1 January 1970. */
export interface HeardReport {
  /** The first and the last day it tells of; for a report without a period the day it was obtained. */
  readonly coversFrom: number;
  readonly coversTo: number;
  /** The day it was obtained; NaN where that was not told. */
  readonly receivedOn: number;
  readonly isNil: boolean;
}

/**
 * What a village is, seen by its reporting: `silent` when the last report due did not come or fewer than half of those due did; else `late` when the last one, or
 * at least half, came after their due day; else `nil` when all that was heard is that nothing happened; else `heard`. `waiting`: on the roster, but nothing fell due
 * and nothing was heard. `unknown`: nobody is expected to report, so that silence means nothing.
 */
export type CoverageState = "heard" | "nil" | "late" | "silent" | "waiting" | "unknown";

export interface VillageCoverage {
  readonly state: CoverageState;
  /** Reports that fell due; NaN where nobody is expected to report. */
  readonly expected: number;
  /** Of those, how many came, in time or late. */
  readonly received: number;
  readonly missing: number;
  /** received ÷ expected in [0, 1]; NaN where nothing was expected. */
  readonly share: number;
  /** Of the answers whose day is known, how many came after the due day. */
  readonly late: number;
  /** late ÷ answers whose day is known; NaN where there is none. */
  readonly lateShare: number;
  /** Median days after the due day, of the late ones; NaN where none was late. */
  readonly medianDaysLate: number;
  /** All reports heard in the window, expected or not, and how many of them say that nothing happened. */
  readonly reports: number;
  readonly nil: number;
}

/** Whether and when a due period was answered. */
export interface AnsweredPeriod extends DuePeriod {
  readonly isAnswered: boolean;
  /** The first day on which an answer was obtained; NaN where there is none or its day was not told. */
  readonly receivedOn: number;
  /** Whether every answer says that nothing happened. */
  readonly isNilOnly: boolean;
}

/**
 * Which due periods were answered. A report answers the period in which the last day it tells of lies, and every period of which it tells at least half of the
 * days: a monthly nil report answers the weeks of its month. O(reports × log periods + answers).
 * @param periods ascending by start and end.
 */
export function answerPeriods(periods: readonly DuePeriod[], reports: readonly HeardReport[]): AnsweredPeriod[] {
  const isAnswered = new Uint8Array(periods.length);
  const tellsOfSomething = new Uint8Array(periods.length);
  const receivedOn = new Float64Array(periods.length).fill(Number.NaN);
  for (const { coversFrom, coversTo, receivedOn: on, isNil } of reports) {
    for (let i = firstEndingAfter(periods, coversFrom); i < periods.length; i++) {
      const { start, end } = periods[i]!;
      if (start > coversTo) break;
      const told = Math.min(coversTo + 1, end) - Math.max(coversFrom, start);
      if (coversTo >= end && told * 2 < end - start) continue;
      isAnswered[i] = 1;
      if (!isNil) tellsOfSomething[i] = 1;
      if (!(receivedOn[i]! <= on) && !Number.isNaN(on)) receivedOn[i] = on;
    }
  }
  return periods.map((period, i) => ({
    ...period,
    isAnswered: isAnswered[i] === 1,
    receivedOn: receivedOn[i]!,
    isNilOnly: isAnswered[i] === 1 && tellsOfSomething[i] === 0,
  }));
}

/** The first period that does not end before the day, by bisection. */
function firstEndingAfter(periods: readonly DuePeriod[], day: number): number {
  let [low, high] = [0, periods.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (periods[middle]!.end > day) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Days after the due day of every answer that came late and whose day is known. */
export function daysLateOf(answered: readonly AnsweredPeriod[]): number[] {
  return answered.map((period) => period.receivedOn - period.due).filter((days) => days > 0);
}

/** The median; NaN of nothing. */
export function medianOf(values: readonly number[]): number {
  return values.length > 0 ? medianSorted(values.toSorted((a, b) => a - b)) : Number.NaN;
}

const half = 0.5;

/**
 * Coverage of one village: what fell due, what of it came, and how late.
 * @param answered null where no line of the roster holds in the window; empty where one does and nothing fell due.
 * @param heard reports obtained in the window (or telling of it, where the day of obtaining was not told), and how many say that nothing happened.
 */
export function villageCoverage(
  answered: readonly AnsweredPeriod[] | null,
  { reports, nil }: { readonly reports: number; readonly nil: number },
): VillageCoverage {
  const answers = (answered ?? []).filter((period) => period.isAnswered);
  const dated = answers.filter((period) => !Number.isNaN(period.receivedOn));
  const daysLate = daysLateOf(answers);
  const expected = answered === null ? Number.NaN : answered.length;
  const share = expected > 0 ? answers.length / expected : Number.NaN;
  const lateShare = dated.length > 0 ? daysLate.length / dated.length : Number.NaN;
  const last = answered?.at(-1);
  const isLastLate = last !== undefined && last.receivedOn > last.due;
  const state = (): CoverageState => {
    if (answered === null) return "unknown";
    if (last && (!last.isAnswered || share < half)) return "silent";
    if (isLastLate || lateShare >= half) return "late";
    if (reports === 0 && answers.length === 0) return "waiting";
    return nil === reports && answers.every((period) => period.isNilOnly) ? "nil" : "heard";
  };
  return {
    state: state(),
    expected,
    received: answered === null ? Number.NaN : answers.length,
    missing: answered === null ? Number.NaN : answered.length - answers.length,
    share,
    late: answered === null ? Number.NaN : daysLate.length,
    lateShare,
    medianDaysLate: medianOf(daysLate),
    reports,
    nil,
  };
}
