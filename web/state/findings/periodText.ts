import { addDays, formatDay, formatDayShort } from "../../format/day.ts";
import type { Language } from "../../text/text.svelte.ts";

/** A half-open period as short as it can be said: the year once where both ends share it, `7 Sep–22 Nov 2026`. */
export function periodText(from: string, endsBefore: string, language: Language): string {
  const last = addDays(endsBefore, -1);
  const first = from.slice(0, 4) === last.slice(0, 4) ? formatDayShort(from, language) : formatDay(from, language);
  return from === last ? formatDay(from, language) : `${first}–${formatDay(last, language)}`;
}
