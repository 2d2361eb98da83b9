import type { Database } from "../database/database.ts";
import { readTogether } from "../database/readTogether.ts";
import { versions } from "../queries/settings.ts";

const bytesOfEntry = 200;

/**
 * What was made of areas and is the same for everybody, by code: that asked for last is kept at hand until areas change. The version of the areas is asked for by
 * each request (many share one statement).
 */
export class KeptOfAreas<Value> {
  readonly #mostBytes: number;
  readonly #bytesOf: (value: Value) => number;
  readonly #version: () => Promise<number>;
  readonly #kept = new Map<string, Value>();
  #bytes = 0;
  #keptVersion = -1;

  /** @param bytesOf about how much memory a value takes; all together take at most `mostBytes` */
  constructor(database: Database, mostBytes: number, bytesOf: (value: Value) => number) {
    this.#mostBytes = mostBytes;
    this.#bytesOf = (value) => bytesOfEntry + bytesOf(value);
    this.#version = readTogether(async () => (await versions(database)).areas);
  }

  /** The values of these areas by code, those not at hand by `read`; an area that it does not give is left out. */
  async get(
    codes: readonly string[],
    read: (missing: readonly string[]) => Promise<readonly (readonly [code: string, value: Value])[]>,
  ): Promise<Map<string, Value>> {
    const version = await this.#version();
    if (version > this.#keptVersion) this.#begin(version);
    const found = new Map<string, Value>();
    const missing: string[] = [];
    for (const code of codes) {
      const kept = version === this.#keptVersion ? this.#kept.get(code) : undefined;
      if (kept === undefined) {
        missing.push(code);
        continue;
      }
      // Last asked for, last to go.
      this.#kept.delete(code);
      this.#kept.set(code, kept);
      found.set(code, kept);
    }
    if (missing.length === 0) return found;
    for (const [code, value] of await read(missing)) {
      found.set(code, value);
      // Read while areas changed, it may be of after or, from a replica, of before.
      if (version === this.#keptVersion && !this.#kept.has(code)) this.#keep(code, value);
    }
    return found;
  }

  #begin(version: number): void {
    this.#kept.clear();
    this.#bytes = 0;
    this.#keptVersion = version;
  }

  #keep(code: string, value: Value): void {
    this.#kept.set(code, value);
    this.#bytes += this.#bytesOf(value);
    for (const [oldest, dropped] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#kept.delete(oldest);
      this.#bytes -= this.#bytesOf(dropped);
    }
  }
}
