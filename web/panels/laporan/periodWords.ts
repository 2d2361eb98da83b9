import { formatDay, formatDayShort } from "../../format/day.ts";
import type { Language } from "../../text/text.svelte.ts";

/** A period from its first to its last day, without saying month or year twice: `15–21 Nov 2026`, `23 Okt – 21 Nov 2026`. */
export function periodWords(first: string, last: string, language: Language): string {
  if (first === last) return formatDay(first, language);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8, 10))}–${formatDay(last, language)}`;
  const begins = first.slice(0, 4) === last.slice(0, 4) ? formatDayShort(first, language) : formatDay(first, language);
  return `${begins} – ${formatDay(last, language)}`;
}
