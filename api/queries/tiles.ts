import type { Database, Queryable, Transaction } from "../database/database.ts";

export interface CutTile {
  readonly collection: string;
  readonly z: number;
  readonly x: number;
  readonly y: number;
  /** A Mapbox Vector Tile, or null where nothing lies any more. */
  readonly data: Uint8Array | null;
  readonly etag: string | null;
}

/** One tile as stored, or null where it is empty. */
export async function readTile(
  database: Queryable,
  collection: string,
  z: number,
  x: number,
  y: number,
): Promise<{ data: Uint8Array; etag: string } | null> {
  const rows = await database.query<{ data: Uint8Array; etag: string }>(
    "select data, etag from tile where collection = $1 and z = $2 and x = $3 and y = $4",
    [collection, z, x, y],
  );
  return rows[0] ?? null;
}

const levels: Readonly<Record<string, string>> = {
  villages: "village",
  districts: "district",
  regencies: "regency",
  provinces: "province",
};

/** West, south, east, north of all areas of a collection, or null while there are none. */
export async function tileBounds(database: Queryable, collection: string): Promise<readonly [number, number, number, number] | null> {
  const rows = await database.query<{ bounds: [number, number, number, number] | null }>(
    `select case when count(*) > 0 then array[min(ST_XMin(geometry)), min(ST_YMin(geometry)), max(ST_XMax(geometry)), max(ST_YMax(geometry))]::float8[] end as bounds
       from area
      where level = $1`,
    [levels[collection] ?? ""],
  );
  return rows[0]?.bounds ?? null;
}

export async function stageTiles(database: Database, importId: string, tiles: readonly CutTile[]): Promise<void> {
  const rows = tiles.map((tile) => [importId, tile.collection, tile.z, tile.x, tile.y, tile.data, tile.etag]);
  await database.transaction(
    (transaction) => transaction.copy("staged_tile", ["import_id", "collection", "z", "x", "y", "data", "etag"], rows),
    { durable: false },
  );
}

/** Puts the staged tiles in place of the stored ones; those without data are removed. */
export async function storeStagedTiles(transaction: Transaction, importId: string): Promise<void> {
  await transaction.query(
    `delete from tile t
      using staged_tile s
      where s.import_id = $1 and s.data is null and t.collection = s.collection and t.z = s.z and t.x = s.x and t.y = s.y`,
    [importId],
  );
  await transaction.query(
    `insert into tile (collection, z, x, y, data, etag)
     select collection, z, x, y, data, etag
       from staged_tile
      where import_id = $1 and data is not null
     on conflict (collection, z, x, y) do update set data = excluded.data, etag = excluded.etag`,
    [importId],
  );
}
