import cluster from "node:cluster";
import { createHash } from "node:crypto";
import type { Options, Store } from "express-rate-limit";

const tellMilliseconds = 50;
// Who asks little is not worth telling about.
const leastTold = 20;

/** What one process tells the others: how many requests more came from whom in a window. Whom: a hash, since it may be made from a secret. */
export interface CountMessage {
  readonly counts: { readonly window: number; readonly more: readonly (readonly [string, number])[] };
}

export const isCountMessage = (message: unknown): message is CountMessage =>
  typeof message === "object" && message !== null && "counts" in message;

const nameOf = (key: string): string => createHash("sha256").update(key).digest("base64url");

interface Count {
  here: number;
  told: number;
  name: string | null;
}

/**
 * Counts requests by sender in windows that all processes behind the port share: each tells the others twenty times a second what came to it. What comes
 * within that moment is counted late, nothing is counted twice.
 */
export class RequestCounts implements Store {
  readonly #tell: ((message: CountMessage) => void) | null;
  #windowMs = 1000;
  #window = 0;
  #counts = new Map<string, Count>();
  #elsewhere = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: ((message: CountMessage) => void) | null = cluster.isWorker ? (message) => process.send?.(message) : null) {
    this.#tell = tell;
    if (cluster.isWorker) process.on("message", (message) => isCountMessage(message) && this.hear(message));
  }

  init({ windowMs }: Pick<Options, "windowMs">): void {
    this.#windowMs = windowMs;
  }

  increment(key: string): { totalHits: number; resetTime: Date } {
    this.#turn();
    const count = this.#counts.get(key) ?? { here: 0, told: 0, name: null };
    this.#counts.set(key, count);
    count.here++;
    if (this.#tell && count.here >= leastTold) {
      count.name ??= nameOf(key);
      this.#timer ??= setTimeout(() => this.#tellOthers(), tellMilliseconds).unref();
    }
    const elsewhere = count.name === null ? 0 : (this.#elsewhere.get(count.name) ?? 0);
    return { totalHits: count.here + elsewhere, resetTime: new Date((this.#window + 1) * this.#windowMs) };
  }

  decrement(key: string): void {
    const count = this.#counts.get(key);
    if (count) count.here--;
  }

  resetKey(key: string): void {
    this.#counts.delete(key);
  }

  /** Counts what another process told. */
  hear({ counts: { window, more } }: CountMessage): void {
    this.#turn();
    if (window !== this.#window) return;
    for (const [name, requests] of more) this.#elsewhere.set(name, (this.#elsewhere.get(name) ?? 0) + requests);
  }

  #turn(): void {
    const window = Math.floor(Date.now() / this.#windowMs);
    if (window === this.#window) return;
    this.#window = window;
    this.#counts = new Map();
    this.#elsewhere = new Map();
  }

  #tellOthers(): void {
    this.#timer = null;
    const more: [string, number][] = [];
    for (const count of this.#counts.values()) {
      if (count.name === null || count.here === count.told) continue;
      more.push([count.name, count.here - count.told]);
      count.told = count.here;
    }
    if (more.length > 0) this.#tell?.({ counts: { window: this.#window, more } });
  }
}
