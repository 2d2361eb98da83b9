import { copyOutStatement } from "./copyText.ts";
import type { EmbeddedConnection } from "./embeddedConnection.ts";
import type { RoleSwitch } from "./roleSwitch.ts";

const leastBytes = 2 ** 21;
const mostBytes = 2 ** 23;

/**
 * Reads a table by ranges of its pages, since what the engine copies is in memory as a whole: the ranges grow and shrink so that a piece is about 2 to 8 MB.
 * Call it in a transaction that keeps one state of the data.
 */
export async function* copyOutEmbedded(
  connection: EmbeddedConnection,
  wanted: () => RoleSwitch,
  table: string,
  columns: readonly string[],
): AsyncGenerator<Uint8Array> {
  const [size] = await connection.ask({
    kind: "query",
    sql: "select pg_relation_size($1::regclass) / current_setting('block_size')::int as pages",
    values: [table],
    actor: wanted(),
  });
  const pages = Number(size?.pages ?? 0);
  let together = 8;
  for (let first = 0; first < pages; ) {
    const range = ` where ctid >= '(${first},0)'::tid and ctid < '(${first + together},0)'::tid`;
    const [copied] = await connection.ask({
      kind: "copyOut",
      sql: copyOutStatement(table, columns, "'/dev/blob'", range),
      actor: wanted(),
    });
    const bytes = copied?.bytes as Uint8Array;
    if (bytes.length > 0) yield bytes;
    first += together;
    if (bytes.length < leastBytes) together *= 2;
    else if (bytes.length > mostBytes) together = Math.max(1, Math.floor(together / 4));
  }
}
