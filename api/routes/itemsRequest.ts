import type { Filter } from "../contract/filterTree.ts";
import { isStorable } from "../contract/sentProperties.ts";
import { parseWhen } from "../contract/time.ts";
import { parseFilter } from "../formats/cql2.ts";
import { parseFilterJson } from "../formats/cql2Json.ts";
import { problem } from "../problem.ts";
import { type CollectionId, collections } from "../queries/collections.ts";
import type { PageRequest } from "../queries/items.ts";
import type { Queryable } from "../queries/queryables.ts";
import { readCursor } from "./itemCursor.ts";

export const mostItems = 10_000;
const farthestOffset = 100_000;
export const usualItems = 100;

/** Parameters that every collection takes; beside them each of its properties is one (`?issue=404`). */
export const itemParameters = {
  bbox: "barat,selatan,timur,utara / west,south,east,north in degrees; west beyond east goes around the back of the world",
  "bbox-crs": "CRS84",
  crs: "CRS84",
  datetime: "2025-01-01 | 2025-01-01/2025-12-31 | ../2025-12-31",
  limit: `1–${mostItems} (${usualItems})`,
  filter: "CQL2",
  "filter-lang": "cql2-text | cql2-json",
  "filter-crs": "CRS84",
  sortby: "property | -property",
  cursor: "from the link to the next page",
  offset: "0–100000: for clients that count instead of following the links; costs more the further it goes",
  f: "json | geojson | csv | arrow | fgb | html",
  asOf: "what was known then: incidents, reports, potentials",
} as const;

export const badParameter = (field: string, value: unknown, expected: string) => problem("invalid_parameter", { field, value, expected });

function readBox(text: string | undefined): PageRequest["bbox"] {
  if (text === undefined) return null;
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const isFlat = numbers.length === 4;
  const [west, south, east, north] = isFlat ? numbers : [numbers[0], numbers[1], numbers[3], numbers[4]];
  const isRight = (isFlat || numbers.length === 6) && numbers.every(Number.isFinite);
  if (!isRight || west === undefined || south === undefined || east === undefined || north === undefined || south > north)
    throw badParameter("bbox", text, "barat,selatan,timur,utara / west,south,east,north");
  // Swapped axes would find nothing without a word.
  if (Math.abs(south) > 90 || Math.abs(north) > 90 || Math.abs(west) > 360 || Math.abs(east) > 360)
    throw badParameter("bbox", text, "bujur dahulu, lintang −90–90 / longitude first, latitude −90–90");
  return [west, south, east, north];
}

function readInterval(text: string | undefined, timeZone: string): PageRequest["interval"] {
  if (text === undefined) return null;
  const fail = () => badParameter("datetime", text, itemParameters.datetime);
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
export function readAsOf(text: string | undefined, id: CollectionId, timeZone: string): Date | null {
  if (text === undefined) return null;
  if (!("past" in collections[id])) throw badParameter("asOf", text, "incidents, reports, potentials");
  const when = parseWhen(text, timeZone);
  if (!when) throw badParameter("asOf", text, "2025-06-27T17:00:00+07:00");
  // A day means all that was known when it ended.
  return when.precision === "day" ? new Date(when.moment.getTime() + 86_400_000 - 1) : when.moment;
}

function readSort(text: string | undefined, id: CollectionId): PageRequest["sortBy"] {
  if (text === undefined) return null;
  const property = text.trim().replace(/^[+-]/, "");
  if (!Object.hasOwn(collections[id].queryables, property))
    throw badParameter("sortby", text, Object.keys(collections[id].queryables).join(", "));
  return { property, isDescending: text.trim().startsWith("-") };
}

/** The value of a parameter that is named like a property, as the property's type. */
function propertyValue(field: string, text: string, { type }: Queryable): string | number | boolean {
  if (type === "number") {
    if (text.trim() === "" || !Number.isFinite(Number(text))) throw badParameter(field, text, "angka / a number");
    return Number(text);
  }
  if (type === "boolean") {
    if (text !== "true" && text !== "false") throw badParameter(field, text, "true, false");
    return text === "true";
  }
  if (!isStorable(text)) throw badParameter(field, text, "teks tanpa NUL / text without NUL");
  return text;
}

function readFilters(query: Readonly<Record<string, string>>, id: CollectionId): Filter[] {
  const language = query["filter-lang"] ?? (query.filter?.trimStart().startsWith("{") ? "cql2-json" : "cql2-text");
  if (language !== "cql2-text" && language !== "cql2-json") throw badParameter("filter-lang", language, "cql2-text, cql2-json");
  const filters: Filter[] = [];
  if (query.filter !== undefined) filters.push(language === "cql2-json" ? parseFilterJson(query.filter) : parseFilter(query.filter));
  const queryables = collections[id].queryables as Readonly<Record<string, Queryable>>;
  for (const [field, text] of Object.entries(query)) {
    if (Object.hasOwn(itemParameters, field)) continue;
    const queryable = Object.hasOwn(queryables, field) ? queryables[field] : undefined;
    if (!queryable)
      throw problem("unknown_parameter", { field, expected: [...Object.keys(itemParameters), ...Object.keys(queryables)].join(", ") });
    filters.push({
      kind: "compare",
      operator: "=",
      left: { kind: "property", name: field },
      right: { kind: "literal", value: propertyValue(field, text, queryable) },
    });
  }
  return filters;
}

/** What a page is asked with, every parameter checked. @throws invalid_parameter, unknown_parameter, invalid_filter, invalid_cursor naming the field */
export function readRequest(
  query: Readonly<Record<string, string>>,
  id: CollectionId,
  scope: readonly string[] | null,
  timeZone: string,
): PageRequest {
  const limit = query.limit === undefined ? usualItems : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1) throw badParameter("limit", query.limit, `1–${mostItems}`);
  for (const field of ["crs", "bbox-crs", "filter-crs"]) {
    if (query[field] !== undefined && !/^(https?:\/\/www\.opengis\.net\/def\/crs\/OGC\/(1\.3|0)\/)?CRS84$/.test(query[field]))
      throw badParameter(field, query[field], "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
  }
  const offset = query.offset === undefined ? 0 : Number(query.offset);
  if (!Number.isInteger(offset) || offset < 0 || offset > farthestOffset || (offset > 0 && query.cursor !== undefined))
    throw badParameter("offset", query.offset, `0–${farthestOffset}, tanpa/without cursor`);
  const sortBy = readSort(query.sortby, id);
  return {
    offset,
    limit: Math.min(limit, mostItems),
    bbox: readBox(query.bbox),
    interval: readInterval(query.datetime, timeZone),
    filters: readFilters(query, id),
    sortBy,
    after: readCursor(query.cursor, collections[id], sortBy),
    scope,
    timeZone,
    asOf: readAsOf(query.asOf, id, timeZone),
  };
}
