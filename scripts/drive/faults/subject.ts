import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Trials } from "../crash/trial.ts";

export interface Fault {
  readonly name: string;
  readonly faults: readonly string[];
  readonly told: string;
}

const sleep = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

/** A service that can be broken from outside, with somebody who files reports all the while. */
export class Subject {
  readonly trials: Trials;
  readonly #control: string;

  private constructor(trials: Trials, control: string) {
    this.trials = trials;
    this.#control = control;
  }

  /** @param folder where its data lies; @param more further environment, such as a database */
  static async start(folder: string, more: Readonly<Record<string, string>>, random: () => number, program?: string): Promise<Subject> {
    const control = join(folder, "fault");
    writeFileSync(control, "");
    const environment = {
      DATA_DIR: join(folder, "data"),
      NODE_OPTIONS: `--require ${resolve(import.meta.dirname, "breakable.cjs")}`,
      FAULT: control,
      FAULT_FOLDER: join(folder, "data"),
      ...more,
    };
    const trials = new Trials(environment, random, program);
    await trials.begin();
    return new Subject(trials, control);
  }

  /** Breaks what the word says, as breakable.cjs knows it; an empty word mends it. */
  break(word: string): void {
    writeFileSync(this.#control, word);
  }

  /**
   * Files reports while something is broken, and again when it is mended. Every answer must be an honest one (the ledger sees to that), what was acknowledged must be
   * there, reports must be stored again within `patienceMs`; with `readsGoOn` reading must work all the while.
   */
  async under(
    name: string,
    damage: () => Promise<void> | void,
    mend: () => Promise<void> | void,
    { forMs = 3000, readsGoOn = true, patienceMs = 15_000 }: { forMs?: number; readsGoOn?: boolean; patienceMs?: number } = {},
  ): Promise<Fault> {
    const { ledger } = this.trials;
    const faults: string[] = [];
    const writing = this.trials.write(100);
    await writing.isGoing();
    await damage();
    const before = ledger.acknowledged;
    let reads = 0;
    for (const began = Date.now(); Date.now() - began < forMs; await sleep(150)) {
      const answer = await this.trials.life.ask("/api/collections/villages/items?limit=5").catch((error: Error) => error);
      if (answer instanceof Error) faults.push(`a read got no answer: ${answer.message}`);
      else if (answer.status === 200) reads++;
      else if (readsGoOn || answer.status !== 503) faults.push(`a read was ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
    }
    const meanwhile = ledger.acknowledged - before;
    const refused = ledger.unanswered;
    await mend();
    const mended = performance.now();
    await Promise.race([writing.isGoing(), sleep(patienceMs)]);
    const recoveredMs = Math.round(performance.now() - mended);
    if (recoveredMs >= patienceMs) faults.push(`nothing was stored within ${patienceMs} ms of mending`);
    faults.push(...(await writing.stop()));
    faults.push(...(await ledger.faults(this.trials.life)));
    return {
      name,
      faults: [...new Set(faults)].slice(0, 5),
      told: `${reads} reads, ${meanwhile} stored and ${refused} refused meanwhile, stored again after ${recoveredMs} ms`,
    };
  }

  async stop(): Promise<string[]> {
    return this.trials.end();
  }
}
