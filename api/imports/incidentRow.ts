import { createHash } from "node:crypto";
import { type CheckedIncident, checkIncident, type Fault } from "../contract/incident.ts";
import type { FileRow } from "../formats/rows.ts";
import { ambiguityTold, type FieldKind } from "./cellReader.ts";
import type { FieldAliases } from "./columns.ts";
import { placeFields } from "./incidentPlace.ts";
import { readDegrees, readNumber } from "./numberText.ts";

const numeric = [
  "severity",
  "content_value",
  "killed",
  "injured",
  "displaced",
  "buildings_damaged",
  "buildings_destroyed",
  "location_precision",
] as const;
const textual = ["occurred_to", "field", "source_class", "stage", "status", "source_value", "title", "opinion"] as const;

const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  severity: ["keparahan", "tingkat_keparahan"],
  content_value: ["nilai_isi"],
  source_value: ["nilai_sumber"],
  killed: ["meninggal", "tewas", "korban_meninggal", "korban_jiwa"],
  injured: ["luka", "luka_luka", "korban_luka"],
  displaced: ["mengungsi", "pengungsi"],
  buildings_damaged: ["bangunan_rusak"],
  buildings_destroyed: ["bangunan_hancur"],
  occurred_to: ["tanggal_selesai", "sampai_tanggal"],
  field: ["bidang"],
  stage: ["tahap"],
  title: ["judul"],
  opinion: ["pendapat", "analisis"],
};

export const incidentFields: FieldAliases = {
  id: ["id", "uuid"],
  village_code: ["village_code", "kode_desa", "kode", "code", "kode_wilayah"],
  occurred_from: ["occurred_from", "tanggal", "tanggal_kejadian", "date"],
  issue: ["issue", "isu", "kode_isu"],
  form: ["form", "bentuk", "kode_bentuk"],
  facts: ["facts", "fakta", "uraian", "kejadian"],
  lon: ["lon", "lng", "long", "longitude", "bujur", "x"],
  lat: ["lat", "latitude", "lintang", "y"],
  ...placeFields,
  location_level: ["location_level", "ketelitian_lokasi"],
  ...Object.fromEntries([...numeric, ...textual].map((field) => [field, [field, ...(alsoCalled[field] ?? [])]])),
};

/** How the cells of a field are read. */
export function incidentFieldKind(field: string): FieldKind {
  if (field === "lon" || field === "lat") return "coordinate";
  if (field === "occurred_from" || field === "occurred_to") return "day";
  if (field === "village_code") return "code";
  return numeric.some((name) => name === field) ? "number" : "text";
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || (typeof value === "string" && value.trim() === "");

/** Cells of a table are text; fields that are numbers become numbers where they can, and stay as they are for the check to refuse where they cannot. */
export function typedRecord(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(record)) {
    if (field === "lon" || field === "lat" || isBlank(value)) continue;
    const isNumeric = numeric.some((name) => name === field);
    if (isNumeric && typeof value === "string") {
      const number = readNumber(value);
      result[field] = Number.isNaN(number) ? value : number;
    } else if (field === "issue" && typeof value === "number") result[field] = String(value);
    else result[field] = value;
  }
  return result;
}

function pointOf(record: Readonly<Record<string, unknown>>): { geometry: unknown } | { fault: Fault } {
  if (isBlank(record.lon) && isBlank(record.lat)) return { geometry: null };
  const coordinates = [readDegrees(record.lon), readDegrees(record.lat)];
  if (coordinates.some(Number.isNaN))
    return {
      fault: {
        field: Number.isNaN(coordinates[0]!) ? "lon" : "lat",
        code: "invalid_point",
        value: [record.lon ?? null, record.lat ?? null],
      },
    };
  return { geometry: { type: "Point", coordinates } };
}

/** Checks one record with the same rules as an incident that is posted. `row` is the record's own, `record` its fields by name. */
export function readIncidentRow(
  row: FileRow,
  record: Readonly<Record<string, unknown>>,
  frame: { readonly now: Date; readonly timeZone: string; readonly isPlaceNamed?: boolean },
): { incident: CheckedIncident } | { faults: Fault[] } {
  if (row.fault) return { faults: [{ field: "", ...row.fault }] };
  const point = row.geometry === undefined || row.geometry === null ? pointOf(record) : { geometry: row.geometry };
  if ("fault" in point) return { faults: [point.fault] };
  const checked = checkIncident(typedRecord(record), point.geometry, frame);
  return "faults" in checked ? { faults: checked.faults.map(ambiguityTold) } : checked;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The hash of all that is told but the id: equal for the same report whichever way it comes in. A place told by name counts as it is written. */
export function incidentHash(incident: CheckedIncident, written: string | null = null): string {
  const { id: _, ...content } = incident;
  return digest(JSON.stringify(content) + (written ?? ""));
}

/** A UUID (version 8) that a text always gives: the same file loaded again meets its own incidents. */
export function uuidOf(text: string): string {
  const hex = digest(text);
  const variant = (8 + (Number.parseInt(hex[16]!, 16) % 4)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
