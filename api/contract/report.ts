import { z } from "zod";
import { type Fault, incidentStatuses } from "./incident.ts";
import { addDays, isDay, parseWhen } from "./time.ts";

/** A report as it is sent on its own: a nil report, or what somebody said of incidents that are known already. */
export const ReportProperties = z.strictObject({
  id: z.uuid().optional(),
  incident_ids: z.array(z.uuid()).max(100).default([]),
  village_code: z.string().regex(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/),
  obtained_at: z.string().optional(),
  channel: z.string().min(1).max(200).nullish(),
  source_value: z.enum(["A", "B", "C", "D", "E", "F"]).default("F"),
  content_value: z.number().int().min(1).max(6).default(6),
  facts: z.string().trim().min(1).max(20_000).nullish(),
  analysis: z.string().max(20_000).nullish(),
  prediction: z.string().max(20_000).nullish(),
  action_taken: z.string().max(20_000).nullish(),
  recommendation: z.string().max(20_000).nullish(),
  status: z.enum(incidentStatuses).default("reported"),
  nil: z.boolean().default(false),
  period_from: z.string().refine(isDay).nullish(),
  period_to: z.string().refine(isDay).nullish(),
});
export type ReportProperties = z.output<typeof ReportProperties>;

export interface CheckedReport {
  readonly properties: ReportProperties;
  readonly obtainedAt: Date;
  readonly obtainedPrecision: "day" | "moment";
}

/** Checks one report as it is sent. A nil report needs no facts; every other one does, and says which incidents it is about. */
export function checkReport(
  properties: unknown,
  frame: { readonly now: Date; readonly timeZone: string },
): { report: CheckedReport } | { faults: Fault[] } {
  const parsed = ReportProperties.safeParse(properties);
  const sent = (properties ?? {}) as Record<string, unknown>;
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.flatMap((issue): Fault[] => {
        if (issue.code === "unrecognized_keys") return issue.keys.map((key) => ({ field: key, code: "unknown_field" }));
        const field = String(issue.path[0] ?? "properties");
        if (sent[field] === undefined || sent[field] === null) return [{ field, code: "missing_field" }];
        return [
          {
            field,
            code: field.startsWith("period_") ? "invalid_date" : field === "village_code" ? "not_a_village" : "invalid_field",
            value: sent[field],
            expected: issue.message,
          },
        ];
      }),
    };
  }
  const report = parsed.data;
  const faults: Fault[] = [];
  if (!report.nil && !report.facts) faults.push({ field: "facts", code: "missing_field" });
  if (!report.nil && report.incident_ids.length === 0) faults.push({ field: "incident_ids", code: "missing_field" });
  if (report.nil && report.incident_ids.length > 0)
    faults.push({ field: "incident_ids", code: "invalid_field", value: report.incident_ids, expected: "[] (nil)" });
  if (report.period_from && report.period_to && report.period_from > report.period_to) {
    faults.push({ field: "period_to", code: "ends_before_it_begins", value: report.period_to, from: report.period_from });
  }
  const told = report.obtained_at ?? frame.now.toISOString();
  const obtained = parseWhen(told, frame.timeZone);
  if (!obtained) faults.push({ field: "obtained_at", code: "invalid_date", value: told });
  else if (obtained.day < "1900-01-01") faults.push({ field: "obtained_at", code: "date_too_early", value: told });
  else if (
    obtained.moment.getTime() > frame.now.getTime() + 86_400_000 ||
    (report.period_to ?? "") > addDays(frame.now.toISOString().slice(0, 10), 1)
  ) {
    faults.push({ field: report.period_to ? "period_to" : "obtained_at", code: "future_date", value: report.period_to ?? told });
  }
  if (faults.length > 0 || !obtained) return { faults };
  return { report: { properties: report, obtainedAt: obtained.moment, obtainedPrecision: obtained.precision } };
}
