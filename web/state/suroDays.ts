import { suro } from "../../data/calendars/suro.json" with { type: "json" };
import { formatDayShort } from "../format/day.ts";
import type { Language } from "../text/text.svelte.ts";

/** The Javanese new years in a half-open period, with the words that mark them on a time line. */
export function suroDays(from: string, endsBefore: string, language: Language): { day: string; label: string }[] {
  return suro.filter(({ date }) => date >= from && date < endsBefore).map(({ date }) => ({ day: date, label: `1 Suro, ${formatDayShort(date, language)}` }));
}
