import { createHash } from "node:crypto";
import type { AuditAction } from "../contract/auditActions.ts";
import type { Queryable } from "../database/database.ts";
import { insertAuditEntries, type NewAuditEntry } from "../queries/audit.ts";

/** Who acts: a person, or a part of the service itself. */
export interface Actor {
  readonly name: string;
  readonly role: string;
}

/** The service acting by itself, such as `keeper` purging what is past its time. */
export const serviceItself = (name: string): Actor => ({ name, role: "system" });

export interface AuditNote {
  readonly who: Actor;
  readonly what: AuditAction;
  /** `kind/id`, such as `reports/5f0e…` or `people/budi`: an id, never a text. */
  readonly object: string;
  /** Ids of what a page or a file held, so that "who read this report" also finds the pages it stood on. */
  readonly objects?: readonly string[];
  /** What belongs to the entry but not into it (a reason, a filter): only its hash is kept. */
  readonly detail?: unknown;
}

/** `kind/id` with whatever an id may hold written so that it has no blanks: `auditObject("people", "Budi S")` is `people/Budi%20S`. */
export const auditObject = (kind: string, id?: string | number | null): string =>
  id === undefined || id === null || id === "" ? kind : `${kind}/${encodeURIComponent(String(id)).replaceAll("%3A", ":").slice(0, 250)}`;

/** The entry of a note. */
export function entryOf({ who, what, object, objects, detail }: AuditNote): NewAuditEntry {
  return {
    who: who.name,
    role: who.role,
    what,
    object,
    objects: objects ?? [],
    detailHash: detail === undefined ? null : createHash("sha256").update(JSON.stringify(detail)).digest("hex"),
  };
}

/**
 * Notes in the audit trail what this transaction does: the note stands when the transaction commits, and was never written when it does not.
 * Ids and hashes only.
 */
export async function noteInAudit(transaction: Queryable, ...notes: readonly AuditNote[]): Promise<void> {
  if (notes.length > 0) await insertAuditEntries(transaction, notes.map(entryOf));
}
