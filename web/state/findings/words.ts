import { emergingClassNames } from "../../../api/contract/emergingClassNames.ts";
import { addDays, formatDay } from "../../format/day.ts";
import { formatNumber } from "../../format/number.ts";
import { type Language, type TextKey, t } from "../../text/text.svelte.ts";
import { view } from "../view.svelte.ts";
import { findings } from "./findings.svelte.ts";
import { periodText } from "./periodText.ts";
import { findingShapes } from "./shapes.svelte.ts";

const isShown = (id: string): boolean => view.overlays.some((overlay) => overlay.id === id);

function emergingWords(code: string, language: Language): string[] {
  const found = findings.emerging.document;
  const name = found?.columns.class[found.codes.indexOf(code)];
  if (!name) return [];
  const kind = name === "none" ? "none" : (name.split(" ")[0] ?? "none");
  const called = emergingClassNames[name]?.[language === "id" ? 0 : 1] ?? name;
  return [`${called.slice(0, 1).toUpperCase()}${called.slice(1)}: ${t(`temuan.explain_${kind}` as TextKey)}`];
}

/** What the layers that are shown have found about a village, one sentence each. */
export function findingWords(code: string, language: Language): string[] {
  const number = (value: number | null, digits = 0): string => formatNumber(value, digits, language);
  const lines = view.fill === "emerging" ? emergingWords(code, language) : [];
  if (isShown("gerombol"))
    for (const { rank, codes, observed, expected, from, to, p } of findingShapes.clusters)
      if (codes.includes(code))
        lines.push(
          t("temuan.hoverScan", {
            rank,
            observed: number(observed),
            expected: number(expected, 1),
            period: periodText(from, to, language),
            p: number(p, 3),
          }),
        );
  if (isShown("gugus"))
    for (const { villages, count, first, last } of findings.pointClusters.document?.summary.clusters ?? [])
      if (villages.includes(code))
        lines.push(t("temuan.hoverCluster", { n: number(count), period: periodText(first, addDays(last, 1), language) }));
  const alarm = isShown("lonjakan") ? findingShapes.alarms.get(code.slice(0, 8)) : undefined;
  if (alarm)
    lines.push(
      t("temuan.hoverSurge", {
        n: number(alarm.weeks),
        day: formatDay(alarm.week, language),
        observed: number(alarm.observed),
        upper: number(alarm.upper),
      }),
    );
  return lines;
}
