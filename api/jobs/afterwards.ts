import type { Logger } from "pino";

/** Work that nobody waits for, done one after another: asked for twice while it waits, it is done once. What is cut off at the stop is found missing again later. */
export class Afterwards {
  readonly #log: Logger;
  readonly #waiting = new Map<string, (signal: AbortSignal) => Promise<void>>();
  readonly #stopping = new AbortController();
  #working: Promise<void> | null = null;

  constructor(log: Logger) {
    this.#log = log;
  }

  add(key: string, work: (signal: AbortSignal) => Promise<void>): void {
    if (this.#stopping.signal.aborted) return;
    this.#waiting.set(key, work);
    this.#working ??= this.#drain();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#waiting.clear();
    await this.#working;
  }

  async #drain(): Promise<void> {
    // Not before whoever asked has gone on.
    await Promise.resolve();
    for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
      const [key, work] = next;
      this.#waiting.delete(key);
      try {
        await work(this.#stopping.signal);
      } catch (error) {
        if (!this.#stopping.signal.aborted) this.#log.warn({ error, key }, "work for later failed");
      }
    }
    this.#working = null;
  }
}
