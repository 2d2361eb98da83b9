import type { Queryable } from "../database/database.ts";
import { type AuditHead, auditHead, hashAt, sealedAfter, unsealedTail } from "../queries/audit.ts";
import { type BrokenLine, chainWalker } from "./auditChain.ts";

const linesAtOnce = 5000;

export interface Verified {
  /** How many lines were walked. */
  readonly lines: number;
  /** The last line, to be kept outside: a later check against it tells whether the tail was cut or the chain written anew. */
  readonly head: AuditHead | null;
  /** Entries of the last second that have no seal yet; more only while nothing seals. */
  readonly unsealed: { readonly count: number; readonly oldest: string | null };
  readonly broken: BrokenLine | null;
}

/** Walks the whole chain and names the first entry that is not as it was sealed; `kept` is a head that somebody wrote down before. */
export async function verifyTrail(database: Queryable, kept: AuditHead | null): Promise<Verified> {
  const walk = chainWalker();
  let broken: BrokenLine | null = null;
  let last = 0;
  while (broken === null) {
    const lines = await sealedAfter(database, last, linesAtOnce);
    for (const line of lines) {
      broken = walk(line);
      if (broken) break;
      last = line.sequence;
    }
    if (lines.length < linesAtOnce) break;
  }
  broken ??= await againstKept(database, kept);
  const { count, oldest } = await unsealedTail(database);
  return { lines: last, head: await auditHead(database), unsealed: { count, oldest: oldest?.notedAt ?? null }, broken };
}

async function againstKept(database: Queryable, kept: AuditHead | null): Promise<BrokenLine | null> {
  if (kept === null) return null;
  const hash = await hashAt(database, kept.sequence);
  if (hash === kept.hash) return null;
  return { fault: hash === null ? "cut" : "rewritten", sequence: kept.sequence, entryId: null };
}
