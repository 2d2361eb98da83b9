import type { Fault } from "../contract/incident.ts";
import type { FileRow } from "../formats/rows.ts";
import type { StagedVintageArea } from "../queries/vintages.ts";
import { readAreaCode } from "./areaCode.ts";
import type { FieldAliases, RecordReader } from "./columns.ts";
import { isWithin } from "./request.ts";
import { readShape } from "./shape.ts";
import { shapeEwkb } from "./writeShape.ts";

export const vintageFields: FieldAliases = {
  code: ["code", "kode", "kode_wilayah", "kode_kemendagri", "kdepum", "kode_desa", "id"],
  name: ["name", "nama", "nama_wilayah", "wadmkd", "namobj", "nama_desa", "desa_kelurahan", "desa", "kelurahan"],
};

const longestName = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what a name cannot hold
const unstorable = /[\u0000-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Checks one row of a list: a Kemendagri code of any level, a name and, in files that have them, a shape. */
export function readVintageRow(
  row: FileRow,
  read: RecordReader,
  areas: readonly string[] | null,
): { area: StagedVintageArea } | { faults: Fault[] } {
  if (row.fault) return { faults: [{ field: "", ...row.fault }] };
  const record = read(row.properties);
  const faults: Fault[] = [];
  const code = readAreaCode(record.code);
  if ("fault" in code) faults.push(code.fault);
  else if (!isWithin(areas, code.code)) faults.push({ field: "code", code: "outside_scope", value: code.code });
  const name = typeof record.name === "string" ? record.name.trim().replace(/\s+/g, " ") : "";
  if (name === "") faults.push({ field: "name", code: "missing_field", value: record.name });
  else if (name.length > longestName || unstorable.test(name)) faults.push({ field: "name", code: "invalid_text", value: name });
  const shape = row.geometry === undefined || row.geometry === null ? null : readShape(row.geometry);
  if (shape !== null && "fault" in shape) faults.push(shape.fault);
  if (faults.length > 0 || "fault" in code || (shape !== null && "fault" in shape)) return { faults };
  return { area: { row: row.row, code: code.code, name, ewkb: shape === null ? null : shapeEwkb(shape.shape) } };
}
