import { performance } from "node:perf_hooks";
import type { Logger } from "pino";
import { actAs } from "../database/actor.ts";
import type { Database } from "../database/database.ts";
import { getSetting, setSetting } from "../queries/settings.ts";
import { listDue, markAllDue } from "../queries/standing.ts";

const settleMilliseconds = 120;
const patrolMilliseconds = 15_000;
// Of the main thread's time: above it requests come faster than the service idles.
const busyShare = 0.6;
const mostRestMilliseconds = 1_000;

/**
 * Redoes standing assessments of the kabupaten that are marked, soon after a change (a short wait gathers a burst of reports into one),
 * at the start for what a killed service left, and all of them when a new day begins, since decayed rates move with the days.
 */
export class StandingScheduler {
  readonly #database: Database;
  readonly #redo: (regency: string, dueSince: string) => Promise<void>;
  readonly #today: () => string;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | null = null;
  #patrol: NodeJS.Timeout | null = null;
  #working: Promise<void> | null = null;
  #isAgain = false;
  #isStopped = false;

  constructor(database: Database, redo: (regency: string, dueSince: string) => Promise<void>, today: () => string, log: Logger) {
    this.#database = database;
    this.#redo = redo;
    this.#today = today;
    this.#log = log;
  }

  start(): void {
    this.#patrol = setInterval(() => this.nudge(), patrolMilliseconds);
    this.#patrol.unref();
    this.nudge();
  }

  nudge(): void {
    if (this.#isStopped) return;
    if (this.#working) {
      this.#isAgain = true;
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#working = actAs("assessor", () => this.#work()).finally(() => {
        this.#working = null;
        if (this.#isAgain) this.nudge();
      });
    }, settleMilliseconds);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#patrol) clearInterval(this.#patrol);
    await this.#working;
  }

  async #work(): Promise<void> {
    this.#isAgain = false;
    try {
      await this.#beginDay();
      for (const { regencyCode, dueSince } of await listDue(this.#database)) {
        if (this.#isStopped) return;
        const [before, begun] = [performance.eventLoopUtilization(), performance.now()];
        await this.#redo(regencyCode, dueSince).catch((error) =>
          this.#log.error({ error, regency: regencyCode }, "standing assessment failed"),
        );
        const isBusy = performance.eventLoopUtilization(before).utilization > busyShare;
        if (isBusy) await this.#rest(Math.min(performance.now() - begun, mostRestMilliseconds));
      }
    } catch (error) {
      this.#log.warn({ error }, "standing assessments wait for the database");
    }
  }

  /** While many ask, assessments take no more than half of the time; whoever stops the service does not wait for the rest. */
  async #rest(milliseconds: number): Promise<void> {
    for (const until = performance.now() + milliseconds; performance.now() < until && !this.#isStopped; )
      await new Promise((resolve) => setTimeout(resolve, Math.min(50, milliseconds)));
  }

  async #beginDay(): Promise<void> {
    const today = this.#today();
    if ((await getSetting<string>(this.#database, "assessed_day")) === today) return;
    await this.#database.transaction(async (transaction) => {
      await markAllDue(transaction, new Date());
      await setSetting(transaction, "assessed_day", today);
    });
  }
}
