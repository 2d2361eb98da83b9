import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type PrivateCluster, startCluster, stopCluster } from "../../privateCluster.ts";
import { roundFile } from "../imports/files.ts";
import { type Life, startLife } from "../service/life.ts";
import { makeFiling } from "./filings.ts";
import { Ledger } from "./ledger.ts";

/** One end of the service or its database, and what was found afterwards. */
export interface Verdict {
  readonly what: string;
  readonly acknowledged: number;
  readonly unanswered: number;
  /** From the restart, or the return of the database, to the first report stored. */
  readonly recoveredAfterMs: number;
  readonly faults: readonly string[];
}

const villageCount = 40;
const writers = 6;
const pollMs = 50;
/** How soon after its return the database must be used again. */
const recoveryMs = 5_000;
const sameAtOnce = 100;
/** Between two tries of a writer who is refused. */
const mostPauseMs = 2_000;

const sleep = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

async function loadVillages(life: Life): Promise<string[]> {
  const file = roundFile("boundaries", 1, { villages: villageCount, incidents: 1 });
  const sent = await life.ask(`/api/imports/boundaries?name=${file.name}`, { method: "POST", body: file.text });
  const { jobID } = (await sent.json()) as { jobID: string };
  for (;;) {
    const { status } = (await (await life.ask(`/api/jobs/${jobID}`)).json()) as { status: string };
    if (status === "successful") break;
    if (status === "failed") throw new Error("the villages were not loaded");
    await sleep(pollMs);
  }
  type Page = { features: { id: string }[] };
  return ((await (await life.ask("/api/collections/villages/items?limit=1000")).json()) as Page).features.map(({ id }) => id);
}

/** Starts a cluster whose server was killed: its processes notice that only after a moment, and until then nobody else may start. */
async function started(cluster: PrivateCluster): Promise<void> {
  for (let left = 20; ; left--) {
    try {
      return await startCluster(cluster);
    } catch (error) {
      if (left === 0) throw error;
      await sleep(1000);
    }
  }
}

/** Reports filed without end by several writers, while the service or its database is ended under them again and again. */
export class Trials {
  readonly ledger = new Ledger();
  readonly #environment: Readonly<Record<string, string>>;
  readonly #random: () => number;
  readonly #program: string | undefined;
  #life: Life | null = null;
  #villages: readonly string[] = [];
  #number = 0;

  /** @param program the service in one file, instead of its sources */
  constructor(environment: Readonly<Record<string, string>>, random: () => number, program?: string) {
    this.#environment = environment;
    this.#random = random;
    this.#program = program;
  }

  get life(): Life {
    if (this.#life === null) throw new Error("no service runs");
    return this.#life;
  }

  async begin(): Promise<void> {
    this.#life = await startLife(this.#environment, this.#program);
    this.#villages = await loadVillages(this.#life);
  }

  async end(): Promise<string[]> {
    const faults = this.#life === null ? [] : await this.ledger.finalFaults(this.#life);
    await this.#life?.stop();
    return faults;
  }

  /** Writers who file one report after another until they are told to stop; `pauseMs` between two that were not taken. */
  write(pauseMs: number | (() => number)): { readonly stop: () => Promise<string[]>; readonly isGoing: () => Promise<void> } {
    const faults: string[] = [];
    let isStopped = false;
    let stored = 0;
    const working = Promise.all(
      Array.from({ length: writers }, async () => {
        while (!isStopped) {
          const isStored = await this.ledger
            .file(this.life, makeFiling(this.#number++, this.#villages, this.#random))
            .catch((error: Error) => {
              faults.push(error.message);
              return false;
            });
          if (isStored) stored++;
          else await sleep(typeof pauseMs === "number" ? pauseMs : pauseMs());
        }
      }),
    );
    return {
      async stop() {
        isStopped = true;
        await working;
        return faults;
      },
      async isGoing() {
        for (const before = stored; stored === before; ) await sleep(5);
      },
    };
  }

  /**
   * Takes the database away under the writers, by kill -9 of its server or by stopping it, and brings it back after `awayMs`. Meanwhile there are only honest refusals
   * (the ledger sees to it), the process stays, and a report is stored within five seconds of the return.
   */
  async away(cluster: PrivateCluster, awayMs: number, isKilled: boolean): Promise<Verdict> {
    const before = this.ledger.acknowledged;
    const faults: string[] = [];
    // What is refused is sent again afterwards, twice: as many as a minute has seconds, not as many as a loop can make.
    const endsAt = Date.now() + awayMs;
    const writing = this.write(() => (Date.now() < endsAt - mostPauseMs - 1000 ? Math.min(mostPauseMs, Math.max(100, awayMs / 30)) : 100));
    await writing.isGoing();
    if (isKilled) process.kill(Number(readFileSync(join(cluster.folder, "postmaster.pid"), "utf8").split("\n")[0]), "SIGKILL");
    else await stopCluster(cluster);
    await sleep(Math.max(0, awayMs - 500));
    const health = await this.life.ask("/api/health").catch((error: Error) => error);
    if (health instanceof Error) faults.push(`the service is gone: ${health.message}`);
    else if (health.status !== 503 || health.headers.get("retry-after") === null)
      faults.push(`health said ${health.status} without a database`);
    await started(cluster);
    const began = performance.now();
    await writing.isGoing();
    const recoveredAfterMs = Math.round(performance.now() - began);
    if (recoveredAfterMs > recoveryMs) faults.push(`used again after ${recoveredAfterMs} ms`);
    faults.push(...(await writing.stop()));
    const unanswered = this.ledger.unanswered;
    const acknowledged = this.ledger.acknowledged - before;
    faults.push(...(await this.ledger.faults(this.life)));
    return { what: `${isKilled ? "killed" : "stopped"}, away ${awayMs} ms`, acknowledged, unanswered, recoveredAfterMs, faults };
  }

  /** Sends one report a hundred times at once, and then its id with other content. */
  async sameAtOnce(): Promise<Verdict> {
    const began = performance.now();
    const number = this.#number;
    this.#number += 10;
    // One with an id of its own, whatever the number's turn would be.
    const filing = makeFiling(number - (number % 5) + 5, this.#villages, this.#random);
    let busy = 0;
    // A service that is asked for more than it can do says so with a 503; whoever sends then sends again.
    const untilTaken = async (): Promise<{ status: number; text: string }> => {
      for (;;) {
        const answer = await this.ledger.send(this.life, filing);
        if (answer.status !== 503) return answer;
        busy++;
        await sleep(500);
      }
    };
    const answers = await Promise.all(Array.from({ length: sameAtOnce }, untilTaken));
    const faults: string[] = [];
    const made = answers.filter(({ status }) => status === 201).length;
    const known = answers.filter(({ status }) => status === 200).length;
    const bodies = new Set(answers.map(({ text }) => text)).size;
    if (made !== 1 || made + known !== sameAtOnce || bodies !== 1)
      faults.push(`${made} were 201, ${known} were 200, with ${bodies} bodies`);
    const other = await this.ledger.send(this.life, { ...filing, body: filing.body.replace("Laporan", "Lain") }, false);
    if (other.status !== 409) faults.push(`other content was ${other.status}`);
    faults.push(...(await this.ledger.faults(this.life)));
    return {
      what: `${sameAtOnce} at once, ${busy} busy`,
      acknowledged: 1,
      unanswered: 0,
      recoveredAfterMs: Math.round(performance.now() - began),
      faults,
    };
  }

  /** Kills the service `afterMs` after its first report of this life, starts it again and looks. */
  async kill(afterMs: number): Promise<Verdict> {
    const before = this.ledger.acknowledged;
    const writing = this.write(20);
    await writing.isGoing();
    await sleep(afterMs);
    const killed = this.life.kill();
    const told = writing.stop();
    await killed;
    const faults = await told;
    const unanswered = this.ledger.unanswered;
    const acknowledged = this.ledger.acknowledged - before;
    const began = performance.now();
    this.#life = await startLife(this.#environment, this.#program);
    const recoveredAfterMs = Math.round(performance.now() - began);
    faults.push(...(await this.ledger.faults(this.#life)));
    return { what: `killed after ${Math.round(afterMs)} ms`, acknowledged, unanswered, recoveredAfterMs, faults };
  }
}
