import { createHash } from "node:crypto";
import type { Fault } from "../contract/incident.ts";
import {
  type ActorRole,
  type ActorType,
  actorRoles,
  actorTypes,
  type CheckedPotential,
  checkPotential,
  readOnlyPotential,
} from "../contract/potential.ts";
import type { FileRow } from "../formats/rows.ts";
import { readAreaCode } from "./areaCode.ts";
import { ambiguityTold } from "./cellReader.ts";
import type { FieldAliases } from "./columns.ts";
import { readDay } from "./dayText.ts";
import { readNumber } from "./numberText.ts";

export const potentialFields: FieldAliases = {
  id: ["id", "uuid"],
  village_code: ["village_code", "kode_desa", "kode", "code", "kode_wilayah"],
  village_codes: ["village_codes", "desa_terkait"],
  title: ["title", "judul", "potensi", "nama"],
  issue: ["issue", "isu", "kode_isu"],
  stage: ["stage", "tahap"],
  status: ["status"],
  owner: ["owner", "penanggung_jawab", "pemilik"],
  opened_on: ["opened_on", "opened", "dibuka", "tanggal_dibuka"],
  review_due: ["review_due", "tinjau_ulang", "jatuh_tempo"],
  closed_on: ["closed_on", "closed", "ditutup"],
  closing_note: ["closing_note", "penyelesaian"],
  actors: ["actors", "pihak", "aktor"],
  facts: ["facts", "fakta", "uraian"],
  opinion: ["opinion", "pendapat", "analisis"],
  lon: ["lon", "lng", "longitude", "bujur", "x"],
  lat: ["lat", "latitude", "lintang", "y"],
};

const types: Readonly<Record<string, ActorType>> = {
  warga: "community",
  masyarakat: "community",
  "pemerintah desa": "village_government",
  pemerintah: "government",
  perusahaan: "company",
  "kelompok agama": "religious_group",
  "kelompok etnis": "ethnic_group",
  "perguruan silat": "martial_arts_school",
  pemuda: "youth_group",
  ormas: "mass_organisation",
  partai: "party",
  pekerja: "workers",
  pedagang: "traders",
  aparat: "security_forces",
  lainnya: "other",
};
const roles: Readonly<Record<string, ActorRole>> = {
  penuntut: "claimant",
  tertuntut: "respondent",
  pendukung: "supporter",
  terdampak: "affected",
  penengah: "mediator",
  mediator: "mediator",
  lainnya: "other",
};
const statuses: Readonly<Record<string, string>> = {
  terbuka: "open",
  buka: "open",
  tertutup: "closed",
  ditutup: "closed",
  selesai: "closed",
};

const isBlank = (value: unknown): boolean => value === undefined || value === null || (typeof value === "string" && value.trim() === "");
const wordOf = (value: unknown): string => String(value).trim().toLowerCase();

/** A day as offices write it, in the form of the API; what can be read in two ways, or in none, stays for the check to name. */
export function dayIn(value: unknown, timeZone: string): unknown {
  return typeof value === "string" ? (readDay(value, null, timeZone) ?? value) : value;
}

/** Reads "type:role" or "type:role:name of the group", separated by semicolons, in either language; null where it is something else. */
function actorsIn(value: unknown): object[] | null {
  if (Array.isArray(value)) return value;
  const actors: object[] = [];
  for (const part of String(value).split(";")) {
    if (part.trim() === "") continue;
    const [typeText = "", roleText = "other", ...name] = part.split(":");
    const type = actorTypes.find((known) => known === wordOf(typeText)) ?? types[wordOf(typeText)];
    const role = actorRoles.find((known) => known === wordOf(roleText)) ?? roles[wordOf(roleText)];
    if (!type || !role) return null;
    const label = name.join(":").trim();
    actors.push({ type, role, ...(label === "" ? {} : { name: label }) });
  }
  return actors;
}

function codesIn(value: unknown): { codes: string[] } | { fault: Fault } {
  const list = Array.isArray(value) ? value : String(value).split(/[;,\s]+/);
  const codes: string[] = [];
  for (const item of list.filter((one) => !isBlank(one))) {
    const code = readAreaCode(item, "village_codes");
    if ("fault" in code) return code;
    codes.push(code.code);
  }
  return { codes };
}

// Degrees have no thousands.
const degrees = (value: unknown): number => readNumber(value, typeof value === "string" && value.includes(",") ? "comma" : "point");

function pointIn(record: Readonly<Record<string, unknown>>): { geometry: unknown } | { fault: Fault } {
  if (isBlank(record.lon) && isBlank(record.lat)) return { geometry: null };
  const coordinates = [degrees(record.lon), degrees(record.lat)];
  if (!coordinates.some(Number.isNaN)) return { geometry: { type: "Point", coordinates } };
  return { fault: { field: "lon", code: "invalid_point", value: [record.lon ?? null, record.lat ?? null] } };
}

/** Checks one record with the same rules as a dispute that is posted. */
export function readPotentialRow(
  row: FileRow,
  record: Readonly<Record<string, unknown>>,
  frame: { readonly now: Date; readonly timeZone: string },
): { potential: CheckedPotential; contentHash: string } | { faults: Fault[] } {
  if (row.fault) return { faults: [{ field: "", ...row.fault }] };
  const placed = row.geometry === undefined || row.geometry === null ? pointIn(record) : { geometry: row.geometry };
  if ("fault" in placed) return { faults: [placed.fault] };
  const sent: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(record)) if (field !== "lon" && field !== "lat" && !isBlank(value)) sent[field] = value;
  if (typeof sent.issue === "number") sent.issue = String(sent.issue);
  for (const field of ["opened_on", "review_due", "closed_on"])
    if (sent[field] !== undefined) sent[field] = dayIn(sent[field], frame.timeZone);
  if (sent.status !== undefined) sent.status = statuses[wordOf(sent.status)] ?? sent.status;
  if (sent.village_code !== undefined) {
    const code = readAreaCode(sent.village_code, "village_code");
    if ("fault" in code) return { faults: [code.fault] };
    sent.village_code = code.code;
  }
  if (sent.village_codes !== undefined) {
    const found = codesIn(sent.village_codes);
    if ("fault" in found) return { faults: [found.fault] };
    const own = typeof sent.village_code === "string" && !found.codes.includes(sent.village_code) ? [sent.village_code] : [];
    sent.village_codes = [...own, ...found.codes];
  }
  if (sent.actors !== undefined) {
    const actors = actorsIn(sent.actors);
    if (actors === null) return { faults: [{ field: "actors", code: "unreadable_actors", value: sent.actors }] };
    sent.actors = actors;
  }
  const checked = checkPotential(sent, placed.geometry, frame);
  return "faults" in checked
    ? { faults: checked.faults.map(ambiguityTold) }
    : { ...checked, contentHash: potentialHash(sent, placed.geometry) };
}

/** The hash of what is told of a dispute, its id and what we fill in left out: so it does not change from one day to the next. */
export function potentialHash(properties: Readonly<Record<string, unknown>>, geometry: unknown): string {
  const told = Object.entries(properties)
    .filter(([field, value]) => field !== "id" && !readOnlyPotential.has(field) && value !== undefined && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([told, geometry ?? null]))
    .digest("hex");
}
