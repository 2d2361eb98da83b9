import { AsyncLocalStorage } from "node:async_hooks";
import type { Database } from "./database.ts";

/** Who acts where no person does; each is a role in the database with just the rights that its work takes. See migration 0015. */
export type SystemActor =
  /** Works out assessments: reads figures across every border, no texts; keeps runs and what is published. */
  | "assessor"
  /** Counts for those who may not see rows: reads figures, no texts, and writes nothing. */
  | "aggregator"
  /** Checks and stores files and the demo. */
  | "importer"
  /** People, sessions, tokens, leases of jobs, settings of the instance. */
  | "keeper"
  /** The audit trail and the vault of identities. */
  | "auditor"
  /** Backup, restore, purges: every table. */
  | "archivist";

type PersonRole = "reporter" | "partner" | "viewer" | "analyst" | "leader" | "verifier" | "admin";

/** In whose name statements run: a person, or a system actor that is bound to a person's areas, as the importer is by the one who sent the file. */
export interface Actor {
  readonly name: string;
  readonly role: PersonRole | SystemActor;
  /** Codes, each covering all inside it; null is everywhere, an empty list nowhere. */
  readonly areas: readonly string[] | null;
}

const acting = new AsyncLocalStorage<Actor>();

/**
 * Runs `work` in somebody's name: every statement that it sends, also later and from what it starts, sees and writes only what this actor may.
 * Inside another `actAs` the inner one counts. Statements outside of any see nothing.
 */
export function actAs<T>(actor: Actor | SystemActor, work: () => T): T {
  return acting.run(typeof actor === "string" ? { name: actor, role: actor, areas: null } : actor, work);
}

/** The database as this actor sees it, whoever asks: for work that a person sets going and that is not done in the person's name. */
export function databaseOf(database: Database, actor: Actor | SystemActor): Database {
  return {
    ...database,
    query: (sql, values) => actAs(actor, () => database.query(sql, values)),
    transaction: (work, options) => actAs(actor, () => database.transaction(work, options)),
  };
}

/** In whose name a statement sent now runs; null: nobody's. */
export function currentActor(): Actor | null {
  return acting.getStore() ?? null;
}
