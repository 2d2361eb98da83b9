import { problem } from "../problem.ts";
import { detectSpreadsheet } from "./detectSpreadsheet.ts";
import { encodingOf } from "./encodings.ts";

export type FormatId = "geojson" | "geojson-sequence" | "geojson-feature" | "csv" | "xlsx" | "mysql-dump";

const magic: readonly (readonly [string, readonly number[]])[] = [
  ["ZIP (Shapefile)", [0x50, 0x4b, 0x03, 0x04]],
  ["GeoPackage", [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
  ["FlatGeobuf", [0x66, 0x67, 0x62, 0x03]],
  ["Shapefile (.shp)", [0x00, 0x00, 0x27, 0x0a]],
];
const alsoBinary: readonly (readonly [string, readonly number[]])[] = [
  ["PDF", [0x25, 0x50, 0x44, 0x46]],
  ["PNG", [0x89, 0x50, 0x4e, 0x47]],
  ["JPEG", [0xff, 0xd8, 0xff]],
  ["gzip", [0x1f, 0x8b]],
];

const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, index) => head[index] === byte);

/** The members of the outermost object as far as the text goes: their names, and the text of those that are plain strings. */
function outerMembers(text: string): Map<string, string | null> {
  const members = new Map<string, string | null>();
  const token = /"((?:[^"\\]|\\.)*)"|[{}[\]:,]/gs;
  let depth = 0;
  let key: string | null = null;
  let expectsValue = false;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const sign = match[0];
    if (sign === "{" || sign === "[") depth++;
    else if (sign === "}" || sign === "]") {
      if (--depth === 0) break;
    } else if (depth !== 1) continue;
    else if (sign === ":") expectsValue = true;
    else if (sign === ",") expectsValue = false;
    else if (expectsValue && key !== null) members.set(key, match[1] ?? null);
    else {
      key = match[1] ?? "";
      members.set(key, null);
    }
  }
  return members;
}

function isWholeJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function jsonFormat(text: string, name: string): FormatId {
  const members = outerMembers(text);
  const type = members.get("type") ?? null;
  if (type === "FeatureCollection" || members.has("features")) return "geojson";
  if (type !== null && type !== "Feature")
    throw problem("file_not_understood", { name, value: `JSON, type ${type}`, expected: "FeatureCollection, Feature" });
  const lineEnd = text.search(/[\r\n]/);
  if (lineEnd < 0 || isWholeJson(text.slice(0, lineEnd))) return "geojson-sequence";
  // A first line that is not whole: one feature over many lines, or a list whose first line is damaged.
  return /^\s*\{\s*$/.test(text.slice(0, lineEnd)) || !/\n\s*\{"type"\s*:\s*"Feature"/.test(text) ? "geojson-feature" : "geojson-sequence";
}

/**
 * Tells a format by the first bytes of the unpacked content; what the sender says decides only between plain texts.
 * @throws file_not_understood or format_later, naming what was found and what is taken.
 */
export function detectFormat(head: Uint8Array, name: string, contentType: string | null, accepted: readonly FormatId[]): FormatId {
  const expected = accepted.filter((format) => format !== "geojson-feature").join(", ");
  const sheet = detectSpreadsheet(head, name);
  if (sheet !== null) {
    if (!accepted.includes(sheet)) throw problem("file_not_understood", { name, value: "XLSX", expected });
    return sheet;
  }
  for (const [label, bytes] of magic) if (startsWith(head, bytes)) throw problem("format_later", { name, value: label, expected });
  for (const [label, bytes] of alsoBinary)
    if (startsWith(head, bytes)) throw problem("file_not_understood", { name, value: label, expected });
  const encoding = encodingOf(head);
  const isUtf16 = encoding !== "utf-8";
  const text = new TextDecoder(encoding).decode(head).trimStart();
  if (text.trim() === "" || (!isUtf16 && text.includes("\u0000")))
    throw problem("file_not_understood", { name, value: text.trim() === "" ? "—" : "biner / binary", expected });

  let found: FormatId | null = null;
  if (text.startsWith("\u001e")) found = "geojson-sequence";
  else if (text.startsWith("{")) found = jsonFormat(text, name);
  else if (
    /^(--|\/\*|#|(insert|delete|create|drop|set|start|lock|use|begin)\b)/i.test(text) &&
    (/sql/i.test(`${name} ${contentType ?? ""}`) || /insert\s+into/i.test(text))
  )
    found = "mysql-dump";
  else if (!/^[<[]/.test(text) && !/json/i.test(contentType ?? "") && !/json(\.gz)?$/i.test(name)) found = "csv";
  if (found === null || !accepted.includes(found))
    throw problem("file_not_understood", { name, value: found ?? text.slice(0, 40), expected });
  return found;
}
