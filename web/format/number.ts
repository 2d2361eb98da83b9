import type { Language } from "../text/text.svelte.ts";

const locales: Record<Language, string> = { id: "id-ID", en: "en-GB" };
const kept = new Map<string, Intl.NumberFormat>();

function formatter(language: Language, digits: number): Intl.NumberFormat {
  const key = `${language}${digits}`;
  let found = kept.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locales[language], { minimumFractionDigits: digits, maximumFractionDigits: digits });
    kept.set(key, found);
  }
  return found;
}

/** A number as people here write it, `1.234,5` in Indonesian; an unknown one is a dash, never 0. */
export function formatNumber(value: number | null | undefined, digits: number, language: Language): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "—";
  const text = formatter(language, digits).format(value);
  return (/^-[0.,]+$/.test(text) ? text.slice(1) : text).replace("-", "−");
}

/** A difference with its sign always shown, `+3,9` or `−1,5`; no difference is `0,0`. */
export function formatDifference(value: number | null | undefined, digits: number, language: Language): string {
  const text = formatNumber(value, digits, language);
  return value !== null && value !== undefined && value > 0 && !/^[0.,]+$/.test(text) ? `+${text}` : text;
}

/** An interval, `64–79`; a dash where either end is unknown. */
export function formatInterval(
  lower: number | null | undefined,
  upper: number | null | undefined,
  digits: number,
  language: Language,
): string {
  if (lower === null || lower === undefined || upper === null || upper === undefined) return "—";
  return `${formatNumber(lower, digits, language)}–${formatNumber(upper, digits, language)}`;
}
