import { z } from "zod";
import type { ProblemCode } from "./problems.ts";
import { cleaned } from "./sentProperties.ts";
import { fieldCodes, fieldOfIssue, formCodes, issueCodes, severityOfForm, sourceClassCodes, stageCodes } from "./taxonomy.ts";
import { addDays, isDay, parseWhen } from "./time.ts";
import { candidatesExpected, isLikeliest, likeliest, type VillageCandidate, VillageCandidates, villageCode } from "./villageCandidates.ts";

/** One thing wrong with a record: which field, why, and what it held. */
export interface Fault {
  readonly field: string;
  readonly code: ProblemCode;
  readonly value?: unknown;
  readonly [detail: string]: unknown;
}

/** An incident whose fields are all read and whose gaps are filled, before its place is looked up. */
export interface CheckedIncident {
  readonly id: string | null;
  readonly villageCode: string | null;
  /** Where it may have been when that is not certain; the village above is the likeliest. Absent where it is. */
  readonly villageCandidates?: readonly VillageCandidate[];
  readonly point: readonly [number, number] | null;
  readonly occurredFrom: string;
  readonly occurredTo: string | null;
  readonly occurredPrecision: "day" | "moment";
  readonly occurredOn: string;
  readonly issue: string;
  readonly form: string;
  readonly field: string;
  readonly sourceClass: string | null;
  readonly stage: string | null;
  readonly severity: number;
  readonly status: "draft" | "reported" | "verified" | "rejected" | "merged";
  readonly sourceValue: string;
  readonly contentValue: number;
  readonly title: string | null;
  readonly facts: string;
  readonly opinion: string | null;
  readonly killed: number | null;
  readonly injured: number | null;
  readonly displaced: number | null;
  readonly buildingsDamaged: number | null;
  readonly buildingsDestroyed: number | null;
  readonly locationPrecision: number;
}

export const incidentStatuses = ["draft", "reported", "verified", "rejected", "merged"] as const;
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, "UUID");
const text = (most: number) => z.string().min(1).max(most);
const harm = z.number().int().min(0).max(10_000_000).nullish();

/** The properties of an incident as they are sent; unknown ones are refused, read-only ones ignored. */
export const IncidentProperties = z.strictObject({
  id: uuid.optional(),
  village_code: villageCode.nullish(),
  village_candidates: VillageCandidates.nullish(),
  occurred_from: z.string(),
  occurred_to: z.string().nullish(),
  issue: z.enum(issueCodes),
  form: z.enum(formCodes),
  field: z.enum(fieldCodes).nullish(),
  source_class: z.enum(sourceClassCodes).nullish(),
  stage: z.enum(stageCodes).nullish(),
  severity: z.number().int().min(1).max(5).nullish(),
  status: z.enum(incidentStatuses).nullish(),
  source_value: z.enum(["A", "B", "C", "D", "E", "F"]).nullish(),
  content_value: z.number().int().min(1).max(6).nullish(),
  title: text(300).nullish(),
  facts: text(20_000),
  opinion: text(20_000).nullish(),
  killed: harm,
  injured: harm,
  displaced: harm,
  buildings_damaged: harm,
  buildings_destroyed: harm,
  location_precision: z.number().int().min(1).max(4).nullish(),
});

const readOnly = new Set([
  "recorded_at",
  "village_name",
  "district_code",
  "district_name",
  "regency_code",
  "regency_name",
  "version",
  "verification_level",
  "merged_into",
  "report_ids",
  "report_count",
]);
const expectations: Record<string, string> = {
  id: "UUID",
  village_code: "35.17.01.2001",
  village_candidates: candidatesExpected,
  issue: "101–999",
  form: "F1–F10",
  field: "IDE, POL, EKO, SOS, BUD, HAN",
  source_class: "S-A … S-E",
  stage: "T0–T7",
  severity: "1–5",
  status: incidentStatuses.join(", "),
  source_value: "A–F",
  content_value: "1–6",
  title: "1–300 huruf / characters",
  facts: "1–20000 huruf / characters",
  opinion: "1–20000 huruf / characters",
  location_precision: "1–4",
  killed: "0, 1, 2, …",
  injured: "0, 1, 2, …",
  displaced: "0, 1, 2, …",
  buildings_damaged: "0, 1, 2, …",
  buildings_destroyed: "0, 1, 2, …",
};
/** The rough frame of Indonesia, which its own turned counterpart does not meet: a point in that has its axes turned. Asked for every vertex of a nation. */
export const isTurned = (x: number, y: number): boolean => y >= 90 && y <= 145 && x >= -15 && x <= 10;

export const looksSwapped = ([x, y]: readonly [number, number]): boolean => isTurned(x, y);

function checkPoint(geometry: unknown): { point: readonly [number, number] | null; fault?: Fault } {
  if (geometry === null || geometry === undefined) return { point: null };
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  const isPoint = type === "Point" && Array.isArray(coordinates) && coordinates.length >= 2 && coordinates.length <= 3;
  if (!isPoint || !coordinates.every((c) => typeof c === "number" && Number.isFinite(c))) {
    return { point: null, fault: { field: "geometry", code: "invalid_point", value: type === "Point" ? coordinates : type } };
  }
  const point = [coordinates[0] as number, coordinates[1] as number] as const;
  if (looksSwapped(point))
    return { point: null, fault: { field: "geometry", code: "swapped_axes", value: point, suggestion: [point[1], point[0]] } };
  if (Math.abs(point[0]) > 180 || Math.abs(point[1]) > 90)
    return { point: null, fault: { field: "geometry", code: "invalid_point", value: point } };
  return { point };
}

function schemaFaults(properties: Record<string, unknown>, error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => ({ field: key, code: "unknown_field" }));
    const field = String(issue.path[0] ?? "properties");
    const value = properties[field];
    if (value === undefined || value === null || value === "") return [{ field, code: "missing_field" }];
    if (field === "village_code") return [{ field, code: "not_a_village", value }];
    if (field.startsWith("occurred_")) return [{ field, code: "invalid_date", value }];
    return [{ field, code: "invalid_field", value, expected: expectations[field] }];
  });
}

/**
 * Checks one incident as it is sent and fills the defaults: status `reported`, source value F, content value 6, severity by form,
 * the issue's field, precision 1 with a point and 3 without. Looks nothing up: whether the village exists is the caller's question.
 * @param now the present moment; anything later than 24 h after it is refused. `isPlaceNamed`: the place is told by name and looked up afterwards.
 */
export function checkIncident(
  properties: unknown,
  geometry: unknown,
  frame: { readonly now: Date; readonly timeZone: string; readonly isPlaceNamed?: boolean },
): { incident: CheckedIncident } | { faults: Fault[] } {
  if (typeof properties !== "object" || properties === null || Array.isArray(properties))
    return { faults: [{ field: "properties", code: "not_a_feature", value: properties }] };
  const { clean, faults } = cleaned(properties as Record<string, unknown>, readOnly);
  if (clean.form === "F0") return { faults: [...faults, { field: "form", code: "nil_is_no_incident", value: "F0" }] };
  const parsed = IncidentProperties.safeParse(clean);
  if (!parsed.success) faults.push(...schemaFaults(clean, parsed.error));
  const { point, fault } = checkPoint(geometry);
  if (fault) faults.push(fault);
  else if (!point && !frame.isPlaceNamed && (clean.village_code ?? clean.village_candidates ?? null) === null)
    faults.push({ field: "village_code", code: "no_place" });

  const when = (field: "occurred_from" | "occurred_to") => {
    const value = clean[field];
    if (typeof value !== "string") return null;
    const read = parseWhen(value, frame.timeZone);
    if (!read) faults.push({ field, code: "invalid_date", value });
    else if (read.day < "1900-01-01") faults.push({ field, code: "date_too_early", value });
    else if (read.moment.getTime() > frame.now.getTime() + 86_400_000) faults.push({ field, code: "future_date", value });
    else return read;
    return null;
  };
  const from = when("occurred_from");
  const to = when("occurred_to");
  if (from && to && to.moment < from.moment)
    faults.push({ field: "occurred_to", code: "ends_before_it_begins", value: clean.occurred_to, from: clean.occurred_from });
  const candidates = parsed.data?.village_candidates?.map((sent) => ({ villageCode: sent.village_code, probability: sent.probability }));
  if (candidates && parsed.data?.village_code && !isLikeliest(candidates, parsed.data.village_code))
    faults.push({ field: "village_candidates", code: "invalid_field", value: clean.village_candidates, expected: candidatesExpected });
  if (faults.length || !parsed.success || !from) return { faults };

  const p = parsed.data;
  return {
    incident: {
      id: p.id?.toLowerCase() ?? null,
      villageCode: p.village_code ?? (candidates ? likeliest(candidates).villageCode : null),
      ...(candidates ? { villageCandidates: candidates } : {}),
      point,
      occurredFrom: from.moment.toISOString(),
      occurredTo: to?.moment.toISOString() ?? null,
      occurredPrecision: from.precision,
      occurredOn: from.day,
      issue: p.issue,
      form: p.form,
      field: p.field ?? fieldOfIssue(p.issue),
      sourceClass: p.source_class ?? null,
      stage: p.stage ?? null,
      severity: p.severity ?? severityOfForm(p.form),
      status: p.status ?? "reported",
      sourceValue: p.source_value ?? "F",
      contentValue: p.content_value ?? 6,
      title: p.title ?? null,
      facts: p.facts,
      opinion: p.opinion ?? null,
      killed: p.killed ?? null,
      injured: p.injured ?? null,
      displaced: p.displaced ?? null,
      buildingsDamaged: p.buildings_damaged ?? null,
      buildingsDestroyed: p.buildings_destroyed ?? null,
      locationPrecision: p.location_precision ?? (point ? 1 : 3),
    },
  };
}

/** Half-open period of days from `from` up to, not including, `to`. */
export const Period = z
  .strictObject({ from: z.string().refine(isDay, "YYYY-MM-DD"), to: z.string().refine(isDay, "YYYY-MM-DD") })
  .refine((period) => period.from < period.to, { message: "from < to", path: ["to"] });

/** The default period: the 365 days before tomorrow. */
export function defaultPeriod(today: string): { from: string; to: string } {
  return { from: addDays(today, -364), to: addDays(today, 1) };
}
