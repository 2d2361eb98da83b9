import { formatDayShort } from "../../format/day.ts";
import { formatNumber } from "../../format/number.ts";
import { visitPlaces } from "../../state/visits/place.svelte.ts";
import type { RankedRow } from "../../state/visits/ranked.svelte.ts";
import { clockOf } from "../../state/visits/stops.ts";
import { language, type TextKey, t } from "../../text/text.svelte.ts";

/** The day of the week, `Sen`. */
export function weekdayOf(day: string): string {
  return t(`kunjungan.weekday_${new Date(`${day}T00:00:00Z`).getUTCDay()}` as TextKey);
}

/** A day with its weekday, `Sen 30 Jun`. */
export function dayWords(day: string): string {
  return `${weekdayOf(day)} ${formatDayShort(day, language.current)}`;
}

/** The time of day of a moment, `08.22` or `08:22`. */
export function timeWords(moment: string): string {
  const time = clockOf(moment);
  return language.current === "id" ? time.replace(":", ".") : time;
}

/** Why a village is in the list, in a few words. */
export function reasonWords(row: RankedRow): string {
  const code = row.stop?.reason.code;
  if (row.stop?.exploration)
    return row.daysSinceHeard === null
      ? t("kunjungan.reason_never")
      : t("kunjungan.reason_silent", { days: formatNumber(row.daysSinceHeard, 0, language.current) });
  const parts = row.reasons.map((name) => t(`kunjungan.reason_${name}`, { n: formatNumber(row.count, 0, language.current) }));
  if (code === "must_visit" || code === "fairness") parts.unshift(t(`kunjungan.reason_${code}`));
  if (parts.length === 0 && row.isUnknown) return t("kunjungan.reason_unknown");
  if (parts.length === 0) return t("kunjungan.reason_none", { score: formatNumber(row.score, 0, language.current) });
  const text = parts.join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const villageCode = /\b\d{2}\.\d{2}\.\d{2}\.\d{4}\b/g;

/** A reason of the service as a sentence in the language of now, with villages by their names. */
export function sentenceOf(reason: { readonly id: string; readonly en: string }): string {
  return reason[language.current].replace(villageCode, (code) => visitPlaces.name(code));
}
