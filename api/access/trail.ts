import { AsyncLocalStorage } from "node:async_hooks";
import type { AuditAction } from "../contract/auditActions.ts";
import type { Database } from "../database/database.ts";
import type { Answer, Asked, Person, Route } from "../endpoint.ts";
import { insertAuditEntries, type NewAuditEntry } from "../queries/audit.ts";
import { type Actor, auditObject, entryOf } from "./audit.ts";

type Path = Readonly<Record<string, string>>;

/** What the trail says of a route. Every route has one (tests/api/routes/auditRules.test.ts); one without is noted as a whole. */
export type AuditRule =
  /** Nothing that is protected leaves it. */
  | { readonly kind: "open"; readonly because: string }
  /** The handler notes it itself, in the transaction of what it does (`noteInAudit`). */
  | { readonly kind: "noted" }
  /** Protected things are read: noted when they have been found and before they are sent. */
  | { readonly kind: "read"; readonly what: AuditAction; readonly object: (path: Path) => string | null }
  /** Something is changed: noted inside the transaction that changes it. `object` null: nothing was changed. */
  | { readonly kind: "change"; readonly what: AuditAction; readonly object: (path: Path, result: unknown) => string | null }
  /** Noted after the work and before the answer, where the work is no transaction of its own, by whoever the answer says. */
  | {
      readonly kind: "after";
      readonly what: AuditAction;
      readonly object: (path: Path, answer: Answer) => string | null;
      readonly who?: (answer: Answer) => Actor | null;
      /** Also noted when the request is refused. */
      readonly refusal?: AuditAction;
    };

interface Asking {
  readonly rule: AuditRule;
  readonly person: Person;
  readonly path: Path;
  readonly read: string[];
  isNoted: boolean;
}

const current = new AsyncLocalStorage<Asking>();

/** Tells the trail what a page or a file holds, so that asking who read one of them finds this reading. Outside of a request it does nothing. */
export function tellRead(kind: string, ids: Iterable<string>): void {
  const asking = current.getStore();
  if (asking) for (const id of ids) asking.read.push(auditObject(kind, id));
}

/** Says that the handler has written the note of this request itself. */
export function markNoted(): void {
  const asking = current.getStore();
  if (asking) asking.isNoted = true;
}

/** The database as routes get it: the first transaction of a request that changes something also carries its note, so that neither is there without the other. */
export function auditedDatabase(database: Database): Database {
  return {
    ...database,
    transaction: (work, options) => {
      const asking = current.getStore();
      if (asking?.rule.kind !== "change" || asking.isNoted) return database.transaction(work, options);
      const { rule } = asking;
      return database.transaction(async (transaction) => {
        const result = await work(transaction);
        if (asking.isNoted) return result;
        const object = rule.object(asking.path, result);
        if (object !== null) await insertAuditEntries(transaction, [entryOf({ who: asking.person, what: rule.what, object })]);
        asking.isNoted = true;
        return result;
      }, options);
    },
  };
}

/** Writes entries in groups: whatever comes while one statement runs goes with the next, so that reading costs one commit for many. */
function groupedNotes(database: Database): (entry: NewAuditEntry) => Promise<void> {
  let waiting: NewAuditEntry[] = [];
  let next: Promise<void> | null = null;
  let running: Promise<unknown> = Promise.resolve();
  return (entry) => {
    waiting.push(entry);
    next ??= running.then(() => {
      const entries = waiting;
      waiting = [];
      next = null;
      const written = insertAuditEntries(database, entries);
      running = written.catch(() => undefined);
      return written;
    });
    return next;
  };
}

/** The work of a request with what the trail says of it. */
export type Trail = (declared: Route, asked: Asked<never, never>, work: () => Promise<Answer>) => Promise<Answer>;

const undeclared: AuditRule = { kind: "after", what: "route.use", object: () => "routes" };

/**
 * Does the work of each request under the rule of its route: what it changes is noted in the same transaction, what it reads before it is sent.
 * A reading that cannot be noted is not answered.
 */
export function makeTrail(database: Database, rules: ReadonlyMap<string, AuditRule>): Trail {
  const note = groupedNotes(database);
  return async (declared, asked, work) => {
    const rule = rules.get(`${declared.method} ${declared.path}`) ?? undeclared;
    if (rule.kind === "open" || rule.kind === "noted") return work();
    const { path, person } = asked;
    const asking: Asking = { rule, person, path, read: [], isNoted: false };
    let answer: Answer;
    try {
      answer = await current.run(asking, work);
    } catch (error) {
      if (rule.kind === "after" && rule.refusal && (error as { status?: number }).status !== 503)
        await note(entryOf({ who: person, what: rule.refusal, object: rule.object(path, {}) ?? "routes" }));
      throw error;
    }
    if (asking.isNoted) return answer;
    const who = (rule.kind === "after" && rule.who?.(answer)) || person;
    const object = rule.kind === "read" ? rule.object(path) : rule.object(path, answer as never);
    if (object !== null) await note(entryOf({ who, what: rule.what, object, objects: asking.read }));
    return answer;
  };
}
