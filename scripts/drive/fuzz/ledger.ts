/** Asks a database in SQL as its owner. */
export type AskDatabase = <Row>(sql: string) => Promise<readonly Row[]>;

/** How many rows each table has, and a hash over all of them that does not depend on their order. */
export type Ledger = ReadonlyMap<string, string>;

/**
 * Tables that change by themselves: what was last seen of a session, what the background work makes of the data, who read what, what is counted for limits.
 * All others change only by a request that was accepted.
 */
const restless =
  /^(session|setting|standing.*|power|run|job|tile|idempotent_answer|staged.*|audit.*|.*_attempt|.*limit.*|lease.*|worker.*|area_union.*)$/;

const listTables = `select tablename as name
  from pg_tables
  where schemaname = current_schema() and tablename <> 'spatial_ref_sys'
  order by tablename`;

/** Reads the ledger of all tables that only accepted requests change. */
export async function readLedger(ask: AskDatabase): Promise<Ledger> {
  const tables = (await ask<{ name: string }>(listTables)).map(({ name }) => name).filter((name) => !restless.test(name));
  const each = tables.map(
    (name) => `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as sum from ${name} t`,
  );
  const rows = await ask<{ name: string; sum: string }>(each.join("\nunion all\n"));
  return new Map(rows.map(({ name, sum }) => [name, sum]));
}

/** The tables in which two ledgers differ. */
export function changedTables(before: Ledger, after: Ledger): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
}

/** Which tables an accepted request may change, by its address. */
const consequences: readonly [RegExp, RegExp][] = [
  [/^\/api\/(collections\/incidents|incidents)\b/, /^(incident.*|report.*|verification_step)$/],
  [/^\/api\/collections\/reports\b/, /^(report.*|incident.*|attachment.*|verification_step)$/],
  [/^\/api\/(collections\/potentials|potentials)\b/, /^potential.*$/],
  [/^\/api\/roster\b/, /^roster.*$/],
  [/^\/api\/(imports|queue)\b/, /./],
  [/^\/api\/(users|tokens|setup|session)\b/, /^(person|token|user|account|role).*$/],
  [/^\/api\/processes\b/, /^visit.*$/],
];

/** Whether a change of this table is explained by one of the accepted requests' addresses. */
export function isExplained(table: string, acceptedPaths: readonly string[]): boolean {
  return acceptedPaths.some((path) => consequences.some(([address, tables]) => address.test(path) && tables.test(table)));
}
