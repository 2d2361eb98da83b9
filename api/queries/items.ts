import type { Filter } from "../contract/filterTree.ts";
import { type Queryable as Asks, StatementError } from "../database/database.ts";
import { refuseInvalidShapes } from "./filterShapes.ts";
import { filterSql } from "./filters.ts";
import { FilterFault, Parameters, postgresType, type Queryable, type Queryables } from "./queryables.ts";

/** What a page of any collection is asked with. Nothing here has been turned into SQL yet. */
export interface PageRequest {
  readonly limit: number;
  /** Rows to pass over, for clients that count. */
  readonly offset?: number;
  readonly bbox: readonly [number, number, number, number] | null;
  /** Half-open: `from` inclusive, `to` exclusive; null is open. */
  readonly interval: { readonly from: Date | null; readonly to: Date | null } | null;
  readonly filters: readonly Filter[];
  readonly sortBy: { readonly property: string; readonly isDescending: boolean } | null;
  readonly after: Cursor | null;
  /** Area codes each covering all inside; null is everywhere. */
  readonly scope: readonly string[] | null;
  readonly timeZone: string;
  /** What was known at this moment; null is now. */
  readonly asOf: Date | null;
  /** Reads only what this person filed and what was shared with them; null reads all inside the scope. */
  readonly ownReader?: string | null;
  /** Which columns come: without shapes, which whoever asks has at hand; or only those that change while areas stay as they are. */
  readonly columns?: "all" | "without shapes" | "changing";
}

/** The last row of the page before: its sort value and its key. */
export interface Cursor {
  readonly sorted: string | number | boolean | null;
  readonly key: string;
}

export interface Page {
  readonly numberMatched: number;
  readonly rows: readonly Row[];
  readonly next: Cursor | null;
}
export type Row = Record<string, unknown> & { readonly key: string; readonly geojson: string | null };

/** A collection as SQL: where its rows come from, its key, and what may be asked of them. */
export interface CollectionSql {
  readonly from: string;
  readonly key: string;
  readonly keyType: "text" | "uuid";
  readonly columns: string;
  /** Columns that change while areas stay as they are, where all others do not; made from the key alone. */
  readonly changing?: string;
  readonly geojson: string;
  readonly queryables: Queryables;
  readonly geometry: string;
  /** Which rows lie in a box, where `geometry` is put together from several columns and so is in no index. */
  readonly inBox?: (box: string) => string;
  readonly areaCode: string;
  readonly time: string | null;
  readonly always: string;
  /** What holds for the rows that a person filed or was shown by name; `name` is the place of a parameter. Absent where rows are nobody's own. */
  readonly own?: (name: string) => string;
  /** The same rows as they were known at a moment; `at` is the place of a parameter, `zone` takes one. Absent where only the present is kept. */
  readonly past?: { readonly from: (at: string, zone: () => string) => string; readonly columns: string; readonly always: string };
}

/** The moment whose knowledge is asked for, and the time zone in which its days are told. */
export interface AsKnown {
  readonly asOf: Date | null;
  readonly timeZone: string;
  /** As in a request of a page. */
  readonly ownReader?: string | null;
}

/** The collection as it was known then: the same questions asked of other rows. */
function asKnown(collection: CollectionSql, { asOf, timeZone }: AsKnown, parameters: Parameters): CollectionSql {
  if (asOf === null || !collection.past) return collection;
  const { from, ...past } = collection.past;
  return { ...collection, ...past, from: from(parameters.add(asOf, "timestamptz"), () => parameters.add(timeZone, "text")) };
}

function scopeSql(scope: readonly string[] | null, areaCode: string, parameters: Parameters): string[] {
  if (scope === null) return [];
  const codes = parameters.add(scope, "text[]");
  return [
    `exists (select 1 from unnest(${codes}) as allowed(code) where ${areaCode} = allowed.code or ${areaCode} like allowed.code || '.%')`,
  ];
}

function ownSql(reader: string | null | undefined, collection: CollectionSql, parameters: Parameters): string[] {
  return typeof reader === "string" && collection.own ? [collection.own(parameters.add(reader, "text"))] : [];
}

function conditions(collection: CollectionSql, request: PageRequest, parameters: Parameters): string[] {
  const list = [
    collection.always,
    ...scopeSql(request.scope, collection.areaCode, parameters),
    ...ownSql(request.ownReader, collection, parameters),
  ];
  if (request.bbox) {
    const [west, south, east, north] = request.bbox;
    // A box that begins east of its end goes around the back of the world.
    const boxes = west <= east ? [request.bbox] : [[west, south, 180, north] as const, [-180, south, east, north] as const];
    const inside = boxes.map((corners) => {
      const box = `ST_MakeEnvelope(${corners.map((value) => parameters.add(value, "float8")).join(", ")}, 4326)`;
      // Leans on the GiST index of the geometry: && first; what lies in the box as a whole need not be read for the exact test.
      const { geometry } = collection;
      return collection.inBox?.(box) ?? `${geometry} && ${box} and (${geometry} @ ${box} or ST_Intersects(${geometry}, ${box}))`;
    });
    list.push(inside.length === 1 ? (inside[0] as string) : `(${inside.join(" or ")})`);
  }
  if (request.interval && collection.time) {
    if (request.interval.from) list.push(`${collection.time} >= ${parameters.add(request.interval.from, "timestamptz")}`);
    if (request.interval.to) list.push(`${collection.time} < ${parameters.add(request.interval.to, "timestamptz")}`);
  }
  for (const filter of request.filters) list.push(filterSql(filter, { ...collection, timeZone: request.timeZone }, parameters));
  return list;
}

/** SQL that is true for the rows after the cursor in the order asked for; unknown values come last in both directions. */
function afterSql(
  sorted: string | null,
  type: Queryable["type"],
  { key, keyType }: CollectionSql,
  after: Cursor,
  isDescending: boolean,
  parameters: Parameters,
): string {
  const keyPlace = parameters.add(after.key, keyType);
  if (sorted === null) return `${key} > ${keyPlace}`;
  if (after.sorted === null) return `(${sorted} is null and ${key} > ${keyPlace})`;
  const value = parameters.add(after.sorted, postgresType[type]);
  return `(${sorted} ${isDescending ? "<" : ">"} ${value} or ${sorted} is null or (${sorted} = ${value} and ${key} > ${keyPlace}))`;
}

/**
 * One page by keyset, never by offset: cost grows with the page, not with how far one has read.
 * @throws FilterFault for a property that the collection does not have, a shape that is not valid, or arithmetic that has no answer.
 */
export async function readPage(database: Asks, asked: CollectionSql, request: PageRequest): Promise<Page> {
  await refuseInvalidShapes(database, request.filters);
  try {
    return await pageOf(database, asked, request);
  } catch (error) {
    // What the filter's numbers and patterns make of the data is known to the engine alone: SQLSTATE class 22.
    if (request.filters.length > 0 && error instanceof StatementError && error.code.startsWith("22"))
      throw new FilterFault("filter", error.message);
    throw error;
  }
}

async function countOf(database: Asks, asked: CollectionSql, request: PageRequest): Promise<number> {
  const parameters = new Parameters();
  const collection = asKnown(asked, request, parameters);
  const where = conditions(collection, request, parameters).join("\n   and ");
  const rows = await database.query<{ n: number }>(`select count(*) as n\n  from ${collection.from}\n where ${where}`, parameters.values);
  return Number(rows[0]?.n ?? 0);
}

type FoundRow = Row & { readonly sorted: Cursor["sorted"]; readonly matched?: number };

/** Rows of a page in the order of their keys, each with how many match in all; as one text, which is read many times faster than as many rows. */
async function countedRows(
  database: Asks,
  key: string,
  columns: string,
  fromWhereOrder: string,
  values: readonly unknown[],
): Promise<FoundRow[]> {
  const alias = key.split(".")[0];
  const [found] = await database.query<{ page: FoundRow[] | null }>(
    `select json_agg(page) as page
  from (select ${key}::text as key, null as sorted, matched, ${columns}
  from (select ${key}, count(*) over () as matched
  ${fromWhereOrder}) ${alias}
 order by ${key}) page`,
    values,
  );
  return found?.page ?? [];
}

async function pageOf(database: Asks, asked: CollectionSql, request: PageRequest): Promise<Page> {
  const parameters = new Parameters();
  const collection = asKnown(asked, request, parameters);
  const where = conditions(collection, request, parameters);
  const queryable = request.sortBy ? collection.queryables[request.sortBy.property] : undefined;
  const sorted = queryable?.sql ?? null;
  const direction = request.sortBy?.isDescending ? "desc" : "asc";
  if (request.after)
    where.push(afterSql(sorted, queryable?.type ?? "text", collection, request.after, request.sortBy?.isDescending ?? false, parameters));
  const columns =
    request.columns === "changing" && collection.changing !== undefined
      ? collection.changing
      : `${request.columns === "without shapes" ? "null" : collection.geojson} as geojson, ${collection.columns}`;
  const order = `order by ${sorted ? `${sorted} ${direction} nulls last, ` : ""}${collection.key}
 limit ${parameters.add(request.limit + 1, "int4")}${request.offset ? `\noffset ${parameters.add(request.offset, "int4")}` : ""}`;
  const from = `from ${collection.from}
 where ${where.join("\n   and ")}`;
  // Of areas there are so few that counting them on the way costs less than asking twice; a cursor would leave out those before it.
  const isCounted = request.columns === "changing" && !request.after && !sorted && (request.bbox !== null || request.filters.length > 0);
  const rows = isCounted
    ? await countedRows(database, collection.key, columns, `${from}\n ${order}`, parameters.values)
    : await database.query<FoundRow>(
        `select ${collection.key}::text as key, ${sorted ?? "null"} as sorted, ${columns}
  ${from}
 ${order}`,
        parameters.values,
      );
  const page = rows.slice(0, request.limit);
  const last = page.at(-1);
  const isWhole = !request.after && !request.offset && rows.length <= request.limit;
  return {
    // What fits on the first page counts itself.
    numberMatched: isWhole ? rows.length : Number(rows[0]?.matched ?? (await countOf(database, asked, request))),
    rows: page,
    next: rows.length > request.limit && last ? { sorted: last.sorted, key: last.key } : null,
  };
}

/** One row by its key, or null where there is none inside the scope. */
export async function readItem(
  database: Asks,
  asked: CollectionSql,
  key: string,
  scope: readonly string[] | null,
  known: AsKnown = { asOf: null, timeZone: "UTC" },
): Promise<Row | null> {
  const parameters = new Parameters();
  const collection = asKnown(asked, known, parameters);
  const where = [
    collection.always,
    `${collection.key} = ${parameters.add(key, collection.keyType)}`,
    ...scopeSql(scope, collection.areaCode, parameters),
    ...ownSql(known.ownReader, collection, parameters),
  ];
  const rows = await database.query<Row>(
    `select ${collection.key}::text as key, ${collection.geojson} as geojson, ${collection.columns}
  from ${collection.from}
 where ${where.join(" and ")}`,
    parameters.values,
  );
  return rows[0] ?? null;
}

/** Rows by their keys, those that are there inside the scope, in the order of the keys in the database. */
export async function readItems(
  database: Asks,
  collection: CollectionSql,
  keys: readonly string[],
  scope: readonly string[] | null,
): Promise<Row[]> {
  const parameters = new Parameters();
  const where = [
    collection.always,
    `${collection.key} = any (${parameters.add(keys, `${collection.keyType}[]`)})`,
    ...scopeSql(scope, collection.areaCode, parameters),
  ];
  return database.query<Row>(
    `select ${collection.key}::text as key, ${collection.geojson} as geojson, ${collection.columns}
  from ${collection.from}
 where ${where.join(" and ")}
 order by ${collection.key}`,
    parameters.values,
  );
}
