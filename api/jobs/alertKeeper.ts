import type { Logger } from "pino";
import { dueKinds } from "../contract/alert.ts";
import { dayOf } from "../contract/time.ts";
import { actAs } from "../database/actor.ts";
import type { Database, Transaction } from "../database/database.ts";
import { dueOfPotentials, dueOfVisits, lockDueAlerts, type Raised, raiseAlerts, settleAlerts } from "../queries/alerts.ts";

const everyMilliseconds = 60_000;

/**
 * Raises what is due of visits, agreements and standing disputes, and settles what is no longer: in the transaction of whatever changed them, and once a minute, since
 * days pass without anybody doing anything. Of several processes each may do it: the same thing is raised once.
 */
export class AlertKeeper {
  readonly #database: Database;
  readonly #timeZone: string;
  readonly #announce: (raised: Raised) => Promise<void>;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<void> = Promise.resolve();

  constructor(database: Database, timeZone: string, announce: (raised: Raised) => Promise<void>, log: Logger) {
    this.#database = database;
    this.#timeZone = timeZone;
    this.#announce = announce;
    this.#log = log;
  }

  start(): void {
    this.#timer = setInterval(() => this.#nudge(), everyMilliseconds);
    this.#timer.unref();
    this.#nudge();
  }

  /** Raises and settles inside a transaction; what was raised is for `tell`, once the transaction is committed. */
  async raiseDue(transaction: Transaction, now: Date): Promise<Raised[]> {
    return actAs("keeper", async () => {
      await lockDueAlerts(transaction);
      const today = dayOf(now, this.#timeZone);
      const due = [...(await dueOfVisits(transaction, today)), ...(await dueOfPotentials(transaction, today))];
      await settleAlerts(transaction, dueKinds, due, now);
      return raiseAlerts(transaction, due, now);
    });
  }

  async tell(raised: readonly Raised[]): Promise<void> {
    for (const one of raised) await this.#announce(one);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#working;
  }

  #nudge(): void {
    this.#working = this.#working
      .then(() => actAs("keeper", () => this.#database.transaction((transaction) => this.raiseDue(transaction, new Date()))))
      .then((raised) => this.tell(raised))
      .catch((error: unknown) => this.#log.warn({ err: error }, "alerts wait for the database"));
  }
}
