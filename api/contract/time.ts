/** Days and moments in the service's time zone. Days travel as `YYYY-MM-DD`, moments as RFC 3339 with offset. */

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const momentPattern = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/;
const millisecondsPerDay = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-CA", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** Whether the text is a day that exists: 2025-02-31 does not. */
export function isDay(text: string): boolean {
  const match = dayPattern.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Whether the text is an RFC 3339 moment with an offset whose day exists. */
export function isMoment(text: string): boolean {
  return momentPattern.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}

/** The day, in the time zone, on which the moment falls. */
export function dayOf(moment: Date, timeZone: string): string {
  return formatterOf(timeZone).format(moment).slice(0, 10);
}

// Calendars are slow to ask, and files name the same days again and again: some decades of them are remembered.
const mostDaysRemembered = 20_000;
const beginnings = new Map<string, number>();

/** The moment at which a day begins in the time zone. */
export function startOfDay(day: string, timeZone: string): Date {
  const key = `${day} ${timeZone}`;
  let moment = beginnings.get(key);
  if (moment === undefined) {
    moment = reckonedStart(day, timeZone);
    if (beginnings.size >= mostDaysRemembered) beginnings.clear();
    beginnings.set(key, moment);
  }
  return new Date(moment);
}

function reckonedStart(day: string, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const offsetAt = (at: number): number => {
    const parts = Object.fromEntries(
      formatterOf(timeZone)
        .formatToParts(new Date(at))
        .map((part) => [part.type, part.value]),
    );
    return Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}Z`) - at;
  };
  // Twice, since the offset at the first guess may differ from the one at the answer where clocks change.
  const guess = utc - offsetAt(utc);
  return utc - offsetAt(guess);
}

/** The day a number of days later; negative goes back. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * millisecondsPerDay).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / millisecondsPerDay);
}

export interface PointInTime {
  readonly moment: Date;
  readonly day: string;
  readonly precision: "day" | "moment";
}

/** Reads a day or a moment; null where the text is neither. */
export function parseWhen(text: string, timeZone: string): PointInTime | null {
  if (isDay(text)) return { moment: startOfDay(text, timeZone), day: text, precision: "day" };
  if (!isMoment(text)) return null;
  const moment = new Date(text);
  return { moment, day: dayOf(moment, timeZone), precision: "moment" };
}

/** Writes it as it was told: a day stays a day. */
export function formatWhen(moment: Date, precision: "day" | "moment", timeZone: string): string {
  return precision === "day" ? dayOf(moment, timeZone) : moment.toISOString();
}
