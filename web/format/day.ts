import type { Language } from "../text/text.svelte.ts";

const months: Record<Language, readonly string[]> = {
  id: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
  en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
};

const dayMilliseconds = 86_400_000;

/** The short name of a month, 1 to 12. */
export function monthName(month: number, language: Language): string {
  return months[language][month - 1] ?? "";
}

/** A day `YYYY-MM-DD` (or the day part of a moment) as `27 Jun 2025`; unknown is a dash. */
export function formatDay(day: string | null | undefined, language: Language): string {
  return day ? `${formatDayShort(day, language)} ${day.slice(0, 4)}` : "—";
}

/** A day without its year, `27 Jun`. */
export function formatDayShort(day: string, language: Language): string {
  return `${Number(day.slice(8, 10))} ${monthName(Number(day.slice(5, 7)), language)}`;
}

/** A month with its year, `Jun 2025`. */
export function formatMonth(day: string, language: Language): string {
  return `${monthName(Number(day.slice(5, 7)), language)} ${day.slice(0, 4)}`;
}

/** The day `days` later (earlier when negative). */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10);
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMilliseconds);
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && addDays(text, 0) === text;
}

/** A half-open period shown by its first and last day, `28 Jun 2024 – 27 Jun 2025`. */
export function formatPeriod(from: string, endsBefore: string, language: Language): string {
  return `${formatDay(from, language)} – ${formatDay(addDays(endsBefore, -1), language)}`;
}

const daysOfZone = new Map<string, Intl.DateTimeFormat>();

/** The day a moment falls on in the time zone of the office, as `YYYY-MM-DD`; a bare day stays itself. */
export function dayOfMoment(when: string, timeZone = "Asia/Jakarta"): string {
  if (when.length === 10) return when;
  // Making one takes longer than a hundred uses of it.
  const days =
    daysOfZone.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  daysOfZone.set(timeZone, days);
  return days.format(new Date(when));
}

/** A moment as day and time of Jakarta, `27 Jun 2025, 14.05`. */
export function formatMoment(when: string, language: Language): string {
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Jakarta", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${formatDay(dayOfMoment(when), language)}, ${time.format(new Date(when)).replace(":", language === "id" ? "." : ":")}`;
}
