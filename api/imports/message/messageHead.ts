import { isDay, startOfDay } from "../../contract/time.ts";

/** The line that a messenger puts before a copied message. The sender's name in it is not taken: who reports is kept elsewhere, or not at all. */
export interface MessageHead {
  readonly sentAt: Date;
  /** Where the message itself begins. */
  readonly bodyStart: number;
}

const pattern = /^\s*\[?(\d{1,2})[/.](\d{1,2})[/.](\d{2}|\d{4}),?\s+(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?\]?\s*(?:-\s*)?[^:\n]{1,60}:\s+/;

export const twoDigits = (number: number | string): string => String(number).padStart(2, "0");
/** A year of two digits is of this century. */
export const wholeYear = (year: string): string => (year.length === 2 ? `20${year}` : year);

/** Reads the head of a copied WhatsApp message, such as `[27/06/25 21.14.05] Nama: `; null without one. */
export function readHead(text: string, timeZone: string): MessageHead | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const [whole, date = "", month = "", year = "", hour = "", minute = ""] = match;
  const day = `${wholeYear(year)}-${twoDigits(month)}-${twoDigits(date)}`;
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59) return null;
  return {
    sentAt: new Date(startOfDay(day, timeZone).getTime() + (Number(hour) * 60 + Number(minute)) * 60_000),
    bodyStart: whole.length,
  };
}
