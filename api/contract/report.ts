import { z } from "zod";
import { type Fault, incidentStatuses } from "./incident.ts";
import { cleaned } from "./sentProperties.ts";
import { addDays, dayOf, isDay, parseWhen } from "./time.ts";

const text = z.string().max(20_000).nullish();

/** A report as it is sent on its own: a nil report, or what somebody said of incidents that are known already. */
export const ReportProperties = z.strictObject({
  id: z.uuid().optional(),
  incident_ids: z.array(z.uuid()).max(100).default([]),
  village_code: z.string().regex(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/),
  obtained_at: z.string().nullish(),
  channel: z.string().min(1).max(200).nullish(),
  source_value: z.enum(["A", "B", "C", "D", "E", "F"]).default("F"),
  content_value: z.number().int().min(1).max(6).default(6),
  facts: text,
  analysis: text,
  prediction: text,
  action_taken: text,
  recommendation: text,
  status: z.enum(incidentStatuses).default("reported"),
  nil: z.boolean().default(false),
  period_from: z.string().refine(isDay).nullish(),
  period_to: z.string().refine(isDay).nullish(),
});
export type ReportProperties = z.output<typeof ReportProperties>;

const readOnly = new Set(["recorded_at", "village_name", "version", "verification_level", "attachment_count"]);
const defaulted = ["source_value", "content_value", "status", "nil", "incident_ids"];
const expectations: Readonly<Record<string, string>> = {
  id: "UUID",
  incident_ids: "0–100 UUID",
  channel: "1–200 huruf / characters",
  source_value: "A–F",
  content_value: "1–6",
  status: incidentStatuses.join(", "),
  nil: "true, false",
};

export interface CheckedReport {
  readonly properties: ReportProperties;
  readonly obtainedAt: Date;
  readonly obtainedPrecision: "day" | "moment";
}

function schemaFaults(sent: Readonly<Record<string, unknown>>, error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => ({ field: key, code: "unknown_field" }));
    const field = String(issue.path[0] ?? "properties");
    const value = sent[field];
    if (value === undefined || value === null) return [{ field, code: "missing_field" }];
    const code = field.startsWith("period_") ? "invalid_date" : field === "village_code" ? "not_a_village" : "invalid_field";
    return [{ field, code, value, expected: expectations[field] ?? "1–20000 huruf / characters" }];
  });
}

/**
 * Checks one report as it is sent. A nil report needs no facts and says nothing of incidents; every other one has facts and says which incidents it is about,
 * unless `withoutIncidents`: the report of a file row that makes its incident, or one that was untied from all of them.
 */
export function checkReport(
  properties: unknown,
  frame: { readonly now: Date; readonly timeZone: string; readonly withoutIncidents?: boolean },
): { report: CheckedReport } | { faults: Fault[] } {
  if (typeof properties !== "object" || properties === null || Array.isArray(properties))
    return { faults: [{ field: "properties", code: "not_a_feature", value: properties }] };
  const { clean, faults } = cleaned(properties as Record<string, unknown>, readOnly);
  for (const field of defaulted) if (clean[field] === null) delete clean[field];
  const parsed = ReportProperties.safeParse(clean);
  if (!parsed.success) return { faults: [...faults, ...schemaFaults(clean, parsed.error)] };
  const report = parsed.data;
  if (!report.nil && !report.facts && faults.length === 0) faults.push({ field: "facts", code: "missing_field" });
  if (!report.nil && report.incident_ids.length === 0 && !frame.withoutIncidents)
    faults.push({ field: "incident_ids", code: "missing_field" });
  if (report.nil && report.incident_ids.length > 0)
    faults.push({ field: "incident_ids", code: "invalid_field", value: report.incident_ids, expected: "[] (nil)" });
  if (report.period_from && report.period_to && report.period_from > report.period_to)
    faults.push({ field: "period_to", code: "period_ends_before", value: report.period_to, from: report.period_from });
  const tomorrow = addDays(dayOf(frame.now, frame.timeZone), 1);
  for (const field of ["period_from", "period_to"] as const) {
    const day = report[field];
    if (day && day > tomorrow) faults.push({ field, code: "future_date", value: day });
    if (day && day < "1900-01-01") faults.push({ field, code: "date_too_early", value: day });
  }
  const told = report.obtained_at ?? frame.now.toISOString();
  const obtained = parseWhen(told, frame.timeZone);
  if (!obtained) faults.push({ field: "obtained_at", code: "invalid_date", value: told });
  else if (obtained.day < "1900-01-01") faults.push({ field: "obtained_at", code: "date_too_early", value: told });
  else if (obtained.moment.getTime() > frame.now.getTime() + 86_400_000)
    faults.push({ field: "obtained_at", code: "future_date", value: told });
  if (faults.length > 0 || !obtained) return { faults };
  return { report: { properties: report, obtainedAt: obtained.moment, obtainedPrecision: obtained.precision } };
}
