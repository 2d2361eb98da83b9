import { type RetentionDays, type RetentionKind, retentionDefaults, retentionKinds } from "../contract/retention.ts";
import { actAs } from "../database/actor.ts";
import type { Database, Transaction } from "../database/database.ts";
import { identitiesFiledBefore } from "../queries/identities.ts";
import * as kept from "../queries/retention.ts";
import { bumpDataVersion, getSetting } from "../queries/settings.ts";
import { auditObject, noteInAudit, serviceItself } from "./audit.ts";
import type { Vault } from "./vault.ts";

const keeper = serviceItself("keeper");
const rowsAtOnce = 500;
const everyMilliseconds = 3_600_000;
const dayMilliseconds = 86_400_000;
const endedKinds = { drafts: "draft", rejected: "rejected", withdrawn: "withdrawn" } as const;

export interface Clock {
  readonly kind: RetentionKind;
  /** Null: kept for good. */
  readonly days: number | null;
  /** How many are past their time. */
  readonly due: number;
}

async function daysOf(database: Database): Promise<Record<RetentionKind, number | null>> {
  const set = await actAs("archivist", () => getSetting<RetentionDays>(database, "retention"));
  return { ...retentionDefaults, ...set } as Record<RetentionKind, number | null>;
}

async function countDue(database: Database, kind: RetentionKind, before: Date): Promise<number> {
  if (kind === "identities") return kept.countIdentities(database, before);
  if (kind === "attachments") return kept.countAttachments(database, before);
  if (kind === "sessions" || kind === "answers") return kept.countEphemeral(database, kind, before);
  const ended = endedKinds[kind];
  return (await kept.countEnded(database, "report", ended, before)) + (await kept.countEnded(database, "incident", ended, before));
}

/** What would be removed now, by kind. Nothing is changed. */
export async function retentionClocks(database: Database, now: Date): Promise<Clock[]> {
  const days = await daysOf(database);
  const clocks: Clock[] = [];
  for (const kind of retentionKinds) {
    const limit = days[kind];
    const due = limit === null ? 0 : await actAs("archivist", () => countDue(database, kind, momentBefore(now, limit)));
    clocks.push({ kind, days: limit, due });
  }
  return clocks;
}

const momentBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * dayMilliseconds);

async function purgeEnded(
  transaction: Transaction,
  vault: Vault,
  noun: kept.Noun,
  ended: kept.Ended,
  before: Date,
  now: Date,
): Promise<number> {
  const ids = await kept.endedIds(transaction, noun, ended, before, rowsAtOnce);
  if (ids.length === 0) return 0;
  // What is in the vault goes by its key, so that it is also gone from backups.
  if (noun === "report") await vault.erase(transaction, await kept.identitiesAmong(transaction, ids), keeper, now);
  await kept.removeEnded(transaction, noun, ids);
  await kept.removeLooseBytes(transaction);
  await bumpDataVersion(transaction);
  const objects = ids.map((id) => auditObject(`${noun}s`, id));
  await noteInAudit(transaction, { who: keeper, what: "report.purge", object: `${noun}s`, objects });
  return ids.length;
}

async function purgeSome(transaction: Transaction, vault: Vault, kind: RetentionKind, before: Date, now: Date): Promise<number> {
  switch (kind) {
    case "identities": {
      const identities = await identitiesFiledBefore(transaction, before, rowsAtOnce);
      await vault.erase(transaction, identities, keeper, now);
      return identities.length;
    }
    case "attachments": {
      const ids = await kept.removeAttachments(transaction, before, rowsAtOnce);
      if (ids.length === 0) return 0;
      await kept.removeLooseBytes(transaction);
      const objects = ids.map((id) => auditObject("attachments", id));
      await noteInAudit(transaction, { who: keeper, what: "attachment.purge", object: "attachments", objects });
      return ids.length;
    }
    case "sessions":
    case "answers": {
      const count = await kept.removeEphemeral(transaction, kind, before);
      const what = kind === "sessions" ? "session.purge" : "answer.purge";
      if (count > 0) await noteInAudit(transaction, { who: keeper, what, object: kind });
      return count;
    }
    default: {
      const ended = endedKinds[kind];
      const reports = await purgeEnded(transaction, vault, "report", ended, before, now);
      return reports + (await purgeEnded(transaction, vault, "incident", ended, before, now));
    }
  }
}

/** Removes for real what is past its time, a few hundred rows a transaction, each with its note in the audit trail. How many, by kind. */
export async function purge(database: Database, vault: Vault, now: Date): Promise<(Clock & { readonly purged: number })[]> {
  const clocks = await retentionClocks(database, now);
  const done: (Clock & { purged: number })[] = [];
  for (const clock of clocks) {
    let purged = 0;
    const { kind, days } = clock;
    for (let some = -1; days !== null && clock.due > 0 && some !== 0; purged += some) {
      some = await actAs("archivist", () =>
        database.transaction(
          async (transaction) =>
            (await kept.takeKeeping(transaction)) ? purgeSome(transaction, vault, kind, momentBefore(now, days), now) : 0,
          { durable: true },
        ),
      );
    }
    done.push({ ...clock, purged });
  }
  return done;
}

/** Purges once an hour for as long as the service runs; of several processes one at a time. */
export function startKeeping(database: Database, vault: Vault, onFailure: (error: unknown) => void): { stop: () => Promise<void> } {
  let work: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    work = work.then(() => purge(database, vault, new Date())).catch(onFailure);
  }, everyMilliseconds);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await work;
    },
  };
}
