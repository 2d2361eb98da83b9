import { ipKeyGenerator } from "express-rate-limit";
import type { Database } from "../database/database.ts";
import { Problem, problem } from "../problem.ts";
import { nameKeyOf } from "../queries/people.ts";
import { countTry, forgetFailures, type SlowDown, takeBack } from "../queries/signInFailures.ts";
import { asKeeper } from "./keeper.ts";
import { hashOf } from "./people.ts";

// Five a minute; who goes on after waiting waits twice as long, up to a quarter of an hour. An hour of quiet forgets it all.
const rule: SlowDown = { failuresInARow: 5, firstSeconds: 60, mostSeconds: 900, forgottenAfterSeconds: 3600 };
const failureCodes: readonly string[] = ["bad_credentials", "wrong_code", "wrong_password", "setup_closed"];
const mostWaiting = 50;

/** Tries by name and by address are counted over all processes; tries from one address are made one after another. */
export class SignInSlowDown {
  readonly #database: Database;
  readonly #isOn: boolean;
  readonly #turns = new Map<string, { last: Promise<unknown>; waiting: number }>();

  constructor(database: Database, isOn: boolean) {
    this.#database = database;
    this.#isOn = isOn;
  }

  /**
   * Makes a try unless its name or address has to wait; a failure counts against both, a success forgets those of the name.
   * @throws too_many_requests with the seconds to wait, and whatever the try throws.
   */
  async try<T>(name: string | null, address: string, work: () => Promise<T>): Promise<T> {
    if (!this.#isOn) return work();
    const place = hashOf(`address ${ipKeyGenerator(address)}`);
    return this.#inTurn(place, () => this.#counted(name === null ? null : hashOf(`name ${nameKeyOf(name)}`), place, work));
  }

  // One at a time, since a try is counted before it is known to be right: an office behind one address can sign in all at once.
  async #inTurn<T>(place: string, work: () => Promise<T>): Promise<T> {
    const turn = this.#turns.get(place) ?? { last: Promise.resolve(), waiting: 0 };
    if (turn.waiting >= mostWaiting) throw problem("too_many_requests", { seconds: 2 });
    turn.waiting += 1;
    const mine = turn.last.then(work);
    turn.last = mine.catch(() => undefined);
    this.#turns.set(place, turn);
    try {
      return await mine;
    } finally {
      turn.waiting -= 1;
      if (turn.waiting === 0) this.#turns.delete(place);
    }
  }

  async #counted<T>(name: string | null, place: string, work: () => Promise<T>): Promise<T> {
    const keys = name === null ? [place] : [place, name];
    await this.#begin(keys);
    let result: T;
    try {
      result = await work();
    } catch (error) {
      if (!(error instanceof Problem && failureCodes.includes(error.code))) await this.#undo(keys);
      throw error;
    }
    await this.#undo([place]);
    if (name !== null)
      await asKeeper(() => this.#database.transaction((transaction) => forgetFailures(transaction, name, new Date(), rule)));
    return result;
  }

  /** Counts the try under every key, or under none and throws. */
  async #begin(keys: readonly string[]): Promise<void> {
    const now = new Date();
    const seconds = await asKeeper(() =>
      this.#database.transaction(async (transaction) => {
        for (const [index, key] of keys.entries()) {
          const wait = await countTry(transaction, key, now, rule);
          if (wait === 0) continue;
          for (const counted of keys.slice(0, index)) await takeBack(transaction, counted, now, rule);
          return wait;
        }
        return 0;
      }),
    );
    if (seconds > 0) throw problem("too_many_requests", { seconds });
  }

  async #undo(keys: readonly string[]): Promise<void> {
    const now = new Date();
    await asKeeper(() =>
      this.#database.transaction(async (transaction) => {
        for (const key of keys) await takeBack(transaction, key, now, rule);
      }),
    );
  }
}
