import { addDays, daysBetween } from "../format/day.ts";

/** How the time line is cut: days, weeks of seven days, calendar months, or the three B-periods of four months (B04, B08, B12). */
export type Step = "day" | "week" | "month" | "period";

/** Days, half-open: `from` is in, `to` is not. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

const monthsOf: Record<"month" | "period", number> = { month: 1, period: 4 };

function lastDayOfMonth(year: number, monthIndex: number): number {
  return new Date(Date.UTC(year, monthIndex + 1, 0)).getUTCDate();
}

/** The same day of the month `months` later (earlier when negative); the last day where the month is shorter. */
export function addMonths(day: string, months: number): string {
  const all = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(all / 12);
  const monthIndex = all - year * 12;
  const date = Math.min(Number(day.slice(8, 10)), lastDayOfMonth(year, monthIndex));
  return new Date(Date.UTC(year, monthIndex, date)).toISOString().slice(0, 10);
}

/** The day `times` steps later (earlier when negative). */
export function addSteps(day: string, step: Step, times: number): string {
  if (step === "day" || step === "week") return addDays(day, times * (step === "day" ? 1 : 7));
  return addMonths(day, times * monthsOf[step]);
}

/** The later of two days. */
export function laterDay(a: string, b: string): string {
  return a > b ? a : b;
}

/** The earlier of two days. */
export function earlierDay(a: string, b: string): string {
  return a < b ? a : b;
}

/** The whole time line of a row of step starts; `endsBefore`, when given, cuts what has not happened yet. */
export function extentOf(steps: readonly string[], step: Step, endsBefore?: string): DayRange | null {
  const first = steps[0];
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return null;
  const end = addSteps(last, step, 1);
  return { from: first, to: endsBefore !== undefined && endsBefore > first && endsBefore < end ? endsBefore : end };
}

/** The place of a day's first moment on a line of `width` pixels. */
export function xOf(day: string, extent: DayRange, width: number): number {
  return (daysBetween(extent.from, day) / daysBetween(extent.from, extent.to)) * width;
}

/** The day whose first moment lies nearest to a place on the line; not cut at the ends. */
export function dayAt(x: number, extent: DayRange, width: number): string {
  return addDays(extent.from, Math.round((x / width) * daysBetween(extent.from, extent.to)));
}

/** A mark of the month axis: its first day, and whether its year is to be written. */
export interface MonthTick {
  readonly day: string;
  readonly withYear: boolean;
}

/**
 * The first day of every month, third or sixth month, or year, whichever leaves at least `leastPixels` between marks; the year is written at the first mark and each
 * January. A month in whose first week the line begins is marked at the line's beginning.
 */
export function monthTicks(extent: DayRange, width: number, leastPixels = 64): MonthTick[] {
  const pixelsPerMonth = (width / daysBetween(extent.from, extent.to)) * 30.44;
  const every = [1, 3, 6, 12].find((months) => months * pixelsPerMonth >= leastPixels) ?? 12;
  const ticks: MonthTick[] = [];
  let day = `${extent.from.slice(0, 7)}-01`;
  if (daysBetween(day, extent.from) >= 7) day = addMonths(day, 1);
  for (; day < extent.to; day = addMonths(day, 1)) {
    if ((Number(day.slice(5, 7)) - 1) % every === 0)
      ticks.push({ day: laterDay(day, extent.from), withYear: ticks.length === 0 || day.slice(5, 7) === "01" });
  }
  return ticks;
}

/** A B-period as far as it lies on the time line. */
export interface Period extends DayRange {
  /** `B04`, `B08` or `B12`: the month it reports at the end of. */
  readonly name: string;
  readonly year: number;
}

/** The B-periods that touch the time line, cut at its ends. */
export function periodsOf(extent: DayRange): Period[] {
  const found: Period[] = [];
  const monthsIn = (Number(extent.from.slice(5, 7)) - 1) % 4;
  for (let start = addMonths(`${extent.from.slice(0, 7)}-01`, -monthsIn); start < extent.to; start = addMonths(start, 4)) {
    const end = addMonths(start, 4);
    const name = `B${String(Number(start.slice(5, 7)) + 3).padStart(2, "0")}`;
    found.push({ name, year: Number(start.slice(0, 4)), from: laterDay(start, extent.from), to: earlierDay(end, extent.to) });
  }
  return found;
}

/** The round number, at or below the largest count, that the count axis names: 1, 2 or 5 times a power of ten. */
export function countMark(largest: number): number {
  if (!(largest > 1)) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return ([5, 2, 1].find((times) => times * power <= largest) ?? 1) * power;
}
