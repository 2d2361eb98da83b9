import { problem } from "../problem.ts";
import { detectSpreadsheet } from "./detectSpreadsheet.ts";
import { encodingOf } from "./encodings.ts";
import { markupFormat, notRead, refuseKnownBinary, startsWith } from "./signatures.ts";

export type FormatId =
  | "geojson"
  | "geojson-sequence"
  | "geojson-feature"
  | "topojson"
  | "shapefile"
  | "geopackage"
  | "flatgeobuf"
  | "csv"
  | "xlsx"
  | "mysql-dump";

const labels: Readonly<Record<FormatId, string>> = {
  geojson: "GeoJSON",
  "geojson-sequence": "GeoJSON per baris / line-delimited",
  "geojson-feature": "GeoJSON Feature",
  topojson: "TopoJSON",
  shapefile: "Shapefile (.zip)",
  geopackage: "GeoPackage",
  flatgeobuf: "FlatGeobuf",
  csv: "CSV",
  xlsx: "XLSX",
  "mysql-dump": "MySQL dump",
};
const binary: readonly (readonly [FormatId, readonly number[]])[] = [
  ["shapefile", [0x50, 0x4b, 0x03, 0x04]],
  // An empty zip.
  ["shapefile", [0x50, 0x4b, 0x05, 0x06]],
  ["geopackage", [...Buffer.from("SQLite format 3\0")]],
  ["flatgeobuf", [0x66, 0x67, 0x62]],
];
const applicationIdAt = 68;

function isGeopackage(head: Uint8Array, name: string): boolean {
  return /\.gpkg(\.gz)?$/i.test(name) || (head[applicationIdAt] === 0x47 && head[applicationIdAt + 1] === 0x50);
}

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

function jsonFormat(text: string, name: string, expected: string): FormatId {
  const members = outerMembers(text);
  const type = members.get("type") ?? null;
  if (type === null && (members.has("geometryType") || members.has("displayFieldName"))) throw notRead(name, "Esri JSON", expected);
  if (type === "FeatureCollection" || members.has("features")) return "geojson";
  if (type === "Topology" || (type === null && members.has("arcs"))) return "topojson";
  if (type !== null && type !== "Feature") throw problem("file_not_understood", { name, value: `JSON, type ${type}`, expected });
  const lineEnd = text.search(/[\r\n]/);
  if (lineEnd < 0 || isWholeJson(text.slice(0, lineEnd))) return "geojson-sequence";
  // A first line that is not whole: one feature over many lines, or a list whose first line is damaged.
  return /^\s*\{\s*$/.test(text.slice(0, lineEnd)) || !/\n\s*\{"type"\s*:\s*"Feature"/.test(text) ? "geojson-feature" : "geojson-sequence";
}

/**
 * Tells a format by the first bytes of the unpacked content; what the sender says decides only between plain texts.
 * @throws file_not_understood, format_not_read, bare_shapefile and those of spreadsheets, naming what was found and what is taken.
 */
export function detectFormat(head: Uint8Array, name: string, contentType: string | null, accepted: readonly FormatId[]): FormatId {
  const expected = accepted
    .filter((format) => format !== "geojson-feature")
    .map((format) => labels[format])
    .join(", ");
  const sheet = detectSpreadsheet(head, name);
  if (sheet !== null) {
    if (!accepted.includes(sheet)) throw problem("file_not_understood", { name, value: "XLSX", expected });
    return sheet;
  }
  for (const [format, bytes] of binary) {
    if (!startsWith(head, bytes)) continue;
    if (!accepted.includes(format)) throw problem("file_not_understood", { name, value: labels[format], expected });
    if (format === "geopackage" && !isGeopackage(head, name)) throw notRead(name, "SQLite (SpatiaLite, MBTiles)", expected);
    return format;
  }
  refuseKnownBinary(head, name, expected);
  const encoding = encodingOf(head);
  const isUtf16 = encoding !== "utf-8";
  const text = new TextDecoder(encoding).decode(head).trimStart();
  if (text.trim() === "" || (!isUtf16 && text.includes("\u0000")))
    throw problem("file_not_understood", { name, value: text.trim() === "" ? "—" : "biner / binary", expected });

  const markup = markupFormat(text);
  if (markup) throw notRead(name, markup, expected);
  if (/^version\s+\d{3}\s*\r?\n\s*charset/i.test(text)) throw notRead(name, "MapInfo MIF", expected);
  let found: FormatId | null = null;
  if (text.startsWith("\u001e")) found = "geojson-sequence";
  else if (text.startsWith("{")) found = jsonFormat(text, name, expected);
  else if (
    /^(--|\/\*|#|(insert|delete|create|drop|set|start|lock|use|begin)\b)/i.test(text) &&
    (/sql/i.test(`${name} ${contentType ?? ""}`) || /insert\s+into/i.test(text))
  )
    found = "mysql-dump";
  else if (!/^[<[]/.test(text) && !/json/i.test(contentType ?? "") && !/json(\.gz)?$/i.test(name)) found = "csv";
  if (found === null || !accepted.includes(found))
    throw problem("file_not_understood", { name, value: found ? labels[found] : text.slice(0, 40), expected });
  return found;
}
