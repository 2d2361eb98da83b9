import { createHash } from "node:crypto";
import type { Fault } from "../contract/incident.ts";
import { type CheckedRosterLine, checkRosterLine } from "../contract/roster.ts";
import type { FileRow } from "../formats/rows.ts";
import { readAreaCode } from "./areaCode.ts";
import { ambiguityTold } from "./cellReader.ts";
import type { FieldAliases } from "./columns.ts";
import { readNumber } from "./numberText.ts";
import { dayIn } from "./potentialRow.ts";

export const rosterFields: FieldAliases = {
  id: ["id", "uuid"],
  area_code: ["area_code", "village_code", "kode_desa", "kode", "code", "kode_wilayah"],
  cadence: ["cadence", "frekuensi", "berkala", "jadwal"],
  every_days: ["every_days", "tiap_hari", "setiap_hari"],
  grace_days: ["grace_days", "tenggang", "tenggang_hari"],
  valid_from: ["valid_from", "berlaku_dari", "mulai", "sejak", "from"],
  valid_to: ["valid_to", "berlaku_sampai", "sampai", "to"],
  reporter_role: ["reporter_role", "jabatan", "unsur", "role"],
  reporter: ["reporter", "pelapor", "nama_pelapor", "petugas"],
};

const words: Readonly<Record<string, "weekly" | "monthly" | "period">> = {
  weekly: "weekly",
  mingguan: "weekly",
  pekanan: "weekly",
  minggu: "weekly",
  monthly: "monthly",
  bulanan: "monthly",
  bulan: "monthly",
  period: "period",
  b: "period",
  periode: "period",
  "b-periode": "period",
  caturwulan: "period",
  "empat bulanan": "period",
};

/** Reads how often: a word in either language, or a number of days ("10", "10 hari", "tiap 10 hari", "every 10 days"). What is neither stays for the check to refuse. */
function cadenceIn(value: unknown): { cadence: unknown; every_days?: number } {
  const text = String(value ?? "")
    .trim()
    .toLowerCase();
  const word = words[text];
  if (word) return { cadence: word };
  const days = /^(?:(?:tiap|setiap|every)\s+)?(\d{1,3})\s*(?:hari|days?)?$/.exec(text)?.[1];
  return days ? { cadence: "days", every_days: Number(days) } : { cadence: text === "" ? undefined : value };
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || (typeof value === "string" && value.trim() === "");

/** Checks one record with the same rules as a line that is posted. */
export function readRosterRow(
  row: FileRow,
  record: Readonly<Record<string, unknown>>,
  { timeZone }: { readonly timeZone: string },
): { line: CheckedRosterLine } | { faults: Fault[] } {
  if (row.fault) return { faults: [{ field: "", ...row.fault }] };
  const sent: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(record)) if (!isBlank(value)) sent[field] = typeof value === "string" ? value.trim() : value;
  if (sent.area_code !== undefined) {
    const code = readAreaCode(sent.area_code, "area_code");
    if ("fault" in code) return { faults: [code.fault] };
    sent.area_code = code.code;
  }
  for (const field of ["valid_from", "valid_to"]) if (sent[field] !== undefined) sent[field] = dayIn(sent[field], timeZone);
  if (sent.cadence !== undefined) Object.assign(sent, cadenceIn(sent.cadence));
  for (const field of ["every_days", "grace_days"]) {
    const number = sent[field] === undefined ? undefined : readNumber(sent[field]);
    if (number !== undefined && !Number.isNaN(number)) sent[field] = number;
  }
  for (const field of ["reporter", "reporter_role"]) if (typeof sent[field] === "number") sent[field] = String(sent[field]);
  const checked = checkRosterLine(sent);
  return "faults" in checked ? { faults: checked.faults.map(ambiguityTold) } : checked;
}

/** The hash of all that a line tells but its id. */
export function rosterHash(line: CheckedRosterLine): string {
  return createHash("sha256")
    .update(JSON.stringify({ ...line, id: null }))
    .digest("hex");
}
