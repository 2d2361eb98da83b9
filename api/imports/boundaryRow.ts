import type { Fault } from "../contract/incident.ts";
import type { FileRow } from "../formats/rows.ts";
import type { StagedArea } from "../queries/stagedAreas.ts";
import { kindOf, levelOf, readAreaCode } from "./areaCode.ts";
import type { FieldAliases, RecordReader } from "./columns.ts";
import { type ImportRequest, isWithin } from "./request.ts";
import { readShape, type Shape } from "./shape.ts";

export const boundaryFields: FieldAliases = {
  code: ["code", "kode", "kode_wilayah", "kode_kemendagri", "kdepum", "kode_desa", "id"],
  name: ["name", "nama", "nama_wilayah", "wadmkd", "namobj", "nama_desa", "desa_kelurahan", "desa", "kelurahan"],
  district_name: ["district_name", "kecamatan", "nama_kecamatan", "wadmkc"],
  regency_name: ["regency_name", "kabupaten_kota", "kabupaten", "kota", "nama_kabupaten", "wadmkk"],
  province_name: ["province_name", "provinsi", "nama_provinsi", "wadmpr"],
};

/** The newest list of codes and names that this version knows of. */
export const newestVintage = "2025";

export interface BoundaryRow {
  readonly area: Omit<StagedArea, "geojson" | "ewkb">;
  readonly shape: Shape;
  /** Names of the areas it lies in, as far as the file tells them. */
  readonly parentNames: readonly (readonly [code: string, name: string])[];
}

const longestName = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what a name cannot hold
const unstorable = /[\u0000-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function readName(value: unknown): string | Fault {
  const name = typeof value === "string" ? value.trim().replace(/\s+/g, " ") : "";
  if (name === "") return { field: "name", code: "missing_field", value };
  if (name.length > longestName || unstorable.test(name)) return { field: "name", code: "invalid_text", value: name };
  return name;
}

/** Checks one record of a boundary file. Whether its shape is valid is asked of the geometry engine later. */
export function readBoundaryRow(
  row: FileRow,
  read: RecordReader,
  request: Pick<ImportRequest, "options" | "areas" | "name">,
): BoundaryRow | { faults: Fault[] } {
  const { options } = request;
  const faults: Fault[] = row.fault ? [{ field: "", ...row.fault }] : [];
  if (row.fault?.code === "unreadable_row" || row.fault?.code === "not_a_feature") return { faults };
  const record = read(row.properties);
  const code = readAreaCode(record.code);
  if ("fault" in code) faults.push(code.fault);
  else if (options.level && levelOf(code.code) !== options.level)
    faults.push({ field: "code", code: "wrong_level", value: code.code, expected: options.level });
  else if (!isWithin(request.areas, code.code)) faults.push({ field: "code", code: "outside_scope", value: code.code });
  const name = readName(record.name);
  if (typeof name !== "string") faults.push(name);
  const shape = readShape(row.geometry);
  if ("fault" in shape && !row.fault) faults.push(shape.fault);
  if (faults.length > 0 || "fault" in code || "fault" in shape || typeof name !== "string") return { faults };

  const parents = [
    [code.code.slice(0, 2), record.province_name],
    [code.code.slice(0, 5), record.regency_name],
    [code.code.slice(0, 8), record.district_name],
  ] as const;
  return {
    area: {
      row: row.row,
      code: code.code,
      level: levelOf(code.code),
      name,
      kind: kindOf(code.code),
      vintage: options.vintage ?? newestVintage,
      origin: "file",
      source: options.source ?? request.name,
      ringHash: shape.shape.hash,
    },
    shape: shape.shape,
    parentNames: parents.flatMap(([parent, value]) => {
      const parentName = parent.length < code.code.length ? readName(value) : null;
      return typeof parentName === "string" ? [[parent, parentName] as const] : [];
    }),
  };
}
