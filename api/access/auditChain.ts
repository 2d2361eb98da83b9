import { createHash } from "node:crypto";
import type { AuditEntry, SealedEntry } from "../queries/audit.ts";

/** What the first line of the chain stands on. */
export const beginning = "0".repeat(64);

/**
 * The hash of one line: SHA-256 over the line before and everything that this one says, as JSON without spaces in this fixed order, so that
 * anybody can compute it again from a copy. Nothing an entry holds is left out.
 */
export function hashOfLine(previousHash: string, sequence: number, sealedAt: string, entry: AuditEntry): string {
  const { id, notedAt, who, role, what, object, objects, detailHash } = entry;
  const canonical = JSON.stringify([previousHash, sequence, sealedAt, id, notedAt, who, role, what, object, objects, detailHash]);
  return createHash("sha256").update(canonical).digest("hex");
}

export type ChainFault = "changed" | "removed" | "missing_line" | "backdated" | "cut" | "rewritten" | "unsealed";

export interface BrokenLine {
  readonly fault: ChainFault;
  readonly sequence: number | null;
  readonly entryId: number | null;
}

// The longest a transaction may take (half an hour), twice: an entry is sealed a second after its commit.
const longestWaitMs = 3_600_000;

/**
 * Goes along the chain line by line and remembers where it stands; gives the first line that is not as it was sealed, null while all is well.
 * A change, a removal, an insertion and another order all break the hash from that line on; what is missing altogether is told by its number.
 */
export function chainWalker(): (line: SealedEntry) => BrokenLine | null {
  let previous = beginning;
  let sequence = 0;
  return ({ sequence: found, entryId, sealedAt, hash, entry }) => {
    sequence++;
    if (found !== sequence) return { fault: "missing_line", sequence, entryId: null };
    if (entry === null) return { fault: "removed", sequence, entryId };
    if (hashOfLine(previous, sequence, sealedAt, entry) !== hash) return { fault: "changed", sequence, entryId };
    if (Date.parse(sealedAt) - Date.parse(entry.notedAt) > longestWaitMs) return { fault: "backdated", sequence, entryId };
    previous = hash;
    return null;
  };
}
