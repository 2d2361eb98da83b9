import { suro } from "../../data/calendars/suro.json" with { type: "json" };

/** The Javanese new years in a half-open period, with the words that mark them on a time line. */
export function suroDays(from: string, endsBefore: string): { day: string; label: string }[] {
  return suro.filter(({ date }) => date >= from && date < endsBefore).map(({ date }) => ({ day: date, label: "1 Suro" }));
}
