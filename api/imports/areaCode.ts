import type { Fault } from "../contract/incident.ts";
import type { AreaLevel } from "../queries/stagedAreas.ts";

const dotted = /^\d{2}(\.\d{2}(\.\d{2}(\.[123]\d{3})?)?)?$/;
const undotted = /^(\d{2})(\d{2})?(\d{2})?([123]\d{3})?$/;
const levels: Readonly<Record<number, AreaLevel>> = { 2: "province", 5: "regency", 8: "district", 13: "village" };
const kinds: Readonly<Record<string, string>> = { "1": "kelurahan", "2": "desa", "3": "desa_adat" };

/**
 * The text of a code without invisible marks, and as it was before a spreadsheet took it for a number: 35.1 is 35.10, since all parts have two digits or
 * four, and 3517012001.0 has no fraction.
 */
function plainCode(value: unknown): string {
  if (typeof value !== "number" && typeof value !== "string") return "";
  if (typeof value === "string" && dotted.test(value) && value.length > 2) return value;
  const text = String(value)
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .trim();
  if (/^\d{2}\.\d$/.test(text)) return `${text}0`;
  return /^\d{4,10}\.0+$/.test(text) ? text.slice(0, text.indexOf(".")) : text;
}

/** Reads a Kemendagri code, dotted or not, as text or number. A ten-digit BPS code is told apart by its last four digits where that can be seen. */
export function readAreaCode(value: unknown, field = "code"): { code: string } | { fault: Fault } {
  const text = plainCode(value);
  if (text === "") return { fault: { field, code: "missing_code", value } };
  if (dotted.test(text)) return { code: text };
  if (/^(\d{2}|\d{4}|\d{6}|\d{10})$/.test(text)) {
    const parts = undotted.exec(text)?.slice(1).filter(Boolean);
    return parts ? { code: parts.join(".") } : { fault: { field, code: "bps_code_later", value: text } };
  }
  if (/^\d{7}$/.test(text)) return { fault: { field, code: "bps_code_later", value: text } };
  return { fault: { field, code: "invalid_code", value } };
}

/** The level that a code of this depth names. */
export function levelOf(code: string): AreaLevel {
  return levels[code.length]!;
}

/** Desa, kelurahan or desa adat by the fourth part of the code; null for higher levels. */
export function kindOf(code: string): string | null {
  return code.length === 13 ? (kinds[code[9]!] ?? null) : null;
}
