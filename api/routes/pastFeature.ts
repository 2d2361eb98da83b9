import type { HistoryLine } from "../queries/reportHistory.ts";
import type { ItemKind } from "../queries/verification.ts";
import { featureOf } from "./features.ts";

const told = [
  "incident_ids",
  "village_code",
  "obtained_at",
  "obtained_precision",
  "recorded_at",
  "channel",
  "source_value",
  "content_value",
  "facts",
  "analysis",
  "prediction",
  "action_taken",
  "recommendation",
  "status",
  "nil",
  "period_from",
  "period_to",
];

/** What stood in one line of a history, as a feature, and the village it lay in. */
export function pastFeature(
  kind: ItemKind,
  id: string,
  { content }: HistoryLine,
  timeZone: string,
): { villageCode: string; feature: Record<string, unknown> } {
  if (kind === "incident") {
    const properties = content.properties as Record<string, unknown>;
    return { villageCode: String(properties.village_code), feature: content };
  }
  const columns = Object.fromEntries(told.map((name) => [name, content[name] ?? null]));
  const { text } = featureOf("reports", { ...columns, key: id, geojson: null }, timeZone);
  return { villageCode: String(content.village_code), feature: JSON.parse(text) as Record<string, unknown> };
}
