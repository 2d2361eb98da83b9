import { actAs } from "../database/actor.ts";
import type { Database, Transaction } from "../database/database.ts";
import { auditHead, hasUnsealed, insertSeals, requeueUnsealed, type SealedEntry, takeSealing, unsealedEntries } from "../queries/audit.ts";
import { beginning, hashOfLine } from "./auditChain.ts";

const mostAtOnce = 2000;
const everyMilliseconds = 500;

async function sealSome(transaction: Transaction, now: Date): Promise<number> {
  if (!(await takeSealing(transaction))) return 0;
  const entries = await unsealedEntries(transaction, mostAtOnce);
  if (entries.length === 0) return 0;
  const head = await auditHead(transaction);
  const sealedAt = now.toISOString();
  let { sequence, hash } = head ?? { sequence: 0, hash: beginning };
  const seals = entries.map((entry): Omit<SealedEntry, "entry"> => {
    sequence++;
    hash = hashOfLine(hash, sequence, sealedAt, entry);
    return { sequence, entryId: entry.id, sealedAt, hash };
  });
  await insertSeals(transaction, seals);
  return seals.length;
}

/** Seals all entries that wait; how many. Another process may be at it: then it does nothing. */
export function sealWaiting(database: Database): Promise<number> {
  return actAs("auditor", () => sealAll(database));
}

async function sealAll(database: Database): Promise<number> {
  for (let total = 0; ; ) {
    const sealed = (await hasUnsealed(database))
      ? // On the disk before anybody can see it: a head that was printed must never be taken back by a crash.
        await database.transaction((transaction) => sealSome(transaction, new Date()), { durable: true })
      : 0;
    total += sealed;
    if (sealed < mostAtOnce) return total;
  }
}

/**
 * Seals twice a second for as long as the service runs; all processes do, one at a time. Entries are written unchained inside the transactions they
 * tell of, which therefore never wait for each other; the chain is made by one hand after another, so it has one order and cannot fork.
 */
export function startSealing(database: Database, onFailure: (error: unknown) => void): { stop: () => Promise<void> } {
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let pass: Promise<unknown> = actAs("auditor", () =>
    database.transaction(async (transaction) => {
      if (await takeSealing(transaction)) await requeueUnsealed(transaction);
    }),
  );
  const again = (): void => {
    if (isStopping) return;
    timer = setTimeout(() => {
      pass = sealWaiting(database).catch(onFailure).finally(again);
    }, everyMilliseconds);
  };
  pass = pass.catch(onFailure).finally(again);
  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await pass;
      await sealWaiting(database).catch(onFailure);
    },
  };
}
