import type { CollectionSql } from "./items.ts";
import { ownItemSql } from "./ownItems.ts";
import { pastReports } from "./pastItems.ts";
import { levelSql } from "./verification.ts";

const text = (sql: string) => ({ sql, type: "text" }) as const;
const number = (sql: string) => ({ sql, type: "number" }) as const;
const time = (sql: string) => ({ sql, type: "time" }) as const;

const columns = (
  incidentIds: string,
  attachments: string,
): string => `${incidentIds} as incident_ids, r.village_code, village.name as village_name,
    r.obtained_at, r.obtained_precision, r.recorded_at, r.channel, r.source_value, r.content_value, r.facts, r.analysis, r.prediction, r.action_taken, r.recommendation,
    r.status, ${levelSql("r")} as verification_level, r.nil, r.period_from, r.period_to, ${attachments} as attachment_count, r.version`;

const attachedNow = "(select count(*) from attachment where attachment.report_id = r.id and attachment.withdrawn_at is null)";

/** What somebody said, nil reports included. */
export const reports: CollectionSql = {
  from: "report r left join area village on village.code = r.village_code",
  key: "r.id",
  keyType: "uuid",
  columns: columns("array(select incident_id::text from report_incident where report_id = r.id order by 1)", attachedNow),
  geojson: "null::text",
  queryables: {
    id: text("r.id::text"),
    village_code: text("r.village_code"),
    status: text("r.status"),
    verification_level: text(`(${levelSql("r")})`),
    channel: text("r.channel"),
    source_value: text("r.source_value"),
    content_value: number("r.content_value"),
    facts: text("r.facts"),
    obtained_at: time("r.obtained_at"),
    recorded_at: time("r.recorded_at"),
    nil: { sql: "r.nil", type: "boolean" },
  },
  geometry: "village.label_point",
  areaCode: "r.village_code",
  time: "r.obtained_at",
  always: "r.withdrawn_at is null",
  own: (name) => ownItemSql("report", "r.id", name),
  past: {
    from: (at) => `${pastReports(at)} r left join area village on village.code = r.village_code`,
    columns: columns("r.incident_ids", "r.attachment_count"),
    always: "true",
  },
};
