import { z } from "zod";
import { maySee } from "../access/people.ts";
import { parseWhen } from "../contract/time.ts";
import { type Asked, everyRole, type Route, route } from "../endpoint.ts";
import { type Filter, parseFilter } from "../formats/cql2.ts";
import { writeCsv } from "../formats/csvText.ts";
import { problem } from "../problem.ts";
import { type CollectionId, collections } from "../queries/collections.ts";
import { FilterFault } from "../queries/filters.ts";
import { type PageRequest, readItem, readPage } from "../queries/items.ts";
import { featureOf } from "./features.ts";
import { readCursor } from "./itemCursor.ts";
import { collectionId } from "./landing.ts";
import type { Parts } from "./parts.ts";
import { problemAnswers } from "./parts.ts";
import { refuseUnfitReader } from "./potentialReaders.ts";

const mostItems = 10_000;
const fixedParameters = ["bbox", "bbox-crs", "crs", "datetime", "limit", "filter", "filter-lang", "sortby", "cursor", "f", "asOf"] as const;

/** A property may be a parameter of its own (`?issue=404`), so the names are checked against the collection, not here. */
const ItemsQuery = z.record(z.string(), z.string());

const bad = (field: string, value: unknown, expected: string) => problem("invalid_parameter", { field, value, expected });

function readBox(text: string | undefined): PageRequest["bbox"] {
  if (text === undefined) return null;
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const isFlat = numbers.length === 4;
  const [west, south, east, north] = isFlat ? numbers : [numbers[0], numbers[1], numbers[3], numbers[4]];
  const isRight = (isFlat || numbers.length === 6) && numbers.every(Number.isFinite);
  if (!isRight || west === undefined || south === undefined || east === undefined || north === undefined || south > north || west > east) {
    throw bad("bbox", text, "barat,selatan,timur,utara / west,south,east,north");
  }
  return [west, south, east, north];
}

function readInterval(text: string | undefined, timeZone: string): PageRequest["interval"] {
  if (text === undefined) return null;
  const fail = () => bad("datetime", text, "2025-01-01 | 2025-01-01/2025-12-31 | ../2025-12-31");
  const ends = text.split("/");
  const read = (end: string) => {
    const when = parseWhen(end, timeZone);
    if (!when) throw fail();
    return when;
  };
  const isOpen = (end: string | undefined) => end === ".." || end === "";
  const after = (end: string): Date => {
    const when = read(end);
    return new Date(when.moment.getTime() + (when.precision === "day" ? 86_400_000 : 1));
  };
  const [first = "", last] = ends;
  if (ends.length > 2 || (last !== undefined && isOpen(first) && isOpen(last))) throw fail();
  const interval =
    last === undefined
      ? { from: read(first).moment, to: after(first) }
      : { from: isOpen(first) ? null : read(first).moment, to: isOpen(last) ? null : after(last) };
  if (interval.from && interval.to && interval.from >= interval.to) throw fail();
  return interval;
}

/** The moment whose knowledge is asked for, where the collection keeps what was known. */
function readAsOf(text: string | undefined, id: CollectionId, timeZone: string): Date | null {
  if (text === undefined) return null;
  if (!("past" in collections[id])) throw bad("asOf", text, "incidents, reports, potentials");
  const when = parseWhen(text, timeZone);
  if (!when) throw bad("asOf", text, "2025-06-27T17:00:00+07:00");
  // A day means all that was known when it ended.
  return when.precision === "day" ? new Date(when.moment.getTime() + 86_400_000 - 1) : when.moment;
}

function readSort(text: string | undefined, id: CollectionId): PageRequest["sortBy"] {
  if (text === undefined) return null;
  const property = text.replace(/^[+-]/, "").trim();
  if (!Object.hasOwn(collections[id].queryables, property)) throw bad("sortby", text, Object.keys(collections[id].queryables).join(", "));
  return { property, isDescending: text.startsWith("-") };
}

function readFilters(query: Readonly<Record<string, string>>, id: CollectionId): Filter[] {
  if (query["filter-lang"] !== undefined && query["filter-lang"] !== "cql2-text")
    throw bad("filter-lang", query["filter-lang"], "cql2-text");
  const filters = query.filter === undefined ? [] : [parseFilter(query.filter)];
  const queryables = collections[id].queryables as Readonly<Record<string, { type: string }>>;
  for (const [field, value] of Object.entries(query)) {
    if ((fixedParameters as readonly string[]).includes(field)) continue;
    const queryable = Object.hasOwn(queryables, field) ? queryables[field] : undefined;
    if (!queryable) throw problem("unknown_parameter", { field, expected: [...fixedParameters, ...Object.keys(queryables)].join(", ") });
    if (queryable.type === "number" && !Number.isFinite(Number(value))) throw bad(field, value, "angka / a number");
    filters.push({ kind: "compare", property: field, operator: "=", value: queryable.type === "number" ? Number(value) : value });
  }
  return filters;
}

function readRequest(
  query: Readonly<Record<string, string>>,
  id: CollectionId,
  scope: readonly string[] | null,
  timeZone: string,
): PageRequest {
  const limit = query.limit === undefined ? 100 : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1) throw bad("limit", query.limit, `1–${mostItems}`);
  for (const field of ["crs", "bbox-crs"]) {
    if (query[field] !== undefined && !/CRS84$/.test(query[field]))
      throw bad(field, query[field], "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
  }
  const sortBy = readSort(query.sortby, id);
  return {
    limit: Math.min(limit, mostItems),
    bbox: readBox(query.bbox),
    interval: readInterval(query.datetime, timeZone),
    filters: readFilters(query, id),
    sortBy,
    after: readCursor(query.cursor, id, sortBy),
    scope,
    timeZone,
    asOf: readAsOf(query.asOf, id, timeZone),
  };
}

function wantedFormat(f: string | undefined, accept: string | undefined): "geojson" | "csv" {
  if (f !== undefined && !["json", "geojson", "csv"].includes(f)) throw bad("f", f, "json, geojson, csv");
  return f === "csv" || (f === undefined && /^text\/csv/.test(accept ?? "")) ? "csv" : "geojson";
}

export function itemRoutes({ database, config }: Parts): Route[] {
  const items = async ({ path, query, person, url, header }: Asked<Record<string, string>>) => {
    const id = collectionId(path.collection);
    refuseUnfitReader(id, person);
    const request = readRequest(query, id, person.areas, config.timeZone);
    const format = wantedFormat(query.f, header("accept"));
    const page = await readPage(database, collections[id], request).catch((error: unknown) => {
      throw error instanceof FilterFault ? problem("invalid_filter", { value: error.property, reason: error.expected }) : error;
    });
    const link = (changes: Record<string, string>): string => {
      const next = new URL(url);
      for (const [name, value] of Object.entries(changes)) next.searchParams.set(name, value);
      return next.href;
    };
    const nextLink = page.next ? link({ cursor: Buffer.from(JSON.stringify(page.next)).toString("base64url") }) : null;
    const features = page.rows.map((row) => featureOf(id, row, config.timeZone));
    if (format === "csv") {
      return {
        type: "text/csv; charset=utf-8",
        headers: {
          "Content-Disposition": `attachment; filename="waspada-${id}.csv"`,
          ...(nextLink ? { Link: `<${nextLink}>; rel="next"` } : {}),
        },
        body: writeCsv(features.map((feature) => ({ id: feature.id, ...feature.properties }))),
      };
    }
    const links = [
      { rel: "self", type: "application/geo+json", href: url.href },
      { rel: "collection", type: "application/json", href: `${url.origin}/api/collections/${id}` },
      ...(nextLink ? [{ rel: "next", type: "application/geo+json", href: nextLink }] : []),
    ];
    const head = JSON.stringify({
      type: "FeatureCollection",
      numberMatched: page.numberMatched,
      numberReturned: page.rows.length,
      timeStamp: new Date().toISOString(),
      links,
    });
    return {
      type: "application/geo+json",
      body: `${head.slice(0, -1)},"features":[${features.map((feature) => feature.text).join(",")}]}`,
    };
  };
  return [
    route({
      method: "get",
      path: "/api/collections/{collection}/items",
      summary: "Isi koleksi / items",
      tag: "koleksi",
      who: everyRole,
      query: ItemsQuery,
      answers: { 200: { description: "Features", types: { "application/geo+json": null, "text/csv": null } }, ...problemAnswers },
      handle: items,
    }),
    route({
      method: "get",
      path: "/api/collections/{collection}/items/{item}",
      summary: "Satu isi / one item",
      tag: "koleksi",
      who: everyRole,
      query: z.strictObject({ f: z.enum(["json", "geojson"]).optional(), asOf: z.string().optional() }),
      answers: {
        200: { description: "Feature", types: { "application/geo+json": null }, headers: ["ETag"] },
        ...problemAnswers,
        410: { description: "Ditarik / withdrawn" },
      },
      handle: async ({ path, query, person }) => {
        const id = collectionId(path.collection);
        refuseUnfitReader(id, person);
        const asOf = readAsOf(query.asOf, id, config.timeZone);
        const key = path.item ?? "";
        const isUuidKeyed = collections[id].keyType === "uuid";
        const missing = () => problem("not_found", { value: `${id} ${key}` });
        if (isUuidKeyed ? !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key) : !maySee(person, key)) throw missing();
        const row = await readItem(database, collections[id], key, person.areas, { asOf, timeZone: config.timeZone });
        if (!row) throw missing();
        const feature = featureOf(id, row, config.timeZone);
        return {
          type: "application/geo+json",
          body: feature.text,
          ...(row.version === undefined || asOf ? {} : { headers: { ETag: `"${row.version}"` } }),
        };
      },
    }),
  ];
}
