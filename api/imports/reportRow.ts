import { createHash } from "node:crypto";
import { type CheckedIncident, checkIncident, type Fault } from "../contract/incident.ts";
import { type CheckedReport, checkReport, type ReportProperties } from "../contract/report.ts";
import type { FileRow } from "../formats/rows.ts";
import { ambiguityTold, type FieldKind } from "./cellReader.ts";
import type { FieldAliases } from "./columns.ts";
import { incidentHash, uuidOf } from "./incidentRow.ts";
import { readDegrees, readNumber } from "./numberText.ts";

const reportColumns = {
  id: ["id", "uuid"],
  incident_ids: ["incident_ids", "id_kejadian", "kejadian_terkait"],
  village_code: ["village_code", "kode_desa", "kode", "code", "kode_wilayah"],
  obtained_at: ["obtained_at", "tanggal_laporan", "tanggal_informasi", "tanggal_diperoleh"],
  channel: ["channel", "saluran", "sumber"],
  source_value: ["source_value", "nilai_sumber"],
  content_value: ["content_value", "nilai_isi"],
  facts: ["facts", "fakta", "uraian", "isi"],
  analysis: ["analysis", "analisis", "analisa"],
  prediction: ["prediction", "prediksi", "perkiraan"],
  action_taken: ["action_taken", "tindakan", "langkah"],
  recommendation: ["recommendation", "saran", "rekomendasi"],
  status: ["status"],
  nil: ["nil", "nihil"],
  period_from: ["period_from", "periode_dari"],
  period_to: ["period_to", "periode_sampai"],
} as const;

const incidentColumns = {
  occurred_from: ["occurred_from", "tanggal_kejadian", "tanggal", "date"],
  occurred_to: ["occurred_to"],
  issue: ["issue", "isu", "kode_isu"],
  form: ["form", "bentuk", "kode_bentuk"],
  field: ["field", "bidang"],
  source_class: ["source_class"],
  stage: ["stage", "tahap"],
  severity: ["severity", "keparahan"],
  title: ["title", "judul"],
  killed: ["killed", "meninggal"],
  injured: ["injured", "luka"],
  displaced: ["displaced", "mengungsi"],
  buildings_damaged: ["buildings_damaged", "bangunan_rusak"],
  buildings_destroyed: ["buildings_destroyed", "bangunan_hancur"],
  location_precision: ["location_precision"],
  lon: ["lon", "lng", "longitude", "bujur", "x"],
  lat: ["lat", "latitude", "lintang", "y"],
} as const;

/** The columns of a file of reports: those of the report, and those of the incident that a row may tell of. */
export const reportFields: FieldAliases = { ...reportColumns, ...incidentColumns };

const days = ["obtained_at", "period_from", "period_to", "occurred_from", "occurred_to"];
const numbers = [
  "content_value",
  "severity",
  "killed",
  "injured",
  "displaced",
  "buildings_damaged",
  "buildings_destroyed",
  "location_precision",
];

/** How the cells of a field are read. */
export function reportFieldKind(field: string): FieldKind {
  if (field === "lon" || field === "lat") return "coordinate";
  if (field === "village_code") return "code";
  if (days.includes(field)) return "day";
  return numbers.includes(field) ? "number" : "text";
}

/** The hash of all that a report tells but its id: equal for the same report whichever way it comes in. */
export function reportHash(properties: ReportProperties, incident?: CheckedIncident): string {
  return createHash("sha256")
    .update(JSON.stringify({ ...properties, id: undefined }) + (incident ? incidentHash(incident) : ""))
    .digest("hex");
}

const yes = /^(ya|y|yes|true|benar|1|x|nihil)$/i;
const no = /^(tidak|t|no|n|false|salah|0|-)$/i;
const isBlank = (value: unknown): boolean => value === undefined || value === null || (typeof value === "string" && value.trim() === "");

function typed(field: string, value: unknown): unknown {
  if (numbers.includes(field) && typeof value === "string") {
    const number = readNumber(value);
    return Number.isNaN(number) ? value : number;
  }
  if (field === "nil" && typeof value === "string") return yes.test(value.trim()) ? true : no.test(value.trim()) ? false : value;
  if (field === "incident_ids" && typeof value === "string") return value.split(/[\s,;|]+/).filter((part) => part !== "");
  if (typeof value === "number" && (field === "issue" || field === "id")) return String(value);
  return value;
}

function pointOf(record: Readonly<Record<string, unknown>>): unknown {
  if (isBlank(record.lon) && isBlank(record.lat)) return null;
  return { type: "Point", coordinates: [readDegrees(record.lon), readDegrees(record.lat)] };
}

export interface CheckedReportRow {
  readonly report: CheckedReport;
  readonly contentHash: string;
  /** What the row tells of when it names no incident that is on record. */
  readonly incident: CheckedIncident | null;
}

/**
 * Checks one row with the same rules as a report that is posted. A row that is not nil and names no incident makes one of its own, for which it needs
 * issue, form and occurred_from; the form F0 makes it a nil report.
 */
export function readReportRow(
  row: FileRow,
  record: Readonly<Record<string, unknown>>,
  frame: { readonly now: Date; readonly timeZone: string },
): CheckedReportRow | { faults: Fault[] } {
  if (row.fault) return { faults: [{ field: "", ...row.fault }] };
  const told = Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => !isBlank(value))
      .map(([field, value]) => [field, typed(field, value)]),
  );
  if (told.form === "F0") Object.assign(told, { nil: told.nil ?? true, form: undefined, issue: undefined });
  const only = (columns: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(told).filter(([field, value]) => Object.hasOwn(columns, field) && value !== undefined));
  const checked = checkReport(only(reportColumns), { ...frame, withoutIncidents: true });
  const faults: Fault[] = "faults" in checked ? checked.faults : [];
  const creates = told.nil !== true && (!Array.isArray(told.incident_ids) || told.incident_ids.length === 0);
  if (!creates)
    return "faults" in checked
      ? { faults: faults.map(ambiguityTold) }
      : { ...checked, contentHash: reportHash(checked.report.properties), incident: null };

  for (const field of ["occurred_from", "issue", "form"]) if (told[field] === undefined) faults.push({ field, code: "creating_needs" });
  const { lon: _, lat: __, ...happened } = only(incidentColumns);
  const { village_code, facts, status, source_value, content_value, analysis } = told;
  const shared = Object.fromEntries(
    Object.entries({ village_code, facts, status, source_value, content_value, opinion: analysis }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const incident = checkIncident({ ...happened, ...shared }, row.geometry ?? pointOf(told), frame);
  const known = new Set(faults.map(({ field }) => field));
  if ("faults" in incident) faults.push(...incident.faults.filter(({ field }) => !known.has(field)));
  if (faults.length > 0 || "faults" in checked || "faults" in incident) return { faults: faults.map(ambiguityTold) };
  return { ...checked, contentHash: reportHash(checked.report.properties, incident.incident), incident: incident.incident };
}

/** The id of the incident that a row of a file makes: the same file loaded again meets it. */
export function madeIncidentId(reportId: string): string {
  return uuidOf(`incident of report ${reportId}`);
}
