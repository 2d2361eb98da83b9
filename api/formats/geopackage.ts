import { copyFile, open, rm } from "node:fs/promises";
import sqlite from "node-sqlite3-wasm";
import { type Problem, problem } from "../problem.ts";
import { type DeclaredCrs, declaredByCode, declaredByWkt } from "./declaredCrs.ts";
import { type FileRow, type FileSource, mostVertices, RowBatch, type RowFault, recordLimitBytes } from "./rows.ts";
import { readWkb } from "./wkb.ts";

type Value = number | bigint | string | Uint8Array | null;
type Row = Readonly<Record<string, Value>>;

interface Layer {
  readonly table: string;
  readonly geometryColumn: string;
  readonly geometryType: string;
  readonly crs: DeclaredCrs | null;
}

const journalBytesAt = 18;
const mostTextBytes = 1024 * 1024;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const mayHoldPolygons = (type: string): boolean => /POLYGON|GEOMETRY|SURFACE/i.test(type);

/** What a text or number of the database is outside of it; what is no data (a picture, say) is left out. */
function plainValue(value: Value): unknown {
  if (value instanceof Uint8Array) return null;
  return typeof value === "bigint" ? String(value) : value;
}

const headerEnvelopeBytes = [0, 32, 48, 48, 64] as const;

/** The geometry of a GeoPackage's blob: magic, flags, system number, perhaps a box, then well-known binary. */
function blobGeometry(blob: Buffer): { readonly geometry: unknown; readonly fault?: RowFault } {
  const flags = blob[3] ?? 0;
  const envelope = headerEnvelopeBytes[(flags >> 1) & 7];
  if (blob.length < 8 || blob.toString("latin1", 0, 2) !== "GP" || envelope === undefined || (flags & 0x20) !== 0)
    return { geometry: null, fault: { code: "unreadable_row", field: "geometry", reason: `GeoPackageBinary, ${blob.length} byte` } };
  if ((flags & 0x10) !== 0) return { geometry: null };
  return readWkb(blob, 8 + envelope);
}

function declaredBy(system: Row | undefined): DeclaredCrs | null {
  const id = Number(system?.srs_id ?? -1);
  // The two that every GeoPackage has for coordinates of no declared system.
  if (!system || id === 0 || id === -1) return null;
  const organization = String(system.organization ?? "");
  const byCode = declaredByCode(`${organization}:${String(system.organization_coordsys_id ?? "")}`);
  if (byCode.system) return byCode;
  return /^(none|undefined|)$/i.test(organization) || !system.definition ? byCode : declaredByWkt(String(system.definition));
}

function layersOf(database: sqlite.Database): Layer[] {
  const rows = database.all(
    `select g.table_name, g.column_name, g.geometry_type_name, s.srs_id, s.organization, s.organization_coordsys_id,
            substr(s.definition, 1, 50001) as definition
       from gpkg_geometry_columns g
       join sqlite_master m on m.name = g.table_name and m.type = 'table' and m.sql not like 'create virtual%'
       left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id
      order by g.table_name
      limit 1000`,
  ) as Row[];
  return rows.map((row) => ({
    table: String(row.table_name),
    geometryColumn: String(row.column_name),
    geometryType: String(row.geometry_type_name),
    crs: declaredBy(row),
  }));
}

function chosenLayer(layers: readonly Layer[], { name, layer: wanted }: FileSource): Layer {
  const described = layers.map(({ table, geometryType }) => `${table} (${geometryType})`).join(", ");
  if (wanted) {
    const found = layers.find(({ table }) => table === wanted);
    if (!found) throw problem("layer_not_found", { name, value: wanted, layers: described });
    return found;
  }
  const polygons = layers.filter(({ geometryType }) => mayHoldPolygons(geometryType));
  if (polygons.length === 0) throw problem("no_polygon_layer", { name, layers: described });
  if (polygons.length > 1) throw problem("layer_unclear", { name, layers: polygons.map(({ table }) => table).join(", ") });
  return polygons[0]!;
}

/**
 * A GeoPackage whose last program wrote ahead (QGIS while it is open) cannot be opened for reading alone; a copy marked as closed can.
 * @returns where the copy lies, null where none is needed
 */
async function closedCopy(path: string): Promise<string | null> {
  const file = await open(path, "r");
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, journalBytesAt);
    if (buffer[0] !== 2 && buffer[1] !== 2) return null;
  } finally {
    await file.close();
  }
  const copy = `${path}.closed`;
  await copyFile(path, copy);
  const written = await open(copy, "r+");
  try {
    await written.write(Buffer.from([1, 1]), 0, 2, journalBytesAt);
  } finally {
    await written.close();
  }
  return copy;
}

/**
 * Reads the layer of polygons of a GeoPackage row by row, from disk. Views and computed columns are not run: their SQL is the sender's.
 * The row counts from 1 in the order of the table.
 * @throws file_damaged for what SQLite cannot read, layer_unclear, layer_not_found, no_polygon_layer, record_too_large
 */
export async function* readGeopackage(path: string, source: FileSource): AsyncGenerator<FileRow[]> {
  const { name } = source;
  const damaged = (error: unknown): Problem =>
    problem("file_damaged", { name, where_id: "GeoPackage", where_en: "GeoPackage", reason: (error as Error).message.slice(0, 160) });
  const copy = await closedCopy(path);
  const read = copy ?? path;
  // Left by a process that died while it read.
  await rm(`${read}.lock`, { recursive: true, force: true });
  let database: sqlite.Database | null = null;
  let statement: sqlite.Statement | null = null;
  try {
    const batch = new RowBatch();
    let rows: Iterator<unknown>;
    let layer: Layer;
    let geometry: string;
    try {
      database = new sqlite.Database(read, { fileMustExist: true, readOnly: true });
      database.exec("pragma trusted_schema = off; pragma cell_size_check = on");
      layer = chosenLayer(layersOf(database), source);
      geometry = quoted(layer.geometryColumn);
      const columns = (database.all(`pragma table_xinfo(${quoted(layer.table)})`) as Row[])
        .filter((column) => Number(column.hidden) === 0 && column.name !== layer.geometryColumn)
        .map((column) => quoted(String(column.name)));
      const cells = columns.map((column) => `case when length(${column}) <= ${mostTextBytes} then ${column} end as ${column}`);
      statement = database.prepare(
        `select ${[...cells, `length(${geometry}) as "length of the geometry"`, `case when length(${geometry}) <= ${recordLimitBytes} then ${geometry} end as ${geometry}`].join(", ")}
           from ${quoted(layer.table)}`,
      );
      rows = statement.iterate();
    } catch (error) {
      throw error instanceof sqlite.SQLite3Error ? damaged(error) : error;
    }
    for (let row = 1; ; row++) {
      let next: IteratorResult<unknown>;
      try {
        next = rows.next();
      } catch (error) {
        throw damaged(error);
      }
      if (next.done) break;
      const { "length of the geometry": length, [layer.geometryColumn]: blob, ...cells } = next.value as Record<string, Value>;
      if (Number(length ?? 0) > recordLimitBytes)
        throw problem("record_too_large", { name, row, limit: `${recordLimitBytes / 1024 ** 2} MB, ${mostVertices} titik / vertices` });
      const properties = Object.fromEntries(Object.entries(cells).map(([column, value]) => [column, plainValue(value)]));
      const shape =
        blob instanceof Uint8Array ? blobGeometry(Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)) : { geometry: null };
      batch.add({ row, properties, crs: layer.crs, ...shape }, Number(length ?? 0));
      if (batch.isFull) yield batch.take();
    }
    if (!batch.isEmpty) yield batch.take();
  } finally {
    try {
      statement?.finalize();
      database?.close();
    } catch {
      // A damaged database may complain again when it is closed; what was wrong has been said.
    }
    await rm(`${read}.lock`, { recursive: true, force: true });
    if (copy) await rm(copy, { force: true });
  }
}
