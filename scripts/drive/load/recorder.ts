import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import pg from "pg";

/** One statement as it went to PostgreSQL. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

const current = new AsyncLocalStorage<Statement[]>();

/** Begins to note the statements behind each request that this process serves; the returned function gives those of the requests since it was asked last. */
export function recordStatements(): () => Statement[][] {
  let requests: Statement[][] = [];
  subscribe("http.server.request.start", () => {
    const statements: Statement[] = [];
    requests.push(statements);
    current.enterWith(statements);
  });
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  (pg.Client.prototype as { query: unknown }).query = function recorded(this: pg.Client, ...given: unknown[]): unknown {
    const [first, values] = given as [string | Statement, unknown];
    const statement: Statement = typeof first === "string" ? { text: first, ...(Array.isArray(values) ? { values } : {}) } : first;
    if (typeof statement?.text === "string") {
      const { name, text, values: own } = statement;
      current.getStore()?.push({ ...(name ? { name } : {}), text, ...((own ?? values) ? { values: own ?? (values as unknown[]) } : {}) });
    }
    return query.apply(this, given);
  };
  return () => {
    const seen = requests;
    requests = [];
    return seen;
  };
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The same statements about another thing: each id that was sent is replaced by a new one throughout, so that they can be run again. */
export function anew(statements: readonly Statement[]): Statement[] {
  const fresh = new Map<string, string>();
  const replaced = (text: string): string =>
    text.replace(uuid, (id) => {
      if (!fresh.has(id)) fresh.set(id, randomUUID());
      return fresh.get(id) as string;
    });
  return statements.map((statement) => ({
    ...statement,
    ...(statement.values ? { values: statement.values.map((value) => (typeof value === "string" ? replaced(value) : value)) } : {}),
  }));
}
