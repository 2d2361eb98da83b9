import type { Logger } from "pino";
import { actAs } from "../database/actor.ts";
import type { Database } from "../database/database.ts";
import { Problem } from "../problem.ts";
import { claimJob, finishJob, type Job, reportProgress } from "../queries/jobs.ts";

/** What a job needs while it runs: a way to say how far it is, and a signal that it was dismissed. */
export interface JobContext {
  readonly onProgress: (percent: number, message: string) => void;
  readonly signal: AbortSignal;
}

/** Does the work of one job and returns its result document as JSON text. `isFailed` keeps the document but marks the job failed (a rejected import). */
export type JobWork = (job: Job, context: JobContext) => Promise<{ readonly result: string; readonly isFailed?: boolean }>;

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
      for (let job = await this.#claim(); job && !this.#isStopping; job = await this.#claim()) await this.#run(job);
    } catch (error) {
      this.#log.warn({ error }, "jobs cannot be claimed now");
    }
  }

  #claim(): Promise<Job | null> {
    return claimJob(this.#database, this.#kind, this.#worker, new Date(), leaseSeconds);
  }

  async #run(job: Job): Promise<void> {
    const controller = new AbortController();
    this.#running.set(job.id, controller);
    let latest = { percent: 0, message: "" };
    const beat = async (): Promise<void> => {
      const isMine = await reportProgress(
        this.#database,
        job.id,
        this.#worker,
        latest.percent,
        latest.message,
        new Date(Date.now() + leaseSeconds * 1000),
      );
      if (!isMine) controller.abort();
    };
    const heart = setInterval(() => void beat().catch((error) => this.#log.warn({ error, job: job.id }, "progress not noted")), 500);
    const context: JobContext = {
      onProgress: (percent, message) => {
        latest = { percent: Math.max(0, Math.min(99, Math.round(percent))), message };
      },
      signal: controller.signal,
    };
    try {
      const { result, isFailed } = await this.#work(job, context);
      await finishJob(
        this.#database,
        job.id,
        { status: isFailed ? "failed" : "successful", result, problem: null, message: isFailed ? "ditolak / rejected" : "selesai / done" },
        new Date(),
      );
    } catch (error) {
      await this.#fail(job, error, controller.signal.aborted);
    } finally {
      clearInterval(heart);
      this.#running.delete(job.id);
    }
  }

  async #fail(job: Job, error: unknown, isAborted: boolean): Promise<void> {
    if (isAborted) {
      this.#log.info({ job: job.id }, "job interrupted");
      return;
    }
    const failure =
      error instanceof Problem
        ? { code: error.code, details: error.details }
        : { code: "unexpected", details: { value: job.id.slice(0, 8) } };
    if (!(error instanceof Problem)) this.#log.error({ error, job: job.id }, "job failed");
    await finishJob(
      this.#database,
      job.id,
      { status: "failed", result: null, problem: failure, message: error instanceof Problem ? error.message : "unexpected" },
      new Date(),
    );
  }
}
