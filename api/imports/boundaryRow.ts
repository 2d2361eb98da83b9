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
  kind: ["kind", "jenis", "jenis_wilayah", "tipe"],
  point: ["titik", "point", "titik_acuan"],
  longitude: ["longitude", "lon", "lng", "bujur"],
  latitude: ["latitude", "lat", "lintang"],
};

/** The newest list of codes and names that this version knows of. */
export const newestVintage = "2025";

export interface BoundaryRow {
  readonly area: Omit<StagedArea, "ewkb">;
  readonly shape: Shape;
  /** Names of the areas it lies in, as far as the file tells them. */
  readonly parentNames: readonly (readonly [code: string, name: string])[];
  /** What the file calls it: desa, kelurahan; null where it does not say. */
  readonly statedKind: string | null;
  /** The file's reference point, longitude and latitude; null where it has none that can be read. */
  readonly point: readonly [number, number] | null;
}

/** A row that cannot be taken, with what it could be told by. */
export interface RejectedRow {
  readonly faults: readonly Fault[];
  readonly code?: string;
  readonly name?: string;
}

/** A reference point as a pair or as two columns; one that is not to be read is none, since nothing is stored of it. */
function readPoint(record: Readonly<Record<string, unknown>>): [number, number] | null {
  const pair = Array.isArray(record.point) ? record.point : [record.longitude, record.latitude];
  const [longitude, latitude] = pair.map((value) => (typeof value === "number" ? value : Number.parseFloat(String(value))));
  if (longitude === undefined || latitude === undefined || !Number.isFinite(longitude) || !Number.isFinite(latitude)) return null;
  return Math.abs(longitude) <= 180 && Math.abs(latitude) < 89 ? [longitude, latitude] : null;
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
): BoundaryRow | RejectedRow {
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
  if (faults.length > 0 || "fault" in code || "fault" in shape || typeof name !== "string")
    return { faults, ...("fault" in code ? {} : { code: code.code }), ...(typeof name === "string" ? { name } : {}) };

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
    statedKind: typeof record.kind === "string" ? record.kind : null,
    point: readPoint(record),
    parentNames: parents.flatMap(([parent, value]) => {
      const parentName = parent.length < code.code.length ? readName(value) : null;
      return typeof parentName === "string" ? [[parent, parentName] as const] : [];
    }),
  };
}
