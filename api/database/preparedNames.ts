import { createHash } from "node:crypto";

const usesBeforeNamed = 3;
// Each name is a parsed statement in every connection.
const mostNamed = 200;
const mostWatched = 2000;

const seen = new Map<string, number>();
const named = new Map<string, string>();

/**
 * The name under which PostgreSQL keeps a statement parsed, the same for the same text; undefined for one that has not come again yet, and for texts
 * made for one question once the names are given out.
 */
export function preparedName(sql: string): string | undefined {
  const name = named.get(sql);
  if (name !== undefined || named.size >= mostNamed) return name;
  const uses = (seen.get(sql) ?? 0) + 1;
  seen.delete(sql);
  if (uses < usesBeforeNamed) {
    const [oldest] = seen.keys();
    if (seen.size >= mostWatched && oldest !== undefined) seen.delete(oldest);
    seen.set(sql, uses);
    return undefined;
  }
  const fresh = createHash("sha256").update(sql).digest("hex").slice(0, 24);
  named.set(sql, fresh);
  return fresh;
}
