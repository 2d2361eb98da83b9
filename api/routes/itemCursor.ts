import { isStorable } from "../contract/sentProperties.ts";
import { problem } from "../problem.ts";
import type { CollectionSql, Cursor, PageRequest } from "../queries/items.ts";
import type { Queryable } from "../queries/queryables.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const longest = 1000;

function isSortedAs(value: unknown, type: Queryable["type"] | undefined): boolean {
  if (value === null) return true;
  if (type === "number") return Number.isFinite(value);
  if (type === "boolean") return typeof value === "boolean";
  if (typeof value !== "string" || value.length > longest || !isStorable(value)) return false;
  return type === "text" || (type === "time" && /^\d{4}-\d{2}-\d{2}[T ]/.test(value) && !Number.isNaN(Date.parse(value)));
}

/** Reads the cursor of a next page: only what a page of this collection in this order could have given. @throws invalid_cursor */
export function readCursor(
  text: string | undefined,
  { queryables, keyType }: Pick<CollectionSql, "queryables" | "keyType">,
  sortBy: PageRequest["sortBy"],
): Cursor | null {
  if (text === undefined) return null;
  try {
    const { sorted, key } = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as Cursor;
    const isKey = typeof key === "string" && (keyType === "uuid" ? uuid.test(key) : key.length < 100 && isStorable(key));
    const isSorted = sortBy ? isSortedAs(sorted, queryables[sortBy.property]?.type) : sorted === null;
    if (isKey && isSorted) return { sorted, key };
  } catch {
    // Whatever it is, it is no cursor of ours.
  }
  throw problem("invalid_cursor");
}
