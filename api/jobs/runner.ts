import type { Logger } from "pino";
import { actAs } from "../database/actor.ts";
import { type Database, DatabaseAway, type Transaction } from "../database/database.ts";
import { Problem } from "../problem.ts";
import { claimJob, finishJob, handBackJob, type Job, reportProgress, type Turn } from "../queries/jobs.ts";
import { storageFailure } from "../storageFailure.ts";

/** What a job needs while it runs: a way to say how far it is, and a signal that it was dismissed. */
export interface JobContext {
  readonly onProgress: (percent: number, message: string) => void;
  readonly signal: AbortSignal;
  /**
   * Ends the job inside the transaction that stores what it made, so that neither is there without the other and a job done again stores once.
   * @throws LeaseLost when another has the job meanwhile or it was dismissed.
   */
  readonly finishInside: (transaction: Transaction, outcome: JobOutcome) => Promise<void>;
}

/** The result document as JSON text. `isFailed` keeps the document but marks the job failed (a rejected import). */
export interface JobOutcome {
  readonly result: string;
  readonly isFailed?: boolean;
}

/** Does the work of one job. */
export type JobWork = (job: Job, context: JobContext) => Promise<JobOutcome>;

/** The job is no longer this worker's: nothing of it may be stored. */
class LeaseLost extends Error {}

const endOf = ({ result, isFailed }: JobOutcome) =>
  ({
    status: isFailed ? "failed" : "successful",
    result,
    problem: null,
    message: isFailed ? "ditolak / rejected" : "selesai / done",
  }) as const;

const leaseSeconds = 30;
const idleMilliseconds = 2000;

/** Does waiting jobs, those of each kind one after another: a long calculation does not keep an import waiting, nor the other way round. */
export class JobRunner {
  readonly #lanes: readonly Lane[];

  constructor(database: Database, work: Readonly<Record<Job["kind"], JobWork>>, log: Logger, worker: string) {
    const kinds = Object.keys(work) as Job["kind"][];
    this.#lanes = kinds.map((kind) => new Lane(database, kind, work[kind], log, `${worker}-${kind}`));
  }

  /** Looks for work now; also called at once when a job is created, so that nobody waits for the timer. */
  nudge(): void {
    for (const lane of this.#lanes) lane.nudge();
  }

  /** Ends the work on a job that was dismissed. */
  cancel(id: string): void {
    for (const lane of this.#lanes) lane.cancel(id);
  }

  /** Lets the running jobs go on until `graceMilliseconds`, then interrupts them; an interrupted job is claimed again later. */
  async stop(graceMilliseconds: number): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.stop(graceMilliseconds)));
  }
}

/**
 * Claims waiting jobs of one kind, one after another, and does them. A job whose worker died is claimed again after its lease; every kind of work
 * is all or nothing, so doing it again does it once.
 */
class Lane {
  readonly #database: Database;
  readonly #kind: Job["kind"];
  readonly #work: JobWork;
  readonly #log: Logger;
  readonly #worker: string;
  readonly #running = new Map<string, AbortController>();
  #timer: NodeJS.Timeout | null = null;
  #loop: Promise<void> | null = null;
  #isStopping = false;
  #isNudged = false;

  constructor(database: Database, kind: Job["kind"], work: JobWork, log: Logger, worker: string) {
    this.#database = database;
    this.#kind = kind;
    this.#work = work;
    this.#log = log;
    this.#worker = worker;
  }

  nudge(): void {
    if (this.#isStopping) return;
    this.#isNudged = true;
    // Whoever nudges: claiming and finishing jobs is the keeper's.
    this.#loop ??= actAs("keeper", () => this.#drain()).finally(() => {
      this.#loop = null;
      if (this.#isStopping) return;
      if (this.#isNudged) this.nudge();
      else this.#timer = setTimeout(() => this.nudge(), idleMilliseconds).unref();
    });
  }

  cancel(id: string): void {
    this.#running.get(id)?.abort();
  }

  async stop(graceMilliseconds: number): Promise<void> {
    this.#isStopping = true;
    if (this.#timer) clearTimeout(this.#timer);
    const interrupt = setTimeout(() => {
      for (const controller of this.#running.values()) controller.abort();
    }, graceMilliseconds);
    await this.#loop;
    clearTimeout(interrupt);
  }

  async #drain(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#isNudged = false;
    try {
      while (!this.#isStopping) {
        const job = await this.#claim();
        if (job === null) return;
        await this.#run(job);
      }
    } catch (error) {
      this.#log.warn({ error }, "jobs cannot be claimed now");
    }
  }

  #claim(): Promise<(Job & Turn) | null> {
    return claimJob(this.#database, this.#kind, this.#worker, new Date(), leaseSeconds);
  }

  async #run(job: Job & Turn): Promise<void> {
    const controller = new AbortController();
    this.#running.set(job.id, controller);
    let latest = { percent: 0, message: "" };
    const beat = async (): Promise<void> => {
      const isMine = await reportProgress(this.#database, job, latest.percent, latest.message, new Date(Date.now() + leaseSeconds * 1000));
      if (!isMine) controller.abort();
    };
    const heart = setInterval(() => void beat().catch((error) => this.#log.warn({ error, job: job.id }, "progress not noted")), 500);
    const context: JobContext = {
      onProgress: (percent, message) => {
        latest = { percent: Math.max(0, Math.min(99, Math.round(percent))), message };
      },
      signal: controller.signal,
      finishInside: async (transaction, outcome) => {
        if (!(await actAs("keeper", () => finishJob(transaction, job, endOf(outcome), new Date())))) throw new LeaseLost();
      },
    };
    try {
      await finishJob(this.#database, job, endOf(await this.#work(job, context)), new Date());
    } catch (error) {
      await this.#fail(job, error, controller.signal.aborted);
    } finally {
      clearInterval(heart);
      this.#running.delete(job.id);
    }
  }

  async #fail(job: Job & Turn, error: unknown, isAborted: boolean): Promise<void> {
    if (isAborted || error instanceof LeaseLost || error instanceof DatabaseAway) {
      this.#log.info({ job: job.id }, "job interrupted");
      // Handed back, to be done from its beginning at once. Where the database went away under it, when the lease has run out: it may be the job that ends the database.
      if (this.#isStopping) await handBackJob(this.#database, job).catch(() => undefined);
      return;
    }
    const told = error instanceof Problem ? error : storageFailure(error);
    const failure = told ? { code: told.code, details: told.details } : { code: "unexpected", details: { value: job.id.slice(0, 8) } };
    if (told === null) this.#log.error({ error, job: job.id }, "job failed");
    await finishJob(
      this.#database,
      job,
      { status: "failed", result: null, problem: failure, message: told?.message ?? "unexpected" },
      new Date(),
    );
  }
}
