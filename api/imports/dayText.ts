import { addDays, dayOf, isDay, isMoment, startOfDay } from "../contract/time.ts";

/** Whether a day is written before its month (1/6/2025 is in June) or after it. */
export type DayOrder = "dmy" | "mdy";

const months: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ["januari", "january", "jan"],
    ["februari", "february", "feb", "pebruari"],
    ["maret", "march", "mar"],
    ["april", "apr"],
    ["mei", "may"],
    ["juni", "june", "jun"],
    ["juli", "july", "jul"],
    ["agustus", "august", "agu", "ags", "agt", "aug"],
    ["september", "sep", "sept"],
    ["oktober", "october", "okt", "oct"],
    ["november", "nov", "nopember", "nop"],
    ["desember", "december", "des", "dec"],
  ].flatMap((names, index) => names.map((name) => [name, index + 1])),
);
const withTime = /^(.*?)(?:[T ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)?$/;
const byNumbers = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/;
const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const byName = /^(?:[a-z']+, *)?(\d{1,2})[-/. ]*([a-z]+)[-/., ]*(\d{4})$/;
const nameFirst = /^([a-z]+)\.? +(\d{1,2}),? +(\d{4})$/;

const dayFrom = (year: number, month: number, day: number): string | null => {
  const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  return isDay(text) ? text : null;
};

/** The two first numbers of a day written with numbers alone, null for any other way of writing it. */
function numbersOf(text: string): { first: number; second: number; year: number } | null {
  const match = byNumbers.exec(text);
  return match ? { first: Number(match[1]), second: Number(match[2]), year: Number(match[3]) } : null;
}

function readPlainDay(text: string, order: DayOrder | null): string | null {
  const numbers = numbersOf(text);
  if (numbers) {
    const { first, second, year } = numbers;
    if (first === second) return dayFrom(year, first, second);
    if (order === null && first <= 12 && second <= 12) return null;
    const isDayFirst = order === null ? first > 12 : order === "dmy";
    return isDayFirst ? dayFrom(year, second, first) : dayFrom(year, first, second);
  }
  const told = yearFirst.exec(text);
  if (told) return dayFrom(Number(told[1]), Number(told[2]), Number(told[3]));
  const lower = text.toLowerCase();
  const named = byName.exec(lower);
  if (named && months[named[2]!]) return dayFrom(Number(named[3]), months[named[2]!]!, Number(named[1]));
  const english = nameFirst.exec(lower);
  return english && months[english[1]!] ? dayFrom(Number(english[3]), months[english[1]!]!, Number(english[2])) : null;
}

/** The moment at which a clock on the wall shows that time of that day, with its offset left out: in UTC. */
function momentOf(day: string, [hour, minute, second]: readonly [number, number, number], timeZone: string): string | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  const moment = new Date(startOfDay(day, timeZone).getTime() + ((hour * 60 + minute) * 60 + second) * 1000);
  // Where clocks are put forward a time may not exist, or the day may be another one.
  return dayOf(moment, timeZone) === day || addDays(day, 1) === dayOf(moment, timeZone) ? moment.toISOString() : null;
}

const split = (value: string): { day: string; time: readonly [number, number, number] | null } => {
  const match = withTime.exec(value.trim());
  const [day, hour, minute, second] = [match?.[1] ?? value, match?.[2], match?.[3], match?.[4]];
  return { day: day.trim(), time: hour === undefined ? null : [Number(hour), Number(minute), Number(second ?? 0)] };
};

/**
 * Reads a day or a day with the time of the clock as people write it (1 Juni 2025, 1/6/2025 10:30, 2025-06-01 10:30) and gives it as a day or a moment of
 * RFC 3339. Two-digit years are not read.
 * @param order how the column writes days of numbers alone; null where that is not known
 * @returns null for anything else, and for 3/4/2025 while the order is not known.
 */
export function readDay(value: unknown, order: DayOrder | null, timeZone: string): string | null {
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (isDay(text) || isMoment(text)) return text;
  const { day: written, time } = split(text);
  const day = readPlainDay(written, order);
  if (day === null || time === null) return day;
  return momentOf(day, time, timeZone);
}

/** Whether the text is a day whose first two numbers could both be the month. */
export function isAmbiguousDay(value: unknown): boolean {
  const numbers = typeof value === "string" ? numbersOf(split(value).day) : null;
  return numbers !== null && numbers.first !== numbers.second && numbers.first <= 12 && numbers.second <= 12;
}

/** The order that some days of a column prove by a number above twelve; null where none does or they contradict each other. */
export function judgeDayOrder(values: readonly unknown[]): { order: DayOrder | null; matters: boolean } {
  const numbers = values.map((value) => (typeof value === "string" ? numbersOf(split(value).day) : null)).filter((found) => found !== null);
  const isDayFirst = numbers.some(({ first, second }) => first > 12 && second <= 12);
  const isMonthFirst = numbers.some(({ first, second }) => second > 12 && first <= 12);
  return { order: isDayFirst === isMonthFirst ? null : isDayFirst ? "dmy" : "mdy", matters: values.some(isAmbiguousDay) };
}
