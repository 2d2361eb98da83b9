import type { Database } from "../database/database.ts";
import type { StandingScheduler } from "./scheduler.ts";

const channel = "waspada_due";
const gatherMilliseconds = 50;

/** Tells the process that redoes standing assessments that some are due; a burst is told once. What it misses it finds on its patrol. */
export class RemoteScheduler {
  readonly #database: Database;
  #timer: NodeJS.Timeout | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  nudge(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#database.notify(channel, "{}").catch(() => undefined);
    }, gatherMilliseconds);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }
}

/** Lets the scheduler of this process hear what the others tell; the returned function ends it. */
export function hearOthers(database: Database, scheduler: StandingScheduler): Promise<() => Promise<void>> {
  return database.listen(channel, () => scheduler.nudge());
}
