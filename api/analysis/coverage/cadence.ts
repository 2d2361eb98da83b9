/** How often somebody reports: every calendar week, month or B-period (four months from January, May, September), or every so many days from a first one. */
export type Cadence = { readonly kind: "weekly" | "monthly" | "period" } | { readonly kind: "days"; readonly everyDays: number };

/** The day number of a Monday: 5 January 1970. Day numbers count days since 1 January 1970. */
const someMonday = 4;
const millisecondsPerDay = 86_400_000;
const monthsOf = { monthly: 1, period: 4 } as const;

const floorMod = (value: number, by: number): number => ((value % by) + by) % by;
const firstOfMonth = (year: number, month: number): number => Date.UTC(year, month, 1) / millisecondsPerDay;

/** The first day of the block of months that a day is in, or of the block after it. */
function monthBlock(day: number, months: number, blocksLater: number): number {
  const date = new Date(day * millisecondsPerDay);
  const month = Math.floor(date.getUTCMonth() / months) * months;
  return firstOfMonth(date.getUTCFullYear(), month + months * blocksLater);
}

/**
 * The first day of the period that a day is in. Weeks begin on Monday.
 * @param anchor the day from which periods of so many days are counted; not used by the others.
 */
export function periodStart(cadence: Cadence, day: number, anchor: number): number {
  if (cadence.kind === "weekly") return day - floorMod(day - someMonday, 7);
  if (cadence.kind === "days") return day - floorMod(day - anchor, cadence.everyDays);
  return monthBlock(day, monthsOf[cadence.kind], 0);
}

/** The first day after the period that begins on `start`. */
export function periodEnd(cadence: Cadence, start: number): number {
  if (cadence.kind === "weekly") return start + 7;
  if (cadence.kind === "days") return start + cadence.everyDays;
  return monthBlock(start, monthsOf[cadence.kind], 1);
}

/** About how many days lie between two reports, to tell the more frequent of two cadences. */
export function usualDays(cadence: Cadence): number {
  if (cadence.kind === "days") return cadence.everyDays;
  return { weekly: 7, monthly: 30, period: 122 }[cadence.kind];
}
