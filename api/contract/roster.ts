import { z } from "zod";
import type { Fault } from "./incident.ts";
import { isStorable } from "./sentProperties.ts";
import { isDay } from "./time.ts";

export const cadences = ["weekly", "monthly", "period", "days"] as const;
/** Days of grace unless told otherwise: what is usual for papers that go up from a village. */
export const usualGraceDays: Readonly<Record<(typeof cadences)[number], number>> = { weekly: 3, monthly: 7, period: 14, days: 3 };

const day = z.string().refine(isDay, "YYYY-MM-DD");
const text = (most: number) => z.string().trim().min(1).max(most);

/** A line of the roster as it is sent: who should report from where, how often, from when until when. */
export const RosterProperties = z.strictObject({
  id: z.uuid().optional(),
  area_code: z
    .string()
    .regex(/^\d{2}\.\d{2}(\.\d{2}(\.[123]\d{3})?)?$/)
    .describe("A village, or a kecamatan or kabupaten: then every village in it."),
  cadence: z.enum(cadences).describe("period is the B-period: January to April, May to August, September to December."),
  every_days: z.number().int().min(1).max(366).nullish().describe("Only with cadence days."),
  grace_days: z.number().int().min(0).max(120).nullish(),
  valid_from: day,
  valid_to: day.nullish().describe("The last day; null is open."),
  reporter_role: text(100).nullish().describe("What the reporter is, such as perangkat desa or FKDM; never a name."),
  reporter: text(200).nullish().describe("A reference or a name. Kept apart, shown to verifiers and admins only."),
});

/** A line whose gaps are filled. */
export interface CheckedRosterLine {
  readonly id: string | null;
  readonly areaCode: string;
  readonly cadence: (typeof cadences)[number];
  readonly everyDays: number | null;
  readonly graceDays: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly reporterRole: string | null;
  readonly reporter: string | null;
}

const expectations: Readonly<Record<string, string>> = {
  id: "UUID",
  area_code: "35.17 | 35.17.01 | 35.17.01.2001",
  cadence: cadences.join(", "),
  every_days: "1–366",
  grace_days: "0–120",
  reporter_role: "1–100 huruf / characters",
  reporter: "1–200 huruf / characters",
};
/** What is wrong by the schema, each with its field. `dates` are the fields that hold days. */
export function faultsOf(
  sent: Readonly<Record<string, unknown>>,
  error: z.ZodError,
  dates: readonly string[],
  expected: Readonly<Record<string, string>>,
): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => ({ field: key, code: "unknown_field" }));
    const field = String(issue.path[0] ?? "properties");
    const value = sent[field];
    if (value === undefined || value === null || value === "") return [{ field, code: "missing_field" }];
    if (dates.includes(field)) return [{ field, code: "invalid_date", value }];
    return [{ field, code: "invalid_field", value, expected: expected[field] ?? issue.message }];
  });
}

/** Fields whose text PostgreSQL cannot hold. */
function unstorableFaults(sent: Readonly<Record<string, unknown>>): Fault[] {
  return Object.entries(sent)
    .filter(([, value]) => typeof value === "string" && !isStorable(value))
    .map(([field]) => ({ field, code: "invalid_text" }));
}

/** Checks one line as it is sent and fills the defaults: days of grace by cadence. Looks nothing up. */
export function checkRosterLine(sent: Readonly<Record<string, unknown>>): { line: CheckedRosterLine } | { faults: Fault[] } {
  const faults = unstorableFaults(sent);
  const parsed = RosterProperties.safeParse(sent);
  if (!parsed.success) return { faults: [...faults, ...faultsOf(sent, parsed.error, ["valid_from", "valid_to"], expectations)] };
  const line = parsed.data;
  if (line.cadence === "days" && !line.every_days) faults.push({ field: "every_days", code: "missing_field" });
  if (line.cadence !== "days" && line.every_days)
    faults.push({ field: "every_days", code: "invalid_field", value: line.every_days, expected: `— (${line.cadence})` });
  for (const field of ["valid_from", "valid_to"] as const) {
    const value = line[field];
    if (value && value < "1900-01-01") faults.push({ field, code: "date_too_early", value });
    if (value && value > "2200-12-31") faults.push({ field, code: "invalid_field", value, expected: "1900–2200" });
  }
  if (line.valid_to && line.valid_to < line.valid_from)
    faults.push({ field: "valid_to", code: "ends_before_its_start", value: line.valid_to, from: line.valid_from, start: "valid_from" });
  if (faults.length > 0) return { faults };
  return {
    line: {
      id: line.id?.toLowerCase() ?? null,
      areaCode: line.area_code,
      cadence: line.cadence,
      everyDays: line.every_days ?? null,
      graceDays: line.grace_days ?? usualGraceDays[line.cadence],
      validFrom: line.valid_from,
      validTo: line.valid_to ?? null,
      reporterRole: line.reporter_role ?? null,
      reporter: line.reporter ?? null,
    },
  };
}
