import type { Letterhead } from "../contract/letterhead.ts";
import type { Queryable } from "../database/database.ts";
import { setSetting } from "./settings.ts";

const keyOf = (area: string | null): string => (area === null ? "letterhead" : `letterhead:${area}`);

/** The areas whose letterhead may stand on a paper about one, the nearest first; null is that of everywhere. */
const nearestFirst = (area: string | null): (string | null)[] =>
  area === null ? [null] : [...area.split(".").map((_, index, parts) => parts.slice(0, parts.length - index).join(".")), null];

/** The letterhead for papers about an area: its own, else that of the area around it, else that of everywhere; null where none was set. */
export async function letterheadFor(
  database: Queryable,
  area: string | null,
): Promise<{ readonly letterhead: Letterhead; readonly of: string | null } | null> {
  const keys = nearestFirst(area).map(keyOf);
  const rows = await database.query<{ key: string; value: Letterhead }>(
    `select key, value
       from setting
      where key = any ($1::text[])
      order by array_position($1::text[], key)
      limit 1`,
    [keys],
  );
  const [found] = rows;
  return found ? { letterhead: found.value, of: found.key.split(":")[1] ?? null } : null;
}

/** Sets the letterhead of an area; null: of everywhere that has none of its own. */
export async function setLetterhead(transaction: Queryable, area: string | null, letterhead: Letterhead): Promise<void> {
  await setSetting(transaction, keyOf(area), letterhead);
}
