import { type Alert, dueKinds, findingKinds } from "../../../api/contract/alert.ts";
import { formatDay } from "../../format/day.ts";
import { formatInterval, formatNumber } from "../../format/number.ts";
import { type Language, type TextKey, t } from "../../text/text.svelte.ts";

export const alertKinds = [...findingKinds, ...dueKinds] as const;
type Kind = (typeof alertKinds)[number];
const isKind = (kind: string): kind is Kind => (alertKinds as readonly string[]).includes(kind);
const withLimits: readonly string[] = findingKinds;

/** What a rule is called; one that this page does not know yet is called by its own name. */
export const kindWords = (kind: string): string => (isKind(kind) ? t(`peringatan.${kind}`) : kind);

const fact = (alert: Alert, name: string): number | null => {
  const value = alert.details[name];
  return typeof value === "number" ? value : null;
};
const written = (alert: Alert, name: string): string => (typeof alert.details[name] === "string" ? (alert.details[name] as string) : "");

/** Why an alert was raised, in one sentence made from its numbers. */
export function alertSentence(alert: Alert, language: Language): string {
  const place = alert.area_name ?? alert.area_code;
  const number = (name: string, digits = 0): string => {
    const value = fact(alert, name);
    return value === null ? "—" : formatNumber(value, digits, language);
  };
  if (!isKind(alert.kind)) return t("peringatan.say_other", { place, kind: alert.kind });
  const [lower, upper] = [fact(alert, "scoreLower"), fact(alert, "scoreUpper")];
  const key: TextKey =
    alert.kind === "band_crossed" && alert.details.count !== undefined ? "peringatan.say_band_many" : `peringatan.say_${alert.kind}`;
  return t(key, {
    place,
    n: number("count"),
    score: number("score", 1),
    range: lower === null || upper === null ? "—" : formatInterval(lower, upper, 0, language),
    from: alert.kind === "scan_cluster" ? formatDay(written(alert, "from"), language) : written(alert, "from"),
    to: written(alert, "to"),
    week: formatDay(written(alert, "week"), language),
    observed: number("observed"),
    expected: number("expected", 1),
    upper: number("upper"),
    risk: number("relativeRisk", 1),
    p: number("p", 3),
  });
}

/** What an alert does not say; empty for those that are about a date. */
export const alertLimits = (alert: Alert): string => (withLimits.includes(alert.kind) ? t(`peringatan.not_${alert.kind}` as TextKey) : "");

/** Whose it is, in words. */
export function stateWords(alert: Alert): string {
  if (alert.state === "owned") return t("peringatan.state_owned", { owner: alert.owner ?? "" });
  if (alert.state === "answered") return t("peringatan.state_answered", { who: alert.answered_by ?? "" });
  return t(`peringatan.state_${alert.state}`);
}

/** Where on the map it is: the kabupaten, and the village or dispute where it is about one. */
export function mapQuery(alert: Alert): string {
  const query = new URLSearchParams({ wilayah: alert.area_code.slice(0, 5) });
  if (alert.subject_kind === "villages") query.set("desa", alert.subject_id);
  if (alert.subject_kind === "potentials") query.set("potensi", alert.subject_id);
  return `?${query}`;
}
